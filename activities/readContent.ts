import { extname } from 'node:path';
import type { FileFormat } from '../contracts/campaign.ts';
import { bundleText, type CaptureFormat } from '../contracts/collection.ts';
import { FatalError } from '../contracts/errors.ts';
import type { Night } from '../contracts/night.ts';
import type { StepReport, StoredTable, TableFile } from '../contracts/table.ts';
import { parseOnly } from '../engine/duckdb.ts';
import type { Model } from '../engine/models.ts';
import { captureLog } from '../lake/captureLog.ts';
import type { Lake } from '../lake/lake.ts';
import { findStep, sha256 } from '../lake/steps.ts';
import { methodVersion } from './methodVersion.ts';
import { computeModels } from './model.ts';
import { codeOf, planModels } from './modelPlan.ts';
import { rawKey } from './rawKey.ts';
import { readRaw } from './read.ts';
import { fillParameters } from './settings.ts';
import { runStep } from './step.ts';
import { contentHash } from './store.ts';
import type { World } from './world.ts';

/** The tables that reading leaves, whatever is read. */
export const stagedTables = [
  'stg_accounts',
  'stg_counts',
  'stg_findings',
  'stg_outcomes',
  'stg_refusals',
  'stg_reposters',
  'stg_rows',
  'stg_summaries',
];
const madeByReading = new Set([
  'raw_rows',
  'raw_findings',
  'raw_accounts',
  'raw_reposters',
  'raw_counts',
  'raw_outcomes',
  'raw_summaries',
]);

/** What of a night reading depends on. */
export type Reader = Pick<Night, 'campaign' | 'scope'>;

/** What is read: an exported file, or captures; both known by the hash of their content. */
export type Content =
  | { sha256: string; name: string; format: FileFormat }
  | { sha256: string; segments: readonly string[]; format: CaptureFormat };

/** Captures by the hashes of their segments, in order; a single segment is a bundle of one. */
export function capturesOf(format: CaptureFormat, segments: readonly string[]): Content {
  return { sha256: sha256(bundleText(segments)), segments, format };
}

/** How reading is done now: models in order, and the hash of the code. */
export interface ReadingPlan {
  order: Model[];
  code: string;
}

export async function readingPlan(): Promise<ReadingPlan> {
  const { order } = await planModels(await parseOnly(), stagedTables, madeByReading);
  return { order, code: codeOf(order, [await methodVersion(new URL('./read.ts', import.meta.url))]) };
}

/** Reads a content once for ever, whoever asks and under whatever name. */
export async function readContent(
  world: World,
  reader: Reader,
  content: Content,
  { order, code }: ReadingPlan,
): Promise<{ stored: StoredTable[]; outcome: StepReport['outcome'] }> {
  const { format } = content;
  const parameters = { format, extension: 'name' in content ? extname(content.name) : '' };
  const making = { inputs: { raw: content.sha256 }, code, parameters };
  const plan = { stage: 'conversations' as const, step: 'read', making, outputs: stagedTables };
  const result = await runStep(world, reader, plan, async workshop => {
    const { session, scratch, attempt } = workshop;
    await fillParameters(session, { file_sha256: ['VARCHAR', content.sha256] });
    const options = {
      scratch,
      signal: attempt.signal,
      progress: (share: number) => attempt.progress(share),
    };
    await readRaw(session, await located(world.lake, reader.campaign, content), options);
    // The same content gives the same bytes under whatever name: that is how copies of a file are known.
    return computeModels(world, reader, workshop, order, new Set(stagedTables), { code, parameters: {} });
  });
  const record = await findStep(world.lake, result.tables.stg_rows!.uri);
  return { stored: record?.tables ?? [], outcome: result.report.outcome };
}

async function located(lake: Lake, campaign: string, content: Content) {
  if (!('segments' in content)) return { ...content, path: lake.locate(rawKey(content.sha256)) };
  for (const segment of content.segments) {
    if (await lake.has(rawKey(segment))) continue;
    const left = await dayThatLeft(lake, campaign, segment);
    if (left !== undefined) {
      throw new FatalError(`captures of ${left} have left by the rule of retention`, {
        where: rawKey(segment),
        next: 'start a new run: it reads what is left; nights that are published stay',
      });
    }
    throw new FatalError('captures that were collected are no longer in the lake', {
      where: rawKey(segment),
      next: 'restore the folder `raw` of the lake from its backup',
    });
  }
  return {
    format: content.format,
    segments: content.segments.map(segment => lake.locate(rawKey(segment))),
  };
}

/** The day of captures that a segment left with. */
async function dayThatLeft(lake: Lake, campaign: string, segment: string): Promise<string | undefined> {
  for (const lane of await lake.list(`collected/${campaign}`)) {
    for (const gone of (await captureLog(lake, campaign, lane).gone()).values())
      if (gone.segments.includes(segment)) return gone.day;
  }
  return undefined;
}

/** Each table over many contents; the same content counts once, because it is the same rows. */
export function mergedTables(parts: readonly StoredTable[][]): StoredTable[] {
  return stagedTables.map(table => merged(parts.map(list => list.find(one => one.table === table)!)));
}

function merged(parts: StoredTable[]): StoredTable {
  const byKey = new Map<string, TableFile>(
    parts.flatMap(part => part.files.map(file => [file.key, file] as const)),
  );
  const files = [...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  return {
    ...parts[0]!,
    files,
    rows: files.reduce((sum, file) => sum + file.rows, 0),
    sha256: contentHash(files),
  };
}
