import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, platform, release, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { FatalError } from '../contracts/errors.ts';
import { duckdbEngine } from '../engine/duckdb.ts';
import { type Agreement, compareTables } from './agreement.ts';
import { runAlone, type Use } from './measure.ts';
import type { MeasuredNight, MeasuredStep } from './one-night.ts';
import { measurePeer, preparePeer } from './peer.ts';
import { writeWorld } from './world.ts';

/**
 * One night of a made-up world, by step, against the floor and against what a user would write instead:
 *
 * node_modules/.bin/node bench/night.ts --messages 1000000,10000000 [--seed 7] [--out FOLDER] [--without floor,peer]
 *
 * The report is Markdown on stdout. Memory and threads as the night itself reads them: SILLAGE_MEMORY, SILLAGE_THREADS.
 */

interface Measured {
  rows: number;
  night: MeasuredNight;
  floor: Use | undefined;
  peer: Use | undefined;
  /** Why there is no peer although one was asked for. */
  peerFailure: string | undefined;
  agreement: Agreement[];
}

/** The last step that counts as staging; all later ones lead from staged Parquet to published tables. */
const staging = 'conversations/messages';
const floorRounds = 3;
const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const say = (text: string) => process.stderr.write(`${text}\n`);

async function measure(
  rows: number,
  seed: number,
  folder: string,
  python: string | undefined,
  withFloor: boolean,
) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  say(`${rows} messages: making the world`);
  const file = await writeWorld(duckdbEngine(readConfig().engine), folder, { rows, seed });
  say(`${rows} messages: the night`);
  const lake = { SILLAGE_LAKE: join(folder, 'lake') };
  const night = await runAlone<MeasuredNight>(process.execPath, [here('one-night.ts'), file], lake);
  const measured: Measured = {
    rows,
    night,
    floor: undefined,
    peer: undefined,
    peerFailure: undefined,
    agreement: [],
  };
  if (withFloor) {
    say(`${rows} messages: the floor`);
    const rounds: Use[] = [];
    for (let round = 0; round < floorRounds; round++) {
      const floor = await runAlone<Use & { rows: number }>(process.execPath, [
        here('floor.ts'),
        ...night.staged,
      ]);
      refuseOtherRows(floor.rows, night);
      rounds.push(floor);
    }
    measured.floor = rounds.sort((a, b) => a.seconds - b.seconds)[Math.floor(floorRounds / 2)];
  }
  if (python !== undefined) {
    say(`${rows} messages: the peer`);
    const made = join(folder, 'peer');
    try {
      measured.peer = await measurePeer(python, night.staged, made);
    } catch (error) {
      // What was measured before stands; a peer that runs out of memory is a finding too.
      if (!(error instanceof FatalError)) throw error;
      measured.peerFailure = error.message;
      return measured;
    }
    say(`${rows} messages: comparing the tables`);
    measured.agreement = await compareTables(night.published, made);
  }
  return measured;
}

/** A floor over other rows than the night's (an older file beside the new one, repeated ids) would flatter the night. */
function refuseOtherRows(rows: number, night: MeasuredNight): void {
  const staged = night.steps.find(({ step }) => step === staging)?.rows.stg_messages;
  if (rows === staged) return;
  throw new FatalError(`the floor went over ${rows} rows, the night over ${staged}`, {
    next: 'measure again in an empty folder',
  });
}

function afterStaging({ night }: Measured): Use {
  const steps = stepsAfterStaging(night);
  return {
    seconds: steps.reduce((sum, step) => sum + step.seconds, 0),
    cpuSeconds: steps.reduce((sum, step) => sum + step.cpuSeconds, 0),
    peakBytes: Math.max(...steps.map(step => step.peakBytes)),
  };
}

function stepsAfterStaging(night: MeasuredNight): MeasuredStep[] {
  return night.steps.slice(1 + night.steps.findIndex(({ step }) => step === staging));
}

const cells = ({ seconds, cpuSeconds, peakBytes }: Use) =>
  `${seconds.toFixed(2)} | ${cpuSeconds.toFixed(2)} | ${(peakBytes / 1e9).toFixed(2)}`;

function stepTable({ rows, night }: Measured): string {
  const line = (step: MeasuredStep) => {
    const made = Object.entries(step.rows).map(([table, count]) => `${table} ${count}`);
    return `| ${step.step} | ${cells(step)} | ${made.join(', ')} |`;
  };
  return [
    `### ${rows} messages, by step`,
    '',
    '| step | seconds | processor seconds | peak GB | rows |',
    '|---|--:|--:|--:|---|',
    ...night.steps.map(line),
    `| the whole night | ${cells(night)} | |`,
  ].join('\n');
}

function comparison(all: readonly Measured[]): string {
  const ratio = (above: number, below: number | undefined) =>
    below === undefined ? '' : (above / below).toFixed(1);
  const lines = all.flatMap(measured => {
    const { rows, floor, peer, peerFailure } = measured;
    const ours = afterStaging(measured);
    const line = (what: string, use: Use) =>
      `| ${rows} | ${what} | ${cells(use)} | ${ratio(use.seconds, floor?.seconds)} | ${ratio(use.cpuSeconds, floor?.cpuSeconds)} |`;
    return [
      line('the night, staged Parquet to published tables', ours),
      ...(floor === undefined ? [] : [line('the floor', floor)]),
      ...(peer === undefined ? [] : [line('polars, numpy, igraph, scipy', peer)]),
      ...(peerFailure === undefined
        ? []
        : [`| ${rows} | polars, numpy, igraph, scipy: did not finish | | | | | |`]),
    ];
  });
  return [
    '### From staged Parquet to published tables',
    '',
    '| messages | what | seconds | processor seconds | peak GB | × floor | × floor, processor |',
    '|--:|---|--:|--:|--:|--:|--:|',
    ...lines,
  ].join('\n');
}

function growth(all: readonly Measured[]): string[] {
  return all.slice(1).map((larger, place) => {
    const smaller = all[place]!;
    const exponent = (value: (use: Use) => number) =>
      (
        Math.log(value(afterStaging(larger)) / value(afterStaging(smaller))) /
        Math.log(larger.rows / smaller.rows)
      ).toFixed(2);
    return `From ${smaller.rows} to ${larger.rows} messages the time grows with exponent ${exponent(use => use.seconds)} (processor time: ${exponent(use => use.cpuSeconds)}).`;
  });
}

function agreements(all: readonly Measured[]): string[] {
  return all
    .filter(({ agreement }) => agreement.length > 0)
    .map(({ rows, agreement }) => {
      const tables = agreement.map(({ table, rows, columns }) => {
        const largest = Math.max(...Object.values(columns).map(column => column.largest));
        return `${table} (${rows} rows, ${Object.keys(columns).length} columns, largest relative difference ${largest.toExponential(1)})`;
      });
      return `At ${rows} messages the night and the peer agree: ${tables.join('; ')}.`;
    });
}

function machine(): string {
  const { engine } = readConfig();
  return `${availableParallelism()} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB, ${platform()} ${release()}, Node ${process.version}; SILLAGE_MEMORY ${process.env.SILLAGE_MEMORY ?? 'not set'} (DuckDB ${(engine.memoryBytes / 1e9).toFixed(1)} GB), ${engine.threads} threads.`;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      messages: { type: 'string', default: '1000000' },
      seed: { type: 'string', default: '7' },
      out: { type: 'string' },
      without: { type: 'string', default: '' },
    },
  });
  const sizes = values.messages.split(',').map(Number);
  if (!sizes.every(size => Number.isInteger(size) && size >= 1000)) {
    throw new FatalError(`--messages ${values.messages} are no whole numbers from 1000 on`, {
      next: 'write one, or several with commas, like 1000000,10000000',
    });
  }
  const without = values.without.split(',');
  const out =
    values.out === undefined ? await mkdtemp(join(tmpdir(), 'sillage-bench-')) : resolve(values.out);
  try {
    const python = without.includes('peer') ? undefined : await preparePeer(join(out, 'python'));
    const all: Measured[] = [];
    for (const size of sizes.sort((a, b) => a - b)) {
      const folder = join(out, `night-${size}`);
      all.push(await measure(size, Number(values.seed), folder, python, !without.includes('floor')));
    }
    const report = [machine(), comparison(all), ...growth(all), ...agreements(all), ...all.map(stepTable)];
    process.stdout.write(`${report.join('\n\n')}\n`);
  } finally {
    if (values.out === undefined) await rm(out, { recursive: true, force: true });
  }
}

try {
  await main();
} catch (error) {
  if (!(error instanceof FatalError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
