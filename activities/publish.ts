import { basename } from 'node:path';
import type { Night, Published } from '../contracts/night.ts';
import type { StepReport, StoredTable, Tables } from '../contracts/table.ts';
import {
  commitNight,
  layVersion,
  type Manifest,
  type ManifestTable,
  repairPointers,
  versionKey,
} from '../lake/nights.ts';
import { canonical, sha256, tableOf } from '../lake/steps.ts';
import { layCatalog } from './catalog.ts';
import { checkGates } from './gates.ts';
import { recordOfNight } from './runRecord.ts';
import { settingsOf } from './settings.ts';
import { isWithin } from './step.ts';
import { rowsOf } from './storedRows.ts';
import { warnedFrom, warningsOf } from './warnings.ts';
import type { World } from './world.ts';

export interface PublishInput {
  night: Night;
  tables: Tables;
  steps: StepReport[];
}

/** Publishes a night: all of its tables or none; the same content is published once. */
export async function publish(world: World, { night, tables, steps }: PublishInput): Promise<Published> {
  const names = Object.keys(tables).filter(isPublished).sort();
  if (night.scope.dryRun) return wouldPublish(night, names, tables);
  if (!isWithin(night, 'publish')) throw new Error('publish was called outside the scope of the night');
  const { campaign } = await settingsOf(world.lake, night);
  const stored = await Promise.all(names.map(name => tableOf(world.lake, tables[name]!)));
  const heard = await Promise.all(warnedFrom.map(name => tableOf(world.lake, tables[name]!)));
  await checkGates(world, night, campaign, stored);
  const manifest = await manifestOf(world, night, stored, steps, tables);

  if (!(await world.lake.has(`${versionKey(manifest)}/catalog.duckdb`))) {
    await layVersion(world.lake, manifest);
    await layCatalog(world.lake, manifest);
  }
  world.attempt().signal.throwIfAborted();
  const { night: committed, isNew } = await commitNight(world.lake, manifest);
  await repairPointers(world.lake, night.campaign);
  return {
    entry: committed.entry,
    // A retry may find the commit of this very run.
    outcome: isNew || committed.run === night.run ? 'published' : 'unchanged',
    version: manifest.version,
    folder: world.lake.locate(versionKey(manifest)),
    tables: manifest.tables.map(table => ({
      table: table.table,
      rows: table.rows,
      files: table.files.length,
      bytes: table.files.reduce((sum, file) => sum + file.bytes, 0),
    })),
    verdict: manifest.verdict,
    reason: manifest.reason,
    ...(await returnsOf(world, stored)),
    warnings: await warningsOf(world, campaign, [...stored, ...heard]),
  };
}

/** The night's verdict on the return, where there is one. */
async function returnsOf(world: World, stored: StoredTable[]): Promise<Pick<Published, 'returns'>> {
  const [night] = await rowsOf<{ returns_verdict: string | null; returns_reason: string }>(
    world,
    stored,
    'dim_night',
    'SELECT returns_verdict, returns_reason FROM dim_night',
  );
  const { returns_verdict: verdict, returns_reason: reason } = night!;
  return verdict === null ? {} : { returns: { verdict, reason } };
}

export function isPublished(table: string): boolean {
  return /^(dim|fct)_/.test(table);
}

async function manifestOf(
  world: World,
  night: Night,
  stored: StoredTable[],
  steps: StepReport[],
  lineage: Tables,
): Promise<Omit<Manifest, 'entry'>> {
  const tables = stored.map(
    ({ table, sentence, grain, columns, rows, files }): ManifestTable => ({
      table,
      sentence,
      grain,
      columns,
      rows,
      files: files.map(file => ({
        name: basename(file.key),
        key: file.key,
        rows: file.rows,
        bytes: file.bytes,
        sha256: file.sha256,
      })),
    }),
  );
  const content = sha256(
    canonical({
      campaign: night.campaign,
      interval: night.interval,
      tables: tables.map(({ table, files, columns }) => [table, files.map(file => file.sha256), columns]),
    }),
  );
  const [state] = await rowsOf<{ as_of: string; verdict: string; reason: string }>(
    world,
    stored,
    'dim_night',
  );
  const record = (await recordOfNight(world.lake, night))!;
  return {
    campaign: night.campaign,
    as_of: state!.as_of,
    interval: night.interval,
    run: night.run,
    mode: night.mode,
    code_version: world.codeVersion,
    published_at: new Date().toISOString(),
    content,
    version: `${state!.as_of}-${content.slice(0, 16)}`,
    verdict: state!.verdict,
    reason: state!.reason,
    settings: night.settings,
    inputs: record.inputs.map(({ source, query, file, sha256 }) => ({ source, query, file, sha256 })),
    steps: steps.map(({ stage, step, outcome }) => ({ stage, step, outcome })),
    tables,
    lineage,
  };
}

function wouldPublish(night: Night, names: string[], tables: Tables): Published {
  return {
    entry: undefined,
    outcome: 'would publish',
    version: '',
    folder: '',
    tables: names.map(name => ({ table: name, rows: tables[name]!.rows, files: 0, bytes: 0 })),
    verdict: '',
    reason: `interval ${night.interval.from}/${night.interval.to}`,
    warnings: [],
  };
}
