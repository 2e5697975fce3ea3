import { expect, it } from 'vitest';
import { readCampaign } from '../../contracts/campaignFile.ts';

const read = (...lines: string[]) =>
  readCampaign(`campaign: a
brand: { name: A }
sources: [{ id: a, type: files, format: messages, path: a.ndjson }]
${lines.join('\n')}
`);
const faultsOf = (...lines: string[]) =>
  read(...lines).faults.map(({ path, line, message }) => `${line} ${path}: ${message}`);

it('a flight of one day, right after the days before, is accepted', () => {
  expect(
    faultsOf('flight: { from: 2026-03-01, to: 2026-03-01, pre_from: 2026-02-28, pre_to: 2026-02-28 }'),
  ).toEqual([]);
});

it('a flight that ends before it begins, and days before it that do not lie before it, are faults with their lines', () => {
  expect(
    faultsOf(
      'flight:',
      '  from: 2026-03-01',
      '  to: 2026-02-28',
      '  pre_from: 2026-03-10',
      '  pre_to: 2026-03-05',
    ),
  ).toEqual([
    '6 flight.to: lies before from, 2026-03-01',
    '8 flight.pre_to: lies before pre_from, 2026-03-10',
    '8 flight.pre_to: must lie before the flight, which begins on 2026-03-01: what is compared with must not hold the campaign',
  ]);
});

it('a margin is a share: 42 instead of 0.42 is a fault, wherever it stands', () => {
  const message = 'must be a share of the revenue, at most 1: 42 % is written 0.42';
  expect(faultsOf('orders: { path: o.csv, currency: EUR, margin: 42 }')).toEqual([
    `4 orders.margin: ${message}`,
  ]);
  expect(faultsOf('panel: { path: p.csv, unit: geo, margin: 42 }')).toEqual([`4 panel.margin: ${message}`]);
});

it('units of a panel are drawn at random or chosen, which they are where nothing is said', () => {
  expect(read('panel: { path: p.csv, unit: geo }').campaign!.panel!.assignment).toBe('chosen');
  expect(faultsOf('panel: { path: p.csv, unit: geo, assignment: matched }')).toEqual([
    '4 panel.assignment: must be one of random, chosen',
  ]);
});

it('a panel in another currency than the orders is a fault', () => {
  const panel = 'panel: { path: p.csv, unit: geo, currency: USD }';
  expect(faultsOf(panel)).toEqual([]);
  expect(faultsOf('orders: { path: o.csv, currency: EUR, margin: 0.4 }', panel)).toEqual([
    '5 panel.currency: is USD, but orders are in EUR: give sales and cost of the panel in EUR',
  ]);
});
