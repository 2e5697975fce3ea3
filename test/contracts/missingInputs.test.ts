import { expect, it } from 'vitest';
import { campaignSchema } from '../../contracts/campaign.ts';
import { missingInputs } from '../../contracts/missingInputs.ts';

const least = {
  campaign: 'gelato',
  brand: { name: 'Gelato' },
  sources: [{ id: 'talk', type: 'files', format: 'messages', path: 'talk.ndjson' }],
};
const file = { path: 'a.csv' };
const whole = {
  ...least,
  topics: { 'ice cream': ['gelato'] },
  recruitment: { budget: '10 EUR', candidates: file },
  orders: { ...file, currency: 'EUR', margin: 0.4 },
  codes: file,
  identities: file,
  customers: file,
  flight: { from: '2026-03-01', to: '2026-03-28', pre_from: '2026-01-04', pre_to: '2026-02-28' },
  panel: { ...file, unit: 'geo' },
  incentives: { budget: '10 EUR', earns: [{ kind: 'commission', on: 'order', rate: 0.1 }] },
};
const missingOf = (campaign: object) => missingInputs(campaignSchema.parse(campaign));

it('says of a campaign of messages alone which section would fill which table', () => {
  expect(missingOf(least)).toEqual([
    'fct_interests, fct_topics, fct_topic_neighbours, fct_topic_words are empty, because the campaign file has no `topics`',
    'fct_recruitment_plan, fct_recruitment_alternatives, fct_recruitment_holdout are empty, because the campaign file has no `recruitment`',
    'fct_redemptions is empty, because the campaign file has no `orders`',
    'fct_incentives is empty, because the campaign file has no `incentives`',
    'fct_influencer_value is empty, because the campaign file has no `customers`',
    'fct_returns, fct_return_days, fct_return_placebos are empty, because the campaign file has no `flight`',
    'each account counts as a person of its own, because the campaign file has no `identities`',
  ]);
});

it('says nothing of a whole campaign, and of one without topics that nobody can be a candidate', () => {
  expect(missingOf(whole)).toEqual([]);
  const { topics: _, ...without } = whole;
  expect(missingOf(without)).toEqual([
    'fct_interests, fct_topics, fct_topic_neighbours, fct_topic_words, fct_candidates, fct_recruitment_plan are empty, because the campaign file has no `topics`',
  ]);
});

it('says of a flight without a panel which tables the panel would fill', () => {
  const { panel: _, ...without } = whole;
  expect(missingOf(without)).toEqual([
    'fct_return_days, fct_return_placebos are empty, because the campaign file has no `panel`',
  ]);
});

it('takes no whole number for a topic, whose place in the file would be lost', () => {
  const faults = campaignSchema.safeParse({ ...least, topics: { ice: ['gelato'], 2026: ['year'] } }).error;
  expect(faults?.issues.map(({ path }) => path)).toEqual([['topics', '2026']]);
});
