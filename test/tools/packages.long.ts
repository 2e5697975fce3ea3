import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const project = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
let clone = '';
let home = '';

beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), 'sillage-clone-'));
  home = mkdtempSync(join(tmpdir(), 'sillage-home-'));
  mkdirSync(join(clone, 'tools'));
  for (const path of ['package.json', 'package-lock.json', '.npmrc', 'tools/setup', 'tools/sillage.mjs']) {
    cpSync(join(project, path), join(clone, path), { recursive: true });
  }
  writeFileSync(
    join(clone, 'cli.ts'),
    "const version: string = process.version; console.log('runs on', version);",
  );
});
afterAll(() => {
  for (const folder of [clone, home]) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

function start() {
  const { XDG_CACHE_HOME: _, ...rest } = process.env;
  const inherited = Object.entries(rest).filter(([name]) => !/^npm_/i.test(name));
  const env = { ...Object.fromEntries(inherited), HOME: home };
  const child = spawn(process.execPath, [join(clone, 'tools', 'sillage.mjs')], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', text => {
      said += text;
    });
  }
  return { child, end: once(child, 'close').then(([status]) => ({ status, said })) };
}

test('set-up survives Ctrl-C and kill -9 at any moment, and two starts at once', {
  timeout: 300_000,
}, async () => {
  for (const moment of [300, 1500, 5000]) {
    const { child, end } = start();
    await delay(moment);
    child.kill('SIGINT');
    const { status, said } = await end;
    expect(status).toBe(130);
    expect(said).toContain('set-up interrupted; the next start goes on');
    expect(existsSync(join(clone, 'node_modules', '.sillage.json'))).toBe(false);
  }
  const killed = start();
  await delay(3000);
  killed.child.kill('SIGKILL');
  await killed.end;
  const both = await Promise.all([start().end, start().end]);
  expect(both.map(({ status }) => status)).toEqual([0, 0]);
  for (const { said } of both) expect(said).toContain('runs on v24.');
  // One of them installed, the other waited.
  expect(both.filter(({ said }) => said.includes('is setting up this folder, waiting for it')).length).toBe(
    1,
  );
  expect(readdirSync(join(clone, 'node_modules', '.bin'))).toContain('sillage');
  expect((await start().end).said).toMatch(/^runs on v24\.\d+\.\d+\n$/);
});
