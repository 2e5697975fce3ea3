import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The stamp in node_modules says for which lockfile and platform the packages lie there, complete, and which
 * Node runs the project (a path within the project, or null for the Node that was started). It is written last.
 * @typedef {{ lockfile: string, platform: string, node: string | null }} Stamp
 */

export const platform = `${process.platform}-${process.arch}`;

/** @param {string} root */
export function stampFile(root) {
  return join(root, 'node_modules', '.sillage.json');
}

/** @param {string} root */
export function hashOfLockfile(root) {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

/**
 * @param {string} root
 * @returns {string | undefined} the Node to run the project with, when set-up is complete and up to date
 */
export function readStamp(root) {
  try {
    /** @type {Stamp} */
    const stamp = JSON.parse(readFileSync(stampFile(root), 'utf8'));
    if (stamp.platform !== platform || stamp.lockfile !== hashOfLockfile(root)) return undefined;
    if (stamp.node === null)
      return Number.parseInt(process.versions.node, 10) >= 24 ? process.execPath : undefined;
    const node = join(root, stamp.node);
    return existsSync(node) ? node : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {string} root
 * @param {string | null} node
 */
export function writeStamp(root, node) {
  const draft = `${stampFile(root)}.${process.pid}`;
  /** @type {Stamp} */
  const stamp = { lockfile: hashOfLockfile(root), platform, node };
  writeFileSync(draft, `${JSON.stringify(stamp)}\n`);
  renameSync(draft, stampFile(root));
}

/**
 * Whether the packages of the lockfile lie there though no stamp says so: somebody ran npm by hand.
 * npm writes its own record, `node_modules/.package-lock.json`, when all else is in place.
 * @param {string} root
 */
export function isInstalled(root) {
  // npm leaves out an optional package that fails to download; this one would be missed.
  const isOurNode = new RegExp(`^node_modules/node-(bin-)?${platform}$`);
  try {
    const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
    const found = JSON.parse(readFileSync(join(root, 'node_modules', '.package-lock.json'), 'utf8')).packages;
    const same = Object.keys(found).every(path => found[path].integrity === wanted[path]?.integrity);
    return (
      same &&
      Object.keys(wanted).every(path => {
        if (path === '') return true;
        if (found[path] !== undefined) return existsSync(join(root, path, 'package.json'));
        return wanted[path].optional === true && !isOurNode.test(path);
      })
    );
  } catch {
    return false;
  }
}

/**
 * From here until the next stamp the packages count as missing, whatever npm is interrupted at.
 * @param {string} root
 */
export function forgetInstalled(root) {
  rmSync(stampFile(root), { force: true });
  rmSync(join(root, 'node_modules', '.package-lock.json'), { force: true });
}
