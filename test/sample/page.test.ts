import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shownNight } from '../../lake/nights.ts';
import { makePages } from '../../report/pages.ts';
import { plainNight, published, worldIn } from '../nights/plain.ts';
import { parsed } from '../report/elements.ts';

const campaign = 'gelato-spring';
const file = fileURLToPath(new URL('../../data/sample/campaign.yaml', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'sillage-sample-page-'));
const lake = join(folder, 'lake');
let pages: string[];
let english: string;
let french: string;

beforeAll(async () => {
  const night = await plainNight(worldIn(lake), file, campaign, '2026-03-28/2026-03-29');
  pages = night.pages!.map(page => readFileSync(page, 'utf8'));
  [english, french] = pages.map(page => parsed(page).text.replace(/\s+/g, ' ')) as [string, string];
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ask = <Row>(sql: string) => published<Row>(lake, campaign, sql);
const squeezed = (text: string) => text.replaceAll(' ', '');

describe("the sample night's page", () => {
  it('tells what the tables tell', async () => {
    const [night] = await ask<{ messages: number; quarantined: number }>('FROM dim_night');
    expect(english).toContain(
      `Messages read ${night!.messages.toLocaleString('en-GB')} Lines refused ${night!.quarantined}`,
    );
    const [plan] = await ask<{ people: number; reach: number; ratio: number }>(
      `SELECT (SELECT count(*) FROM fct_recruitment_plan WHERE arm = 'ask') AS people,
         (SELECT reach FROM fct_recruitment_alternatives WHERE strategy = 'plan') AS reach,
         (SELECT 1 / ratio_to_plan FROM fct_recruitment_alternatives WHERE strategy = 'random') AS ratio`,
    );
    expect(english).toContain(
      `Ask these ${plan!.people} people: ${Math.round(plan!.reach)} people can then be expected`,
    );
    expect(english).toContain(`${plan!.ratio.toPrecision(2)} times as many as by asking at random`);
    const [influence] = await ask<{ people: number; pairs: number }>(
      `SELECT (SELECT count(DISTINCT person_id) FROM fct_influencers WHERE cie_rank IS NOT NULL) AS people,
         (SELECT count(*) FROM fct_coordination WHERE is_flagged) AS pairs`,
    );
    expect(english).toContain(`Of ${influence!.people.toLocaleString('en-GB')} people, these 12 hold`);
    expect(english).toContain(`${influence!.pairs} pairs of them`);
    for (const { name, name_fr } of await ask<{ name: string; name_fr: string }>('FROM dim_personas')) {
      expect(english.toLowerCase()).toContain(name.toLowerCase());
      expect(french.toLowerCase()).toContain(name_fr.toLowerCase());
    }
    for (const { topic, talkers } of await ask<{ topic: string; talkers: number }>('FROM fct_topics')) {
      expect(english).toContain(`${topic} ${talkers}`);
    }
    const [read] = await ask<{ rows: number }>(
      "SELECT CAST(sum(value) AS BIGINT) AS rows FROM fct_quality WHERE table_name = 'stg_messages' AND measure = 'rows_read'",
    );
    expect(english).toContain(`Of ${read!.rows.toLocaleString('en-GB')} rows read`);
  });

  it('draws a cascade whose forwards are all there', async () => {
    const [cascade] = await ask<{ root_id: string; size: number; author_id: string }>(
      `SELECT root_id, size, author_id FROM fct_cascades c WHERE flags IS NULL AND max_depth >= 2
       AND author_id NOT IN (SELECT author_id FROM dim_authors WHERE is_brand OR is_opted_out)
       ORDER BY size DESC, max_depth DESC, root_id LIMIT 1`,
    );
    expect(english).toContain(`${cascade!.size - 1} times passed on`);
    expect(squeezed(english)).toContain(squeezed(cascade!.root_id));
    const wakes = pages[0]!.match(/<svg[^>]*aria-label="A tree of [\s\S]*?<\/svg>/g)!;
    expect(wakes).toHaveLength(2);
    for (const wake of wakes) {
      expect(wake.match(/<circle/g)).toHaveLength(cascade!.size);
    }
  });

  it('names nobody who asked not to be listed', async () => {
    const authors = await ask<{ author_id: string }>('SELECT author_id FROM dim_authors WHERE is_opted_out');
    expect(authors.length).toBeGreaterThan(5);
    const words = new Set(pages.flatMap(page => parsed(page).attributes.map(({ value }) => value)));
    expect(authors.filter(({ author_id }) => words.has(author_id))).toEqual([]);
    expect(authors.filter(({ author_id }) => squeezed(english).includes(`${squeezed(author_id)}€`))).toEqual(
      [],
    );
  });

  it('leaves no reason in English on the French page', () => {
    expect(parsed(pages[1]!).census['span lang']).toBeUndefined();
  });

  it('is small, and comes out the same again', async () => {
    for (const page of pages) expect(Buffer.byteLength(page)).toBeLessThan(500_000);
    const world = worldIn(lake);
    expect((await makePages(world, (await shownNight(world.lake, campaign))!, true)).outcome).toBe(
      'verified',
    );
  });
});
