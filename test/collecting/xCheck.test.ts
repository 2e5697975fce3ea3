import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sillage } from '../cli/command.ts';
import { token } from './xReading.ts';
import { type ReplayOptions, type XReplay, xReplay } from './xReplay.ts';
import { xWorld } from './xWorld.ts';

/** `check` of a campaign that collects X, against a replay of X API v2. */
const hour = 3_600_000;
const to = Math.floor(Date.now() / hour) * hour;
const talk = xWorld({ seed: 5, accounts: 20, posts: 300, to, days: 3 });
const gelato = [...talk.posts.values()].filter(({ text }) => /\bgelato\b/i.test(text)).length;

interface Found {
  live: { tried: { query: string; expected: number }[]; posts: object }[];
  warnings: string[];
  faults: object[];
}

async function check(
  options: Partial<ReplayOptions> & { quota?: number; given?: string },
  act: (it: { status: number | null; found: Found; output: string; replay: XReplay; folder: string }) => void,
): Promise<void> {
  const { quota = 100_000, given = token } = options;
  const folder = mkdtempSync(join(tmpdir(), 'sillage-x-check-'));
  const replay = await xReplay({ world: talk, token, ...options });
  const file = join(folder, 'campaign.yaml');
  writeFileSync(
    file,
    `campaign: harbour
brand: { name: Harbour }
sources:
  - { id: x-eu, type: x, service: "${replay.service}", search: [gelato, rain], lookback: 5d, quota: { posts_per_month: ${quota} } }
`,
  );
  try {
    const env = {
      SILLAGE_LAKE: join(folder, 'lake'),
      ...(given === '' ? {} : { SILLAGE_X_EU_TOKEN: given }),
    };
    const [{ status, stdout, stderr }, text] = await Promise.all([
      sillage(['check', file, '--json'], env),
      sillage(['check', file], env),
    ]);
    const output = [stdout, stderr, text.stdout, text.stderr].join('\n');
    act({ status, found: JSON.parse(stdout), output, replay, folder });
  } finally {
    await replay.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('check of a campaign that collects X', () => {
  it('tells what searches will cost, and pays nothing', async () => {
    await check({}, ({ status, found, output, replay, folder }) => {
      expect(status).toBe(0);
      const live = found.live[0]!;
      const rain = live.tried[1]!.expected;
      expect(live.tried.map(({ query, expected }) => [query, expected])).toEqual([
        ['search gelato', gelato],
        ['search rain', rain],
      ]);
      const lookback = gelato + rain;
      expect(live.posts).toEqual({
        source: 'x-eu',
        lookback,
        month: lookback * 6,
        quota: 100_000,
        left: 100_000,
      });
      expect(found.warnings).toEqual([]);
      expect(output).toContain(`about ${lookback} posts at first, then `);
      expect(output).not.toContain(token);
      expect([...new Set(replay.ledger.asked)]).toEqual(['/2/tweets/counts/recent']);
      expect(replay.ledger.delivered).toBe(0);
      expect(existsSync(join(folder, 'lake'))).toBe(false);
    });
  });

  it('warns where that is more than the quota', async () => {
    await check({ quota: 100 }, ({ found }) => {
      expect(found.warnings).toEqual([
        expect.stringMatching(/^x-eu: the first collection alone finds about /),
      ]);
    });
    await check({ quota: 500 }, ({ found }) => {
      expect(found.warnings).toEqual([
        expect.stringMatching(/^x-eu: searches find about .* more than the quota of 500/),
      ]);
    });
  });

  it('says what is missing or wrong, in a line', async () => {
    await check({ given: '' }, ({ status, found, replay }) => {
      expect(status).toBe(0);
      expect(found.warnings).toEqual([expect.stringMatching(/^x-eu: no bearer token is set/)]);
      expect(replay.ledger.asked).toEqual([]);
    });
    await check({ given: 'wrong-token-of-somebody' }, ({ status, found, output }) => {
      expect(status).toBe(1);
      expect(found.faults).toEqual([
        { path: 'sources[0]', line: 4, message: expect.stringContaining('wrong or revoked (401)') },
        { path: 'sources[0]', line: 4, message: expect.stringContaining('SILLAGE_X_EU_TOKEN') },
      ]);
      expect(output).not.toContain('wrong-token-of-somebody');
    });
    await check({ allowed: 0 }, ({ status, found }) => {
      expect(status).toBe(0);
      expect(found.warnings[0]).toMatch(/^x-eu: search gelato: not tried: .* asks for patience/);
    });
  });
});
