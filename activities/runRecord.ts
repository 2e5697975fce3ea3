import type { FileFormat } from '../contracts/campaign.ts';
import type { CaptureFormat } from '../contracts/collection.ts';
import type { Night } from '../contracts/night.ts';
import type { Lake } from '../lake/lake.ts';

/** A raw file as a night found it. */
export interface RawFile {
  source: string;
  /** The path as written in the campaign file; of captures, whose rows name their own question, the source's id. */
  query: string;
  /** Where it lay, relative to the campaign file; of captures what the lake calls the bundle. */
  file: string;
  /** `sheet` for a file of the campaign's own, whose source is then the sheet's name. */
  format: FileFormat | CaptureFormat | 'sheet';
  sha256: string;
}

/** The record of a start of a run: what it was asked, and the raw inputs it is pinned to. */
export interface RunRecord {
  night: Night;
  file: string;
  inputs: RawFile[];
  started_at: string;
  /** When the inputs were looked for, ISO in UTC: of a rerun, when the run that it is pinned to did. Older records have none. */
  listed_at?: string;
}

/** Pins a start of a run; a retry gets what the first try pinned, whatever lies there by now. */
export async function pinRun(lake: Lake, record: RunRecord): Promise<RunRecord> {
  const key = keyOf(record.night);
  if (await lake.commit(key, `${JSON.stringify(record, null, 1)}\n`)) return record;
  return (await readRecord(lake, key))!;
}

/** The record of this very start. */
export function recordOfNight(lake: Lake, night: Night): Promise<RunRecord | undefined> {
  return readRecord(lake, keyOf(night));
}

/** The record of the last start of a run, or undefined where the lake has none. */
export async function recordOfRun(lake: Lake, run: string): Promise<RunRecord | undefined> {
  const [campaign = ''] = run.split('_');
  if (!/^[a-z0-9-]+_[a-zA-Z0-9_-]+$/.test(run)) return undefined;
  const folder = `runs/${campaign}/${run}`;
  const records = await Promise.all(
    (await lake.list(folder)).map(name => readRecord(lake, `${folder}/${name}`)),
  );
  return records
    .filter(record => record !== undefined)
    .sort((a, b) => (a.started_at < b.started_at ? 1 : -1))[0];
}

function keyOf({ campaign, run, attempt }: Night): string {
  return `runs/${campaign}/${run}/${attempt}.json`;
}

async function readRecord(lake: Lake, key: string): Promise<RunRecord | undefined> {
  const bytes = await lake.read(key);
  return bytes === undefined ? undefined : (JSON.parse(bytes.toString('utf8')) as RunRecord);
}
