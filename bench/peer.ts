import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { FatalError, messageOf } from '../contracts/errors.ts';
import { runAlone, type Use } from './measure.ts';

const folder = fileURLToPath(new URL('peer/', import.meta.url));
const run = promisify(execFile);

/**
 * A Python of its own with the pinned packages, in `place`; made once.
 *
 * @returns the path of its interpreter
 * @throws FatalError where there is no Python, or its packages can't be had
 */
export async function preparePeer(place: string): Promise<string> {
  const python = join(place, 'bin', 'python');
  const requirements = join(folder, 'requirements.txt');
  try {
    await run('python3', ['-m', 'venv', place]);
    await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements]);
  } catch (error) {
    throw new FatalError(`the peer can't be set up: ${messageOf(error).slice(0, 400)}`, {
      where: 'bench/peer/requirements.txt',
      next: 'install Python 3.11 or later with venv and let pip reach a package index, or measure with --without peer',
      cause: error,
    });
  }
  return python;
}

/** Makes the same tables from the same staged messages as a user would with polars, numpy, igraph and scipy. */
export async function measurePeer(python: string, staged: readonly string[], out: string): Promise<Use> {
  await mkdir(out, { recursive: true });
  return runAlone<Use>(python, [join(folder, 'night.py'), out, ...staged], { PYTHONDONTWRITEBYTECODE: '1' });
}
