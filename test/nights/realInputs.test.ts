import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { plainNight, published, worldIn } from './plain.ts';
import { hasRealData, writeRealCampaign } from './realInputs.ts';

// The known answers stand in the README of the data.
describe.skipIf(!hasRealData)('the night on real conversations [needs ../shared/data]', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sillage-real-'));
  const lake = join(folder, 'lake');
  const ask = <Row>(sql: string) => published<Row>(lake, 'real', sql);
  const one = async (sql: string) => Object.values((await ask<Record<string, number>>(sql))[0]!);

  beforeAll(async () => {
    const file = writeRealCampaign(folder);
    const result = await plainNight(worldIn(lake), file, 'real', '2024-01-01/2024-01-02');
    expect(result.published?.outcome).toBe('published');
  });

  it('balances the books of every source', async () => {
    const books = await ask<Record<string, unknown>>(
      `SELECT source,
         max(value) FILTER (measure = 'rows_read')::INT AS rows_read,
         max(value) FILTER (measure = 'staged')::INT AS staged,
         max(value) FILTER (measure = 'duplicates')::INT AS duplicates,
         max(value) FILTER (measure = 'quarantined')::INT AS quarantined,
         max(value) FILTER (measure = 'deleted')::INT AS deleted
       FROM fct_quality WHERE source <> 'all' GROUP BY source ORDER BY source`,
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
});
