import { noInteger } from '../../contracts/columns.ts';
import { Random } from '../../tools/sample/random.ts';
import {
  accountsInTurn,
  accountsOnX,
  authorCount,
  kinds,
  networks,
  span,
  type Talk,
  type WorldSize,
} from './rows.ts';

/** Groups that act in concert: a few accounts that post one link in one wording, or repost one message, within seconds. */
export const ringSize = 6;
const occasions = 24;
const rowsPerRing = 200_000;
const withinMs = 8_000;
/** Links of rings have numbers beyond those of the others. */
const firstLink = 1_000_000_000;

export function ringCount(rows: number): number {
  return Math.max(2, Math.round(rows / rowsPerRing));
}

export function ringRows(rows: number): number {
  return ringCount(rows) * occasions * ringSize;
}

/** The author number of a member: beyond the others', on the network whose accounts have such numbers. */
export function memberOf(ring: number, place: number, authors: number): number {
  return accountsInTurn * (Math.ceil(authors / accountsInTurn) + 1 + ring) + accountsOnX + place;
}

/** Fills the rows from `from` on with what the rings do, with numbers from `firstNumber`; every second occasion is a repost of an earlier message. */
export function drawRings(talk: Talk, from: number, firstNumber: number, size: WorldSize): void {
  const chance = new Random(size.seed, 'rings');
  const authors = authorCount(size);
  let row = from;
  for (let ring = 0; ring < ringCount(size.rows); ring++) {
    for (let occasion = 0; occasion < occasions; occasion++) {
      const at = Math.floor((span - 60_000) * chance.next());
      const first = row;
      const root = occasion % 2 === 0 ? postBefore(talk, from, at, chance) : undefined;
      for (let place = 0; place < ringSize; place++) {
        const author = memberOf(ring, place, authors);
        for (const column of Object.values(talk)) column[row] = noInteger;
        talk.number[row] = firstNumber + row - from;
        talk.author[row] = author;
        talk.network[row] = networks.bluesky;
        talk.created_ms[row] = at + chance.below(withinMs);
        talk.followers[row] = 50 + place;
        talk.capture[row] = 0;
        talk.is_deleted[row] = 0;
        talk.topic[row] = 0;
        talk.language[row] = 0;
        talk.length[row] = 12;
        talk.text_of[row] = firstNumber + first - from;
        if (root === undefined) {
          talk.kind[row] = kinds.post;
          talk.link[row] = firstLink + first - from;
        } else {
          talk.kind[row] = kinds.reshare;
          talk.parent[row] = talk.number[root]!;
          talk.parent_author[row] = talk.author[root]!;
          talk.root[row] = talk.number[root]!;
          talk.root_author[row] = talk.author[root]!;
        }
        row += 1;
      }
    }
  }
}

/** A post on the rings' network from before a time, if a few tries find one. */
function postBefore(talk: Talk, rows: number, at: number, chance: Random): number | undefined {
  for (let tries = 0; tries < 100; tries++) {
    const row = chance.below(rows);
    const isPost = talk.kind[row] === kinds.post && talk.network[row] === networks.bluesky;
    if (isPost && talk.created_ms[row]! < at) return row;
  }
  return undefined;
}
