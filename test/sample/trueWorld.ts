import {
  flightBegins,
  flightEnds,
  hour,
  isWeekend,
  minute,
  momentFor,
  parisHour,
} from '../../tools/sample/calendar.ts';
import { follow, tieProbability } from '../../tools/sample/follows.ts';
import { type Account, type Person, settle } from '../../tools/sample/people.ts';
import { Random } from '../../tools/sample/random.ts';

/** Who would truly be moved by one message about ice cream, in the world that the sample was made from. */
export interface TrueWorld {
  personOf(author: string): Person;
  /** The planted probability that a message of the one moves the other, before topic and form; 0 where they don't follow. */
  tie(influencer: string, influenced: string): number;
  /**
   * Mean number of people whom one message of each of these moves, who accept with these probabilities and write at their
   * usual hours during the flight.
   */
  reach(asked: readonly { author_id: string; acceptance: number }[], runs: number): number;
}

/** Whoever is moved passes it on in their own way: a reshare travels half as far as a quote, a reply a tenth. */
const forms = [0.5, 1, 0.1];

interface Moved {
  place: number;
  at: number;
  form: number;
}

export function trueWorld(seed: number): TrueWorld {
  const { people, accounts } = settle(seed);
  follow(accounts, seed);
  const byId = new Map(accounts.map(account => [account.id, account]));
  const places = new Map(people.map((person, place) => [person, place]));
  // Of each person, whom their accounts reach, and how likely a message about ice cream moves these.
  const ties = people.map(person => {
    const chances = new Map<number, number>();
    for (const account of person.accounts) {
      for (const reader of account.followedBy) {
        const chance = tieProbability(account, reader) * (0.2 + 3.6 * reader.person.interests['ice cream']);
        const place = places.get(reader.person)!;
        chances.set(place, 1 - (1 - (chances.get(place) ?? 0)) * (1 - Math.min(1, chance)));
      }
    }
    return [...chances];
  });
  const accountOf = (author: string): Account => byId.get(author)!;

  /** Influencers answer in their hours only, others sleep over it, as in tools/sample/spread.ts. */
  const answered = (reader: Person, after: number, random: Random): number | undefined => {
    const at = after + Math.round(random.skewed(reader.delay, 1) * minute);
    if (reader.role !== 'influencer') return parisHour(at) >= 1 && parisHour(at) < 6 ? at + 5 * hour : at;
    const { hours, weekend } = reader.habit;
    const share = (hours[parisHour(at)]! / 10) * (weekend > 2 && !isWeekend(at) ? 1 / weekend : 1);
    return random.chance(share) ? at : undefined;
  };

  const runOnce = (starts: readonly { place: number; acceptance: number }[], random: Random): number => {
    const seen = new Set<number>();
    const active: Moved[] = [];
    for (const { place, acceptance } of starts) {
      if (!random.chance(acceptance) || seen.has(place)) continue;
      seen.add(place);
      active.push({ place, at: momentFor(people[place]!.habit, random, flightBegins, flightEnds), form: 1 });
    }
    for (let next = active.pop(); next !== undefined; next = active.pop()) {
      for (const [place, chance] of ties[next.place]!) {
        if (seen.has(place) || !random.chance(chance * next.form)) continue;
        const at = answered(people[place]!, next.at, random);
        if (at === undefined) continue;
        seen.add(place);
        active.push({ place, at, form: forms[random.weighted(people[place]!.actions)]! });
      }
    }
    return seen.size;
  };

  return {
    personOf: author => accountOf(author).person,
    tie(influencer, influenced) {
      const reader = accountOf(influenced).person;
      const pairs = accountOf(influencer).person.accounts.flatMap(account =>
        account.followedBy.filter(one => one.person === reader).map(one => tieProbability(account, one)),
      );
      return Math.max(0, ...pairs);
    },
    reach(asked, runs) {
      const random = new Random(seed, 'true reach');
      const starts = asked.map(({ author_id, acceptance }) => ({
        place: places.get(accountOf(author_id).person)!,
        acceptance,
      }));
      let reached = 0;
      for (let run = 0; run < runs; run++) reached += runOnce(starts, random);
      return reached / runs;
    },
  };
}
