import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { unpack } from '../../tools/sample/files.ts';
import { generate } from '../../tools/sample/generate.ts';
import { Random } from '../../tools/sample/random.ts';

const committed = join(import.meta.dirname, '../../data/sample');

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

test('the generator reproduces the committed sample', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sillage-sample-'));
  try {
    const program = join(import.meta.dirname, '../../tools/sample/generate.ts');
    execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', program, '--out', folder], {
      stdio: 'pipe',
    });
    expect(filesBelow(committed)).toEqual(filesBelow(folder));
    const different = filesBelow(folder).filter(path => {
      const [made, kept] = [readFileSync(join(folder, path)), readFileSync(join(committed, path))];
      // Compressed bytes may differ between versions of zlib and zstd; what is inside may not.
      return !unpack(path, made).equals(unpack(path, kept));
    });
    expect(different).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the sample is small enough to be kept with the code', () => {
  const bytes = filesBelow(committed).reduce((sum, path) => sum + statSync(join(committed, path)).size, 0);
  expect(bytes).toBeLessThan(12e6);
});

test('another seed makes another world, the same seed the same', () => {
  const [one, again, other] = [generate(3), generate(3), generate(4)];
  for (const [path, content] of one.all) expect(again.all.get(path)!.equals(content), path).toBe(true);
  expect(other.all.get('orders.csv')!.equals(one.all.get('orders.csv')!)).toBe(false);
});

test('chance is the same on every machine', () => {
  const random = new Random(7, 'people');
  const drawn = Array.from({ length: 4 }, () => random.below(1_000_000));
  expect(drawn).toEqual([241244, 730160, 285253, 890220]);
  const uniform = Array.from({ length: 20_000 }, () => random.next());
  const mean = uniform.reduce((sum, value) => sum + value, 0) / uniform.length;
  expect(mean).toBeGreaterThan(0.49);
  expect(mean).toBeLessThan(0.51);
  expect(new Set(uniform).size).toBeGreaterThan(19_990);
});
