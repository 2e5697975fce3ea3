import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { FatalError } from '../contracts/errors.ts';
import { duckdbEngine } from '../engine/duckdb.ts';
import { type Agreement, compareTables } from './agreement.ts';
import { type Answer, compareAnswers } from './answers.ts';
import { floorOf } from './floors.ts';
import { runAlone, type Use } from './measure.ts';
import type { MeasuredNight } from './one-night.ts';
import { measurePeer, type Peer, type PeerUse, peers, preparePeer } from './peer.ts';
import { reportOf } from './stage-report.ts';
import { cachedWorld } from './world.ts';

/**
 * One night of a made-up world, stage by stage, against the floor and against what a user would write for each stage:
 *
 * node_modules/.bin/node bench/stages.ts --rows 1000000 [--seed 7] [--out FOLDER] [--without floor,peer,PEER…]
 *
 * Several sizes with commas. The report is Markdown on stdout. Memory and threads as the night itself reads them:
 * SILLAGE_MEMORY, SILLAGE_THREADS. Worlds and the peers' Python stay in FOLDER for the next time.
 */

export interface Measured {
  rows: number;
  night: MeasuredNight;
  floor: Use | undefined;
  /** What each peer took, or why it did not end: running out of memory is a finding too. */
  peers: { peer: Peer; use: PeerUse | undefined; failure: string | undefined }[];
  agreement: Agreement[];
  /** The first column in which the night and its peer disagree. */
  disagreement: string | undefined;
  answers: Answer[];
}

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const say = (text: string) => process.stderr.write(`${text}\n`);

async function measure(
  size: { rows: number; seed: number },
  out: string,
  python: string | undefined,
  without: readonly string[],
): Promise<Measured> {
  const { rows } = size;
  say(`${rows} messages: the world`);
  const file = await cachedWorld(duckdbEngine(readConfig().engine), out, size);
  const folder = join(out, `night-${rows}`);
  await rm(folder, { recursive: true, force: true });
  say(`${rows} messages: the night`);
  const lake = { SILLAGE_LAKE: join(folder, 'lake') };
  const night = await runAlone<MeasuredNight>(process.execPath, [here('one-night.ts'), file], lake);
  if (!without.includes('floor')) say(`${rows} messages: the floor`);
  const floor = without.includes('floor') ? undefined : await floorOf(night);
  const measured: Measured = {
    rows,
    night,
    floor,
    peers: [],
    agreement: [],
    disagreement: undefined,
    answers: [],
  };
  if (python === undefined) return measured;
  const answers = join(folder, 'peer');
  const wanted = peers.filter(
    ({ name, needs }) => !without.includes(name) && needs.every(table => table in night.tables),
  );
  for (const peer of wanted) {
    say(`${rows} messages: the peer ${peer.name}`);
    try {
      const use = await measurePeer(python, peer, peer.args({ file, night }), answers);
      measured.peers.push({ peer, use, failure: undefined });
    } catch (error) {
      if (!(error instanceof FatalError)) throw error;
      say(error.message);
      measured.peers.push({ peer, use: undefined, failure: error.message });
    }
  }
  say(`${rows} messages: comparing the answers`);
  if (measured.peers.some(({ peer, use }) => peer.name === 'night' && use !== undefined)) {
    try {
      measured.agreement = await compareTables(night.published, answers);
    } catch (error) {
      // What was measured before stands.
      if (!(error instanceof FatalError)) throw error;
      measured.disagreement = error.message;
      process.exitCode = 1;
    }
  }
  measured.answers = await compareAnswers(file, night.published, answers);
  return measured;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rows: { type: 'string', default: '1000000' },
      seed: { type: 'string', default: '7' },
      out: { type: 'string', default: join(tmpdir(), 'sillage-bench') },
      without: { type: 'string', default: '' },
    },
  });
  const sizes = values.rows.split(',').map(Number);
  if (!sizes.every(size => Number.isInteger(size) && size >= 10_000)) {
    throw new FatalError(`--rows ${values.rows} are no whole numbers from 10000 on`, {
      next: 'write one, or several with commas, like 1000000,10000000',
    });
  }
  const without = values.without.split(',');
  const out = resolve(values.out);
  await mkdir(out, { recursive: true });
  const python = without.includes('peer') ? undefined : await preparePeer(join(out, 'python'));
  const all: Measured[] = [];
  for (const rows of sizes.sort((a, b) => a - b))
    all.push(await measure({ rows, seed: Number(values.seed) }, out, python, without));
  process.stdout.write(`${reportOf(all)}\n`);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof FatalError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
