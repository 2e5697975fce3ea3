import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../config.ts';
import { duckdbEngine } from '../engine/duckdb.ts';
import { cpuSecondsSoFar, peakSoFar, type Use } from './measure.ts';

/** Every column of the staged messages that the night reads later. */
const columns = [
  'source',
  'platform',
  'message_id',
  'author_id',
  'created_at',
  'kind',
  'parent_id',
  'root_id',
  'reply_to_id',
  'via_id',
  'text',
  'language',
  'sentiment',
  'followers',
  'captured_at',
];

/**
 * The least that any night must do with its staged messages: read them, join each to its parent by their text ids, sort
 * by id, write Parquet. The same engine, memory and threads as the night's.
 */
async function measureFloor(files: readonly string[]): Promise<Use & { rows: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'sillage-floor-'));
  try {
    const session = await duckdbEngine(readConfig().engine).open(folder);
    const started = performance.now();
    const cpuBefore = cpuSecondsSoFar();
    await session.attach('messages', files);
    await session.view(
      'joined',
      `SELECT ${columns.map(column => `m.${column}`).join(', ')}, p.author_id AS parent_author_id, p.created_at AS parent_created_at
       FROM messages m LEFT JOIN messages p ON p.message_id = m.parent_id`,
    );
    const layout = { grain: ['message_id'], metadata: { dataset: 'floor' } };
    const { rows } = await session.store('joined', join(folder, 'floor.parquet'), layout);
    const seconds = (performance.now() - started) / 1000;
    session.close();
    return { rows, seconds, cpuSeconds: cpuSecondsSoFar() - cpuBefore, peakBytes: peakSoFar() };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

console.log(JSON.stringify(await measureFloor(process.argv.slice(2))));
