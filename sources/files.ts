import { glob, stat } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';

/** Whether a path of a campaign file stands for any number of files. */
export function isPattern(path: string): boolean {
  return /[*?[\]{}]/.test(path);
}

/**
 * The files that a path or a glob of a campaign file means: relative to its folder, `/` between folders, sorted.
 * A file whose own name has a glob's marks is found by that name.
 */
export async function filesOf(folder: string, path: string): Promise<string[]> {
  const named = (found: string) => relative(folder, resolve(folder, found)).replaceAll(sep, '/');
  if (await isFile(resolve(folder, path))) return [named(path)];
  if (!isPattern(path)) return [];
  const files = new Set<string>();
  for await (const found of glob(path, { cwd: folder })) {
    if (await isFile(resolve(folder, found))) files.add(named(found));
  }
  return [...files].sort();
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}
