import { noInteger } from '../../contracts/columns.ts';
import { Random } from '../../tools/sample/random.ts';
import { drawRings, ringRows } from './rings.ts';
import {
  accountsInTurn,
  accountsOnX,
  authorCount,
  days,
  emptyTalk,
  kinds,
  networks,
  span,
  type Talk,
  type WorldSize,
} from './rows.ts';
import { drawInterests, drawSubjects } from './subjects.ts';

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
/** Of the answers, by people of the author's audience: a quarter as many as followers. */
const loyal = 0.6;
const leastAudience = 3;
/** Hours at which people post, UTC: of three people one each. */
const habits = [
  { from: 5, hours: 4 },
  { from: 18, hours: 4 },
  { from: 0, hours: 24 },
];
const unseenRoots = 0.01;
const duplicateShare = 0.005;
const deletedShare = 0.002;
const rowsPerCycle = 200_000;

/** Draws the talk as numbers; what it is about, and what the rings do, comes after the trees. */
export function drawTalk(size: WorldSize): Talk {
  const { rows, seed } = size;
  const chance = new Random(seed, 'talk');
  const authors = authorCount(size);
  const followersOf = drawFollowers(authors + accountsInTurn, new Random(seed, 'followers'));
  const largest = Math.max(1, Math.floor(rows * largestShare));
  const forwardedShare = forwardsPerPost / meanSize(largest, tail);
  const repliedShare = repliesPerPost / meanSize(largest, replyTail);
  const talk = emptyTalk(rows);
  const repeats = Math.floor(rows * duplicateShare);
  const tombstones = Math.floor(rows * deletedShare);
  const messages = rows - repeats - tombstones;
  const ordinary = messages - ringRows(rows);
  let numbers = 0;
  let row = 0;

  const onNetwork = (rank: number, network: number) =>
    rank -
    (rank % accountsInTurn) +
    (network === networks.x ? rank % accountsOnX : accountsOnX + (rank % (accountsInTurn - accountsOnX)));
  // Many people speak seldom and a few often: the r-th of A speaks in proportion to (r / A)^-½.
  const someone = () => Math.floor(authors * chance.next() ** 2);
  // Who answers is mostly of the audience of whom they answer, and of an audience some answer often.
  const responder = (author: number, network: number) => {
    if (!chance.chance(loyal)) return onNetwork(someone(), network);
    const audience = Math.min(Math.floor(authors / 10), leastAudience + Math.floor(followersOf[author]! / 4));
    const place = Math.floor(audience * chance.next() ** 2);
    return onNetwork((author * 7919 + (place + 1) * 104_729) % authors, network);
  };
  const write = (kind: number, network: number, at: number, author: number) => {
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
  // Some write in the morning, some in the evening, some at any hour.
  const moment = (author: number) => {
    const { from, hours } = habits[author % habits.length]!;
    return (24 * chance.below(days) + from + hours * chance.next()) * 3_600_000;
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

  while (row < ordinary) {
    const network = chance.chance(rootOnlyShare) ? networks.x : networks.bluesky;
    const forwards = atLeast(forwardedShare, tail);
    const replies = atLeast(repliedShare, replyTail);
    const first = row;
    const poster = onNetwork(someone(), network);
    const root = write(kinds.post, network, moment(poster), poster);
    const rootNumber = talk.number[root]!;
    const rootAuthor = talk.author[root]!;
    for (let forward = 0; forward < forwards && row < ordinary; forward++) {
      const named = network === networks.bluesky;
      const parent = !named || chance.chance(0.5) ? root : first + chance.below(row - first);
      const kind = named && chance.chance(quoteShare) ? kinds.quote : kinds.reshare;
      const child = write(
        kind,
        network,
        later(talk.created_ms[parent]!),
        responder(talk.author[parent]!, network),
      );
      if (named) nameParent(child, parent);
      talk.root[child] = rootNumber;
      talk.root_author[child] = rootAuthor;
    }
    for (let reply = 0; reply < replies && row < ordinary; reply++) {
      const parent = chance.chance(0.6) ? root : first + chance.below(row - first);
      const author = responder(talk.author[parent]!, network);
      nameParent(write(kinds.reply, network, later(talk.created_ms[parent]!), author), parent);
    }
    // Some exports lack the message that all the others are about: its row is taken by the last one.
    if (forwards > 0 && chance.chance(unseenRoots)) {
      row -= 1;
      for (const column of Object.values(talk)) column[root] = column[row]!;
    }
  }
  drawSubjects(talk, ordinary, numbers, drawInterests(authors + accountsInTurn, seed), seed);
  closeCycles(talk, ordinary);
  drawRings(talk, ordinary, numbers, size);
  row = messages;
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
function closeCycles(talk: Talk, messages: number): void {
  const wanted = 1 + Math.floor(messages / rowsPerCycle);
  const step = Math.floor(messages / wanted);
  const isForward = (row: number) =>
    talk.kind[row] === kinds.reshare && talk.network[row] === networks.bluesky;
  for (let cycle = 0; cycle < wanted; cycle++) {
    let row = cycle * step;
    while (row + 1 < messages && !(isForward(row) && isForward(row + 1))) row++;
    if (row + 1 >= messages) return;
    for (const [child, parent] of [
      [row, row + 1],
      [row + 1, row],
    ] as const) {
      talk.parent[child] = talk.number[parent]!;
      talk.parent_author[child] = talk.author[parent]!;
    }
  }
}
