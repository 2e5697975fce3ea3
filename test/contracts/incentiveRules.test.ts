import { describe, expect, it } from 'vitest';
import { readCampaign } from '../../contracts/campaignFile.ts';
import { readMoney, smallestPayment } from '../../contracts/money.ts';

const faultsOf = (incentives: string, orders = 'orders: { path: orders.csv, currency: EUR, margin: 0.4 }') =>
  readCampaign(`campaign: a
brand: { name: A }
sources: [{ id: a, type: files, format: messages, path: a.ndjson }]
${orders}
incentives:
${incentives.replace(/^ {4}/gm, '')}
`).faults.map(({ path, line, message }) => `${line} ${path}: ${message}`);

describe('the rules of incentives', () => {
  it('are accepted as interface and sample have them', () => {
    expect(
      faultsOf(`
      budget: 5000 EUR
      cap_per_person: 80.50 EUR
      earns:
        - { kind: commission, on: order, rate: 0.1, cap: 50 EUR }
        - { kind: recognition, on: mention, amount: 5 EUR, cap: 50 EUR }
        - { kind: naming, on: mention }
        - { kind: product, on: order }
      from: 2026-03-28
      to: 2026-03-28`),
    ).toEqual([]);
  });

  it('are told all their faults at once, each with its line', () => {
    expect(
      faultsOf(`
      budget: 5000 EUR
      cap_per_person: 80 GBP
      earns:
        - { kind: commission, on: order, cap: 50 USD }
        - { kind: fee, on: mention, rate: 0.1 }
        - { kind: discount, on: order, amount: 5 EUR, rate: 0.1 }
        - { kind: discount, on: order, amount: 5 EUR }
        - { kind: fee, on: order, amount: 900719925475 EUR }
      from: 2026-03-28
      to: 2026-03-01`),
    ).toEqual([
      '8 incentives.cap_per_person: is in GBP, but the budget is in EUR',
      '10 incentives.earns[0].cap: is in USD, but the budget is in EUR',
      '10 incentives.earns[0]: a commission needs an amount or a rate',
      '11 incentives.earns[1].rate: is a share of an order; a mention needs an amount',
      '12 incentives.earns[2].rate: says both an amount and a rate: leave one out',
      '13 incentives.earns[3]: a second rule of discount on order: an event earns each kind once',
      '14 incentives.earns[4].amount: is more than can be counted exactly',
      '16 incentives.to: lies before from, 2026-03-28',
    ]);
  });

  it('refuse a share of orders that are in another currency, and need no orders for mentions', () => {
    const share = `
      budget: 50 GBP
      earns: [{ kind: commission, on: order, rate: 0.1 }]`;
    expect(faultsOf(share)).toEqual([
      '8 incentives.earns[0].rate: is a share of orders in EUR, but the budget is in GBP',
    ]);
    const fee = share.replace('commission, on: order, rate: 0.1', 'fee, on: mention, amount: 1 GBP');
    expect(faultsOf(fee)).toEqual([]);
    expect(faultsOf(share, '')).toEqual([]);
  });
});

describe('money', () => {
  it('is read in ten-thousandths', () => {
    expect(readMoney('20000 EUR')).toEqual({ units: 200_000_000, currency: 'EUR' });
    expect(readMoney('0.07 GBP')).toEqual({ units: 700, currency: 'GBP' });
    expect(readMoney('12.3456 JPY')).toEqual({ units: 123_456, currency: 'JPY' });
  });

  it('is paid in what the currency has', () => {
    expect(['EUR', 'JPY', 'KWD', 'CLF', 'XQQ'].map(smallestPayment)).toEqual([100, 10_000, 10, 1, 100]);
  });
});
