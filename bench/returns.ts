import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { FatalError } from '../contracts/errors.ts';
import { seededRandom } from '../methods/random.ts';
import { factorPanel } from '../test/methods/synthetic/panels.ts';
import { runAlone } from './measure.ts';
import { type PeerUse, preparePeer } from './peer.ts';
import { methods } from './returns/estimators.ts';
import type { Estimated } from './returns/one-method.ts';

/**
 * Every method of the returns on 200 units × 1,095 days (50 treated in the last 60), each in a process of its own, beside what a user would
 * write in Python; the report is Markdown on stdout:
 *
 * node_modules/.bin/node bench/returns.ts [--seed 7] [--only METHOD,…] [--out FOLDER] [--without-peers]
 */

interface Measured {
  name: string;
  alone: Estimated | undefined;
  whole: Estimated;
  peer: PeerUse | undefined;
}

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const shape = { units: 200, treated: 50, before: 1035, during: 60, lift: 0.05 };

async function measure(name: string, file: string, python: string | undefined): Promise<Measured> {
  const ours = (extent: string) =>
    runAlone<Estimated>(process.execPath, [here('returns/one-method.ts'), file, name, extent]);
  process.stderr.write(`${name}\n`);
  const whole = await ours('whole');
  const alone = methods[name]!.alone === undefined ? undefined : await ours('alone');
  const peer =
    python === undefined
      ? undefined
      : await runAlone<PeerUse>(python, [here('returns/peer.py'), file, name], {
          PYTHONDONTWRITEBYTECODE: '1',
        });
  return { name, alone, whole, peer };
}

function reportOf(all: readonly Measured[]): string {
  const rows = all.map(({ name, alone, whole, peer }) => {
    const ours = alone ?? whole;
    const ratio = (mine: number, its: number | undefined) =>
      its === undefined ? '' : (mine / its).toFixed(2);
    return [
      name,
      seconds(ours),
      megabytes(ours),
      peer === undefined ? '' : seconds(peer),
      peer === undefined ? '' : megabytes(peer),
      ratio(ours.seconds, peer?.seconds),
      ratio(ours.cpuSeconds, peer?.cpuSeconds),
      methods[name]!.with,
      seconds(whole),
      `${whole.placebos}`,
      interval(whole),
      peer === undefined ? '' : interval(peer.figures as unknown as Estimated),
    ];
  });
  const sum = (of: (one: Measured) => number) => all.reduce((total, one) => total + of(one), 0);
  const table = [
    [
      'method',
      's (processor s)',
      'peak MB',
      'peer, s',
      'peak MB',
      '× s',
      '× processor',
      'made with',
      'with placebos, s',
      'placebos',
      'total [95 %]',
      'peer',
    ],
    ['---', '--:', '--:', '--:', '--:', '--:', '--:', '---', '--:', '--:', '---', '---'],
    ...rows,
  ];
  return [
    `${shape.units} units (${shape.treated} treated) × ${shape.before + shape.during} days, flight of ${shape.during}; ${availableParallelism()} cores (${cpus()[0]?.model.trim()}), Node ${process.version}.`,
    table.map(row => `| ${row.join(' | ')} |`).join('\n'),
    `All with placebos: ${sum(({ whole }) => whole.seconds).toFixed(1)} s, processor ${sum(({ whole }) => whole.cpuSeconds).toFixed(1)} s.`,
  ].join('\n\n');
}

function seconds({ seconds: wall, cpuSeconds }: { seconds: number; cpuSeconds: number }): string {
  return `${wall.toFixed(2)} (${cpuSeconds.toFixed(2)})`;
}

function megabytes({ peakBytes }: { peakBytes: number }): string {
  return (peakBytes / 2 ** 20).toFixed(0);
}

function interval({ total, low, high }: Pick<Estimated, 'total' | 'low' | 'high'>): string {
  return `${total.toFixed(0)} [${low.toFixed(0)}, ${high.toFixed(0)}]`;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '7' },
      only: { type: 'string', default: Object.keys(methods).join(',') },
      out: { type: 'string', default: join(tmpdir(), 'sillage-bench-returns') },
      'without-peers': { type: 'boolean', default: false },
    },
  });
  const names = values.only.split(',');
  const unknown = names.find(name => !(name in methods));
  if (unknown !== undefined) {
    throw new FatalError(`--only ${unknown} is no method`, {
      next: `name some of ${Object.keys(methods).join(', ')}`,
    });
  }
  const out = resolve(values.out);
  await mkdir(out, { recursive: true });
  const python = values['without-peers']
    ? undefined
    : await preparePeer(join(out, 'python'), here('returns/requirements.txt'));
  const file = join(out, `panel-${values.seed}.json`);
  const { outcome, treated, ...counts } = factorPanel(
    shape,
    seededRandom(Number(values.seed), 'bench', 'returns'),
  );
  await writeFile(file, JSON.stringify({ ...counts, outcome: [...outcome], treated: [...treated] }));
  const all: Measured[] = [];
  for (const name of names) all.push(await measure(name, file, python));
  process.stdout.write(`${reportOf(all)}\n`);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof FatalError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
