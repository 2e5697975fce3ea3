import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { holderOf, takeLock } from '../../tools/setup/lock.mjs';
import { isAlive, ownerOf } from '../../tools/setup/owner.mjs';

let scratch = '';
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'sillage-lock-'));
});
afterEach(() => rmSync(scratch, { recursive: true }));

test('one holder at a time, and it can be asked for', () => {
  const first = takeLock(scratch);
  expect(first.holder).toBeUndefined();
  expect(takeLock(scratch).holder).toEqual(ownerOf(process.pid));
  expect(holderOf(scratch)).toEqual(ownerOf(process.pid));
  first.lock?.release();
  expect(holderOf(scratch)).toBeUndefined();
  expect(takeLock(scratch).lock).toBeDefined();
});

test('processes that fight for it, and die holding it, never hold it together', async () => {
  const counter = join(scratch, 'counter');
  writeFileSync(counter, '0');
  const script = fileURLToPath(new URL('contender.mjs', import.meta.url));
  const contenders = Array.from({ length: 6 }, () =>
    spawn(process.execPath, [script, join(scratch, 'lock'), counter, '25'], { stdio: 'inherit' }),
  );
  const ends = await Promise.all(contenders.map(contender => once(contender, 'exit')));
  expect(ends).toEqual(contenders.map(() => [null, 'SIGKILL']));
  expect(readFileSync(counter, 'utf8')).toBe(String(6 * 25));
  expect(readdirSync(join(scratch, 'lock'))).toEqual([String(6 * 25)]);
});

test('a number given to a later process is not the dead one come back', () => {
  const owner = ownerOf(process.pid);
  expect(isAlive(owner)).toBe(true);
  if (owner.started !== '') expect(isAlive({ ...owner, started: '1' })).toBe(false);
});

test('a holder on another machine lives as long as it shows itself', () => {
  const stranger = { ...ownerOf(process.pid), machine: 'another' };
  expect(isAlive(stranger, Date.now())).toBe(true);
  expect(isAlive(stranger, Date.now() - 60_000)).toBe(false);
});
