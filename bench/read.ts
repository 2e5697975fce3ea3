import { once } from 'node:events';
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { readRaw } from '../activities/read.ts';
import { messageFields } from '../contracts/message.ts';
import { duckdbEngine } from '../engine/duckdb.ts';
import { quoteText, type Session } from '../engine/engine.ts';
import { modelOf } from '../engine/models.ts';

/**
 * Reads a million messages, as NDJSON and as CSV, our way (found out, parsed, validated, written as checked-in Parquet)
 * and DuckDB's own (read_json or read_csv into a table; then its plain copy to Parquet), turn and turn about.
 *
 * node bench/read.ts [rows]
 */
const rows = Number(process.argv[2] ?? 1_000_000);
const rounds = 5;
const words =
  'gelato sorbet vanilla summer price brand street cream flavour spoon morning friend shop queue'.split(' ');
const engine = duckdbEngine({ memoryBytes: 4e9, threads: 2, spillBytes: 40e9 });
const outputs = ['stg_refusals', 'stg_findings', 'stg_rows'];

for (const [name, reader] of [
  ['messages.ndjson', 'read_json'],
  ['messages.csv', 'read_csv'],
] as const) {
  const path = await messagesFile(name);
  const ours: number[] = [];
  const reading: number[] = [];
  const table: number[] = [];
  const copy: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await inSession(async (session, scratch) => {
      const started = performance.now();
      await session.define('own', `SELECT * FROM ${reader}(${quoteText(path)})`);
      table.push(performance.now() - started);
      await session.store('own', join(scratch, 'own.parquet'), { grain: [], metadata: { by: 'DuckDB' } });
      copy.push(performance.now() - started);
    });
    await inSession(async (session, scratch) => {
      const started = performance.now();
      const file = { path, name, format: 'messages', sha256: '0f' } as const;
      await readRaw(session, file, { scratch, signal: new AbortController().signal, progress() {} });
      reading.push(performance.now() - started);
      await session.fill('params', { file_sha256: 'VARCHAR' }, [['0f']]);
      for (const output of outputs) {
        const { sql, grain } = modelOf(output);
        await session.view(output, sql);
        const stored = await session.store(output, join(scratch, `${output}.parquet`), {
          grain,
          metadata: { by: 'us' },
        });
        await session.attach(output, [stored.path]);
        if (output === 'stg_rows' && stored.rows !== rows)
          throw new Error(`${stored.rows} of ${rows} rows were read`);
      }
      ours.push(performance.now() - started);
    });
  }
  const [all, raw, own, copied] = [ours, reading, table, copy].map(median) as [
    number,
    number,
    number,
    number,
  ];
  const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
  console.log(`${name}, ${rows} rows, ${Math.round(statSync(path).size / 1e6)} MB, median of ${rounds}:`);
  console.log(`  DuckDB ${reader} → table ${seconds(own)}, → Parquet ${seconds(copied)}`);
  console.log(`  ours → raw rows ${seconds(raw)}, → validated Parquet ${seconds(all)}`);
  console.log(
    `  raw rows ${(raw / own).toFixed(2)} × table, validated Parquet ${(all / own).toFixed(2)} × table, ${(all / copied).toFixed(2)} × Parquet`,
  );
}

async function inSession(work: (session: Session, scratch: string) => Promise<void>): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'sillage-bench-read-'));
  const session = await engine.open(scratch);
  try {
    await work(session, scratch);
  } finally {
    session.close();
    rmSync(scratch, { recursive: true });
  }
}

function median(numbers: number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
}

async function messagesFile(name: string): Promise<string> {
  const folder = join(tmpdir(), `sillage-bench-messages-${rows}`);
  const path = join(folder, name);
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  const random = seeded(7);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const isCsv = name.endsWith('.csv');
  const stream = createWriteStream(`${path}.part`);
  if (isCsv) stream.write(`${messageFields.join(',')}\n`);
  for (let n = 0; n < rows; n += 1) {
    const kind = pick(['post', 'reshare', 'quote', 'reply']);
    const message: Record<string, string | number> = {
      platform: 'x',
      message_id: idOf(n),
      author_id: String(1e9 + Math.floor(random() * 200_000)),
      created_at: new Date(Date.UTC(2026, 0, 1) + n * 3000).toISOString(),
      kind,
      ...(kind === 'post' ? {} : { parent_id: idOf(Math.floor(random() * n)) }),
      text: `${Array.from({ length: 8 + Math.floor(random() * 8) }, () => pick(words)).join(' ')}, "yes"`,
      language: 'en',
      sentiment: Math.round(random() * 200 - 100) / 100,
      followers: Math.floor(random() * 1e5),
      likes: Math.floor(random() * 100),
    };
    const line = isCsv
      ? messageFields.map(field => quoted(String(message[field] ?? ''))).join(',')
      : JSON.stringify(message);
    if (!stream.write(`${line}\n`)) await once(stream, 'drain');
  }
  stream.end();
  await finished(stream);
  renameSync(`${path}.part`, path);
  return path;
}

function idOf(n: number): string {
  return String(1219780709600124929n + BigInt(n) * 4099n);
}

function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Mulberry32: the same file on every machine. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
