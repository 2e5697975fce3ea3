import { expect, test } from 'vitest';
import { readCampaign } from '../../contracts/campaignFile.ts';

const campaign = (budget: string, orders: string) => `campaign: gelato
brand: { name: Gelato }
sources: [{ id: talk, type: files, format: messages, path: talk.ndjson }]
${orders}
recruitment:
  budget: ${budget}
`;

test('a budget in another currency than the orders is a fault, with its line and what to do', () => {
  const orders = 'orders: { path: orders.csv, currency: EUR, margin: 0.4 }';
  expect(readCampaign(campaign('20000 USD', orders)).faults).toEqual([
    {
      path: 'recruitment.budget',
      line: 6,
      message: 'is in USD, but orders are in EUR: give the budget, and what candidates cost, in EUR',
    },
  ]);
  expect(readCampaign(campaign('20000.5 EUR', orders)).faults).toEqual([]);
  expect(readCampaign(campaign('20000 USD', 'seed: 7')).faults).toEqual([]);
});
