import { extname } from 'node:path';
import type { FileFormat } from '../contracts/campaign.ts';
import type { Night } from '../contracts/night.ts';
import type { StepResult, StoredTable, TableFile, Tables } from '../contracts/table.ts';
import { parseOnly } from '../engine/duckdb.ts';
import type { Model } from '../engine/models.ts';
import { findStep, tableOf } from '../lake/steps.ts';
import { rawKey } from './rawKey.ts';
import { methodVersion } from './methodVersion.ts';
import { computeModels } from './model.ts';
import { codeOf, planModels } from './modelPlan.ts';
import { readRaw } from './read.ts';
import type { RawFile } from './runRecord.ts';
import { fillParameters } from './settings.ts';
import { inWorkshop, runStep } from './step.ts';
import { contentHash } from './store.ts';
import type { World } from './world.ts';

const outputs = ['stg_findings', 'stg_refusals', 'stg_rows'];
const madeByReading = new Set(['raw_rows', 'raw_findings']);

/** Reads every listed file into validated rows; a file that was read before, under whatever name, is not read again. */
export async function readFiles(world: World, input: { night: Night; tables: Tables }): Promise<StepResult> {
  const { night, tables } = input;
  const { order } = await planModels(await parseOnly(), outputs, madeByReading);
  const code = codeOf(order, [await methodVersion(new URL('./read.ts', import.meta.url))]);
  const making = { inputs: { raw_files: tables.raw_files!.sha256 }, code, parameters: {} };
  return runStep(world, night, { stage: 'conversations', step: 'rows', making, outputs }, async workshop => {
    const files = await listFiles(world, tables);
    const read: StoredTable[][] = [];
    let reused = 0;
    for (const [index, file] of files.entries()) {
      workshop.attempt.signal.throwIfAborted();
      workshop.attempt.progress(index / files.length);
      const { stored, outcome } = await readOne(world, night, file, order, code);
      if (outcome === 'reused') reused += 1;
      read.push(stored);
    }
    workshop.note(`${files.length - reused} of ${files.length} files read, ${reused} known`);
    return outputs.map(table => merged(read.map(list => list.find(one => one.table === table)!)));
  });
}

/** A file of a source. */
type Export = RawFile & { format: FileFormat };

async function listFiles(world: World, tables: Tables): Promise<Export[]> {
  const list = await tableOf(world.lake, tables.raw_files!);
  return inWorkshop(world, async ({ session }) => {
    await session.attach(
      'raw_files',
      list.files.map(file => world.lake.locate(file.key)),
    );
    return session.rows<Export>('SELECT *, file_sha256 AS sha256 FROM raw_files ORDER BY source, file');
  });
}

async function readOne(world: World, night: Night, file: Export, order: readonly Model[], code: string) {
  const parameters = { format: file.format, extension: extname(file.file) };
  const making = { inputs: { raw: file.sha256 }, code, parameters };
  const plan = { stage: 'conversations' as const, step: 'read', making, outputs };
  const result = await runStep(world, night, plan, async workshop => {
    const { session, scratch, attempt } = workshop;
    await fillParameters(session, { file_sha256: ['VARCHAR', file.sha256] });
    await readRaw(
      session,
      {
        path: world.lake.locate(rawKey(file.sha256)),
        name: file.file,
        format: file.format,
        sha256: file.sha256,
      },
      { scratch, signal: attempt.signal, progress: share => attempt.progress(share) },
    );
    // The same content gives the same bytes under whatever name: that is how copies of a file are known.
    return computeModels(world, night, workshop, order, new Set(outputs), { code, parameters: {} });
  });
  const record = await findStep(world.lake, result.tables.stg_rows!.uri);
  return { stored: record!.tables, outcome: result.report.outcome };
}

/** One table over the files of many; the same content counts once, because it is the same rows. */
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
