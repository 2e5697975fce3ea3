import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Random } from '../../tools/sample/random.ts';
import { plainNight, published, worldIn } from '../nights/plain.ts';
import { campaign, interval, sample, sampleLake } from './sampleLake.ts';
import { type TrueWorld, trueWorld } from './trueWorld.ts';

const truth = JSON.parse(readFileSync(join(sample, 'truth.json'), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'sillage-recruitment-'));
/** With money for all who may be asked, so that only the quotas bind; and as the campaign file has it, with money for a few. */
const lakes = { loose: join(folder, 'loose'), tight: '' };
let world: TrueWorld;

beforeAll(async () => {
  world = trueWorld(7);
  lakes.tight = await sampleLake();
  // What does not depend on the budget is reused.
  cpSync(lakes.tight, lakes.loose, { recursive: true, verbatimSymlinks: true });
  cpSync(sample, join(folder, 'sample'), { recursive: true });
  const file = join(folder, 'sample', 'campaign.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('budget: 2000 EUR', 'budget: 20000 EUR'));
  await plainNight(worldIn(lakes.loose), file, campaign, interval);
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const query = <Row>(lake: keyof typeof lakes, sql: string) => published<Row>(lakes[lake], campaign, sql);
const roleOf = (author: string) => world.personOf(author).role;

describe('the candidates of the sample', () => {
  interface Candidate {
    author_id: string;
    is_excluded: boolean;
    reason: string;
    score: number;
    cost: number | null;
  }
  const all = () =>
    query<Candidate>(
      'loose',
      'SELECT author_id, is_excluded, reason, score, CAST(cost AS DOUBLE) AS cost FROM fct_candidates ORDER BY score DESC, author_id',
    );

  test('who may be asked was planted to be influential and to care', async () => {
    const named = (await all()).filter(row => !row.is_excluded).map(row => world.personOf(row.author_id));
    const planted = named.filter(
      person => person.role === 'influencer' && person.interests['ice cream'] > 0.4,
    );
    const due = new Set(
      truth.influencers
        .map((one: { author_id: string }) => world.personOf(one.author_id))
        .filter((person: { interests: Record<string, number> }) => person.interests['ice cream']! > 0.4),
    );
    const found = planted.filter(person => due.has(person)).length;
    console.log(
      `${named.length} may be asked, of whom ${planted.length} planted; ${found} of ${due.size} found`,
    );
    expect(planted.length / named.length).toBeGreaterThan(0.8);
    expect(found / due.size).toBeGreaterThan(0.8);
  });

  test('the ring, the famous one whom nobody heeds, and the boosted one are out, with the reason', async () => {
    const rows = new Map((await all()).map(row => [row.author_id, row]));
    const ring = truth.ring.filter((author: string) => rows.has(author));
    // The rest of the ring moves nobody once its own acts are left out: no row at all.
    expect(ring.length).toBeGreaterThan(1);
    for (const author of ring) {
      expect(rows.get(author)).toMatchObject({ is_excluded: true });
      expect(rows.get(author)!.reason).toMatch(/^acts in concert with \d+ others; /);
    }
    expect(rows.get(truth.fan.author_id)).toMatchObject({ is_excluded: true, cost: 3550 });
    expect(rows.get(truth.fan.author_id)!.reason).toMatch(/^not influential: /);
    expect(rows.get(truth.boosted.author_id)).toMatchObject({ is_excluded: true });
    expect(rows.get(truth.boosted.author_id)!.reason).toMatch(/^not influential: /);
  });

  test('neither the brand nor who opted out is in any list', async () => {
    const optouts = readFileSync(join(sample, 'optouts.csv'), 'utf8').split('\n').slice(1);
    const out = optouts.map(line => line.split(',')[0]!).filter(author => author !== '');
    expect(out).toHaveLength(15);
    const people = new Set([...out, ...truth.brand_accounts].map(author => world.personOf(author)));
    for (const lake of ['loose', 'tight'] as const) {
      for (const table of ['fct_candidates', 'fct_recruitment_plan']) {
        const rows = await query<{ author_id: string }>(lake, `SELECT author_id FROM ${table}`);
        expect(rows.filter(row => people.has(world.personOf(row.author_id)))).toEqual([]);
      }
    }
  });
});

describe('the ties of the sample', () => {
  test('of people with few messages are less wrong than by plain shares or by added successes', async () => {
    const table = (name: string) =>
      `read_parquet('${join(lakes.loose, 'tables', campaign, name)}/*.parquet')`;
    const ties = await query<{ a: string; b: string; forwards: number; messages: number }>(
      'loose',
      `WITH people AS (SELECT DISTINCT person_number, person_id FROM ${table('stg_persons')}),
       carried AS (
         SELECT p.person_number, count(*)::INT AS messages
         FROM fct_messages m JOIN ${table('stg_persons')} p USING (author_id)
         WHERE m.kind IN ('post', 'reshare', 'quote') GROUP BY ALL
       )
       SELECT a.person_id AS a, b.person_id AS b, c.messages, t.probability * (c.messages + 4) AS forwards
       FROM ${table('stg_spread_ties')} t
       JOIN carried c ON c.person_number = t.influencer_number
       JOIN people a ON a.person_number = t.influencer_number
       JOIN people b ON b.person_number = t.influenced_number`,
    );
    const few = ties.filter(tie => tie.messages <= 5);
    expect(few.length).toBeGreaterThan(300);
    const rules = {
      'A / (B + 4)': (forwards: number, messages: number) => forwards / (messages + 4),
      'A / B': (forwards: number, messages: number) => forwards / messages,
      '(A + 1) / (B + 4)': (forwards: number, messages: number) => (forwards + 1) / (messages + 4),
    };
    const errors = Object.values(rules).map(rule => {
      const squares = few.map(tie => (rule(tie.forwards, tie.messages) - world.tie(tie.a, tie.b)) ** 2);
      return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / few.length);
    });
    console.log(`${few.length} ties of people with up to 5 messages, root mean square error:`, errors);
    expect(errors[0]).toBeLessThan(0.6 * errors[1]!);
    expect(errors[0]).toBeLessThan(0.6 * errors[2]!);
  });
});

describe('the plan of the sample', () => {
  interface Planned {
    author_id: string;
    arm: string;
    cost: number;
    platform: string;
    acceptance: number;
  }
  const planned = (lake: keyof typeof lakes) =>
    query<Planned>(
      lake,
      'SELECT author_id, arm, CAST(cost AS DOUBLE) AS cost, platform, acceptance FROM fct_recruitment_plan ORDER BY plan_rank',
    );

  test('keeps to the budget, the quotas and the hold-out', async () => {
    for (const [lake, budget] of [
      ['loose', 20_000],
      ['tight', 2000],
    ] as const) {
      const rows = await planned(lake);
      const asked = rows.filter(row => row.arm === 'ask');
      expect(asked.reduce((sum, row) => sum + row.cost, 0)).toBeLessThanOrEqual(budget);
      const may = await query<{ n: number }>(
        lake,
        'SELECT count(*)::INT AS n FROM fct_candidates WHERE NOT is_excluded AND cost IS NOT NULL',
      );
      expect(rows.length - asked.length).toBe(Math.round(0.1 * may[0]!.n));
    }
    const on = (await planned('loose')).filter(row => row.arm === 'ask').map(row => row.platform);
    expect(on.filter(platform => platform === 'x').length).toBeLessThanOrEqual(10);
    expect(on.filter(platform => platform === 'mastodon').length).toBeLessThanOrEqual(5);
  });

  test('asks neither the famous one nor the ring nor the boosted one', async () => {
    for (const lake of ['loose', 'tight'] as const) {
      const roles = (await planned(lake)).map(row => roleOf(row.author_id));
      expect(roles.length).toBeGreaterThan(8);
      expect(roles.filter(role => role !== 'influencer' && role !== 'ordinary')).toEqual([]);
      expect(roles.filter(role => role === 'influencer').length / roles.length).toBeGreaterThan(0.8);
    }
  });

  test.each(['loose', 'tight'] as const)(
    'truly reaches more people than the obvious choices for the same money: %s',
    async lake => {
      const prices = await query<{ author_id: string; cost: number; acceptance: number; isHeldOut: boolean }>(
        lake,
        `SELECT author_id, CAST(cost AS DOUBLE) AS cost, c.acceptance, p.arm IS NOT DISTINCT FROM 'hold-out' AS "isHeldOut"
         FROM fct_candidates c LEFT JOIN fct_recruitment_plan p USING (author_id)
         WHERE c.cost IS NOT NULL AND c.accounts IS NOT NULL ORDER BY author_id`.replace(
          'CAST(cost',
          'CAST(c.cost',
        ),
      );
      const strategies = await query<{ strategy: string; author_ids: string | null; reach: number }>(
        lake,
        'SELECT strategy, author_ids, reach FROM fct_recruitment_alternatives',
      );
      const priced = new Map(prices.map(row => [row.author_id, row]));
      const members = (name: string) =>
        strategies
          .find(row => row.strategy === name)!
          .author_ids!.split(' ')
          .map(author => priced.get(author)!);
      const plan = members('plan');
      const money = plan.reduce((sum, { cost }) => sum + cost, 0);
      const random = new Random(7, 'obvious choices');
      const free = prices.filter(row => !row.isHeldOut);
      const lots = Array.from({ length: 40 }, () => {
        let left = money;
        return random.shuffled(free).filter(({ cost }) => {
          if (cost > left) return false;
          left -= cost;
          return true;
        });
      });
      const runs = 2000;
      const reached = {
        plan: world.reach(plan, runs),
        'next best': world.reach(members('next best'), runs),
        'equal split': world.reach(members('equal split'), runs),
        'top followers': world.reach(members('top followers'), runs),
        random: lots.reduce((sum, lot) => sum + world.reach(lot, runs / 40), 0) / lots.length,
      };
      console.log(`${lake}: ${money} EUR truly reach`, reached);
      expect(reached.plan).toBeGreaterThan(1.3 * reached['top followers']);
      expect(reached.plan).toBeGreaterThan(1.3 * reached.random);
      // Equal split chooses among the same people by the same ties: where money is plenty, it ends with all of them too.
      expect(reached.plan).toBeGreaterThan((lake === 'tight' ? 1 : 0.98) * reached['equal split']);
      const told = new Map(strategies.map(row => [row.strategy, row.reach]));
      expect(told.get('plan')!).toBeGreaterThan(told.get('top followers')!);
      expect(told.get('plan')!).toBeGreaterThan(told.get('random')!);
      expect(told.get('plan')!).toBeGreaterThan(0.999 * told.get('equal split')!);
    },
    60_000,
  );
});
