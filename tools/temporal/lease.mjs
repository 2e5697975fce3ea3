import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, ownerOf } from '../setup/owner.mjs';

/**
 * A lease says that a process needs the server. It ends with the process, however that ends: nobody has to clean up.
 */

const folderOf = (/** @type {string} */ stateDir) => join(stateDir, 'leases');

/**
 * @param {string} stateDir
 * @returns {() => void} gives the lease back; may be called twice
 */
export function takeLease(stateDir) {
  const folder = folderOf(stateDir);
  mkdirSync(folder, { recursive: true });
  const name = `${process.pid}-${Math.random().toString(36).slice(2)}`;
  const file = join(folder, name);
  const draft = join(folder, `.${name}`);
  writeFileSync(draft, JSON.stringify(ownerOf(process.pid)));
  renameSync(draft, file);
  return () => rmSync(file, { force: true });
}

/**
 * Whether any process that lives holds a lease. Leases of the dead are removed on the way.
 * @param {string} stateDir
 */
export function isLeased(stateDir) {
  let leased = false;
  for (const name of namesIn(folderOf(stateDir))) {
    if (name.startsWith('.')) continue;
    const file = join(folderOf(stateDir), name);
    try {
      if (isAlive(JSON.parse(readFileSync(file, 'utf8')))) leased = true;
      else rmSync(file, { force: true });
    } catch {
      // Given back between the two looks.
    }
  }
  return leased;
}

/** The folder may have been deleted together with the lake: then nobody holds a lease. */
function namesIn(/** @type {string} */ folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
