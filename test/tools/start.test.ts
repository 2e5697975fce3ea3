import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { forgetInstalled, isInstalled, platform, readStamp, writeStamp } from '../../tools/setup/stamp.mjs';

const project = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
let root = '';

/** A clone of the project's starter around a command of the test's own, set up already. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sillage-start-'));
  mkdirSync(join(root, 'tools'));
  cpSync(join(project, 'tools', 'setup'), join(root, 'tools', 'setup'), { recursive: true });
  cpSync(join(project, 'tools', 'sillage.mjs'), join(root, 'tools', 'sillage.mjs'));
  const packages = {
    '': { name: 'sillage' },
    'node_modules/needed': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/other-system': { version: '1.0.0', integrity: 'sha512-b', optional: true },
  };
  mkdirSync(join(root, 'node_modules', '.bin'), { recursive: true });
  mkdirSync(join(root, 'node_modules', 'needed'));
  writeFileSync(join(root, 'node_modules', 'needed', 'package.json'), '{}');
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages }));
  const { 'node_modules/needed': needed } = packages;
  writeFileSync(
    join(root, 'node_modules', '.package-lock.json'),
    JSON.stringify({ packages: { 'node_modules/needed': needed } }),
  );
  symlinkSync(process.execPath, join(root, 'node_modules', '.bin', 'node'));
  writeStamp(root, join('node_modules', '.bin', 'node'));
});
afterEach(() => rmSync(root, { recursive: true }));

function start(command: string, args: string[] = []) {
  writeFileSync(join(root, 'cli.ts'), command);
  const { UV_THREADPOOL_SIZE: _, ...env } = process.env;
  const script = join(root, 'tools', 'sillage.mjs');
  return spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env });
}

test('the command gets its arguments and enough threads, and its status is handed through', async () => {
  const child = start(
    'console.log(JSON.stringify([process.argv.slice(2), process.env.UV_THREADPOOL_SIZE])); process.exit(7);',
    ['run', 'a b'],
  );
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  expect(JSON.parse(line)).toEqual([['run', 'a b'], '16']);
  expect(await once(child, 'exit')).toEqual([7, null]);
});

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  '%s reaches the command once, and its end is waited for',
  async signal => {
    const child = start(`
    let got = 0;
    process.on('${signal}', () => { got++; setTimeout(() => { console.log('got', got); process.exit(5); }, 200); });
    setInterval(() => {}, 1000);
    console.log('ready');
  `);
    const lines = createInterface({ input: child.stdout });
    await once(lines, 'line');
    child.kill(signal);
    const [line] = await once(lines, 'line');
    expect(line).toBe('got 1');
    expect(await once(child, 'exit')).toEqual([5, null]);
  },
);

test('a command that a signal ends gives the status a shell would', async () => {
  const child = start("process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000);");
  expect(await once(child, 'exit')).toEqual([137, null]);
});

test('set-up counts as done for exactly this lockfile on this platform', () => {
  expect(readStamp(root)).toBe(join(root, 'node_modules', '.bin', 'node'));
  const stamp = join(root, 'node_modules', '.sillage.json');
  writeFileSync(stamp, JSON.stringify({ lockfile: '0', platform, node: 'node_modules/.bin/node' }));
  expect(readStamp(root)).toBeUndefined();
  writeFileSync(stamp, '{"half wri');
  expect(readStamp(root)).toBeUndefined();
  rmSync(stamp);
  expect(readStamp(root)).toBeUndefined();
});

test("packages that npm put there by hand count, half-removed or another lockfile's do not", () => {
  expect(isInstalled(root)).toBe(true);
  rmSync(join(root, 'node_modules', 'needed', 'package.json'));
  expect(isInstalled(root)).toBe(false);
  writeFileSync(join(root, 'node_modules', 'needed', 'package.json'), '{}');
  expect(isInstalled(root)).toBe(true);
  forgetInstalled(root);
  expect([isInstalled(root), readStamp(root)]).toEqual([false, undefined]);
});

test('the packages of a system this is not are not missed, but this system’s Node is', () => {
  const packages = {
    'node_modules/needed': { integrity: 'sha512-a' },
    [`node_modules/node-${platform}`]: { integrity: 'sha512-c', optional: true },
  };
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages }));
  expect(isInstalled(root)).toBe(false);
});
