import { describe, expect, it } from 'vitest';
import { judgedRow } from '../../../methods/judged-design.ts';
import type { PanelEstimate } from '../../../methods/panel.ts';
import { unitDesigns } from '../../../methods/return-designs.ts';
import { estimateReturns } from '../../../methods/returns.ts';
import { halfWidth } from '../../../methods/student.ts';
import { changed, flight, panelRows, returnsInput } from './panels.ts';

/** Units that spend 20 a day and a little, everywhere and always; in the flight the treated ones `more`. */
const rowsWhere = (more: number) => {
  const panel = changed(panelRows(), row => ({
    ...row,
    cost: 20 + 0.4 * Math.sin(row.unit + 3 * row.day) + (row.unit < 6 && row.day >= flight.from ? more : 0),
  }));
  return estimateReturns(returnsInput({ panel }));
};

const estimateOf = (total: number, standardError: number, freedom: number): PanelEstimate => ({
  total,
  low: total - halfWidth(0.95, freedom) * standardError,
  high: total + halfWidth(0.95, freedom) * standardError,
  standardError,
  freedom,
  ...{ refusal: undefined, placebos: [], path: undefined },
});

describe('a cost that has to be estimated', () => {
  it('and comes out below nothing leaves no verdict, no ratio and no headline', () => {
    const { rows, answer } = rowsWhere(-5);
    for (const row of rows.filter(({ level, incremental }) => level <= 4 && !Number.isNaN(incremental))) {
      expect(row, row.method).toMatchObject({ verdict: 'cannot_tell', isHeadline: false });
      expect(row.roi, row.method).toBeNaN();
      expect(row.reason).not.toMatch('NaN');
    }
    expect(answer.verdict).toBe('cannot_tell');
    expect(answer.reason).toMatch(/by this design the campaign added none \(-4[0-9]{2} EUR\)/);
  });

  it('leaves no verdict without an interval: a forecast by draws knows no degrees of freedom', () => {
    const { rows } = rowsWhere(5);
    const row = rows.find(({ method }) => method === 'structural time series')!;
    expect(row).toMatchObject({ verdict: 'cannot_tell', roi: Number.NaN, roiLow: Number.NaN });
    for (const { verdict, roiLow, roiHigh } of rows)
      if (['gain', 'loss', 'open'].includes(verdict)) expect([roiLow, roiHigh]).not.toContain(Number.NaN);
  });

  it('reaches as far as the one of the two errors that fewer days tell', () => {
    const design = unitDesigns[1]!;
    const cost = { amount: 100, isEstimated: true, notes: [], fault: undefined };
    const money = { cost, margin: 1, currency: 'EUR', notes: [] };
    const ground = { treated: 1, control: 1, daysBefore: 60, daysOfFlight: 10 };
    const row = judgedRow(design, ground, estimateOf(300, 1e-6, 58), money, estimateOf(100, 10, 3), 0.95);
    // Revenue is as good as certain: the ratio's ends are 300 over those of the cost.
    const reach = halfWidth(0.95, 3) * 10;
    expect(row.iroasLow).toBeCloseTo(300 / (100 + reach), 6);
    expect(row.iroasHigh).toBeCloseTo(300 / (100 - reach), 6);
  });
});

describe('figures that no column can hold', () => {
  it('are refused with the reason, never written', () => {
    const cost = { amount: 1e12, isEstimated: false, notes: [], fault: undefined };
    const money = { cost, margin: 1, currency: 'VND', notes: [] };
    const ground = { treated: 6, control: 6, daysBefore: 60, daysOfFlight: 10 };
    const row = judgedRow(unitDesigns[0]!, ground, estimateOf(2e14, 1e12, 9), money, undefined, 0.95);
    expect(row).toMatchObject({ verdict: 'cannot_tell', obstacle: 'estimate' });
    expect(row.reason).toMatch('too large for the tables');
    const held = judgedRow(unitDesigns[0]!, ground, estimateOf(5e13, 1e11, 9), money, undefined, 0.95);
    expect(held.verdict).toBe('gain');
  });
});
