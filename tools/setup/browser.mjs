import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { say } from './progress.mjs';

/** Browsers that draw pages without a screen, the smallest first. */
const names = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];
/** Debian's browser without a screen: 64 MB. */
const debian = 'chromium-headless-shell';
/** As long as fetching it may take, in milliseconds; a mirror that hangs must not hang the tests. */
const patience = 240_000;

/**
 * The browser that tests look at pages in: SILLAGE_BROWSER, or one on the path.
 * @returns {string | undefined} its path
 */
export function findBrowser() {
  if (process.env.SILLAGE_BROWSER) return process.env.SILLAGE_BROWSER;
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return names.flatMap(name => folders.map(folder => join(folder, name))).find(canRun);
}

/** Fetches a browser where none is found and a machine lets us: root on Debian, as continuous integration is. */
export function readyBrowser() {
  if (findBrowser() !== undefined || process.getuid?.() !== 0) return;
  if (spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status !== 0) return;
  say(`fetching ${debian} for the tests of the page (once; SILLAGE_BROWSER names another)`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const until = Date.now() + patience;
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', debian]]) {
    const timeout = Math.max(1, until - Date.now());
    const { status } = spawnSync('apt-get', ['-qq', ...args], { env, stdio: 'ignore', timeout });
    if (status === 0) continue;
    say(`apt-get ${args[0]} failed: the tests that need a browser are skipped`);
    return;
  }
}

/** @param {string} path */
function canRun(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
