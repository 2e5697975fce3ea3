import type { Habit } from './calendar.ts';
import { personas } from './personas.ts';
import { Random } from './random.ts';
import { type Language, nameParts, type Topic, topics } from './words.ts';

/** Who lives in the sample's world: persons, their traits, and their accounts on three networks. */
export type Network = 'x' | 'mastodon' | 'bluesky';
export type Role = 'ordinary' | 'influencer' | 'fan' | 'boosted' | 'ring' | 'automaton' | 'brand';

export interface Person {
  number: number;
  role: Role;
  /** The planted group of influencers this person belongs to. */
  persona?: string;
  language: Language;
  /** Shares of the topics in what the person writes; they sum to 1. */
  interests: Record<Topic, number>;
  habit: Habit;
  /** Median minutes until this person answers something. */
  delay: number;
  /** How often the person's words move a follower, and how easily the person is moved: their product is the tie's probability. */
  reach: number;
  susceptibility: number;
  /** What the person does when moved: reshare, quote, reply. */
  actions: readonly [number, number, number];
  accounts: Account[];
  /** Takes part in the flight with a code of their own. */
  recruited: boolean;
}

export interface Account {
  number: number;
  person: Person;
  network: Network;
  handle: string;
  name: string;
  /** Native id: digits on X, the actor's URI on Mastodon, a DID on Bluesky. */
  native: string;
  /** `<platform>:<native>` */
  id: string;
  /** How likely others are to follow. */
  attraction: number;
  /** Posts of one's own over the whole period, answers excluded. */
  posts: number;
  follows: Account[];
  followedBy: Account[];
  /** As the network shows it: far more people than the sample follows. */
  followers: number;
}

const ordinaryHours = [2, 1, 0, 0, 0, 1, 3, 6, 8, 6, 5, 6, 9, 8, 6, 5, 6, 8, 10, 10, 10, 9, 7, 4];

const peopleInPersona = 14;
const ordinaryPeople = 1080;
const mastodonServers = ['pistache.example', 'nuages.example', 'harbour.example'] as const;

function interestsOf(main: Topic, second: Topic, random: Random): Record<Topic, number> {
  const parts = topics.map(topic => {
    if (topic === main) return random.between(5, 8);
    if (topic === second) return random.between(1, 2);
    return random.between(0.05, 0.35);
  });
  const whole = parts.reduce((sum, part) => sum + part, 0);
  return Object.fromEntries(topics.map((topic, i) => [topic, parts[i]! / whole])) as Record<Topic, number>;
}

function nativeId(network: Network, handle: string, number: number, random: Random): string {
  if (network === 'bluesky') return `did:plc:${random.word('abcdefghijklmnopqrstuvwxyz234567', 24)}`;
  if (network === 'mastodon')
    return `https://${number % 5 < 3 ? mastodonServers[0] : random.pick(mastodonServers)}/users/${handle}`;
  return `${1 + random.below(9)}${random.word('0123456789', random.chance(0.6) ? 18 : 8)}`;
}

/** Everybody, in a fixed order; nobody follows anybody yet. */
export function settle(seed: number): { people: Person[]; accounts: Account[] } {
  const random = new Random(seed, 'people');
  const people: Person[] = [];
  const accounts: Account[] = [];

  const person = (traits: Partial<Person> & Pick<Person, 'role'>): Person => {
    const language: Language = random.chance(0.58) ? 'fr' : 'en';
    const main = random.chance(0.3) ? 'ice cream' : random.pick(topics.slice(2));
    const second = random.pick(topics.slice(1).filter(topic => topic !== main));
    const one: Person = {
      number: people.length,
      language,
      interests: interestsOf(main, second, random),
      habit: { hours: ordinaryHours, weekend: random.between(0.8, 1.5) },
      delay: random.skewed(45, 0.7),
      reach: random.between(0.003, 0.009),
      susceptibility: random.between(0.3, 1.7),
      actions: [random.between(0.4, 0.6), 0.12, random.between(0.25, 0.45)],
      accounts: [],
      recruited: false,
      ...traits,
    };
    people.push(one);
    return one;
  };
  const account = (
    owner: Person,
    network: Network,
    traits: { attraction: number; posts: number; label?: string },
  ): Account => {
    const [first, second] = [random.pick(nameParts.first), random.pick(nameParts.second)];
    const handle = traits.label ?? `${first}_${second}_${accounts.length + 11}`.toLowerCase();
    const native = nativeId(network, handle, accounts.length, random);
    const one: Account = {
      number: accounts.length,
      person: owner,
      network,
      handle,
      name: traits.label ? 'Hokey Pokey' : `${first} ${second}`,
      native,
      id: `${network}:${native}`,
      attraction: traits.attraction,
      posts: Math.max(1, Math.round(traits.posts)),
      follows: [],
      followedBy: [],
      followers: 0,
    };
    owner.accounts.push(one);
    accounts.push(one);
    return one;
  };

  for (const network of ['x', 'mastodon', 'bluesky'] as const) {
    // The brand's interest is its trade; few people are moved by it.
    const brand =
      people.find(one => one.role === 'brand') ??
      person({
        role: 'brand',
        language: 'fr',
        reach: 0.004,
        susceptibility: 0,
        interests: interestsOf('ice cream', 'price', random),
      });
    account(brand, network, { attraction: 12, posts: 50, label: 'hokeypokey' });
  }
  for (const persona of personas) {
    for (let i = 0; i < peopleInPersona; i++) {
      const second = i < persona.second.people ? persona.second : undefined;
      const one = person({
        role: 'influencer',
        persona: persona.name,
        habit: persona.habit,
        delay: persona.delay * random.between(0.8, 1.25),
        reach: random.between(0.011, 0.0285),
        susceptibility: persona.susceptibility * random.between(0.8, 1.2),
        actions: persona.actions,
        // Two in three care about the category: the others are influential about something else.
        interests:
          i % 3 < 2
            ? interestsOf('ice cream', random.pick(['cooking', 'price']), random)
            : interestsOf(random.pick(['running', 'cinema', 'gardening']), 'cooking', random),
        recruited: i % 3 === 0 || i === 4,
      });
      const posts = persona.posts * random.between(0.85, 1.15);
      account(one, persona.home, {
        attraction: random.between(7, 13),
        posts: posts * (second ? 1 - second.share : 1),
      });
      if (second)
        account(one, second.network, { attraction: random.between(4, 7), posts: posts * second.share });
    }
  }
  // Famous and without influence: many follow, nobody is moved.
  account(
    person({
      role: 'fan',
      language: 'fr',
      reach: 0.00002,
      interests: interestsOf('ice cream', 'cooking', random),
    }),
    'bluesky',
    { attraction: 60, posts: 140 },
  );
  // Moved only by the ring's shares.
  account(
    person({
      role: 'boosted',
      language: 'en',
      reach: 0.002,
      interests: interestsOf('ice cream', 'price', random),
    }),
    'x',
    { attraction: 1, posts: 46 },
  );
  for (let i = 0; i < 12; i++) {
    account(
      person({ role: 'ring', language: 'en', reach: 0.0005, susceptibility: 0.1 }),
      i < 7 ? 'x' : 'bluesky',
      { attraction: 0.2, posts: 4 },
    );
  }
  for (const network of ['x', 'x', 'mastodon', 'bluesky'] as const) {
    account(person({ role: 'automaton', reach: 0.0003, susceptibility: 0 }), network, {
      attraction: 0.4,
      posts: 0,
    });
  }
  for (let i = 0; i < ordinaryPeople; i++) {
    const one = person({ role: 'ordinary' });
    const homes = random.shuffled(['x', 'mastodon', 'bluesky'] as const);
    const home = (['x', 'bluesky', 'mastodon'] as const)[random.weighted([0.49, 0.31, 0.2])]!;
    const posts = Math.min(45, random.skewed(2.6, 0.9));
    const attraction = Math.min(25, random.skewed(1, 0.9));
    account(one, home, { attraction, posts });
    // One in twenty keeps a second account, some of them a third.
    const others = random.chance(0.05)
      ? homes.filter(network => network !== home).slice(0, random.chance(0.15) ? 2 : 1)
      : [];
    for (const network of others) account(one, network, { attraction: attraction / 2, posts: posts / 2 });
  }
  return { people, accounts };
}
