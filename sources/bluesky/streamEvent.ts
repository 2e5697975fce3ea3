/** What a stream tells, in the shape that Jetstream gives it. */
export interface StreamEvent {
  did: string;
  /** Microseconds since 1970: when the server that streams it sent it out. */
  time_us: number;
  kind: 'commit' | 'identity' | 'account';
  /** Its number, where the stream has numbers. */
  seq?: number;
  commit?: {
    rev: string;
    operation: string;
    collection: string;
    rkey: string;
    record?: unknown;
    cid?: string;
  };
  identity?: Record<string, unknown>;
  account?: Record<string, unknown>;
}

/** Where a reader of a stream stands. */
export interface Stand {
  /** What the server counts by: numbers, or microseconds. */
  cursor: number;
  /** Milliseconds since 1970 of the event that was read last. */
  time: number;
}

/** What one frame tells. */
export interface Told {
  /** Each with the text that is kept of it. */
  events: { event: StreamEvent; text: string }[];
  stand?: Stand;
  /** That the stream begins later than was asked for. */
  isCut?: boolean;
  /** That the stream has not come as far as was asked for: it is another than the one before. */
  isOther?: boolean;
  /** Why the server ends the stream, by its own name for it. */
  fault?: string;
}

/** A way in which servers stream. */
export interface Dialect {
  /** @param stand undefined where nothing was read before: as far back as is wanted and held */
  address(stand: Stand | undefined, from: string): URL;
  /** @throws whatever a frame that is not understood makes of it */
  told(frame: string | Uint8Array): Promise<Told>;
  /** How far after the wanted place a stream without word of it may begin and still be whole; milliseconds. */
  silence?: number;
  /** What the server gives the first event of all as its number, where nothing but a number can be asked for. */
  firstNumber?: number;
}

/** Collections whose records are messages. */
export const wanted: readonly string[] = ['app.bsky.feed.post', 'app.bsky.feed.repost'];

export function textOfStand({ cursor, time }: Stand): string {
  return `${cursor}@${new Date(time).toISOString()}`;
}

export function standOf(text: string | undefined): Stand | undefined {
  const [, cursor, time] = /^(\d{1,16})@(.+)$/.exec(text ?? '') ?? [];
  return cursor === undefined ? undefined : { cursor: Number(cursor), time: Date.parse(time!) };
}
