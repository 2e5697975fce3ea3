import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, inject, test } from 'vitest';
import { takeLock } from '../../tools/setup/lock.mjs';
import { lockFolder } from '../../tools/temporal/record.mjs';
import { joinServer } from '../../tools/temporal/server.ts';
import { isPlain, sillage } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'sillage-doctor-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Finding = { what: string; status: string; found: string; next: string | null };

async function doctor(env: Record<string, string>) {
  const { status, stdout, stderr } = await sillage(['doctor', '--json'], {
    UV_THREADPOOL_SIZE: '16',
    ...env,
  });
  const { ready, findings } = JSON.parse(stdout) as { ready: boolean; findings: Finding[] };
  const found = (what: string) => findings.find(finding => finding.what === what)!;
  return { status, stderr, ready, findings, found };
}

test('finds all well, and leaves nothing behind', async () => {
  const lake = join(folder, 'lake');
  const cache = join(folder, 'cache');
  const { status, stderr, ready, findings, found } = await doctor({
    SILLAGE_LAKE: lake,
    SILLAGE_PSEUDONYM_KEY: 'a key for tests only',
    TMPDIR: folder,
  });
  expect([status, stderr, ready]).toEqual([0, '', true]);
  expect(findings.filter(finding => finding.status === 'missing')).toEqual([]);
  expect(found('Node').found).toContain(process.versions.node);
  expect(found('DuckDB')).toMatchObject({ status: 'ok', found: 'v1.5.5' });
  expect(found('lake')).toMatchObject({ status: 'ok', found: `${lake}, made by the first run` });
  expect(found('pseudonym key').found).toBe('SILLAGE_PSEUDONYM_KEY');
  expect(found('Temporal server').found).toBe(`embedded, not running; its state: ${join(lake, 'temporal')}`);

  const without = await doctor({ SILLAGE_LAKE: lake, XDG_CACHE_HOME: cache, HOME: cache, TMPDIR: folder });
  expect(without.found('Temporal executable')).toMatchObject({
    status: 'warning',
    found: '1.8.2 is not here yet',
  });
  expect(without.status).toBe(0);
  expect(readdirSync(folder)).toEqual([]);

  const people = await sillage(['doctor'], { SILLAGE_LAKE: lake, UV_THREADPOOL_SIZE: '16' });
  expect([people.status, people.stderr]).toEqual([0, '']);
  expect(people.stdout).toMatch(/^ok +DuckDB +v1\.5\.5$/m);
  expect(people.stdout.trimEnd().split('\n').at(-1)).toBe('ready');
  expect(isPlain(people.stdout)).toBe(true);
});

test('says what is missing and what to do, and ends with 1', async () => {
  const blocked = join(folder, 'file');
  writeFileSync(blocked, 'no folder');
  const { status, ready, found } = await doctor({
    SILLAGE_LAKE: join(blocked, 'lake'),
    SILLAGE_MEMORY: '9000GB',
    UV_THREADPOOL_SIZE: '4',
    TEMPORAL_ADDRESS: '127.0.0.1:1',
  });
  expect([status, ready]).toEqual([1, false]);
  expect(found('lake')).toMatchObject({
    status: 'missing',
    next: 'remove that file, or point SILLAGE_LAKE elsewhere',
  });
  expect(found('Temporal server')).toMatchObject({ status: 'missing' });
  expect(found('Temporal server').found).toMatch(/^none answers at 127\.0\.0\.1:1 /);
  expect(found('Temporal server').next).toContain('unset it to use the embedded server');
  expect(found('memory')).toMatchObject({
    status: 'warning',
    next: expect.stringMatching(/^set SILLAGE_MEMORY to /),
  });
  expect(found("Node's threads")).toMatchObject({ status: 'warning' });

  const wrong = await doctor({ SILLAGE_LAKE: join(folder, 'lake'), SILLAGE_MEMORY: 'lots' });
  expect(wrong.status).toBe(1);
  expect(wrong.found('environment').found).toContain('SILLAGE_MEMORY must be a size like 4GB or 500MB');
  expect(wrong.found('packages').status).toBe('ok');
  rmSync(blocked);
});

test('knows the configured server, its namespace and its search attributes', async () => {
  const env = { SILLAGE_LAKE: join(folder, 'lake'), TEMPORAL_ADDRESS: inject('temporal') };
  const { status, found } = await doctor(env);
  expect(status).toBe(0);
  expect(found('Temporal server')).toMatchObject({ status: 'ok' });
  expect(found('Temporal server').found).toMatch(/^1\.31\.2 at 127\.0\.0\.1:/);
  expect(found('search attributes').found).toBe(
    'SillageCampaign, SillageInterval, SillageStage, SillageMode',
  );
  expect(found('Temporal executable').found).toBe('not needed: a server is configured');

  const elsewhere = await doctor({ ...env, TEMPORAL_NAMESPACE: 'nowhere' });
  expect(elsewhere.status).toBe(1);
  expect(elsewhere.found('Temporal namespace').next).toContain(
    'temporal operator namespace create --namespace nowhere',
  );
});

test('knows an embedded server that runs, one without our attributes, and one that does not answer', async () => {
  const lake = join(folder, 'served');
  const stateDir = join(lake, 'temporal');
  const server = await joinServer({ stateDir, log: () => undefined });
  try {
    const running = await doctor({ SILLAGE_LAKE: lake });
    expect(running.found('Temporal server').found).toContain(`running at ${server.address}`);
    const bare = await doctor({ SILLAGE_LAKE: lake, TEMPORAL_ADDRESS: server.address });
    expect(bare.status).toBe(1);
    expect(bare.found('search attributes').next).toBe(
      'temporal operator search-attribute create --namespace default --name SillageCampaign --type Keyword --name SillageInterval --type Keyword --name SillageStage --type Keyword --name SillageMode --type Keyword',
    );
  } finally {
    await server.leave();
  }
  const { lock } = takeLock(lockFolder(stateDir));
  const silent = await doctor({ SILLAGE_LAKE: lake });
  lock!.release();
  expect(silent.status).toBe(1);
  expect(silent.found('Temporal server').found).toContain(
    `supervised by process ${process.pid}, does not answer`,
  );
  expect(silent.found('Temporal server').next).toContain(`kill ${process.pid}`);
  rmSync(lake, { recursive: true });
});

test.runIf(canFreeze())('finds a lake that may not be written', async () => {
  const lake = join(folder, 'frozen');
  mkdirSync(lake);
  spawnSync('chattr', ['+i', lake]);
  try {
    const { status, found } = await doctor({ SILLAGE_LAKE: lake });
    expect(status).toBe(1);
    expect(found('lake')).toMatchObject({ status: 'missing', found: `${lake} can't be written (EPERM)` });
  } finally {
    spawnSync('chattr', ['-i', lake]);
  }
});

/** Whether a folder can be made so that even root may not write to it. */
function canFreeze(): boolean {
  const frozen = mkdtempSync(join(tmpdir(), 'sillage-freeze-'));
  const isFrozen = spawnSync('chattr', ['+i', frozen]).status === 0;
  if (isFrozen) spawnSync('chattr', ['-i', frozen]);
  rmSync(frozen, { recursive: true });
  return isFrozen;
}
