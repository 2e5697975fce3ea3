import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { takeLock } from '../../tools/setup/lock.mjs';
import { ownerOf } from '../../tools/setup/owner.mjs';
import { lockFolder } from '../../tools/temporal/record.mjs';
import { interval, writeCampaign } from './campaign.ts';
import { isPlain, sillage } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'sillage-trouble-'));
let file = '';
beforeAll(() => {
  file = writeCampaign(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a command that must fail, a night where none is given, and answers what it said in its one line. */
async function failing(
  env: Record<string, string>,
  args = nightly(),
  through: string[] = [],
): Promise<string> {
  const { status, stdout, stderr } = await sillage(
    args,
    { SILLAGE_LAKE: join(folder, 'lake'), ...env },
    through,
  );
  expect([status, stdout, isPlain(stderr)], stderr).toEqual([1, '', true]);
  expect(stderr).not.toContain('    at ');
  expect(stderr).not.toContain('this should not happen');
  const lines = stderr.trimEnd().split('\n');
  expect(lines).toHaveLength(1);
  return lines[0]!;
}

const nightly = () => ['run', file, '--interval', interval];

/** Starts a command for which one folder is a read-only disk, and for nobody else. */
const withReadOnly = (disk: string) => {
  const mounting = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"';
  return ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c', mounting, disk];
};

function canMount(): boolean {
  const [program, ...args] = withReadOnly(tmpdir());
  return spawnSync(program!, [...args, 'true']).status === 0;
}

describe.concurrent('one line says what to do', () => {
  test('where a file stands in the place of the lake', async () => {
    writeFileSync(join(folder, 'file'), 'no folder');
    expect(await failing({ SILLAGE_LAKE: join(folder, 'file', 'lake') })).toBe(
      `${join(folder, 'file', 'lake')}: the lake has a file where a folder should be — remove that file, or point SILLAGE_LAKE elsewhere`,
    );
  });

  test.runIf(canMount())('where the lake is on a read-only disk', async () => {
    const lake = join(folder, 'read-only');
    mkdirSync(lake);
    expect(await failing({ SILLAGE_LAKE: lake }, nightly(), withReadOnly(lake))).toBe(
      `${lake}: the lake is on a read-only disk — mount it writable, or point SILLAGE_LAKE elsewhere`,
    );
  });

  test('where the lake is no folder at all', async () => {
    expect(await failing({ SILLAGE_LAKE: 's3://bucket/lake' })).toMatch(
      /^SILLAGE_LAKE is s3:\/\/bucket\/lake: only folders/,
    );
  });

  test('where no server answers', async () => {
    const [closed, nonsense] = await Promise.all([
      failing({ TEMPORAL_ADDRESS: '127.0.0.1:1' }),
      failing({ TEMPORAL_ADDRESS: 'no address' }, ['runs']),
    ]);
    expect(closed).toMatch(
      /^no Temporal server answers at 127\.0\.0\.1:1 \(.+\) — start it, mend TEMPORAL_ADDRESS, or unset it/,
    );
    expect(nonsense).toMatch(/^no Temporal server answers at no address/);
  });

  test('where the executable of the server is another', async () => {
    expect(await failing({ SILLAGE_LAKE: join(folder, 'fresh'), TEMPORAL_CLI_PATH: '/bin/true' })).toMatch(
      /^\/bin\/true: TEMPORAL_CLI_PATH does not serve: .+ — let it name a temporal 1\.8\.2 executable, or unset it$/,
    );
  });

  test('where the environment is wrong, each thing that is', async () => {
    const said = await failing({ SILLAGE_MEMORY: 'lots', SILLAGE_THREADS: '0', SILLAGE_LOG: 'loud' });
    expect(said).toContain('SILLAGE_MEMORY must be a size like 4GB or 500MB; SILLAGE_THREADS ');
    expect(said).toContain('SILLAGE_LOG ');
  });

  test('where another machine uses the lake', async () => {
    const lake = join(folder, 'shared');
    const lock = lockFolder(join(lake, 'temporal'));
    mkdirSync(lock, { recursive: true });
    writeFileSync(join(lock, '1'), JSON.stringify({ ...ownerOf(process.pid), machine: 'another' }));
    const shown = setInterval(() => utimesSync(join(lock, '1'), new Date(), new Date()), 1000);
    const said = await failing({ SILLAGE_LAKE: lake }).finally(() => clearInterval(shown));
    expect(said).toBe(
      `${join(lake, 'temporal')} is in use by process ${process.pid} in another container or on another machine — stop that one first, or give this one a lake of its own`,
    );
  });

  test('where the lake is in use and its server does not answer', async () => {
    const lake = join(folder, 'silent');
    const stateDir = join(lake, 'temporal');
    const { lock } = takeLock(lockFolder(stateDir));
    const said = await failing({ SILLAGE_LAKE: lake }, ['runs']).finally(() => lock!.release());
    expect(said).toBe(
      `${join(stateDir, 'server.log')}: the Temporal server of ${stateDir} does not answer (process ${process.pid} supervises it) — look into that file, stop it with \`kill ${process.pid}\`, and start again`,
    );
  });
});
