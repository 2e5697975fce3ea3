import { describe, expect, it } from 'vitest';
import type { ToldCost } from '../../../methods/campaign-cost.ts';
import { seededRandom } from '../../../methods/random.ts';
import { estimateReturns, type ReturnsInput } from '../../../methods/returns.ts';
import { changed, flight, panelRows, returnsInput } from './panels.ts';

const answerTo = (more: Partial<ReturnsInput>) => estimateReturns(returnsInput(more)).answer;
const rowOf = (method: string, more: Partial<ReturnsInput> = {}) =>
  estimateReturns(returnsInput(more)).rows.find(row => row.method === method)!;
const told = (amount: number, more: Partial<ToldCost> = {}): ToldCost => ({
  amount,
  ...{ afterFlight: 0, incentives: 0, withoutRate: 0, refused: 0 },
  ...more,
});

describe('the rows', () => {
  // Six units gain 20 a day over 14 days: 1,680 of sales, 840 at the margin, on a cost of 420.
  const { rows, answer, days, placebos } = estimateReturns(returnsInput());

  it('come with the best evidence first and the change last', () => {
    const levels = rows.map(row => row.level);
    expect(levels.slice(0, -1)).toEqual(levels.slice(0, -1).toSorted());
    expect(rows.at(-1)!.method).toBe('change');
    expect(new Set(rows.map(row => row.method)).size).toBe(rows.length);
  });

  it('have one headline, the best evidence that decided; the others agree with it or not', () => {
    expect(rows.filter(row => row.isHeadline).map(row => row.method)).toEqual(['randomised hold-out']);
    expect(rows[0]).toMatchObject({ verdict: 'gain', cost: 420, agrees: undefined });
    expect(rows[0]!.incremental).toBeCloseTo(1680, -2);
    expect(rows[0]!.roi).toBeCloseTo((rows[0]!.incremental * 0.5 - 420) / 420, 12);
    expect(rows[0]!.iroas).toBeCloseTo(rows[0]!.incremental / 420, 12);
    expect(rows.filter(row => row.agrees === false)).toEqual([]);
    expect(answer).toEqual({ verdict: 'gain', reason: rows[0]!.reason });
  });

  it('say in one sentence, with the figures, what came back', () => {
    const { reason, incremental } = rows[0]!;
    expect(reason).toMatch(
      new RegExp(
        `^Sales were ${Math.round(incremental).toLocaleString('en-GB')} EUR higher than without the campaign \\([0-9,]+ to [0-9,]+ EUR\\); at a margin of 50 % and a cost of 420 EUR that is a return of [0-9]+ % \\([0-9]+ % to [0-9]+ %\\); even the lower end is a gain\\.$`,
      ),
    );
  });

  it('of the change hold neither a return nor an incremental revenue', () => {
    const change = rows.at(-1)!;
    const panel = panelRows();
    const sold = (from: number, to: number) =>
      panel.sales.reduce(
        (sum, value, place) =>
          sum + (panel.unit[place]! < 6 && panel.day[place]! >= from && panel.day[place]! <= to ? value : 0),
        0,
      );
    const expected = sold(flight.from, flight.to) - sold(flight.preFrom, flight.preTo) / 2;
    expect(change.change).toBeCloseTo(expected, 6);
    expect(change).toMatchObject({
      verdict: 'change',
      level: Number.NaN,
      roi: Number.NaN,
      incremental: Number.NaN,
    });
  });

  it('have days and placebos of the methods that draw them, by day and by unit', () => {
    const drawn = days.filter(row => row.method === 'time-based regression');
    expect(drawn.map(row => row.isFlight)).toEqual([
      ...new Array(28).fill(false),
      ...new Array(14).fill(true),
    ]);
    expect([drawn[0]!.day, drawn.at(-1)!.day]).toEqual([flight.preFrom, flight.to]);
    const units = placebos.filter(row => row.kind === 'unit' && row.method === 'time-based regression');
    expect(units.map(row => row.placebo)).toEqual([
      'zone-07',
      'zone-08',
      'zone-09',
      'zone-10',
      'zone-11',
      'zone-12',
    ]);
    for (const { placebo } of placebos.filter(row => row.kind === 'time'))
      expect(placebo).toMatch(/^2026-02-[0-9]{2}$/);
  });
});

describe('the verdict', () => {
  it('is a loss where even the upper end is below the cost, and open where the interval holds 0', () => {
    const loss = answerTo({ panel: panelRows({ lift: 0, spent: 50 }) });
    expect(loss.verdict).toBe('loss');
    expect(loss.reason).toMatch('even the upper end is a loss');
    const open = answerTo({ panel: panelRows({ lift: 10, spent: 5 }) });
    expect(open.verdict).toBe('open');
    expect(open.reason).toMatch('whether it paid is open');
  });

  it('of a randomised hold-out needs lots', () => {
    const chosen = estimateReturns(returnsInput({ isRandom: false }));
    expect(chosen.rows[0]).toMatchObject({ method: 'randomised hold-out', verdict: 'cannot_tell' });
    expect(chosen.rows[0]!.reason).toMatch('if lots decided, say `panel.assignment: random`');
    expect(chosen.rows.find(row => row.isHeadline)!.method).toBe('time-based regression');
  });

  it('is missing where nothing was asked or nothing is there to answer with', () => {
    expect(answerTo({ flight: undefined })).toEqual({
      verdict: undefined,
      reason: 'The campaign file has no `flight`, so what came back is not asked.',
    });
    expect(estimateReturns(returnsInput({ flight: undefined })).rows).toEqual([]);
    expect(answerTo({ panel: undefined }).verdict).toBeUndefined();
  });

  it('is cannot_tell for what keeps every design from deciding, and the change is still told without a control', () => {
    const everywhere = estimateReturns(returnsInput({ panel: panelRows({ treated: 12, control: 0 }) }));
    expect(everywhere.answer).toEqual({
      verdict: 'cannot_tell',
      reason:
        'There is no control: the campaign ran in all 12 units of the panel, so nothing is left to compare with.',
    });
    expect(everywhere.rows.filter(row => row.verdict !== 'cannot_tell').map(row => row.method)).toEqual([
      'change',
    ]);
    expect(everywhere.rows.at(-1)!.change).not.toBeNaN();
    const holed = estimateReturns(
      returnsInput({
        panel: changed(panelRows(), row => (row.unit === 0 && row.day === flight.to ? undefined : row)),
      }),
    );
    expect(holed.answer.reason).toMatch(/^The panel has no sales of unit zone-01 on 2026-03-15: write 0/);
    expect(holed.rows.at(-1)!.change).toBeNaN();
  });

  it('of one treated unit is left to designs that can do with one', () => {
    const { rows } = estimateReturns(
      returnsInput({ panel: panelRows({ treated: 1, control: 8, lift: 60 }) }),
    );
    const refused = rows.filter(row => row.verdict === 'cannot_tell').map(row => row.method);
    expect(refused).toContain('randomised hold-out');
    expect(refused).toContain('difference-in-differences');
    expect(rows.find(row => row.method === 'randomised hold-out')!.reason).toMatch('1 treated unit');
    expect(rows.find(row => row.isHeadline)!.method).toBe('time-based regression');
  });
});

describe('the cost', () => {
  it('is that of the sheet, with the ledger where the sheet has no incentives', () => {
    expect(
      rowOf('time-based regression', { costs: told(400, { incentives: 2 }), ledger: told(50) }).cost,
    ).toBe(400);
    const row = rowOf('time-based regression', { costs: told(370), ledger: told(50, { incentives: 9 }) });
    expect(row.cost).toBe(420);
    expect(row.reason).toMatch('; 50 EUR of the cost are what the ledger paid.');
    expect(rowOf('time-based regression', { ledger: told(50) }).cost).toBe(420);
  });

  it('counts what was spent after the flight, and says so; and that the panel tells another', () => {
    const row = rowOf('time-based regression', { costs: told(600, { afterFlight: 100, incentives: 1 }) });
    expect(row.cost).toBe(600);
    expect(row.reason).toMatch(
      '; 100 EUR of the cost were spent after the flight; the panel tells another cost, 420 EUR (-30 %).',
    );
    expect(rowOf('time-based regression', { costs: told(422) }).reason).not.toMatch('another cost');
  });

  it('of nothing, or unknown, leaves the sales but no return', () => {
    for (const more of [{ panel: panelRows({ spent: 0 }) }, { costs: told(0) }]) {
      const row = rowOf('time-based regression', more);
      expect(row).toMatchObject({ cost: 0, roi: Number.NaN, iroas: Number.NaN, verdict: 'cannot_tell' });
      expect(row.reason).toMatch(
        /^No cost is told, and a return on nothing spent has no meaning; sales were [0-9,]+ EUR higher/,
      );
    }
    const unrated = answerTo({ costs: told(100), ledger: told(5, { withoutRate: 2 }) });
    expect(unrated.reason).toMatch('2 payments of the ledger have no rate to EUR in `rates`');
    const unread = answerTo({ costs: told(100, { refused: 1 }) });
    expect(unread.verdict).toBe('cannot_tell');
    expect(unread.reason).toMatch('What the campaign cost is not known: 1 row of `costs` could not be read');
  });

  it('is estimated by the same design where others spend too: an interval by Fieller', () => {
    const elsewhere = changed(panelRows(), row => ({
      ...row,
      cost: row.cost + 20 + 0.4 * Math.sin(row.unit + 3 * row.day),
    }));
    const row = rowOf('time-based regression', { panel: elsewhere });
    expect(row.cost).toBeGreaterThan(400);
    expect(row.cost).toBeLessThan(440);
    expect(row.iroas).toBeCloseTo(row.incremental / row.cost, 10);
    const fixed = rowOf('time-based regression', { costs: told(row.cost, { incentives: 1 }) });
    expect(row.iroasHigh - row.iroasLow).toBeGreaterThan(fixed.iroasHigh - fixed.iroasLow);
    expect(row.verdict).toBe('gain');
  });

  it('that cannot be told from nothing leaves an interval without bounds', () => {
    const random = seededRandom(2, 'test', 'noisy costs');
    const common = Float64Array.from({ length: 50 }, () => 60 * random.next());
    const noisy = changed(panelRows({ spent: 1 }), row => ({
      ...row,
      cost: row.cost + 100 + common[row.day - flight.preFrom]! + 40 * random.next(),
    }));
    const row = rowOf('time-based regression', { panel: noisy });
    expect(row).toMatchObject({
      isUnbounded: true,
      roiLow: Number.NaN,
      roiHigh: Number.NaN,
      verdict: 'cannot_tell',
    });
    expect(row.reason).toMatch('The cost is too uncertain to be told from nothing');
  });
});

it('without a margin tells sales and iROAS, and says which key would tell the return', () => {
  const row = rowOf('time-based regression', { margin: Number.NaN });
  expect(row).toMatchObject({ verdict: 'cannot_tell', roi: Number.NaN });
  expect(row.iroas).toBeCloseTo(row.incremental / 420, 12);
  expect(row.reason).toMatch('No margin is known: give `panel.margin` or `orders.margin`');
});

it('people drawn into arms are units of two periods', () => {
  const arm = Int32Array.from({ length: 60 }, (_, person) => (person % 3 === 0 ? 0 : 1));
  const before = Float64Array.from(arm, (_, person) => 20 + ((person * 7) % 13));
  const during = Float64Array.from(
    arm,
    (side, person) => before[person]! / 2 + ((person * 5) % 7) + 30 * side,
  );
  const row = rowOf('people hold-out', {
    panel: undefined,
    people: { arm, before, during },
    costs: told(300, { incentives: 1 }),
  });
  expect(row).toMatchObject({
    level: 1,
    treated: 40,
    control: 20,
    verdict: 'gain',
    isHeadline: true,
    cost: 300,
  });
  expect(row.incremental / 40).toBeCloseTo(30, -1);
});
