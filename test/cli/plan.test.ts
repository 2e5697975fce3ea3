import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plainNight, published, worldIn } from '../nights/plain.ts';
import { writeCampaign } from './campaign.ts';
import { sillage } from './command.ts';
import { interval, writeRecruitment } from './recruits.ts';

const folder = mkdtempSync(join(tmpdir(), 'sillage-plan-'));
const lake = join(folder, 'lake');
const env = { SILLAGE_LAKE: lake };
const exported = (out: string, ...more: string[]) =>
  sillage(['plan', 'export', 'quiet', '--out', out, ...more], env);

beforeAll(async () => {
  await plainNight(worldIn(lake), writeRecruitment(join(folder, 'quiet'), 'quiet'), 'quiet', interval);
  await plainNight(worldIn(lake), writeCampaign(join(folder, 'harbour')), 'harbour', interval);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('plan export', () => {
  test('writes whom to ask under their own names, which are published nowhere', async () => {
    const plan = await published<{ author_id: string; reason: string }>(
      lake,
      'quiet',
      'SELECT author_id, reason FROM fct_recruitment_plan',
    );
    expect(plan).toHaveLength(3);
    for (const row of plan) expect(row.author_id).toMatch(/^(x|mastodon):[0-9a-f]{32}$/);
    const out = join(folder, 'plan.csv');
    const { status, stdout, stderr } = await exported(out);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toBe(`${out}: 3 people to ask, as the night of 2026-03-02 plans it\n`);
    const rows = await published<Record<string, string>>(
      lake,
      'quiet',
      `SELECT * FROM read_csv('${out}', all_varchar = true, header = true)`,
    );
    expect(rows.map(row => [row.author_id, row.account_ids, row.cost, row.currency]).sort()).toEqual([
      ['mastodon:cem', 'mastodon:cem', '250.5000', 'EUR'],
      ['x:=ann', 'mastodon:ann2 x:=ann', '300.0000', 'EUR'],
      ['x:bob', 'x:bob', '200.0000', 'EUR'],
    ]);
    expect(rows.map(row => row.plan_rank)).toEqual(['1', '2', '3']);
    expect(Object.keys(rows[0]!)).toEqual(
      'plan_rank author_id account_ids platform cost currency acceptance marginal_reach cumulative_reach cumulative_cost persona_id reason'.split(
        ' ',
      ),
    );
  });

  test('writes a file that its owner alone may read, and leaves nothing beside it', async () => {
    const out = join(folder, 'private', 'plan.csv');
    const missing = await exported(out);
    expect([missing.status, missing.stdout]).toEqual([1, '']);
    expect(missing.stderr).toContain("the file can't be written (ENOENT)");
    const own = mkdtempSync(join(folder, 'own-'));
    expect((await exported(join(own, 'plan.csv'))).status).toBe(0);
    expect(statSync(join(own, 'plan.csv')).mode & 0o777).toBe(0o600);
    expect(readdirSync(own)).toEqual(['plan.csv']);
  });

  test('writes over a file only where it is told to', async () => {
    const out = join(folder, 'there.csv');
    writeFileSync(out, 'mine', { mode: 0o644 });
    const refused = await exported(out);
    expect([refused.status, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toMatch(/the file is there already .* --force/);
    expect(readFileSync(out, 'utf8')).toBe('mine');
    const { status, stdout } = await exported(out, '--force', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ file: out, people: 3, as_of: '2026-03-02' });
    expect(statSync(out).mode & 0o777).toBe(0o600);
  });

  test('leaves out who has opted out since the night, by any account, and needs the opt-outs', async () => {
    const out = join(folder, 'since.csv');
    const optouts = join(folder, 'quiet', 'optouts.csv');
    const before = readFileSync(optouts, 'utf8');
    const identities = join(folder, 'quiet', 'identities.csv');
    const people = readFileSync(identities, 'utf8');
    try {
      writeFileSync(optouts, `${before} mastodon:ann2 ,\n`);
      const { status, stdout, stderr } = await exported(out);
      expect([status, stderr]).toEqual([0, 'note: 1 of the plan left out, who opted out since\n']);
      expect(stdout).toMatch(/: 2 people to ask/);
      expect(readFileSync(out, 'utf8')).not.toContain('ann');
      // An account that never spoke, and is the same person as one of the plan.
      writeFileSync(identities, `${people}p1,reddit:ann3\n`);
      writeFileSync(optouts, `${before}reddit:ann3,\n`);
      const other = await exported(out, '--force');
      expect([other.status, other.stdout]).toEqual([0, expect.stringMatching(/: 2 people to ask/)]);
      expect(readFileSync(out, 'utf8')).not.toContain('ann');
      writeFileSync(optouts, `${before}x:=ann,\nx:bob,\nmastodon:cem,\n`);
      const none = await exported(out, '--force');
      expect([none.status, none.stderr]).toEqual([1, expect.stringContaining('has opted out since')]);
      rmSync(optouts);
      const gone = await exported(out, '--force');
      expect([gone.status, gone.stderr]).toEqual([
        1,
        expect.stringContaining('no file matches "optouts.csv"'),
      ]);
    } finally {
      writeFileSync(optouts, before);
      writeFileSync(identities, people);
    }
  });

  test('says what to do where nobody is to be asked, or nothing is published', async () => {
    const out = join(folder, 'none.csv');
    const empty = await sillage(['plan', 'export', 'harbour', '--out', out], env);
    expect([empty.status, empty.stdout]).toEqual([1, '']);
    expect(empty.stderr).toMatch(/the plan of harbour as of 2026-03-02 asks nobody — see why/);
    const unknown = await sillage(['plan', 'export', 'nobody', '--out', out], env);
    expect([unknown.status, unknown.stderr]).toEqual([1, expect.stringContaining('nothing is published')]);
    expect(existsSync(out)).toBe(false);
  });
});
