import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** @param {string} folder */
function isOurs(folder) {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK | constants.X_OK);
    return process.getuid === undefined || statSync(folder).uid === process.getuid();
  } catch {
    return false;
  }
}

/**
 * The folders that may hold what is fetched once, the first choice first. Nothing is made or looked at.
 * @returns {string[]} absolute
 */
export function cacheFolders() {
  const { XDG_CACHE_HOME } = process.env;
  const homes = [];
  if (XDG_CACHE_HOME !== undefined && isAbsolute(XDG_CACHE_HOME)) homes.push(XDG_CACHE_HOME);
  try {
    const home = homedir();
    if (isAbsolute(home)) homes.push(join(home, '.cache'));
  } catch {
    // A user number without a line in the password file has no home.
  }
  const last = join(tmpdir(), `sillage-${process.getuid?.() ?? 'user'}`);
  return [...homes.map(home => join(home, 'sillage')), last];
}

/**
 * The folder for what is fetched once and used by every clone: `$XDG_CACHE_HOME/sillage`, else `~/.cache/sillage`,
 * else one named by the user's number in the temporary folder, for users without a home they can write to.
 * @returns {string} absolute, made, and this user's own
 */
export function cacheFolder() {
  const folders = cacheFolders();
  const ours = folders.find(isOurs);
  if (ours !== undefined) return ours;
  throw new Error(`no folder to keep downloads in: ${folders.join(', ')} can't be written by this user`);
}
