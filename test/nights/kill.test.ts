import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { awaitResult, startRun } from '../../client.ts';
import { readConfig } from '../../config.ts';
import { folderLake } from '../../lake/folder.ts';
import { shownNight } from '../../lake/nights.ts';
import { prepareServer } from '../../tools/temporal/prepare.ts';
import { type JoinedServer, joinServer } from '../../tools/temporal/server.ts';
import { attributeTypes } from '../../workflows/attributes.ts';
import { plainNight, worldIn } from './plain.ts';
import { sampleFile, suiteServer } from './underTemporal.ts';

// Its own server, because it is killed too.
const folder = mkdtempSync(join(tmpdir(), 'sillage-kill-'));
const stateDir = join(folder, 'temporal');
const campaign = 'gelato-spring';
const interval = { from: '2026-03-28', to: '2026-03-29' };
let embedded: JoinedServer;
let undisturbed: string;

beforeAll(async () => {
  embedded = await joinServer({ stateDir, log: () => undefined });
  await prepareServer(embedded.address, attributeTypes);
  const lake = join(folder, 'undisturbed');
  await plainNight(worldIn(lake), sampleFile, campaign, '2026-03-28/2026-03-29');
  undisturbed = (await shownNight(folderLake(lake), campaign))!.content;
});
afterAll(async () => {
  await embedded?.leave();
  rmSync(folder, { recursive: true, force: true });
});

/** Moments between kills in milliseconds: seeded, so that a failure can be looked at again. */
function* moments(seed: number, from: number, to: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield from + (state / 2 ** 32) * (to - from);
  }
}

const sleep = (milliseconds: number) => new Promise(resolve => setTimeout(resolve, milliseconds));

async function disturbedNight(
  name: string,
  kills: (worker: Worker, isOver: () => boolean) => Promise<number>,
) {
  const lake = join(folder, name);
  const env = {
    SILLAGE_LAKE: lake,
    SILLAGE_QUEUES: name,
    SILLAGE_MEMORY: '2GB',
    SILLAGE_HEARTBEAT_SECONDS: '2',
    TEMPORAL_ADDRESS: embedded.address,
  };
  const worker = new Worker(env);
  const server = await suiteServer(embedded.address);
  try {
    const config = { ...readConfig(env) };
    const ask = { file: sampleFile, campaign, interval, mode: 'manual' as const, scope: {} };
    const { handle } = await startRun(server, config, ask);
    let over = false;
    const result = awaitResult(handle, new AbortController().signal).finally(() => {
      over = true;
    });
    const [ended, killed] = await Promise.all([result, kills(worker, () => over)]);
    return { ended, killed, content: (await shownNight(folderLake(lake), campaign))!.content };
  } finally {
    worker.kill();
    await server.close();
  }
}

/** A worker process that can be killed and started again. */
class Worker {
  #child: ChildProcess | undefined;
  readonly #env: Record<string, string>;

  constructor(env: Record<string, string>) {
    this.#env = env;
    this.start();
  }

  start(): void {
    const cli = fileURLToPath(new URL('../../cli.ts', import.meta.url));
    this.#child = spawn(process.execPath, [cli, 'worker'], {
      env: { ...process.env, ...this.#env },
      stdio: 'ignore',
    });
  }

  kill(): void {
    this.#child?.kill('SIGKILL');
  }
}

it('survives ten kill -9 of the worker at random moments: the run ends by itself, the bytes are the same', async () => {
  const { ended, killed, content } = await disturbedNight('workers', async (worker, isOver) => {
    const wait = moments(7, 900, 3500);
    let kills = 0;
    while (kills < 10 && !isOver()) {
      await sleep(wait.next().value!);
      if (isOver()) break;
      worker.kill();
      worker.start();
      kills += 1;
    }
    return kills;
  });
  expect(killed).toBe(10);
  expect(ended.published?.outcome).toMatch(/^(published|unchanged)$/);
  expect(content).toBe(undisturbed);
}, 240_000);

it('survives three kill -9 of the server during a night', async () => {
  const { killed, content } = await disturbedNight('servers', async (_worker, isOver) => {
    const wait = moments(11, 1500, 2500);
    let kills = 0;
    while (kills < 3 && !isOver()) {
      await sleep(wait.next().value!);
      if (isOver()) break;
      const { server } = JSON.parse(readFileSync(join(stateDir, 'server.json'), 'utf8'));
      process.kill(server.pid, 'SIGKILL');
      kills += 1;
    }
    return kills;
  });
  expect(killed).toBe(3);
  expect(content).toBe(undisturbed);
}, 240_000);
