import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { isAlive, ownerOf } from './owner.mjs';

/**
 * One holder at a time, and a dead holder's lock can be taken over without a moment in which two hold it.
 *
 * Node has no flock. A lock that is deleted and made again can be deleted by a late comer who judged the one
 * before it; therefore this one only ever counts upwards: the file with the highest number is the lock, the next
 * holder makes the next number by an exclusive hard link, and a lock let go keeps its number but names nobody.
 *
 * @typedef {import('./owner.mjs').Owner} Owner
 * @typedef {{ touch(): void, release(): void }} Lock
 */

/** @param {string} folder */
function highestOf(folder) {
  const numbers = readdirSync(folder).filter(name => /^\d+$/.test(name));
  return Math.max(0, ...numbers.map(Number));
}

/**
 * @param {string} folder
 * @returns {Owner | undefined} the living holder
 */
export function holderOf(folder) {
  try {
    const file = join(folder, String(highestOf(folder)));
    const owner = JSON.parse(readFileSync(file, 'utf8'));
    return isAlive(owner, statSync(file).mtimeMs) ? owner : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Take the lock for this process, at once or not at all.
 * @param {string} folder the lock's own folder; made when missing
 * @returns {{ lock: Lock, holder?: undefined } | { lock?: undefined, holder: Owner }}
 */
export function takeLock(folder) {
  mkdirSync(folder, { recursive: true });
  const draft = join(folder, `draft-${process.pid}-${Math.random().toString(36).slice(2)}`);
  for (;;) {
    const number = highestOf(folder) + 1;
    const holder = holderOf(folder);
    if (holder !== undefined) return { holder };
    const file = join(folder, String(number));
    writeFileSync(draft, JSON.stringify(ownerOf(process.pid)));
    try {
      linkSync(draft, file);
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') continue;
      throw error;
    } finally {
      rmSync(draft, { force: true });
    }
    if (highestOf(folder) > number) {
      rmSync(file, { force: true });
      continue;
    }
    for (const name of readdirSync(folder)) {
      if (/^\d+$/.test(name) && Number(name) < number) rmSync(join(folder, name), { force: true });
    }
    return {
      lock: {
        touch: () => utimesSync(file, new Date(), new Date()),
        release: () => {
          writeFileSync(draft, 'null');
          renameSync(draft, file);
        },
      },
    };
  }
}
