import { randomUUID } from 'node:crypto';
import { rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { FatalError } from '../contracts/errors.ts';
import { writeSynced } from '../lake/folder.ts';

/** Refuses a file that lies there already, unless it may be replaced: to be asked before the work is done. */
export async function checkFree(path: string, mayReplace: boolean): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || (found.isFile() && mayReplace)) return;
  throw new FatalError(found.isFile() ? 'the file is there already' : 'it is not a file', {
    where: path,
    next: found.isFile() ? 'give another --out, or --force to replace it' : 'give another --out',
  });
}

/** Writes a file that its owner alone may read, for it holds the names of people; whole or not at all. */
export async function writePrivate(path: string, text: string): Promise<void> {
  const target = resolve(path);
  const draft = join(dirname(target), `.${basename(target)}-${randomUUID()}`);
  try {
    await writeSynced(draft, text, 0o600);
    await rename(draft, target);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new FatalError(`the file can't be written (${code})`, {
      where: path,
      next: 'give --out a folder that is there and may be written',
      cause: error,
    });
  } finally {
    await rm(draft, { force: true });
  }
}
