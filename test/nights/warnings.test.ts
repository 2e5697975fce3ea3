import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { interval, writeRecruitment } from '../cli/recruits.ts';
import { plainNight, temporaryFolder, worldIn } from './plain.ts';

it('a night that asks nobody, with an idle quota and a word that excludes nothing, says all three', async () => {
  const folder = temporaryFolder();
  const file = writeRecruitment(`${folder}/quiet`, 'quiet');
  writeFileSync(
    file,
    readFileSync(file, 'utf8')
      .replace('budget: 800 EUR', 'budget: 1 EUR, quotas: { platform: { x: 2, blusky: 3 } }')
      .replace('topics: {', 'exclude: { gelato: [scoops] }\ntopics: {'),
  );
  const talk = `${folder}/quiet/talk.ndjson`;
  // Two languages: only one of them takes scoops for scoop.
  const [first, ...others] = readFileSync(talk, 'utf8').split('\n');
  writeFileSync(talk, [first!.replace('"language":"en"', '"language":"fi"'), ...others].join('\n'));
  const night = await plainNight(worldIn(`${folder}/lake`), file, 'quiet', interval);
  expect(night.published?.warnings).toEqual(
    expect.arrayContaining([
      'topic gelato: the excluded word "scoops" is the same word as the seed "scoop" in messages in en, and excludes nothing there',
      'nobody to ask: see fct_candidates.reason',
      'the quota of "blusky" limits nobody: no candidate with a price is of it',
    ]),
  );
});
