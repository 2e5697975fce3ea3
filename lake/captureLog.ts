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

/**
 * The log of one lane. Its last entry is the collector's whole memory. An entry is put where none was: of two collectors
 * at once the second finds its place taken, drops what it fetched, and goes on from the first one's.
 */
export interface CaptureLog {
  last(): Promise<CaptureEntry | undefined>;
  /** @returns false where another collector has written this entry */
  append(entry: CaptureEntry): Promise<boolean>;
  /** From the first to the last. */
  entries(): AsyncIterable<CaptureEntry>;
}

export function captureLog(lake: Lake, campaign: string, lane: string): CaptureLog {
  const folder = `collected/${campaign}/${lane}`;
  const keyOf = (number: number) => `${folder}/${String(number).padStart(20, '0')}.json`;
  const read = async (key: string) => JSON.parse((await lake.read(key))!.toString('utf8')) as CaptureEntry;
  const names = async () => (await lake.list(folder)).filter(name => /^[0-9]{20}\.json$/.test(name));
  return {
    async last() {
      const name = (await names()).at(-1);
      return name === undefined ? undefined : read(`${folder}/${name}`);
    },
    append: entry => lake.commit(keyOf(entry.number), `${JSON.stringify(entry)}\n`),
    async *entries() {
      for (const name of await names()) yield read(`${folder}/${name}`);
    },
  };
}
