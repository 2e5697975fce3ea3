import { follow, tieProbability } from '../../tools/sample/follows.ts';
import { type Account, type Person, settle } from '../../tools/sample/people.ts';
import { Random } from '../../tools/sample/random.ts';

/** Who would truly be moved by one message about ice cream, in the world that the sample was made from. */
export interface TrueWorld {
  personOf(author: string): Person;
  /** Mean number of people whom one message of each of these reaches, who accept with these probabilities. */
  reach(asked: readonly { author_id: string; acceptance: number }[], runs: number): number;
}

/** Whoever is moved passes it on in their own way: a reshare travels half as far, a reply a tenth. */
const forms = [0.5, 1, 0.1];

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

  return {
    personOf: author => accountOf(author).person,
    reach(asked, runs) {
      const random = new Random(seed, 'true reach');
      const starts = asked.map(({ author_id, acceptance }) => ({
        place: places.get(accountOf(author_id).person)!,
        acceptance,
      }));
      let reached = 0;
      for (let run = 0; run < runs; run++) {
        const seen = new Set<number>();
        const active: { place: number; form: number }[] = [];
        for (const { place, acceptance } of starts) {
          if (!random.chance(acceptance) || seen.has(place)) continue;
          seen.add(place);
          active.push({ place, form: 1 });
        }
        for (let next = active.pop(); next !== undefined; next = active.pop()) {
          for (const [reader, chance] of ties[next.place]!) {
            if (seen.has(reader) || !random.chance(chance * next.form)) continue;
            seen.add(reader);
            active.push({ place: reader, form: forms[random.weighted(people[reader]!.actions)]! });
          }
        }
        reached += seen.size;
      }
      return reached / runs;
    },
  };
}
