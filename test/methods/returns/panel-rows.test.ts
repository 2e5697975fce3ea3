import { describe, expect, it } from 'vitest';
import { layPanel, type PanelRows } from '../../../methods/panel-rows.ts';
import { changed, daysInPanel, flight, panelRows } from './panels.ts';

const lay = (rows: PanelRows, nextDay = flight.to + 1) => layPanel(rows, flight, nextDay);
const small = panelRows({ treated: 1, control: 1 });

it('lays units out one after the other, the days before, then the flight, whatever lies between', () => {
  const { panel, cost, days, fault } = lay(small);
  expect(fault).toBeUndefined();
  expect(panel).toMatchObject({ units: 2, periods: 42, before: 28, treated: Uint8Array.of(1, 0) });
  expect([...days]).toEqual(daysInPanel);
  expect([...panel.outcome]).toEqual([...small.sales]);
  expect([...cost.subarray(0, 42)]).toEqual(daysInPanel.map(day => (day >= flight.from ? 5 : 0)));
});

it('does not mind in which order the rows come', () => {
  const turned = { ...small };
  for (const column of ['unit', 'day', 'sales', 'cost'] as const)
    Object.assign(turned, { [column]: small[column].toReversed() });
  expect(lay(turned)).toEqual(lay(small));
});

describe('says in one sentence with the figures why nobody can decide over it:', () => {
  const day = (place: number) => daysInPanel[place]!;
  const faultOf = (rows: PanelRows, nextDay?: number) => lay(rows, nextDay).fault;

  it('the flight goes on, or has not begun', () => {
    expect(faultOf(small, flight.to)).toBe(
      'the flight runs until 2026-03-15: what it returned is told once its last day is over',
    );
    expect(faultOf(small, flight.from)).toMatch('the flight begins on 2026-03-02');
  });

  it('a hole, by its unit and day', () => {
    const one = changed(panelRows(), row => (row.unit === 3 && row.day === day(30) ? undefined : row));
    expect(faultOf(one)).toMatch(/^the panel has no sales of unit zone-04 on 2026-03-04: write 0/);
    const three = changed(panelRows(), row =>
      row.unit >= 3 && row.unit < 6 && row.day === day(2) ? undefined : row,
    );
    expect(faultOf(three)).toMatch(
      /^the panel has no sales of unit zone-04 on 2026-02-03, the first of 3 such holes: write 0/,
    );
  });

  it('a flight outside of the panel, wholly or at an end', () => {
    const until = (last: number) => changed(small, row => (row.day <= last ? row : undefined));
    expect(faultOf(until(flight.preTo))).toBe(
      'the panel runs from 2026-02-01 to 2026-02-28, and the flight from 2026-03-02 to 2026-03-15 lies outside of it',
    );
    expect(faultOf(until(flight.to - 2))).toBe(
      'the panel runs from 2026-02-01 to 2026-03-13, and the flight ends later, on 2026-03-15',
    );
    const from = (first: number) => changed(small, row => (row.day >= first ? row : undefined));
    expect(faultOf(from(flight.from))).toMatch(
      'and has no day of the time before the flight, 2026-02-01 to 2026-02-28',
    );
    expect(faultOf(from(flight.preFrom + 3))).toMatch(
      'and the days before the flight begin earlier, on 2026-02-01',
    );
    expect(faultOf({ ...from(flight.to + 1), units: [] })).toBe(
      'the panel has no day before the end of the interval',
    );
  });

  it('a unit that is treated on some days and control on others', () => {
    const units = small.units.map(unit => ({ ...unit, treatedDays: 14, controlDays: 28 }));
    expect(faultOf({ ...small, units })).toMatch(
      /^the unit zone-01 is treated on 14 days of the panel and control on 28, and so are 1 other:/,
    );
  });

  it('sales below nothing over weeks, while a day may be negative', () => {
    const returned = changed(small, row =>
      row.unit === 1 && row.day === day(3) ? { ...row, sales: -50 } : row,
    );
    expect(faultOf(returned)).toBeUndefined();
    const wrong = changed(small, row =>
      row.unit === 1 && row.day < flight.from ? { ...row, sales: -100 } : row,
    );
    expect(faultOf(wrong)).toMatch(
      /^the sales of unit zone-02 over 28 days add up to -2,800, less than nothing/,
    );
  });

  it('no control, or nobody treated; then at least the change can be told', () => {
    const everywhere = lay(panelRows({ treated: 4, control: 0 }));
    expect(everywhere.fault).toBe(
      'there is no control: the campaign ran in all 4 units of the panel, so nothing is left to compare with',
    );
    expect(everywhere.isWhole).toBe(true);
    expect(faultOf(panelRows({ treated: 0, control: 4 }))).toBe(
      'none of the 4 units of the panel was treated',
    );
  });
});
