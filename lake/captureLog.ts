import type { CollectingState } from '../contracts/collection.ts';
import type { Lake } from './lake.ts';

/** Pages that were kept together: a raw file of captures. */
export interface Segment {
  sha256: string;
  bytes: number;
  captures: number;
}

/** What became durable in one act: pages, and where collecting goes on after them. */
export interface CaptureEntry {
  number: number;
  /** When it was kept, ISO in UTC. */
  at: string;
  /** Key in the lake of the settings by which it was collected. */
  settings: string;
  segment?: Segment;
  state: CollectingState;
}

/** The segments that were kept on a day, in order. */
export interface CapturedDay {
  /** UTC day. */
  day: string;
  /** Number of its last entry. */
  last: number;
  segments: string[];
}

/** A day whose pages have left the lake by the rule of retention. */
export interface GoneDay {
  /** UTC day. */
  day: string;
  /** When it was decided, ISO in UTC. */
  at: string;
  /** The raw file that took their place: what they came to, without ids and texts. */
  summary: Segment;
  /** Hashes of the segments that left. */
  segments: string[];
  /** Keys of the plans by which they were collected: lists of what was asked, which leave with them. */
  plans: string[];
}

/**
 * The log of one lane. Its last entry is the collector's whole memory. An entry is put where none was: of two collectors
 * at once the second finds its place taken, drops what it fetched, and goes on from the first one's.
 */
export interface CaptureLog {
  last(): Promise<CaptureEntry | undefined>;
  /** @returns false where another collector has written this entry */
  append(entry: CaptureEntry): Promise<boolean>;
  /** From the first after a number to the last. */
  entries(after?: number): AsyncIterable<CaptureEntry>;
  /** All days with segments, the last of which may still grow. */
  days(): Promise<CapturedDay[]>;
  /** The days that have left, by day. */
  gone(): Promise<Map<string, GoneDay>>;
  /** Writes down that a day leaves, before it does. @returns false where it was written down before */
  markGone(gone: GoneDay): Promise<boolean>;
}

export function captureLog(lake: Lake, campaign: string, lane: string): CaptureLog {
  const folder = `collected/${campaign}/${lane}`;
  const nameOf = (number: number) => `${String(number).padStart(20, '0')}.json`;
  const read = async <T>(key: string) => JSON.parse((await lake.read(key))!.toString('utf8')) as T;
  const names = async () => (await lake.list(folder)).filter(name => /^[0-9]{20}\.json$/.test(name));
  async function* entries(after = 0): AsyncGenerator<CaptureEntry> {
    for (const name of await names()) {
      if (name > nameOf(after)) yield await read<CaptureEntry>(`${folder}/${name}`);
    }
  }
  return {
    async last() {
      const name = (await names()).at(-1);
      return name === undefined ? undefined : read<CaptureEntry>(`${folder}/${name}`);
    },
    append: entry => lake.commit(`${folder}/${nameOf(entry.number)}`, `${JSON.stringify(entry)}\n`),
    entries,
    async days() {
      // A day that is over is summed up once, so that nobody reads its thousand entries again.
      const known = await lake.list(`${folder}/days`);
      const days = await Promise.all(known.map(name => read<CapturedDay>(`${folder}/days/${name}`)));
      let open: CapturedDay | undefined;
      for await (const { number, at, segment } of entries(days.at(-1)?.last)) {
        // A clock that was put back does not open a day again.
        const day = [at.slice(0, 10), open?.day ?? '', days.at(-1)?.day ?? ''].sort().at(-1)!;
        if (open !== undefined && open.day !== day) {
          await lake.commit(`${folder}/days/${open.day}.json`, `${JSON.stringify(open)}\n`);
          days.push(open);
          open = undefined;
        }
        open ??= { day, last: number, segments: [] };
        open.last = number;
        if (segment !== undefined) open.segments.push(segment.sha256);
      }
      return open === undefined ? days : [...days, open];
    },
    async gone() {
      const names = await lake.list(`${folder}/gone`);
      const days = await Promise.all(names.map(name => read<GoneDay>(`${folder}/gone/${name}`)));
      return new Map(days.map(one => [one.day, one]));
    },
    markGone: gone => lake.commit(`${folder}/gone/${gone.day}.json`, `${JSON.stringify(gone)}\n`),
  };
}
