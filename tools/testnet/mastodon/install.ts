import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../../setup/cache.mjs';
import { runChild } from '../../temporal/child.ts';

const minutes = 60_000;
const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url));

/** How the mock is run. */
export interface MockPython {
  python: string;
  /** Folder with the mock's packages, for PYTHONPATH. */
  packages: string;
}

/**
 * The packages of the mock of Mastodon, fetched once into the cache that all clones share (16 s, 90 MB).
 *
 * @throws Error with what python or pip say, where they can't be had
 */
export async function ensureMockPackages(): Promise<MockPython> {
  const { python, version } = await findPython();
  const pinned = await readFile(requirements, 'utf8');
  const key = createHash('sha256').update(`${version}\n${process.platform}-${process.arch}\n${pinned}`);
  const cache = join(cacheFolder(), 'mastodon-mock');
  const packages = join(cache, key.digest('hex').slice(0, 16));
  if (existsSync(packages)) return { python, packages };
  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(join(cache, 'fetch-'));
  try {
    const env = {
      ...process.env,
      PIP_REQUIRE_VIRTUALENV: '0',
      PIP_NO_INPUT: '1',
      PIP_DISABLE_PIP_VERSION_CHECK: '1',
    };
    const how = ['--quiet', '--no-deps', '--only-binary', ':all:', '--require-hashes', '--target', draft];
    await runChild(python, ['-m', 'pip', 'install', ...how, '--requirement', requirements], {
      env,
      patience: 5 * minutes,
    });
    // Two at once each make the same folder; the second to arrive finds it there.
    await rename(draft, packages).catch(error => {
      if (!existsSync(packages)) throw error;
    });
    return { python, packages };
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function findPython(): Promise<{ python: string; version: string }> {
  const reasons: string[] = [];
  for (const python of ['python3', 'python']) {
    try {
      const version = await runChild(python, ['-c', 'import pip, sys; print(*sys.version_info[:2])'], {
        patience: minutes,
      });
      const [major = 0, minor = 0] = version.trim().split(' ').map(Number);
      if (major > 3 || minor >= 10) return { python, version: version.trim() };
      reasons.push(`${python}: version ${major}.${minor}, and 3.10 is needed`);
    } catch (error) {
      reasons.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Error(reasons.join(', '));
}
