import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { geoExperiment, geoFlight, writePanel } from './geoExperiment.ts';
import { campaignsOf, largest, redeemed, writeGrocer } from './grocer.ts';
import { plainNight, published, worldIn } from './plain.ts';
import { hasRealData, writeRealCampaign } from './realInputs.ts';

// The known answers stand in the README of the data.
describe.skipIf(!hasRealData)(
  'the night on real conversations, orders, codes and a geo experiment [needs ../shared/data]',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'sillage-real-'));
    const lake = join(folder, 'lake');
    const ask = <Row>(sql: string) => published<Row>(lake, largest, sql);
    const one = async (sql: string) => Object.values((await ask<Record<string, number>>(sql))[0]!);

    beforeAll(async () => {
      const file = writeRealCampaign(folder, largest, [
        'orders: { path: orders.csv, currency: USD, margin: 0.3 }',
        'codes: { path: codes.csv }',
        'incentives: { budget: 350 USD, earns: [{ kind: commission, on: order, rate: 0.075, cap: 25 USD }] }',
        `flight: ${geoFlight}`,
        'panel: { path: panel.csv, unit: geo, margin: 1 }',
      ]);
      writeGrocer(folder, true);
      writePanel(join(folder, 'panel.csv'), geoExperiment());
      const result = await plainNight(worldIn(lake), file, largest, '2024-01-01/2024-01-02');
      expect(result.published?.outcome).toBe('published');
      expect(result.pages).toHaveLength(2);
    });

    it('balances the books of every source', async () => {
      const books = await ask<Record<string, unknown>>(
        `SELECT source,
         max(value) FILTER (measure = 'rows_read')::INT AS rows_read,
         max(value) FILTER (measure = 'staged')::INT AS staged,
         max(value) FILTER (measure = 'duplicates')::INT AS duplicates,
         max(value) FILTER (measure = 'quarantined')::INT AS quarantined,
         max(value) FILTER (measure = 'deleted')::INT AS deleted
       FROM fct_quality WHERE source <> 'all' AND table_name = 'stg_messages' GROUP BY source ORDER BY source`,
      );
      const clean = { duplicates: 0, quarantined: 0, deleted: 0 };
      expect(books).toEqual([
        { source: 'auspol', rows_read: 10_504, staged: 10_504, ...clean },
        { source: 'mastodon', rows_read: 59, staged: 59, ...clean },
        { source: 'reddit', rows_read: 1429, staged: 1429, ...clean },
        { source: 'x1', rows_read: 359, staged: 359, ...clean },
        { source: 'x2', rows_read: 500, staged: 500, ...clean },
      ]);
      const coverage = await ask(
        'SELECT source, sum(fetched)::INT AS rows_read, sum(staged)::INT AS staged FROM fct_coverage GROUP BY source ORDER BY source',
      );
      expect(coverage).toEqual(books.map(({ source, rows_read, staged }) => ({ source, rows_read, staged })));
    });

    it('x_v1: 339 authors, 47 reposts, largest cascade of 27, 8 replies', async () => {
      // Two platforms' exports share x: what was read from x1 are the statuses of 2014.
      const x1 = "platform = 'x' AND created_at < TIMESTAMP '2015-01-01'";
      expect(await one(`SELECT count(*), count(DISTINCT author_id) FROM fct_messages WHERE ${x1}`)).toEqual([
        359, 339,
      ]);
      expect(
        await one(
          `SELECT count(*) FILTER (kind = 'reshare'), count(*) FILTER (kind = 'reply') FROM fct_messages WHERE ${x1}`,
        ),
      ).toEqual([47, 8]);
      expect(await one("SELECT max(size) FROM fct_cascades WHERE platform = 'x'")).toEqual([27]);
    });

    it('auspol: 3,333 cascades, 10,504 events, 4,017 authors, largest 309, 1,642 singletons', async () => {
      const here = "platform = 'auspol'";
      expect(
        await one(
          `SELECT count(*), sum(size), max(size), count(*) FILTER (size = 1) FROM fct_cascades WHERE ${here}`,
        ),
      ).toEqual([3333, 10_504, 309, 1642]);
      expect(await one(`SELECT count(DISTINCT author_id) FROM fct_messages WHERE ${here}`)).toEqual([4017]);
      // Every forward is someone's: what is handed out as spread adds up to the forwards.
      const [handed] = await one(`SELECT sum(spread) FROM fct_messages WHERE ${here}`);
      expect(handed).toBeCloseTo(10_504 - 3333, 6);
      expect(await one(`SELECT count(DISTINCT forwarder_rule) FROM fct_messages WHERE ${here}`)).toEqual([2]);
    });

    it('mastodon: 43 answers to one unseen root, conversation depth 7', async () => {
      const here = "platform = 'mastodon'";
      expect(
        await one(
          `SELECT max(n) FROM (SELECT count(*) AS n FROM fct_messages WHERE ${here} GROUP BY conversation_parent_id)`,
        ),
      ).toEqual([43]);
      expect(await one(`SELECT max(conversation_depth) FROM fct_messages WHERE ${here}`)).toEqual([7]);
      expect(
        await one(
          `SELECT count(DISTINCT conversation_root_id) FROM fct_messages WHERE ${here} AND conversation_depth = 1
           AND conversation_parent_id NOT IN (SELECT message_id FROM fct_messages)`,
        ),
      ).toEqual([1]);
    });

    it('reddit: one conversation, every comment counted once as a direct answer', async () => {
      const here = "platform = 'reddit'";
      expect(
        await one(`SELECT count(DISTINCT conversation_root_id), sum(impact) FROM fct_messages WHERE ${here}`),
      ).toEqual([1, 1428]);
    });

    it('balances the books of orders, codes and the panel', async () => {
      const books = await ask<Record<string, unknown>>(
        `SELECT source,
         max(value) FILTER (measure = 'rows_read')::INT AS rows_read,
         max(value) FILTER (measure = 'staged')::INT AS staged,
         max(value) FILTER (measure IN ('duplicates', 'quarantined'))::INT AS others
       FROM fct_quality WHERE source IN ('orders', 'codes', 'panel') GROUP BY source ORDER BY source`,
      );
      const codes = [...campaignsOf.values()].reduce((sum, names) => sum + names.size, 0);
      expect(books).toEqual([
        { source: 'codes', rows_read: codes, staged: codes, others: 0 },
        { source: 'orders', rows_read: 2102, staged: 2102, others: 0 },
        { source: 'panel', rows_read: 9225, staged: 9225, others: 0 },
      ]);
      expect(await one('SELECT count(*) FROM fct_redemptions WHERE is_credited')).toEqual([2102]);
      expect(await one('SELECT sum(amount)::DOUBLE FROM fct_incentives')).toEqual([350]);
      const ours = redeemed.filter(row => row.promotion === largest);
      expect(await one(`SELECT count(*) FROM fct_redemptions WHERE promotion = '${largest}'`)).toEqual([
        ours.length,
      ]);
    });

    it('[vector] method.md section 9: the geo experiment returns 147337.1 (4625.514), ROI 1.9467 with margin 1, also here', async () => {
      const [row] = await ask<Record<string, number>>(
        `SELECT incremental::DOUBLE AS incremental, standard_error, iroas_low, iroas, iroas_high, roi, cost::DOUBLE AS cost
       FROM fct_returns WHERE method = 'time-based regression'`,
      );
      expect(row!.incremental).toBeCloseTo(147_337.1, 0);
      expect(row!.standard_error).toBeCloseTo(4625.514, 2);
      expect([row!.iroas_low, row!.iroas, row!.iroas_high].map(value => value!.toFixed(6))).toEqual([
        '2.759772',
        '2.946742',
        '3.133713',
      ]);
      expect(row!.roi!.toFixed(4)).toBe('1.9467');
      expect(row!.cost).toBeCloseTo(50_000, 2);
      // No coupon of the grocer's was redeemed within the flight of the experiment.
      expect(
        await ask(
          'SELECT verdict, incremental_high::DOUBLE AS sales FROM fct_returns WHERE evidence_level = 5',
        ),
      ).toEqual([{ verdict: 'bounds', sales: 0 }]);
    });
  },
);
