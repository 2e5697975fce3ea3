import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { FatalError } from '../contracts/errors.ts';
import type { Lake } from './lake.ts';

/** A lake in a folder of the local disk. */
export function folderLake(folder: string): Lake {
  const root = resolve(folder);
  const locate = (key: string) => join(root, key);
  return {
    name: root,
    locate,
    async read(key) {
      return absent(readFile(locate(key)), undefined);
    },
    async has(key) {
      return absent(
        stat(locate(key)).then(() => true),
        false,
      );
    },
    async put(files) {
      await writable(root, async () => {
        await Promise.all(files.map(file => synced(file.path)));
        const folders = [...new Set(files.map(file => dirname(locate(file.key))))];
        for (const folder of folders) await makeFolder(folder);
        for (const { key, path } of files) await rename(path, locate(key));
        await Promise.all(folders.map(synced));
      });
    },
    async commit(key, content, { secret = false } = {}) {
      return writable(root, () =>
        inScratch(root, async scratch => {
          const draft = join(scratch, 'commit');
          await writeSynced(draft, content, secret ? 0o600 : 0o666);
          await makeFolder(dirname(locate(key)));
          try {
            await link(draft, locate(key));
          } catch (error) {
            if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
            throw error;
          }
          await synced(dirname(locate(key)));
          return true;
        }),
      );
    },
    async remove(keys) {
      await writable(root, async () => {
        for (const key of keys) await rm(locate(key), { force: true });
      });
    },
    async list(prefix) {
      return (await absent(readdir(locate(prefix)), [])).sort();
    },
    withScratch(work) {
      return inScratch(root, work);
    },
  };
}

/** Removes what attempts left behind whose processes on this machine are gone. */
export async function sweepScratch(folder: string): Promise<void> {
  const scratch = join(resolve(folder), 'scratch');
  for (const name of await absent(readdir(scratch), [])) {
    if (isOrphaned(name)) await rm(join(scratch, name), { recursive: true, force: true });
  }
}

/** A name that no other attempt takes, and that says whose it is. */
export function ownName(): string {
  return `${hostname()}~${process.pid}~${randomUUID()}`;
}

/** Whether what bears an `ownName` was left by a process of this machine that has gone. */
export function isOrphaned(name: string): boolean {
  const [before, pid] = name.split('~');
  return before!.endsWith(hostname()) && pid !== undefined && !alive(Number(pid));
}

async function inScratch<T>(root: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = join(root, 'scratch', ownName());
  // Only what is about the lake itself is said of the lake: the work has errors of its own.
  await writable(root, () => makeFolder(folder));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Makes a folder and those above it. Node's own `recursive` never ends where a parent is there and refuses, as /proc does. */
async function makeFolder(folder: string, tries = 3): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await stat(folder)).isDirectory()) return;
    // A parent that is there by now may have come from another attempt a moment ago: look again, but not for ever.
    if (code !== 'ENOENT' || tries === 0) throw error;
    if (dirname(folder) !== folder) await makeFolder(dirname(folder));
    await makeFolder(folder, tries - 1);
  }
}

/** Makes a file, or the names in a folder, last through a power cut. */
export async function synced(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export async function writeSynced(path: string, content: string, mode = 0o666): Promise<void> {
  const handle = await open(path, 'w', mode);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function absent<T, D>(reading: Promise<T>, otherwise: D): Promise<T | D> {
  try {
    return await reading;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return otherwise;
    throw error;
  }
}

const mendable: Record<string, [string, string]> = {
  EACCES: ['may not be written by this user', 'give write permission, or point SILLAGE_LAKE elsewhere'],
  EPERM: ['may not be written by this user', 'give write permission, or point SILLAGE_LAKE elsewhere'],
  EROFS: ['is on a read-only disk', 'mount it writable, or point SILLAGE_LAKE elsewhere'],
  ENOSPC: ['has no space left', 'free disk space and run again: what is committed stays'],
  EDQUOT: ['is over its disk quota', 'free disk space and run again: what is committed stays'],
  ENOENT: ['can hold no folder there', 'point SILLAGE_LAKE elsewhere'],
  EEXIST: ['has a file where a folder should be', 'remove that file, or point SILLAGE_LAKE elsewhere'],
  ENOTDIR: ['has a file where a folder should be', 'remove that file, or point SILLAGE_LAKE elsewhere'],
};

/** Turns what the user can mend about the disk into one clear line. */
async function writable<T>(root: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    const mend = code === undefined ? undefined : mendable[code];
    if (mend === undefined || (path !== undefined && !path.startsWith(root) && !root.startsWith(path))) {
      throw error;
    }
    throw new FatalError(`the lake ${mend[0]}`, { where: root, next: mend[1], cause: error });
  }
}
