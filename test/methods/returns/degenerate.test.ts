import { expect, it } from 'vitest';
import { estimateReturns } from '../../../methods/returns.ts';
import { changed, flight, panelRows, returnsInput } from './panels.ts';

const panel = panelRows();
const isDuring = (day: number) => day >= flight.from;

const panels = {
  'all units sell the same every day': changed(panel, row => ({ ...row, sales: 7 })),
  'nobody sells anything': changed(panel, row => ({ ...row, sales: 0 })),
  'controls sell the same every day': changed(panel, row => ({
    ...row,
    sales: row.unit < 6 ? row.sales : 50,
  })),
  'controls sell a little more every day': changed(panel, row => ({
    ...row,
    sales: row.unit < 6 ? row.sales : row.unit + 0.1 * (row.day - flight.preFrom),
  })),
  'one control is closed': changed(panel, row => ({ ...row, sales: row.unit === 9 ? 0 : row.sales })),
  'one treated unit is closed before': changed(panel, row => ({
    ...row,
    sales: row.unit === 2 && !isDuring(row.day) ? 0 : row.sales,
  })),
  'two controls are the same': changed(panel, row => ({
    ...row,
    sales:
      row.unit === 9
        ? panel.sales[
            8 * 42 + (row.day < flight.from ? row.day - flight.preFrom : 28 + row.day - flight.from)
          ]!
        : row.sales,
  })),
  'all units are the same': changed(panel, row => ({ ...row, sales: 10 + (row.day % 7) })),
  'the same cost everywhere': changed(panel, row => ({ ...row, cost: 5 })),
  'the same cost everywhere, and more where the campaign ran': changed(panel, row => ({
    ...row,
    cost: 5 + row.cost,
  })),
};

/** Nothing that a panel of plain numbers says may end the night: a design that can't cope says so. */
it.each(Object.entries(panels))('%s: each design gives a row with a reason', (_, rows) => {
  const { rows: returns, answer } = estimateReturns(returnsInput({ panel: rows }));
  expect(returns).toHaveLength(7);
  expect(answer.reason).toMatch(/^[^\n]{20,}\.$/);
  for (const row of returns) {
    expect(row.reason).toMatch(/\.$/);
    for (const text of ['NaN', 'Infinity', 'undefined']) expect(row.reason).not.toContain(text);
    if (['gain', 'loss', 'open'].includes(row.verdict))
      expect(Number.isFinite(row.roiLow + row.roiHigh)).toBe(true);
  }
});
