import { captureFormats } from '../contracts/collection.ts';
import { FatalError } from '../contracts/errors.ts';
import type { Night } from '../contracts/night.ts';
import type { StepResult, StoredTable, Tables } from '../contracts/table.ts';
import type { Lake } from '../lake/lake.ts';
import { tableOf } from '../lake/steps.ts';
import { rawKey } from './rawKey.ts';
import { isCaptureFormat } from './read.ts';
import {
  type Content,
  capturesOf,
  mergedTables,
  readContent,
  readingPlan,
  stagedTables,
} from './readContent.ts';
import type { RawFile } from './runRecord.ts';
import { inWorkshop, runStep } from './step.ts';
import type { World } from './world.ts';

/** Reads every listed file into validated rows; a file that was read before, under whatever name, is not read again. */
export async function readFiles(world: World, input: { night: Night; tables: Tables }): Promise<StepResult> {
  const { night, tables } = input;
  const reading = await readingPlan();
  const making = { inputs: { raw_files: tables.raw_files!.sha256 }, code: reading.code, parameters: {} };
  const plan = { stage: 'conversations' as const, step: 'rows', making, outputs: stagedTables };
  return runStep(world, night, plan, async workshop => {
    const files = await listFiles(world, tables);
    const read: StoredTable[][] = [];
    let reused = 0;
    for (const [index, file] of files.entries()) {
      workshop.attempt.signal.throwIfAborted();
      workshop.attempt.progress(index / files.length);
      const { stored, outcome } = await readContent(world, night, await contentOf(world.lake, file), reading);
      if (outcome === 'reused') reused += 1;
      read.push(stored);
    }
    workshop.note(`${files.length - reused} of ${files.length} files read, ${reused} known`);
    if (files.length === 0)
      read.push((await readContent(world, night, capturesOf(captureFormats[0], []), reading)).stored);
    return mergedTables(read);
  });
}

/** A file of a source, or the bundle of what a source collected. */
type Listed = Pick<RawFile, 'file' | 'format'> & { file_sha256: string };

async function listFiles(world: World, tables: Tables): Promise<Listed[]> {
  const list = await tableOf(world.lake, tables.raw_files!);
  return inWorkshop(world, async ({ session }) => {
    await session.attach(
      'raw_files',
      list.files.map(file => world.lake.locate(file.key)),
    );
    return session.rows<Listed>('SELECT file, format, file_sha256 FROM raw_files ORDER BY source, file');
  });
}

async function contentOf(lake: Lake, { file, format, file_sha256 }: Listed): Promise<Content> {
  if (!isCaptureFormat(format)) return { sha256: file_sha256, name: file, format: format as never };
  const bundle = await lake.read(rawKey(file_sha256));
  if (bundle === undefined) {
    throw new FatalError('the list of what was collected is no longer in the lake', {
      where: rawKey(file_sha256),
      next: 'restore the folder `raw` of the lake from its backup',
    });
  }
  const { segments } = JSON.parse(bundle.toString('utf8')) as { segments: string[] };
  return { sha256: file_sha256, segments, format };
}
