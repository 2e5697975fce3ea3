import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { methodVersion } from '../../activities/methodVersion.ts';
import { inThread } from '../../activities/thread.ts';
import { sha256 } from '../../lake/steps.ts';
import { contestants } from './contestants.ts';
import type { Runs, Task } from './measure.ts';
import { worlds } from './worlds.ts';

/** All runs of one method on one world and lift. */
export interface Cell {
  world: string;
  lift: number;
  method: string;
  seeds: number;
}

/** Seeds that are stored together. */
const piece = 100;

type Stored = Record<keyof Omit<Runs, 'refusals'>, (number | null)[]> & { refusals: string[] };

/**
 * The runs of a cell, from `folder` where they were made by the same code, else made in a thread, in pieces that are stored
 * as they are done, so that an interrupted measurement goes on where it stopped.
 */
export async function runsOf(cell: Cell, folder: string): Promise<Runs> {
  await mkdir(folder, { recursive: true });
  const parts: Runs[] = [];
  for (let from = 0; from < cell.seeds; from += piece) {
    parts.push(await pieceOf({ ...cell, from, to: Math.min(cell.seeds, from + piece) }, folder));
  }
  const joined = (column: keyof Omit<Runs, 'refusals'>) =>
    Float64Array.from(parts.flatMap(part => [...part[column]]));
  return {
    total: joined('total'),
    low: joined('low'),
    high: joined('high'),
    truth: joined('truth'),
    doubled: joined('doubled'),
    cost: joined('cost'),
    variates: joined('variates'),
    refusals: parts.flatMap(({ refusals }) => refusals),
  };
}

/** Pieces that are being made: two lifts may ask for the same quiet runs. */
const underWay = new Map<string, Promise<Runs>>();

async function pieceOf(task: Task, folder: string): Promise<Runs> {
  const { module, isShifted } = contestants.find(({ name }) => name === task.method)!;
  const { lifts, rules } = worlds.find(({ name }) => name === task.world)!;
  if (isShifted && lifts.includes(0) && task.lift !== 0)
    return shifted(await pieceOf({ ...task, lift: 0 }, folder), task.lift);
  const versions = await Promise.all([
    methodVersion(module),
    methodVersion(new URL('zones.ts', import.meta.url)),
    methodVersion(new URL('people.ts', import.meta.url)),
    // Its own text alone: it imports every method.
    readFile(new URL('measure.ts', import.meta.url), 'utf8'),
  ]);
  const { world, lift, method, from, to } = task;
  const name = sha256(JSON.stringify([versions, rules, world, lift, method, from, to]));
  const making = underWay.get(name) ?? storedOrMade({ world, lift, method, from, to }, join(folder, name));
  underWay.set(name, making);
  return making.finally(() => underWay.delete(name));
}

async function storedOrMade(task: Task, file: string): Promise<Runs> {
  try {
    return revived(JSON.parse(await readFile(`${file}.json`, 'utf8')) as Stored);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const began = performance.now();
  const runs = await inThread<Task, Runs>(new URL('measure.ts', import.meta.url), 'measure', task);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const { world, lift, method, from, to } = task;
  process.stderr.write(`${world}, lift ${lift}, ${method}, seeds ${from} to ${to - 1}: ${seconds} s\n`);
  const { refusals, ...columns } = runs;
  const plain = Object.fromEntries(Object.entries(columns).map(([key, values]) => [key, [...values]]));
  await writeFile(`${file}.part`, JSON.stringify({ ...plain, refusals }));
  await rename(`${file}.part`, `${file}.json`);
  return runs;
}

/** What a method that learns from the days before alone says once the flight has its lift. */
export function shifted(runs: Runs, lift: number): Runs {
  const { total, low, high, doubled } = runs;
  const truth = doubled.map(value => lift * value);
  const moved = (column: Float64Array) => column.map((value, run) => value + truth[run]!);
  return { ...runs, total: moved(total), low: moved(low), high: moved(high), truth };
}

/** JSON knows neither NaN nor infinity; a run has infinities nowhere. */
function revived({ refusals, ...columns }: Stored): Runs {
  const column = (name: keyof typeof columns) =>
    Float64Array.from(columns[name], value => value ?? Number.NaN);
  return {
    total: column('total'),
    low: column('low'),
    high: column('high'),
    truth: column('truth'),
    doubled: column('doubled'),
    cost: column('cost'),
    variates: column('variates'),
    refusals,
  };
}
