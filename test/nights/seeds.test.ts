import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FatalError } from '../../contracts/errors.ts';
import { plainNight, published, temporaryFolder, worldIn } from './plain.ts';

type Said = readonly [author: string, text: string];

const cream = [
  'chocolat vanille cornet boule',
  'fraise parfum vanille gourmand',
  'boule cornet pistache parfum',
  'vanille chocolat gourmand pistache',
];
const frost = [
  'gratter brise voiture matin',
  'voiture givre brise hiver',
  'gratter givre matin hiver',
  'voiture brise givre gratter',
];
const other = [
  'train retard gare quai',
  'match but stade soir',
  'film acteur salle soir',
  'livre page auteur roman',
];

/** 60 messages of ice cream and 60 of frozen windows, all with glace or glaces, 60 of sorbet, 400 of anything else. */
const twoMeanings: Said[] = [
  ...Array.from({ length: 60 }, (_, at) => {
    const seed = at % 2 === 0 ? 'glace' : 'glaces';
    return [
      [`c${at % 20}`, `${seed} ${cream[at % 4]}`],
      [`v${at % 20}`, `${seed} ${frost[at % 4]}`],
    ] as Said[];
  }).flat(),
  ...Array.from({ length: 60 }, (_, at): Said => [`c${at % 20}`, `sorbet ${cream[at % 4]}`]),
  ...Array.from(
    { length: 400 },
    (_, at): Said => [`r${at % 50}`, `${other[at % 4]} jour ${at % 7 === 0 ? 'route' : 'ville'}`],
  ),
];

/** A night of one topic. Returns its lake. */
async function told(said: readonly Said[], ...lines: string[]): Promise<string> {
  const folder = temporaryFolder();
  const rows = said.map(([author, text], at) =>
    JSON.stringify({
      platform: 'x',
      kind: 'post',
      language: 'fr',
      message_id: `m${at}`,
      author_id: author,
      // Spread over the day: what is said in concert teaches nothing.
      created_at: `2026-03-01T${String(at % 24).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}:00Z`,
      text,
    }),
  );
  writeFileSync(join(folder, 'talk.ndjson'), `${rows.join('\n')}\n`);
  const campaign = [
    'campaign: ice',
    'brand: { name: Brand, accounts: ["x:brand"] }',
    'sources: [{ id: talk, type: files, format: messages, path: talk.ndjson }]',
    ...lines,
  ];
  writeFileSync(join(folder, 'campaign.yaml'), campaign.join('\n'));
  const lake = join(folder, 'lake');
  await plainNight(worldIn(lake), join(folder, 'campaign.yaml'), 'ice', '2026-03-01/2026-03-02');
  return lake;
}

it('the plural of a seed beside it changes no figure', async () => {
  const figures = async (topics: string) => {
    const lake = await told(twoMeanings, topics);
    return {
      topics: await published(lake, 'ice', 'SELECT * FROM fct_topics'),
      words: await published(lake, 'ice', 'SELECT * FROM fct_topic_words ORDER BY word'),
      people: await published(lake, 'ice', 'SELECT * FROM fct_interests ORDER BY author_id'),
    };
  };
  const singular = await figures('topics: { ice: [glace, sorbet] }');
  expect(singular.topics).toMatchObject([{ talkers: 20, messages: 120, seed_messages_of_another_sense: 60 }]);
  expect(await figures('topics: { ice: [glace, glaces, sorbet] }')).toEqual(singular);
});

it('where all say nothing but seed words, the night stands and nobody is called interested', async () => {
  const lake = await told(
    [
      ['a', 'gelato'],
      ['b', 'Gelato!'],
    ],
    'topics: { ice: [gelato] }',
  );
  const people = await published(
    lake,
    'ice',
    'SELECT share, si, si_low, lift, z, is_interested FROM fct_interests',
  );
  const each = { share: 1, si: null, si_low: null, lift: 1, z: null, is_interested: false };
  expect(people).toEqual([each, each]);
  expect(
    await published(lake, 'ice', 'SELECT talkers, interested, population_share, prior_mean FROM fct_topics'),
  ).toEqual([{ talkers: 2, interested: null, population_share: 1, prior_mean: null }]);
});

it('an excluded word that is a seed by its stem ends the night with both named', async () => {
  const night = told(twoMeanings, 'topics: { ice: [glace, sorbet] }', 'exclude: { ice: [glacé] }');
  await expect(night).rejects.toThrow(FatalError);
  await expect(night).rejects.toThrow(
    /campaign\.yaml: topic ice: the excluded word "glacé" .* seed "glace" .* write another exclude word/,
  );
});
