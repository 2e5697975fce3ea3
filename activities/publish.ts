import { basename } from 'node:path';
import type { Campaign } from '../contracts/campaign.ts';
import { FatalError } from '../contracts/errors.ts';
import type { Night, Published } from '../contracts/night.ts';
import type { StepReport, StoredTable, Tables } from '../contracts/table.ts';
import {
  commitNight,
  layVersion,
  type Manifest,
  type ManifestTable,
  nightBefore,
  nightOf,
  repairPointers,
  versionKey,
} from '../lake/nights.ts';
import { canonical, sha256, tableOf } from '../lake/steps.ts';
import { layCatalog } from './catalog.ts';
import { recordOfNight } from './runRecord.ts';
import { settingsOf } from './settings.ts';
import { inWorkshop, isWithin } from './step.ts';
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
    warnings: await warningsOf(world, night.campaign, stored),
  };
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

/** A table that lost more of its rows than the campaign allows is not published. */
async function checkGates(
  world: World,
  night: Night,
  campaign: Campaign,
  stored: StoredTable[],
): Promise<void> {
  const { max_drop, max_unmapped } = campaign.gates;
  const last =
    (await nightOf(world.lake, night.campaign, night.interval)) ??
    (await nightBefore(world.lake, night.campaign, night.interval.from));
  for (const table of stored) {
    // How many kinds of fault there were is no measure of what was published.
    if (table.table === 'fct_quality') continue;
    const before = last?.tables.find(candidate => candidate.table === table.table)?.rows ?? 0;
    if (table.rows >= before * (1 - max_drop)) continue;
    throw new FatalError(
      `${table.table} would fall from ${before} rows (${last!.as_of}) to ${table.rows}, more than gates.max_drop ${max_drop} allows; nothing was published`,
      {
        next: 'look at the sources for what is missing; if the drop is right, raise gates.max_drop and run again',
      },
    );
  }
  if (max_unmapped === undefined) return;
  const shares = await rowsOf<{ source: string; fetched: number; unmapped: number }>(
    world,
    stored,
    'fct_coverage',
    'SELECT source, CAST(sum(fetched) AS BIGINT) AS fetched, CAST(sum(unmapped) AS BIGINT) AS unmapped FROM fct_coverage GROUP BY source ORDER BY source',
  );
  const over = shares.find(share => share.unmapped > max_unmapped * share.fetched);
  if (over === undefined) return;
  throw new FatalError(
    `${over.unmapped} of ${over.fetched} rows of source "${over.source}" carry fields that the parser does not know, more than gates.max_unmapped ${max_unmapped} allows; nothing was published`,
    {
      next: 'see the unmapped:… measures (a dry look: raise gates.max_unmapped), or teach the parser the fields',
    },
  );
}

/** What an operator should hear about although the night is published. */
async function warningsOf(world: World, campaign: string, stored: StoredTable[]): Promise<string[]> {
  const rows = await rowsOf<{ measure: string; value: number }>(
    world,
    stored,
    'fct_quality',
    "SELECT measure, CAST(sum(value) AS BIGINT) AS value FROM fct_quality WHERE measure IN ('quarantined', 'outside_window', 'cycles') GROUP BY measure",
  );
  const value = (measure: string) => rows.find(row => row.measure === measure)?.value ?? 0;
  const warnings: string[] = [];
  const quarantined = value('quarantined');
  if (quarantined > 0) {
    const rows = quarantined === 1 ? '1 row is' : `${quarantined} rows are`;
    warnings.push(`${rows} in quarantine: \`npx sillage quarantine ${campaign}\``);
  }
  const outside = value('outside_window');
  if (outside > 0)
    warnings.push(`${outside} ${outside === 1 ? 'message lies' : 'messages lie'} outside the window`);
  const cycles = value('cycles');
  if (cycles > 0)
    warnings.push(`${cycles} ${cycles === 1 ? 'cycle of forwards was' : 'cycles of forwards were'} cut`);
  return warnings;
}

async function rowsOf<Row>(
  world: World,
  stored: StoredTable[],
  table: string,
  select = `SELECT * FROM ${table}`,
): Promise<Row[]> {
  const found = stored.find(candidate => candidate.table === table);
  if (found === undefined) throw new Error(`the night has no ${table}`);
  return inWorkshop(world, async ({ session }) => {
    await session.attach(
      table,
      found.files.map(file => world.lake.locate(file.key)),
    );
    return session.rows<Row>(select);
  });
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
