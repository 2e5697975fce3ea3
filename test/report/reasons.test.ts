import { describe, expect, it } from 'vitest';
import type { PanelRows } from '../../methods/panel-rows.ts';
import { estimateReturns, type ReturnsInput } from '../../methods/returns.ts';
import { pageOf } from '../../report/page.ts';
import { changed, flight, panelRows, returnsInput } from '../methods/returns/panels.ts';
import { bareNight } from './night.ts';

/** A reason on the French page of a night that can't tell. */
function told(returns_reason: string): string {
  const night = {
    ...bareNight,
    night: { ...bareNight.night, returns_verdict: 'cannot_tell', returns_reason },
  };
  return /<h1>.*?<p class="lead">(.*?)<\/p>/.exec(pageOf(night, 'fr'))![1]!.replace(/[\u00a0\u202f]/g, ' ');
}

describe('reasons', () => {
  it('are put into French, clause by clause, with their figures', () => {
    expect(
      told(
        'There is no control: the campaign ran in all 1,024 units of the panel, so nothing is left to compare with.',
      ),
    ).toBe(
      'Il n’y a pas de zone témoin : la campagne a eu lieu dans les 1 024 unités du panel, il ne reste rien à comparer.',
    );
    expect(
      told(
        'The panel has no sales of unit <b>z</b> on 2026-03-02, the first of 12 such holes: write 0 where nothing was sold; nothing is filled in, because a guess would pass for a measurement.',
      ),
    ).toBe(
      'Le panel n’a pas de ventes de l’unité &lt;b&gt;z&lt;/b&gt; le 2026-03-02, premier de 12 trous : écrivez 0 là où rien ne s’est vendu ; rien n’est complété, car une supposition passerait pour une mesure.',
    );
    expect(told('4 treated units are too few; this design needs at least 5.')).toBe(
      '4 unités exposées, c’est trop peu ; cette méthode en demande au moins 5.',
    );
    expect(
      told(
        'It would find only a campaign that brings back 7.3 times what pays for it, and more than 3 times is too much to ask of one.',
      ),
    ).toContain('rapportant 7,3 fois de quoi la payer');
  });

  it('are marked as English where no French is known', () => {
    expect(told('The moon stood in the way; nothing helped.')).toBe(
      '<span lang="en">The moon stood in the way; nothing helped.</span>',
    );
  });
});

describe('every refusal that the designs give', () => {
  const panel = panelRows();
  const sold = (sales: (row: { unit: number; day: number; sales: number }) => number) =>
    changed(panel, row => ({ ...row, sales: sales(row) }));
  const beside = (more: Partial<PanelRows>) => ({ panel: { ...panel, ...more } });
  const spanOf = (first: number, last: number) => beside({ span: { first, last } });
  const unitsBut = (name: string, treatedDays: number) =>
    beside({ units: panel.units.map(unit => (unit.name === name ? { ...unit, treatedDays } : unit)) });
  const inputs: Record<string, Partial<ReturnsInput>> = {
    'no margin': { margin: Number.NaN },
    'no cost': { panel: panelRows({ spent: 0 }) },
    'cost everywhere': { panel: changed(panel, row => ({ ...row, cost: 5 + (row.day % 3) })) },
    'the same cost everywhere': { panel: changed(panel, row => ({ ...row, cost: 5 })) },
    'payments without a rate': {
      costs: { amount: 100, afterFlight: 0, incentives: 0, withoutRate: 0, refused: 0 },
      ledger: { amount: 10, afterFlight: 0, incentives: 1, withoutRate: 2, refused: 0 },
    },
    'costs that could not be read': {
      costs: { amount: 100, afterFlight: 0, incentives: 0, withoutRate: 0, refused: 3 },
    },
    'rows of the panel that could not be read': beside({
      refused: { rows: 2, first: 'group maybe is neither' },
    }),
    'one row that could not be read': beside({ refused: { rows: 1, first: 'group maybe is neither' } }),
    'sales beyond what tables hold': { panel: sold(row => 1e14 * row.sales) },
    'less cost where the campaign ran': {
      panel: changed(panel, row => ({ ...row, cost: 9 + (row.day % 3) + 0.1 * (row.unit % 4) - row.cost })),
    },
    'chosen units': { isRandom: false },
    'one treated unit': { panel: panelRows({ treated: 1 }) },
    'one unit of each': { panel: panelRows({ treated: 1, control: 1 }) },
    'no control': { panel: panelRows({ control: 0 }) },
    'nobody treated': { panel: panelRows({ treated: 0 }) },
    'a unit that changes arm': unitsBut('zone-09', 3),
    'a hole': { panel: changed(panel, row => (row.unit === 3 && row.day === flight.from ? undefined : row)) },
    'less than nothing sold': { panel: sold(row => (row.unit === 2 ? -row.sales : row.sales)) },
    'nothing but zeros': { panel: sold(() => 0) },
    'all alike': { panel: sold(() => 7) },
    'another zone in each arm': {
      panel: sold(row => (row.unit < 6 ? row.sales : (row.day * row.unit * 37) % 11)),
    },
    'a drift': { panel: sold(row => row.sales + (row.unit < 6 ? 3 * (row.day - flight.preFrom) : 0)) },
    'treated units ten times as large': {
      panel: sold(row => row.sales * (row.unit < 6 ? 10 : 1) * (row.day < flight.from ? 1 : 2)),
    },
    'a flight to come': { nextDay: flight.from - 3 },
    'a flight that goes on': { nextDay: flight.to },
    'a panel that ends early': spanOf(flight.preFrom, flight.to - 2),
    'a panel that begins late': spanOf(flight.preFrom + 2, flight.to),
    'a panel of the flight only': spanOf(flight.from, flight.to),
    'a panel of another year': spanOf(flight.to + 100, flight.to + 200),
    'an empty panel': beside({ span: undefined }),
    'no power': { panel: changed(panel, row => ({ ...row, cost: row.cost / 1000 })) },
    'people, before the end': {
      nextDay: flight.to,
      people: { arm: Int32Array.of(0, 1), before: Float64Array.of(1, 2), during: Float64Array.of(1, 2) },
    },
    'two people': {
      people: { arm: Int32Array.of(0, 1), before: Float64Array.of(1, 2), during: Float64Array.of(1, 2) },
    },
  };

  it.each(Object.entries(inputs))('is put into French: %s', (_, input) => {
    const rows = estimateReturns(returnsInput(input)).rows.filter(row => row.verdict === 'cannot_tell');
    expect(rows).not.toEqual([]);
    for (const { reason } of rows) expect(told(reason)).not.toContain('lang="en"');
  });
});
