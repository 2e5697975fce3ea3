import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { published } from '../nights/plain.ts';
import { campaign, sample, sampleLake } from './sampleLake.ts';

const truth = JSON.parse(readFileSync(join(sample, 'truth.json'), 'utf8')) as {
  ring: string[];
  boosted: { author_id: string };
};
const planted = readFileSync(join(sample, 'truth/ring.csv'), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map(line => line.split(',').slice(0, 2).sort().join(' '));

it('finds the ring of the sample and nobody else, and takes from the boosted account what the ring gave it', async () => {
  const lake = await sampleLake();
  const rows = <Row>(sql: string) => published<Row>(lake, campaign, sql);

  const flagged = await rows<{ author_a: string; author_b: string }>(
    'SELECT author_a, author_b FROM fct_coordination WHERE is_flagged',
  );
  const found = flagged.map(({ author_a, author_b }) => [author_a, author_b].sort().join(' '));
  const right = found.filter(pair => planted.includes(pair));
  expect(planted).toHaveLength(66);
  expect(right.length / planted.length, 'recall').toBeGreaterThanOrEqual(0.95);
  expect(1 - right.length / found.length, 'false discoveries').toBeLessThanOrEqual(0.05);

  const [boosted] = await rows<{ fall: number; rise: number }>(
    `SELECT
       CAST(cie AS DOUBLE) - cie_without_coordination AS fall,
       (SELECT count(*) FROM fct_influencers o WHERE o.cie_without_coordination > i.cie_without_coordination)
         - (SELECT count(*) FROM fct_influencers o WHERE o.cie > i.cie) AS rise
     FROM fct_influencers i WHERE author_id = '${truth.boosted.author_id}'`,
  );
  expect(boosted!.fall).toBeGreaterThan(0);
  expect(boosted!.rise, 'places lost').toBeGreaterThan(50);

  const ring = truth.ring.map(author => `'${author}'`).join(', ');
  const [ties] = await rows<{ outside: number; byRing: number }>(
    `SELECT
       count(*) FILTER (WHERE influenced_id NOT IN (${ring}) AND weight <> weight_without_coordination) AS outside,
       count(*) FILTER (WHERE influenced_id IN (${ring}) AND is_coordinated) AS "byRing"
     FROM fct_influence_ties`,
  );
  expect(ties!.outside, 'ties of people outside the ring that lost something').toBe(0);
  expect(ties!.byRing).toBeGreaterThan(50);
}, 600_000);
