import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { noInteger } from '../contracts/columns.ts';
import type { Columns, Engine } from '../engine/engine.ts';
import { Random } from '../tools/sample/random.ts';

/** A world of talk to measure with: as many rows as asked for, the same bytes for the same seed. */
export interface WorldSize {
  rows: number;
  seed: number;
}

export const interval = { from: '2026-03-31', to: '2026-04-01' };
export const campaignName = 'bench';

const days = 90;
const span = days * 86_400_000;
const authorsPerMessage = 1 / 8;
/** Sizes of cascades: P(size > s) ~ s^-1.3, a density of exponent 2.3, cut at 1 % of all rows. */
const tail = 1.3;
const largestShare = 0.01;
/** Forwards and replies for each post: 35 posts, 55 forwards, 10 replies in a hundred messages. */
const forwardsPerPost = 55 / 35;
const repliesPerPost = 10 / 35;
const replyTail = 1.8;
/** Of the forwards: 15 of 55 lie on a network that names only the root, 5 of the other 40 are quotes. */
const rootOnlyShare = 15 / 55;
const quoteShare = 5 / 40;
const unseenRoots = 0.01;
const duplicateShare = 0.005;
const deletedShare = 0.002;
const rowsPerCycle = 200_000;

const kinds = { post: 0, reshare: 1, quote: 2, reply: 3 };
const networks = { bluesky: 0, x: 1 };

/** Draws the talk as numbers: one typed array a column, one value a row; `noInteger` stands for none. */
export function drawTalk({ rows, seed }: WorldSize): Columns {
  const chance = new Random(seed, 'talk');
  const authors = Math.max(2, Math.round(rows * authorsPerMessage));
  const followersOf = drawFollowers(authors + 11, new Random(seed, 'followers'));
  const largest = Math.max(1, Math.floor(rows * largestShare));
  const forwardedShare = forwardsPerPost / meanSize(largest, tail);
  const repliedShare = repliesPerPost / meanSize(largest, replyTail);
  const talk = {
    number: new Int32Array(rows),
    author: new Int32Array(rows),
    created_ms: new Float64Array(rows),
    kind: new Int32Array(rows),
    network: new Int32Array(rows),
    parent: new Int32Array(rows),
    parent_author: new Int32Array(rows),
    root: new Int32Array(rows),
    root_author: new Int32Array(rows),
    followers: new Int32Array(rows),
    capture: new Int32Array(rows),
    is_deleted: new Uint8Array(rows),
  };
  const repeats = Math.floor(rows * duplicateShare);
  const tombstones = Math.floor(rows * deletedShare);
  const messages = rows - repeats - tombstones;
  let numbers = 0;
  let row = 0;

  // Many people speak seldom and a few often: the r-th of A speaks in proportion to (r / A)^-½. Of eleven, three are on X.
  const someone = (network: number) => {
    const rank = Math.floor(authors * chance.next() ** 2);
    return rank - (rank % 11) + (network === networks.x ? rank % 3 : 3 + (rank % 8));
  };
  const write = (kind: number, network: number, at: number) => {
    const author = someone(network);
    talk.number[row] = numbers++;
    talk.author[row] = author;
    talk.kind[row] = kind;
    talk.network[row] = network;
    talk.created_ms[row] = Math.floor(at);
    talk.followers[row] = followersOf[author]!;
    for (const column of [talk.parent, talk.parent_author, talk.root, talk.root_author])
      column[row] = noInteger;
    return row++;
  };
  const nameParent = (child: number, parent: number) => {
    talk.parent[child] = talk.number[parent]!;
    talk.parent_author[child] = talk.author[parent]!;
  };
  // Attention fades: most answers come within the hour, some after days; what would come too late comes some time before the end.
  const later = (at: number) => {
    const time = at + chance.skewed(1_800_000, 1.6);
    return time < span ? time : at + (span - at) * chance.next();
  };
  const atLeast = (share: number, exponent: number) =>
    chance.chance(share) ? Math.min(largest, Math.floor((1 - chance.next()) ** (-1 / exponent))) : 0;

  while (row < messages) {
    const network = chance.chance(rootOnlyShare) ? networks.x : networks.bluesky;
    const forwards = atLeast(forwardedShare, tail);
    const replies = atLeast(repliedShare, replyTail);
    const first = row;
    const root = write(kinds.post, network, span * chance.next());
    const rootNumber = talk.number[root]!;
    const rootAuthor = talk.author[root]!;
    for (let forward = 0; forward < forwards && row < messages; forward++) {
      const named = network === networks.bluesky;
      const parent = !named || chance.chance(0.5) ? root : first + chance.below(row - first);
      const kind = named && chance.chance(quoteShare) ? kinds.quote : kinds.reshare;
      const child = write(kind, network, later(talk.created_ms[parent]!));
      if (named) nameParent(child, parent);
      talk.root[child] = rootNumber;
      talk.root_author[child] = rootAuthor;
    }
    for (let reply = 0; reply < replies && row < messages; reply++) {
      const parent = chance.chance(0.6) ? root : first + chance.below(row - first);
      nameParent(write(kinds.reply, network, later(talk.created_ms[parent]!)), parent);
    }
    // Some exports lack the message that all the others are about: its row is taken by the last one.
    if (forwards > 0 && chance.chance(unseenRoots)) {
      row -= 1;
      for (const column of Object.values(talk)) column[root] = column[row]!;
    }
  }
  closeCycles(talk, messages);
  for (; row < rows; row++) {
    const original = chance.below(messages);
    for (const column of Object.values(talk)) column[row] = column[original]!;
    talk.capture[row] = 1 + row - messages;
    talk.is_deleted[row] = row < messages + tombstones ? 1 : 0;
  }
  return talk;
}

/** The mean of min(floor(Pareto), largest): Σ P(size ≥ s). */
function meanSize(largest: number, exponent: number): number {
  let mean = 0;
  for (let size = 1; size <= largest; size++) mean += size ** -exponent;
  return mean;
}

function drawFollowers(authors: number, chance: Random): Int32Array {
  const followers = new Int32Array(authors);
  for (let author = 0; author < authors; author++) {
    followers[author] = Math.min(1e8, Math.floor(20 * (1 - chance.next()) ** (-1 / 1.2)));
  }
  return followers;
}

/** A few pairs of forwards name each other as their parent. */
function closeCycles(talk: Columns, messages: number): void {
  const wanted = 1 + Math.floor(messages / rowsPerCycle);
  const step = Math.floor(messages / wanted);
  const isForward = (row: number) =>
    talk.kind![row] === kinds.reshare && talk.network![row] === networks.bluesky;
  for (let cycle = 0; cycle < wanted; cycle++) {
    let row = cycle * step;
    while (row + 1 < messages && !(isForward(row) && isForward(row + 1))) row++;
    if (row + 1 >= messages) return;
    for (const [child, parent] of [
      [row, row + 1],
      [row + 1, row],
    ] as const) {
      talk.parent![child] = talk.number![parent]!;
      talk.parent_author![child] = talk.author![parent]!;
    }
  }
}

const words =
  'gelato sorbet cone summer brand flavour counter queue lemon vanilla price scoop city street love taste today friend new best wait open melted awful shop walk sunday park cream berry mint salt'.split(
    ' ',
  );
export const hostileWords = { en: ['awful', 'melted'] };

// Numbers become ids as platforms write them; a multiplication modulo 2^32 is a bijection, so that ids follow no order of ours.
const scrambled = (number: string) => `((CAST(${number} AS UBIGINT) * 2654435761) % 4294967296)`;
const person = (author: string) =>
  `CASE network WHEN 0 THEN 'did:plc:' || left(md5('author ' || ${author}), 24)
   ELSE CAST(${scrambled(author)} AS VARCHAR) END`;
const message = (number: string, author: string) =>
  `CASE network WHEN 0 THEN 'at://did:plc:' || left(md5('author ' || ${author}), 24) || '/app.bsky.feed.post/3' || left(md5('post ' || ${number}), 12)
   ELSE CAST(1500000000000000000 + ${scrambled(number)} * 10007 AS VARCHAR) END`;
const text = Array.from(
  { length: 8 },
  (_, place) =>
    `words[1 + CAST((CAST(number AS BIGINT) * ${2 * place + 3} // ${place + 1} + ${place * 7}) % ${words.length} AS INTEGER)]`,
).join(` || ' ' || `);

const asText = `
  SELECT
    CASE network WHEN 0 THEN 'bluesky' ELSE 'x' END AS platform,
    ${message('number', 'author')} AS message_id,
    ${person('author')} AS author_id,
    CAST(make_timestamp(1767225600000000 + CAST(created_ms AS BIGINT) * 1000) AS VARCHAR) || 'Z' AS created_at,
    CASE kind WHEN 0 THEN 'post' WHEN 1 THEN 'reshare' WHEN 2 THEN 'quote' ELSE 'reply' END AS kind,
    CASE WHEN parent IS NOT NULL THEN ${message('parent', 'parent_author')} END AS parent_id,
    CASE WHEN root IS NOT NULL THEN ${message('root', 'root_author')} END AS root_id,
    CASE WHEN kind <> 1 THEN ${text} END AS text,
    CASE WHEN number % 10 < 6 THEN 'en' WHEN number % 10 < 8 THEN 'fr' ELSE 'es' END AS language,
    CASE WHEN kind >= 2 AND number % 2 = 0 THEN CAST(((number // 2) % 151 - 50) / 100 AS VARCHAR) END AS sentiment,
    CAST(followers AS VARCHAR) AS followers,
    CAST(make_timestamp(1775001600000000 + CAST(capture AS BIGINT) * 1000000) AS VARCHAR) || 'Z' AS captured_at,
    CASE WHEN is_deleted THEN 'true' ELSE 'false' END AS deleted
  FROM sorted CROSS JOIN (SELECT ${`[${words.map(word => `'${word}'`).join(', ')}]`} AS words)`;

/**
 * Writes the world into a folder: `messages.parquet`, all text as exports have it, in order of time, and `campaign.yaml`.
 *
 * @returns the path of the campaign file
 */
export async function writeWorld(engine: Engine, folder: string, size: WorldSize): Promise<string> {
  await mkdir(folder, { recursive: true });
  const session = await engine.open(folder);
  try {
    await session.load('drawn', drawTalk(size));
    await session.define('sorted', 'SELECT * FROM drawn ORDER BY created_ms, number, capture');
    await session.view('messages', asText);
    const metadata = { dataset: 'messages' };
    await session.store('messages', join(folder, 'messages.parquet'), { grain: [], metadata });
  } finally {
    session.close();
  }
  const file = join(folder, 'campaign.yaml');
  await writeFile(
    file,
    `campaign: ${campaignName}
brand: { name: Bench, accounts: ["x:1"] }
window: { conversations: ${days}d }
seed: ${size.seed}
sources:
  - { id: talk, type: files, format: messages, path: messages.parquet }
influence: { hostile: ${JSON.stringify(hostileWords)} }
privacy: { pseudonymise: false }
`,
  );
  return file;
}
