import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Paths of the project's files, as git tracks them; without git, what is neither installed nor made. */
export const files: readonly string[] = tracked().filter(path => existsSync(join(root, path)));

export function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

function tracked(): string[] {
  try {
    const list = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8', stdio: 'pipe' });
    return list.split('\0').filter(path => path !== '');
  } catch {
    const made = /^(node_modules|data\/lake|\.git)(\/|$)/;
    return globSync('**/*', { cwd: root, exclude: path => made.test(path) }).filter(path =>
      statSync(join(root, path)).isFile(),
    );
  }
}
