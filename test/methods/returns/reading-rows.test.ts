import { expect, it } from 'vitest';
import { codesRow, creditRows } from '../../../methods/reading-rows.ts';
import { estimateReturns } from '../../../methods/returns.ts';
import { flight, returnsInput } from './panels.ts';

const cost = { amount: 100, isEstimated: false, notes: [], fault: undefined };
const money = { cost, currency: 'EUR' };
const readings = { lowerValue: 150, lowerOrders: 3, upperValue: 600, upperOrders: 11 };

it('codes and links have two readings, no point between them, and no ratio that would pass for a loss', () => {
  expect(codesRow(readings, money)).toMatchObject({
    method: 'codes and links',
    ...{ level: 5, verdict: 'bounds', mayDecide: false, isHeadline: false },
    ...{ incremental: Number.NaN, incrementalLow: 150, incrementalHigh: 600 },
    ...{ iroas: Number.NaN, iroasLow: Number.NaN, iroasHigh: Number.NaN },
    ...{ roi: Number.NaN, roiLow: Number.NaN, roiHigh: Number.NaN },
    ...{ cost: 100, agrees: undefined },
    reason:
      '11 orders of the flight with a code of the campaign came to 600 EUR, of which 150 EUR (3) of buyers who had never bought before; the campaign touched at least these sales, and of these it caused at most all: what was bought without a code is not seen.',
  });
});

it('codes of a campaign whose cost is unknown or to be estimated stand beside none', () => {
  for (const odd of [{ amount: Number.NaN, fault: 'unknown' }, { isEstimated: true }])
    expect(codesRow(readings, { ...money, cost: { ...cost, ...odd } })).toMatchObject({
      incrementalHigh: 600,
      cost: Number.NaN,
    });
});

it('credit has neither a return nor sales of its own, and says of how many orders it speaks', () => {
  const rows = creditRows({ orders: 1200, ordersWithPath: 30, people: 1 });
  expect(rows.map(row => row.method)).toEqual(['markov credit', 'shapley credit']);
  for (const row of rows) {
    expect(row).toMatchObject({ level: 6, verdict: 'credit', roi: Number.NaN, iroas: Number.NaN });
    expect(row).toMatchObject({ incremental: Number.NaN, incrementalHigh: Number.NaN });
    expect(row.reason).toBe(
      '30 of 1,200 orders of the flight came after the buyer had met somebody of the campaign, and are divided among 1 person; credit says who was met, not what was caused.',
    );
  }
});

it('within the flight both say so', () => {
  const codes = { lowerValue: 40, lowerOrders: 1, upperValue: 100, upperOrders: 2 };
  const credit = { orders: 9, ordersWithPath: 4, people: 2 };
  const costs = { amount: 50, afterFlight: 0, incentives: 1, withoutRate: 0, refused: 0 };
  const rowsOn = (nextDay: number) =>
    estimateReturns(returnsInput({ nextDay, codes, credit, costs })).rows.filter(row => row.level > 4);
  const early = rowsOn(flight.to);
  expect(early.map(row => row.verdict)).toEqual(['bounds', 'credit', 'credit']);
  for (const row of early) expect(row.reason).toMatch(/^So far, as the flight runs until 2026-03-15; /);
  expect(early[0]).toMatchObject({ incrementalHigh: 100 });
  const late = rowsOn(flight.to + 1);
  for (const row of late) expect(row.reason).not.toMatch('So far');
});
