import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainNight, worldIn } from '../nights/plain.ts';
import { staged } from '../nights/shop.ts';

const sample = join(import.meta.dirname, '../../data/sample');
const lake = join(mkdtempSync(join(tmpdir(), 'sillage-sample-value-')), 'lake');
const campaign = 'gelato-spring';
const ask = <Row>(tables: string[], select: string) => staged<Row>(lake, tables, select, campaign);

interface Value {
  author_id: string;
  clv: number | null;
  influence_value: number | null;
  civ_gross: number | null;
  civ_net: number | null;
  civ_stacked: number | null;
  moved_people: number;
  moved_known: number;
}

beforeAll(
  () => plainNight(worldIn(lake), join(sample, 'campaign.yaml'), campaign, '2026-03-28/2026-03-29'),
  600_000,
);
afterAll(() => rmSync(join(lake, '..'), { recursive: true, force: true }));

/** θ between people and what each is worth, from the tables that everybody can read, one pair at a time. */
async function byHand() {
  const people = await ask<{ author_id: string; person_id: string; messages: number }>(
    ['dim_authors', 'fct_messages'],
    `SELECT a.author_id, a.person_id, count(*) AS messages
     FROM dim_authors a JOIN fct_messages m ON m.author_id = a.author_id GROUP BY ALL`,
  );
  const personOf = new Map(people.map(({ author_id, person_id }) => [author_id, person_id]));
  const words = new Map<string, number>();
  for (const { person_id, messages } of people) words.set(person_id, (words.get(person_id) ?? 0) + messages);
  const part = new Map(people.map(one => [one.author_id, one.messages / words.get(one.person_id)!]));
  const ties = await ask<{ influencer_id: string; influenced_id: string; weight: number }>(
    ['fct_influence_ties'],
    'SELECT influencer_id, influenced_id, weight_without_coordination AS weight FROM fct_influence_ties',
  );
  const theta = new Map<string, Map<string, number>>();
  for (const { influencer_id, influenced_id, weight } of ties) {
    const [i, j] = [personOf.get(influencer_id)!, personOf.get(influenced_id)!];
    if (i === j || weight <= 0) continue;
    const row = theta.get(i) ?? new Map<string, number>();
    theta.set(i, row.set(j, (row.get(j) ?? 0) + weight * part.get(influenced_id)!));
  }
  const customers = await ask<{ author_id: string; value: number }>(
    ['stg_customers'],
    'SELECT author_id, CAST(value AS DOUBLE) AS value FROM stg_customers WHERE author_id IS NOT NULL AND value IS NOT NULL',
  );
  const clv = new Map<string, number>();
  for (const { author_id, value } of customers) {
    const person = personOf.get(author_id);
    if (person !== undefined) clv.set(person, (clv.get(person) ?? 0) + value);
  }
  return { persons: [...words.keys()], theta, clv };
}

describe('the value of influence in the sample', () => {
  it('is what the published ties and the customers say, for everybody listed', async () => {
    const { persons, theta, clv } = await byHand();
    const rows = await ask<Value>(
      ['fct_influencer_value'],
      `SELECT author_id, CAST(clv AS DOUBLE) AS clv, CAST(influence_value AS DOUBLE) AS influence_value,
         CAST(civ_gross AS DOUBLE) AS civ_gross, CAST(civ_net AS DOUBLE) AS civ_net, CAST(civ_stacked AS DOUBLE) AS civ_stacked,
         moved_people, moved_known
       FROM fct_influencer_value`,
    );
    const listed = await ask<{ person_id: string }>(
      ['dim_authors', 'stg_persons'],
      'SELECT DISTINCT person_id FROM stg_persons WHERE NOT is_brand AND NOT is_opted_out',
    );
    const owed = new Map<string, number>();
    for (const row of theta.values())
      for (const [person, share] of row) owed.set(person, (owed.get(person) ?? 0) + share);
    const mayBeListed = new Set(listed.map(row => row.person_id));
    const expected = persons.flatMap(author_id => {
      const moved = [...(theta.get(author_id) ?? [])];
      const known = moved.filter(([person]) => clv.has(person));
      const own = clv.get(author_id);
      if (!mayBeListed.has(author_id) || (own === undefined && known.length === 0)) return [];
      const influence = known.reduce((sum, [person, share]) => sum + share * clv.get(person)!, 0);
      return {
        author_id,
        clv: own ?? null,
        influence_value: moved.length > 0 && known.length === 0 ? null : influence,
        civ_gross: own === undefined ? null : own + influence,
        civ_net: own === undefined ? null : own * (1 - (owed.get(author_id) ?? 0)) + influence,
        moved_people: moved.length,
        moved_known: known.length,
      };
    });
    expect(rows.length).toBeGreaterThan(300);
    const found = new Map(rows.map(row => [row.author_id, row]));
    expect([...found.keys()].sort()).toEqual(expected.map(row => row.author_id).sort());
    for (const row of expected) {
      const { civ_stacked, ...actual } = found.get(row.author_id)!;
      for (const [name, value] of Object.entries(row)) {
        const other = actual[name as keyof typeof actual];
        if (typeof value === 'number' && typeof other === 'number')
          expect(Math.abs(value - other)).toBeLessThan(1e-4);
        else expect(other).toBe(value);
      }
      expect(civ_stacked === null).toBe(row.clv === null);
    }
  });

  it('is conserved: net values, and what is owed to people whose own value is unknown, are what all customers are worth', async () => {
    const { clv } = await byHand();
    const [sum] = await ask<{ net: number; stacked: number; gross: number }>(
      ['est_influence_value'],
      `SELECT sum(coalesce(civ_net, influence_value, 0)) AS net, sum(civ_gross) AS gross, sum(civ_stacked) AS stacked
       FROM est_influence_value`,
    );
    const total = [...clv.values()].reduce((whole, value) => whole + value, 0);
    expect(total).toBeGreaterThan(1000);
    expect(sum!.net / total).toBeCloseTo(1, 9);
    // What is not conserved is larger: it counts the same value for several people.
    expect(sum!.gross).toBeGreaterThan(total);
    expect(sum!.stacked).toBeGreaterThan(sum!.gross);
  });
});
