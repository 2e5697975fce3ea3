import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { platform } from './stamp.mjs';

/**
 * The Node that runs the project: the one among its packages, else the one at hand when it is new enough.
 * The packaged one is tried out, because it installs on systems where it can't run (Linux without glibc).
 * @param {string} root
 * @returns {string | null} a path within the project, or null for the Node that runs now
 * @throws {Error} when neither will do
 */
export function chooseNode(root) {
  const packaged = join('node_modules', '.bin', 'node');
  const trial = spawnSync(join(root, packaged), ['--version'], { encoding: 'utf8' });
  if (trial.status === 0 && trial.stdout.startsWith('v24.')) return packaged;
  if (Number.parseInt(process.versions.node, 10) >= 24) return null;
  throw new Error(
    `Node 24 is needed: its package for ${platform} does not run here ` +
      `(${trial.error?.message ?? `status ${trial.status}`}) and this is Node ${process.versions.node} — ` +
      'install Node 24 from nodejs.org or your system, and start again with it',
  );
}
