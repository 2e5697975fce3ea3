import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generate } from '../../tools/sample/generate.ts';
import { plainNight, published, temporaryFolder, worldIn } from '../nights/plain.ts';
import { campaign, interval, sample, sampleLake } from './sampleLake.ts';
import { committed } from './talkOfNight.ts';
import { isHomonym, topicOf } from './topicsOfTexts.ts';

const topics = ['ice cream', 'running', 'gardening', 'cinema', 'cooking'];
/** Whose main topic it is; price is nobody's. */
const mainShare = 0.4;

describe.each([
  ['the sample', sample],
  ['a world of another seed', undefined],
])('the interests of %s', (_, given) => {
  it('are those that were planted', async () => {
    const folder = given ?? written(11);
    const lake = given === undefined ? await lakeOf(folder) : await sampleLake();
    const authors = join(folder, 'truth/authors.csv');

    const areas: Record<string, number> = {};
    for (const topic of topics) {
      const people = await committed<{ planted: number; si: number }>(
        lake,
        campaign,
        `SELECT CAST(t.interest_${topic.replace(' ', '_')} AS DOUBLE) AS planted, coalesce(i.si, 0) AS si
         FROM read_csv('${authors}', all_varchar = true) t
         JOIN stg_persons p ON p.author_id = t.author_id AND p.is_main AND NOT p.is_brand
         JOIN stg_person_words w ON w.person_number = p.person_number
         LEFT JOIN stg_interests i ON i.person_number = p.person_number AND i.topic = '${topic}'`,
      );
      areas[topic] = areaUnderCurve(people.map(({ planted, si }) => [si, planted > mainShare]));
    }
    console.log('area under the curve of si:', JSON.stringify(areas));
    expect(areas['ice cream']).toBeGreaterThanOrEqual(0.95);
    for (const topic of topics) expect(areas[topic], topic).toBeGreaterThan(0.88);

    const texts = await committed<{ text: string; about: boolean }>(
      lake,
      campaign,
      `SELECT m.text, t.message_number IS NOT NULL AS about
       FROM stg_messages m
       JOIN stg_worded_messages w ON w.message_number = m.message_number
       LEFT JOIN stg_topic_messages t ON t.message_number = m.message_number AND t.topic = 'ice cream'`,
    );
    const about = texts.filter(text => text.about);
    // The few texts of no sentence are the hostile ones, which do speak of ice cream.
    const right = about.filter(({ text }) => topicOf(text) === 'ice cream' || topicOf(text) === undefined);
    const homonyms = texts.filter(({ text }) => isHomonym(text));
    const kept = homonyms.filter(text => text.about);
    const seeded = texts.filter(({ text }) => topicOf(text) === 'ice cream' && hasSeed.test(text));
    const found = seeded.filter(text => text.about);
    console.log(
      `messages about ice cream: precision ${share(right, about)}, of those with a seed ${share(found, seeded)} found;`,
      `homonyms: ${homonyms.length - kept.length} of ${homonyms.length} kept out`,
    );
    expect(about.length).toBeGreaterThan(3000);
    expect(right.length / about.length).toBeGreaterThan(0.99);
    expect(found.length / seeded.length).toBeGreaterThan(0.97);
    expect(homonyms.length).toBeGreaterThan(100);
    expect(kept.length / homonyms.length).toBeLessThan(0.05);

    const top = await published<{ topic: string; tokens: number }>(
      lake,
      campaign,
      'SELECT topic, tokens FROM fct_interests WHERE interest_rank = 1',
    );
    for (const { topic, tokens } of top) expect(tokens, topic).toBeGreaterThanOrEqual(20);
    const [unwanted] = await published<{ people: number }>(
      lake,
      campaign,
      `SELECT count(*) AS people FROM fct_interests i
       WHERE author_id IN (SELECT author_id FROM dim_authors WHERE is_brand)
         OR author_id IN (SELECT author_id FROM read_csv('${join(folder, 'optouts.csv')}', all_varchar = true))`,
    );
    expect(unwanted!.people).toBe(0);
  }, 300_000);
});

const hasSeed = /\b(glace|sorbet|gelato|sundae|cornet|cone|scoop)\b/i;

it('every text can be read, whatever stands in it', async () => {
  const folder = temporaryFolder();
  const texts = [
    "'; DROP TABLE stg_messages; -- glace",
    'glace\u0000\u0000vanille',
    '\u202Eecalg\u202C glace \u2066x\u2069',
    '\uD800glace\uDFFF',
    `glace ${'vanille '.repeat(150_000)}`,
    'g'.repeat(1_000_000),
    'glace 👩‍👩‍👧‍👦🍦'.repeat(50),
    'gla\u200bce',
    '{{glace}} %s <b>glace</b> \\u0067',
    ' \n\t ',
    '',
    'アイスクリーム glace',
  ];
  const rows = texts.map((text, place) => ({
    platform: 'x',
    message_id: `m${place}`,
    author_id: `a${place % 4}`,
    created_at: '2026-03-02T10:00:00Z',
    kind: 'post',
    language: ['fr', 'fr-FR', '; DROP', null][place % 4],
    text,
  }));
  writeFileSync(join(folder, 'talk.ndjson'), rows.map(row => `${JSON.stringify(row)}\n`).join(''));
  const file = join(folder, 'campaign.yaml');
  writeFileSync(
    file,
    `campaign: hostile
brand: { name: B }
privacy: { pseudonymise: false }
sources: [{ id: t, type: files, format: messages, path: talk.ndjson }]
topics: { "ice 'cream'; --": [glace, "l'été", "🍦", "the"] }
exclude: { "ice 'cream'; --": ["%' OR 1=1"] }
`,
  );
  const lake = join(folder, 'lake');
  await plainNight(worldIn(lake), file, 'hostile', '2026-03-02/2026-03-03');
  const about = await committed<{ id: string; mass: number }>(
    lake,
    'hostile',
    `SELECT m.message_id AS id, t.mass FROM stg_topic_messages t JOIN stg_messages m USING (message_number)`,
  );
  const found = new Set(about.map(({ id }) => Number(id.slice(3))));
  for (const place of [0, 2, 4, 6, 7, 8, 11]) expect(found, texts[place]!.slice(0, 40)).toContain(place);
  for (const place of [5, 9, 10]) expect(found).not.toContain(place);
  // A word said a hundred thousand times in one message is one.
  expect(about.find(({ id }) => id === 'x:m4')!.mass).toBe(1);
  const [words] = await committed<{ words: number }>(
    lake,
    'hostile',
    "SELECT words FROM stg_worded_messages w JOIN stg_messages m USING (message_number) WHERE message_id = 'x:m4'",
  );
  expect(words!.words).toBe(2);
}, 600_000);

/** A sample of another seed, in a folder of the test's. */
function written(seed: number): string {
  const folder = temporaryFolder();
  for (const [path, bytes] of generate(seed).all) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
  expect(readFileSync(join(folder, 'truth.json'), 'utf8')).toContain(`"seed": ${seed}`);
  return folder;
}

const share = (part: unknown[], whole: unknown[]) => (part.length / whole.length).toFixed(4);

/** The chance that somebody who cares stands above somebody who does not; ties count half. */
function areaUnderCurve(people: [value: number, cares: boolean][]): number {
  const caring = people.filter(([, cares]) => cares);
  const others = people.filter(([, cares]) => !cares);
  let above = 0;
  for (const [value] of caring) {
    for (const [other] of others) above += value > other ? 1 : value === other ? 0.5 : 0;
  }
  return above / (caring.length * others.length);
}

/** A lake of its own with the night of a made-up world. */
async function lakeOf(folder: string): Promise<string> {
  const lake = join(temporaryFolder(), 'lake');
  await plainNight(worldIn(lake), join(folder, 'campaign.yaml'), campaign, interval);
  return lake;
}
