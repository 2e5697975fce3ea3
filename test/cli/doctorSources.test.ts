import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { lookAtSources } from '../../commands/doctor/sources.ts';
import { readConfig } from '../../config.ts';
import { faultServer } from '../sources/faultServer.ts';
import { sillage } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'sillage-doctor-sources-'));
afterAll(() => rmSync(folder, { recursive: true }));

function campaign(name: string, ...sources: string[]): string {
  const path = join(folder, name);
  writeFileSync(
    path,
    `campaign: gelato\nbrand: { name: Gelato }\nsources:\n${sources.map(line => `  - ${line}\n`).join('')}`,
  );
  return path;
}

async function doctor(files: string[], env: Record<string, string> = {}) {
  const { stdout, stderr } = await sillage(['doctor', '--json', ...files], {
    SILLAGE_LAKE: join(folder, 'lake'),
    ...env,
  });
  expect(stderr).toBe('');
  const { findings } = JSON.parse(stdout) as {
    findings: { what: string; status: string; found: string; next: string | null }[];
  };
  return findings
    .filter(({ what }) => /^(sky|elephant|x): |\.yaml$/.test(what))
    .map(({ what, status, found, next }) => [what, status, found, next]);
}

test('tells of each network whether it answers, and what its doors want', async () => {
  const good = await faultServer({ body: '{"version":"1"}' });
  const late = await faultServer({ headers: { date: new Date(Date.now() - 7_200_000).toUTCString() } });
  const gone = await faultServer({});
  await gone.close();
  const [goodHost, lateHost, goneHost] = [good, late, gone].map(({ address }) => address.slice(7));
  const open = join(folder, 'token');
  writeFileSync(open, 'a token of X');
  chmodSync(open, 0o644);
  const file = campaign(
    'living.yaml',
    `{ id: sky, type: bluesky, service: "${good.address}", directory: "http://nothing.invalid", search: [gelato] }`,
    `{ id: elephant, type: mastodon, instances: ["${late.address}", "${gone.address}"], search: [gelato] }`,
    `{ id: x, type: x, service: "${good.address}", search: [gelato], quota: { posts_per_month: 100 } }`,
  );
  try {
    const name = lateHost!.toUpperCase().replace(/[^A-Z0-9]/g, '_');
    const found = await doctor([file], {
      SILLAGE_X_TOKEN_FILE: open,
      [`SILLAGE_ELEPHANT_TOKEN_${name}`]: 'a token',
    });
    expect(found).toEqual([
      [
        'sky: secrets',
        'warning',
        'none; most services let nobody search without an account',
        'set SILLAGE_SKY_IDENTIFIER and SILLAGE_SKY_PASSWORD, an app password',
      ],
      [`sky: ${goodHost}`, 'ok', 'answers', null],
      [
        'sky: nothing.invalid',
        'missing',
        'no server is known by the name nothing.invalid',
        "mend the address, or this machine's way to the network",
      ],
      [
        'elephant: secrets',
        'warning',
        `none for ${goneHost}; instances let nobody search without a token`,
        `set SILLAGE_ELEPHANT_TOKEN_${goneHost!.replace(/[^0-9]/g, '_')}`,
      ],
      [
        `elephant: ${lateHost}`,
        'warning',
        expect.stringMatching(/^answers; this machine's clock is 720\d s ahead of its own$/),
        'set the clock, best by NTP',
      ],
      [
        `elephant: ${goneHost}`,
        'missing',
        `nobody listens at ${goneHost}`,
        'look again later; if it stays so, mend the address',
      ],
      ['x: secrets', 'ok', 'SILLAGE_X_TOKEN_FILE set, not tried: `npx sillage check` tries them', null],
      [
        'x: secrets',
        'warning',
        'every user of this machine can read the file of SILLAGE_X_TOKEN_FILE',
        'chmod 600 it',
      ],
      [`x: ${goodHost}`, 'ok', 'answers', null],
    ]);
    // Nothing that is asked here is paid for, or shows a secret.
    expect(good.asked.map(({ path, headers }) => [path, headers.authorization]).sort()).toEqual([
      ['/', undefined],
      ['/xrpc/_health', undefined],
    ]);
  } finally {
    await good.close();
    await late.close();
  }
});

/** What the doctor finds about one campaign, without a process of its own. */
async function lookedAt(file: string, env: Record<string, string> = {}) {
  const config = readConfig({ SILLAGE_LAKE: join(folder, 'lake'), ...env });
  const findings = await lookAtSources(config, file);
  return findings.map(({ what, status, found, next }) => [what, status, found, next]);
}

test('tells what keeps a campaign from its networks', async () => {
  const files = [
    campaign('quiet.yaml', '{ id: files, type: files, format: messages, path: "*.csv" }'),
    campaign('wrong.yaml', '{ id: x, type: x }'),
    join(folder, 'absent.yaml'),
    campaign(
      'x.yaml',
      '{ id: x, type: x, service: "http://127.0.0.1:9", search: [gelato], quota: { posts_per_month: 100 } }',
    ),
  ];
  const [quiet, wrong, absent, unset] = (await Promise.all(files.map(file => lookedAt(file)))).flat();
  expect(quiet).toEqual([files[0], 'ok', 'collects from no network', null]);
  expect(wrong?.slice(0, 3)).toEqual([files[1], 'missing', 'has one fault']);
  expect(absent).toEqual([files[2], 'missing', "can't be read (ENOENT)", 'mend the path']);
  expect(unset).toEqual([
    'x: secrets',
    'missing',
    'X answers nobody without a token',
    'set SILLAGE_X_TOKEN, or SILLAGE_X_TOKEN_FILE',
  ]);
  const several = campaign(
    'several.yaml',
    '{ id: elephant, type: mastodon, instances: ["http://127.0.0.1:9", "http://127.0.0.1:99"], hashtags: [a] }',
  );
  const [shared] = await lookedAt(several, { SILLAGE_ELEPHANT_TOKEN: 'of one instance' });
  expect(shared).toEqual([
    'elephant: secrets',
    'missing',
    'SILLAGE_ELEPHANT_TOKEN would be told to 2 instances',
    'name the one that gave it, like SILLAGE_ELEPHANT_TOKEN_127_0_0_1_9',
  ]);
  const found = await lookedAt(files[3]!, { SILLAGE_X_TOKEN: 'gelato' });
  expect(found[1]).toEqual([
    'x: secrets',
    'warning',
    'a secret is a plain word, and taken out of every text that holds it',
    'use another one',
  ]);
  const [unreadable] = await lookedAt(files[3]!, { SILLAGE_X_TOKEN_FILE: join(folder, 'nothing') });
  expect(unreadable?.slice(0, 3)).toEqual([
    'x: secrets',
    'missing',
    "the file that SILLAGE_X_TOKEN_FILE names can't be read (ENOENT)",
  ]);
});
