import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { faultsOf, isCovered } from './truth/bands.ts';
import { type Cell, runsOf } from './truth/cells.ts';
import { contestants } from './truth/contestants.ts';
import { reportOf } from './truth/report.ts';
import { type Measured, scoreOf } from './truth/score.ts';
import { worlds } from './truth/worlds.ts';

/**
 * How often each method that estimates a campaign's return is right, in worlds whose truth is known because we made them:
 *
 * node_modules/.bin/node bench/truth.ts [--seeds 500] [--out FOLDER] [--worlds a,b] [--methods a,b] [--threads 2]
 *
 * The report is Markdown on stdout, progress on stderr. Runs stay in FOLDER until the code that made them changes. A figure
 * that falls outside its band at the first seeds is measured again on four times as many: a right method is outside
 * by chance once in twenty-five times at 500.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '500' },
    out: { type: 'string', default: join(tmpdir(), 'sillage-truth') },
    worlds: { type: 'string' },
    methods: { type: 'string' },
    threads: { type: 'string', default: '2' },
  },
});
const seeds = Number(values.seeds);
const isWanted = (list: string | undefined) => (name: string) => list?.split(',').includes(name) ?? true;
const chosen = contestants.filter(({ name }) => isWanted(values.methods)(name));
const cells = worlds
  .filter(({ name }) => isWanted(values.worlds)(name))
  .flatMap(world =>
    chosen.flatMap(({ name }) => world.lifts.map(lift => ({ world: world.name, lift, method: name }))),
  );

async function measured(cell: Omit<Cell, 'seeds'>): Promise<Measured> {
  const few = { ...cell, ...scoreOf(await runsOf({ ...cell, seeds }, values.out)) };
  if (!isCovered(few) || faultsOf(few).length === 0) return few;
  return { ...cell, ...scoreOf(await runsOf({ ...cell, seeds: 4 * seeds }, values.out)) };
}

const all: Measured[] = [];
let next = 0;
const worker = async () => {
  while (next < cells.length) {
    const place = next++;
    all[place] = await measured(cells[place]!);
  }
};
await Promise.all(Array.from({ length: Number(values.threads) }, worker));
process.stdout.write(`${reportOf(all)}\n`);
