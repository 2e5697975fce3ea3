import { type Random, seededRandom } from '../../methods/random.ts';

/** One post of the world that the replay answers from. */
export interface WorldPost {
  id: string;
  author: string;
  /** Milliseconds. */
  at: number;
  text: string;
  conversation: string;
  references: { type: 'retweeted' | 'quoted' | 'replied_to'; id: string }[];
}

export interface XWorld {
  /** What the brand is called in the talk. */
  term: string;
  brand: string;
  posts: Map<string, WorldPost>;
  /** Followers by account. */
  users: Map<string, number>;
  /** Takes posts away, as their authors do. */
  remove(ids: Iterable<string>): void;
  write(post: Omit<WorldPost, 'id' | 'conversation'>): WorldPost;
}

/** X's ids hold the time: the bits from 22 on are milliseconds since this instant. */
const epoch = 1_288_834_974_657;

/**
 * A world of posts about a brand and about other things, with answers, quotes and reposts of both, the same for the
 * same seed.
 *
 * @param options.to the newest post is written before it; all are within `days` before
 */
export function xWorld(options: {
  seed: number;
  accounts: number;
  posts: number;
  to: number;
  days: number;
}): XWorld {
  const random = seededRandom(options.seed, 'test', 'x-world');
  const posts = new Map<string, WorldPost>();
  const users = new Map(
    Array.from({ length: options.accounts }, (_, place) => [
      String(900_000_000_001 + place * 7),
      random.below(50_000),
    ]),
  );
  const accounts = [...users.keys()];
  const [brand] = accounts as [string];
  const sequence = new Map<number, number>();
  function write({ author, at, text, references }: Omit<WorldPost, 'id' | 'conversation'>): WorldPost {
    const place = sequence.get(at) ?? 0;
    sequence.set(at, place + 1);
    const id = String((BigInt(at - epoch) << 22n) + BigInt(place));
    const answered = references.find(({ type }) => type === 'replied_to');
    const conversation = answered === undefined ? id : (posts.get(answered.id)?.conversation ?? answered.id);
    const post = { id, author, at, text, conversation, references };
    posts.set(id, post);
    return post;
  }
  const times = Array.from(
    { length: options.posts },
    () => options.to - 1 - random.below(options.days * 86_400_000),
  ).sort((a, b) => a - b);
  const written: WorldPost[] = [];
  for (const at of times) {
    written.push(
      write({ at, author: accounts[random.below(accounts.length)]!, ...contentOf(random, written) }),
    );
  }
  const remove = (ids: Iterable<string>) => {
    for (const id of ids) posts.delete(id);
  };
  return { term: 'gelato', brand, posts, users, remove, write };
}

/** A third is about the brand, a third about nothing that matters, and the rest answers, quotes or passes on. */
function contentOf(random: Random, written: readonly WorldPost[]): Pick<WorldPost, 'text' | 'references'> {
  const lot = random.below(12);
  const other =
    written.length === 0
      ? undefined
      : written[written.length - 1 - random.below(Math.min(written.length, 60))]!;
  if (other === undefined || lot < 3)
    return { text: `the harbour's gelato is number ${lot} #gelato`, references: [] };
  if (lot < 6) return { text: `rain again, ${random.below(1000)} drops`, references: [] };
  // What is passed on is always the first of its chain.
  const original = other.references.find(({ type }) => type === 'retweeted')?.id ?? other.id;
  if (lot < 9) {
    return {
      text: `RT @someone: ${other.text}`.slice(0, 140),
      references: [{ type: 'retweeted', id: original }],
    };
  }
  if (lot < 10)
    return { text: `look at this ${random.below(100)}`, references: [{ type: 'quoted', id: original }] };
  const answer = { type: 'replied_to' as const, id: original };
  if (lot < 11) return { text: `so they say ${random.below(100)}`, references: [answer] };
  const quoted = written[random.below(written.length)]!;
  const isRepost = quoted.references.some(({ type }) => type === 'retweeted');
  return {
    text: 'as was said before',
    references: isRepost || quoted.id === original ? [answer] : [{ type: 'quoted', id: quoted.id }, answer],
  };
}
