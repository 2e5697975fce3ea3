import { followed, type PlannedRecord, term, type WorldPlan } from './worldPlan.ts';

/** A message as it must be staged, its ids native. */
export interface TrueMessage {
  id: string;
  author: string;
  kind: 'post' | 'reply' | 'quote' | 'reshare';
  created_at: string;
  /** What is answered or quoted. */
  parent: string | null;
  /** Of an answer: what began the thread. Of a reshare: what is passed on. */
  root: string | null;
  /** Of a quote that answers, too. */
  reply_to: string | null;
  via: string | null;
}

/** A tree of forwards: reshares hang below the repost by which they came, else below what they pass on; quotes below what they quote. */
export interface TrueCascade {
  /** Perhaps of a message that is gone. */
  root: string;
  /** Messages that are there, the root among them. */
  size: number;
  /** Steps from the root to the farthest of them. */
  depth: number;
}

export interface WorldTruth {
  /** All that a campaign must have staged in the end, and nothing else, by id. */
  messages: TrueMessage[];
  /** Ids of the brand's talk that must not be staged in the end. */
  gone: string[];
  /** One for each root, by root; a message that nobody forwards is one of its own. */
  cascades: TrueCascade[];
}

/** What is known of a record since it was written. */
export interface WrittenRecord {
  uri: string;
  author: string;
  created_at: string;
}

/**
 * What must be staged when all has happened: whatever is there and hangs together, by answers and quotes in either
 * direction and by reposts, with something that holds the term or is by a followed account.
 *
 * @param written by the records' places in the plan
 */
export function truthOf(plan: WorldPlan, written: readonly WrittenRecord[]): WorldTruth {
  const { records, fates } = plan;
  const hidden = (place: number) => !['stays', 'returns'].includes(fates[place]!);
  const isThere = records.map(({ deleted, author }) => deleted === undefined && !hidden(author));
  const reached = reachOf(records, isThere);
  const id = (place: number | undefined) => (place === undefined ? null : written[place]!.uri);
  const messages = reached.map(place => messageOf(records, place, written[place]!, id));
  const gone = [...records.keys()].filter(place => {
    return records[place]!.kind !== 'like' && !records[place]!.isNoise && !isThere[place];
  });
  return {
    messages: messages.sort((one, other) => compare(one.id, other.id)),
    gone: gone.map(place => written[place]!.uri).sort(),
    cascades: cascadesOf(messages),
  };
}

function reachOf(records: readonly PlannedRecord[], isThere: readonly boolean[]): number[] {
  const linked: number[][] = records.map(() => []);
  for (const [place, { subject, answers, kind }] of records.entries()) {
    if (kind === 'like') continue;
    for (const other of [subject, answers]) {
      if (other === undefined || !isThere[place] || !isThere[other]) continue;
      linked[place]!.push(other);
      linked[other]!.push(place);
    }
  }
  const isFound = ({ kind, text, author }: PlannedRecord) =>
    kind !== 'like' && (followed.includes(author) || (kind !== 'repost' && text.includes(term)));
  const waiting = [...records.keys()].filter(place => isThere[place] && isFound(records[place]!));
  const reached = new Set(waiting);
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    for (const other of linked[place]!) {
      if (reached.has(other)) continue;
      reached.add(other);
      waiting.push(other);
    }
  }
  return [...reached];
}

/** The place of what began the thread that a record is in. */
export function threadRoot(records: readonly PlannedRecord[], place: number): number {
  let root = place;
  for (let above = records[root]!.answers; above !== undefined; above = records[root]!.answers) root = above;
  return root;
}

function messageOf(
  records: readonly PlannedRecord[],
  place: number,
  { uri, author, created_at }: WrittenRecord,
  id: (place: number | undefined) => string | null,
): TrueMessage {
  const { kind, subject, answers, via } = records[place]!;
  const own = { id: uri, author, created_at, parent: null, root: null, reply_to: null, via: null };
  if (kind === 'reply') return { ...own, kind, parent: id(answers), root: id(threadRoot(records, place)) };
  if (kind === 'repost') return { ...own, kind: 'reshare', root: id(subject), via: id(via) };
  if (kind === 'post') return { ...own, kind };
  return { ...own, kind: 'quote', parent: id(subject), reply_to: id(answers) };
}

/** The trees of forwards among messages that are there. */
export function cascadesOf(messages: readonly TrueMessage[]): TrueCascade[] {
  const above = new Map<string, string>();
  for (const { id, kind, via, root, parent } of messages) {
    const from = kind === 'reshare' ? (via ?? root) : kind === 'quote' ? parent : null;
    if (from !== null) above.set(id, from);
  }
  const trees = new Map<string, TrueCascade>();
  for (const { id } of messages) {
    let [root, steps] = [id, 0];
    for (let next = above.get(root); next !== undefined; next = above.get(root))
      [root, steps] = [next, steps + 1];
    const tree = trees.get(root) ?? { root, size: 0, depth: 0 };
    trees.set(root, { root, size: tree.size + 1, depth: Math.max(tree.depth, steps) });
  }
  return [...trees.values()].sort((one, other) => compare(one.root, other.root));
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
