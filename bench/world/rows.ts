/** A world of talk to measure with: as many rows as asked for, the same bytes for the same seed and version of DuckDB. */
export interface WorldSize {
  rows: number;
  seed: number;
}

export const days = 90;
/** In milliseconds. */
export const span = days * 86_400_000;
const authorsPerMessage = 1 / 8;

/** Codes in the columns of the same names. */
export const kinds = { post: 0, reshare: 1, quote: 2, reply: 3 };
export const networks = { bluesky: 0, x: 1 };

/** Of eleven author numbers the first three are on X, the others on Bluesky. */
export const accountsOnX = 3;
export const accountsInTurn = 11;

export function authorCount({ rows }: WorldSize): number {
  return Math.max(2, Math.round(rows * authorsPerMessage));
}

/** One typed array a column, one value a row; `noInteger` stands for none. */
export type Talk = ReturnType<typeof emptyTalk>;

export function emptyTalk(rows: number) {
  return {
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
    topic: new Int32Array(rows),
    language: new Int32Array(rows),
    length: new Int32Array(rows),
    link: new Int32Array(rows),
    text_of: new Int32Array(rows),
  };
}
