import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { cacheFolder } from './cache.mjs';
import { takeLock } from './lock.mjs';
import { chooseNode } from './node.mjs';
import { npmCi } from './npm.mjs';
import { isAlive, ownerOf } from './owner.mjs';
import { say, withProgress } from './progress.mjs';
import { forgetInstalled, isInstalled, readStamp, writeStamp } from './stamp.mjs';

/** So that `npx sillage` finds the command at once: npm links the commands of packages, never of the project itself. */
function linkCommand(/** @type {string} */ root) {
  const folder = join(root, 'node_modules', '.bin');
  const link = join(folder, 'sillage');
  mkdirSync(folder, { recursive: true });
  rmSync(link, { force: true });
  symlinkSync(join('..', '..', 'tools', 'sillage.mjs'), link);
  chmodSync(join(root, 'tools', 'sillage.mjs'), 0o755);
}

/** Where the lock of this clone's set-up lies: outside node_modules, which npm empties. */
function stateFolder(/** @type {string} */ root) {
  const name = createHash('sha256').update(root).digest('hex').slice(0, 16);
  return join(cacheFolder(), 'setup', name);
}

/**
 * One set-up at a time for a clone; a second start waits for the first.
 * @param {string} folder
 * @param {AbortSignal} signal
 */
async function waitForLock(folder, signal) {
  for (let told = false; ; told = true) {
    const { lock, holder } = takeLock(join(folder, 'lock'));
    if (lock !== undefined) return lock;
    if (!told) say(`process ${holder.pid} is setting up this folder, waiting for it …`);
    await delay(200, undefined, { signal });
  }
}

/** A start that was killed has left its npm at work; two of them would undo each other's. */
async function stopForsaken(/** @type {string} */ npmFile) {
  /** @type {import('./owner.mjs').Owner | undefined} */
  let npm;
  try {
    npm = JSON.parse(readFileSync(npmFile, 'utf8'));
    if (npm !== undefined && isAlive(npm)) process.kill(npm.pid, 'SIGKILL');
  } catch {
    // There was none, or it has just ended.
  }
  while (isAlive(npm)) await delay(20);
  rmSync(npmFile, { force: true });
}

/**
 * Put the packages of package-lock.json into node_modules, whatever state an interrupted start left them in.
 * @param {string} root
 * @param {AbortSignal} signal
 * @returns {Promise<string>} the Node to run the project with
 * @throws {Error} that says what the user can do
 */
export async function installPackages(root, signal) {
  const folder = stateFolder(root);
  const npmFile = join(folder, 'npm.json');
  const lock = await waitForLock(folder, signal);
  const showing = setInterval(() => lock.touch(), 3000);
  try {
    await stopForsaken(npmFile);
    const ready = readStamp(root);
    if (ready !== undefined) return ready;
    if (!isInstalled(root)) {
      await withProgress('installing the packages of package-lock.json, Node 24 among them', () => {
        forgetInstalled(root);
        return npmCi(root, signal, pid => writeFileSync(npmFile, JSON.stringify(ownerOf(pid))));
      });
      rmSync(npmFile, { force: true });
    }
    const node = chooseNode(root);
    linkCommand(root);
    writeStamp(root, node);
    return node === null ? process.execPath : join(root, node);
  } finally {
    clearInterval(showing);
    lock.release();
  }
}
