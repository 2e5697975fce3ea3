import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { published } from '../nights/plain.ts';
import { staged } from '../nights/shop.ts';
import { campaign, sample, sampleLake } from './sampleLake.ts';

let lake: string;
const ask = <Row>(tables: string[], select: string) => staged<Row>(lake, tables, select, campaign);

/** A file of the truth as objects: none of its cells is quoted. */
function truthOf(name: string): Record<string, string>[] {
  const [header, ...rows] = readFileSync(join(sample, 'truth', `${name}.csv`), 'utf8')
    .trim()
    .split('\n');
  const names = header!.split(',');
  return rows.map(row => Object.fromEntries(row.split(',').map((cell, place) => [names[place]!, cell])));
}

beforeAll(async () => {
  lake = await sampleLake();
}, 600_000);

describe('the sheets of the sample', () => {
  it('give every planted order its worth in euros, refunds before the night taken off', async () => {
    const planted = truthOf('orders');
    const orders = await ask<{ order_id: string; cents: number }>(
      ['stg_orders'],
      `SELECT order_id, CAST(round((value - CASE WHEN refunded_at < TIMESTAMP '2026-03-29' THEN refund_value ELSE 0 END) * 100) AS INTEGER) AS cents
       FROM stg_orders`,
    );
    const cents = new Map(orders.map(order => [order.order_id, order.cents]));
    expect(planted.length).toBeGreaterThan(400);
    const wrong = planted.filter(
      ({ order_id, eur_net }) => cents.get(order_id!) !== Math.round(Number(eur_net) * 100),
    );
    expect(wrong).toEqual([]);
  });

  it('tell what the campaign has cost', async () => {
    const { returns } = JSON.parse(readFileSync(join(sample, 'truth.json'), 'utf8'));
    const [costs] = await ask<{ cents: number }>(
      ['stg_costs'],
      "SELECT CAST(sum(value) * 100 AS INTEGER) AS cents FROM stg_costs WHERE spent_at < DATE '2026-03-29'",
    );
    const [panel] = await ask<{ cents: number }>(
      ['stg_panel'],
      'SELECT CAST(sum(cost) * 100 AS INTEGER) AS cents FROM stg_panel',
    );
    expect(costs!.cents).toBe(Math.round(returns.panel.cost_eur * 100));
    expect(panel).toEqual(costs);
  });

  it('join exactly the accounts of one person', async () => {
    const persons = await ask<{ author_id: string; person_id: string; is_brand: boolean }>(
      ['stg_persons'],
      'SELECT author_id, person_id, is_brand FROM stg_persons',
    );
    const personOf = new Map(truthOf('authors').map(({ author_id, person }) => [author_id, person]));
    const found = new Map<string, Set<string>>();
    for (const { author_id, person_id } of persons) {
      const key = personOf.get(author_id)!;
      found.set(key, (found.get(key) ?? new Set()).add(person_id));
    }
    expect(persons.length).toBeGreaterThan(1000);
    const listed = new Set(
      readFileSync(join(sample, 'identities.csv'), 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map(row => row.slice(row.indexOf(',') + 1)),
    );
    const apart = [...found].filter(([, ids]) => ids.size > 1).flatMap(([, ids]) => [...ids]);
    expect(apart.filter(id => listed.has(id))).toEqual([]);
    const ids = [...found.values()].reduce((sum, one) => sum + one.size, 0);
    expect(ids).toBe(new Set(persons.map(({ person_id }) => person_id)).size);
    expect(persons.filter(({ is_brand }) => is_brand)).toHaveLength(3);
  });

  it('know who asked not to be listed, from whichever account', async () => {
    const named = readFileSync(join(sample, 'optouts.csv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map(row => row.split(',')[0]!);
    const out = await published<{ author_id: string }>(
      lake,
      campaign,
      'SELECT author_id FROM dim_authors WHERE is_opted_out',
    );
    const ids = new Set(out.map(({ author_id }) => author_id));
    const personOf = new Map(truthOf('authors').map(({ author_id, person }) => [author_id, person]));
    const people = new Set(named.map(id => personOf.get(id)));
    expect(named.filter(id => !ids.has(id))).toEqual([]);
    expect([...ids].filter(id => !people.has(personOf.get(id)))).toEqual([]);
  });

  it('leave nothing in quarantine', async () => {
    const books = await published<Record<string, number | string>>(
      lake,
      campaign,
      `SELECT source, max(value) FILTER (measure = 'rows_read') AS rows_read, max(value) FILTER (measure = 'staged') AS staged
       FROM fct_quality WHERE table_name = 'stg_' || source GROUP BY source ORDER BY source`,
    );
    expect(books.map(book => Object.values(book))).toEqual([
      ['candidates', 164, 164],
      ['codes', 20, 20],
      ['costs', 56, 56],
      ['customers', 900, 900],
      ['identities', 142, 142],
      ['optouts', 15, 15],
      ['orders', 2706, 2706],
      ['panel', 2016, 2016],
      ['rates', 84, 84],
    ]);
  });
});
