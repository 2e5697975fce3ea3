import type { Placebo, ReturnDay, ReturnRow, Returns } from '../../report/returns.ts';

/** A row of `fct_returns`; what is not given is not known. */
export function returnRow(row: Partial<ReturnRow> & Pick<ReturnRow, 'method' | 'verdict'>): ReturnRow {
  return {
    incremental: null,
    incremental_low: null,
    incremental_high: null,
    cost: 24_000.2,
    currency: 'EUR',
    roi: null,
    roi_low: null,
    roi_high: null,
    iroas: null,
    iroas_low: null,
    iroas_high: null,
    evidence_level: null,
    reason: null,
    confidence: 0.95,
    may_decide: true,
    is_headline: false,
    agrees_with_headline: null,
    is_unbounded: false,
    change: null,
    placebos: null,
    placebos_apart: null,
    ...row,
  };
}

/** The return of incremental sales with a margin of .42 over a cost of 24,000.20, as the stage computes it. */
function measured(
  method: string,
  evidence_level: number,
  [low, incremental, high]: readonly [number, number, number],
  more: Partial<ReturnRow> = {},
): ReturnRow {
  const cost = 24_000.2;
  const roi = (sales: number) => (sales * 0.42 - cost) / cost;
  return returnRow({
    method,
    evidence_level,
    incremental,
    incremental_low: low,
    incremental_high: high,
    roi: roi(incremental),
    roi_low: roi(low),
    roi_high: roi(high),
    iroas: incremental / cost,
    iroas_low: low / cost,
    iroas_high: high / cost,
    verdict: roi(low) > 0 ? 'gain' : roi(high) < 0 ? 'loss' : 'open',
    agrees_with_headline: true,
    ...more,
  });
}

const methods: ReturnRow[] = [
  measured('randomised hold-out', 1, [61_300, 76_751.72, 92_203.44], {
    is_headline: true,
    agrees_with_headline: null,
    placebos: 8,
    placebos_apart: 1,
  }),
  returnRow({
    method: 'people hold-out',
    evidence_level: 1,
    verdict: 'cannot_tell',
    reason: 'too few units: each arm needs five',
  }),
  measured('time-based regression', 2, [66_000, 78_900, 91_800]),
  measured('synthetic control', 2, [52_100, 74_200, 96_300]),
  measured('difference-in-differences', 3, [95_000, 118_400, 141_800], { agrees_with_headline: false }),
  measured('structural time series', 4, [12_000, 58_000, 104_000], { may_decide: false }),
  returnRow({
    method: 'codes and links',
    evidence_level: 5,
    verdict: 'bounds',
    incremental_low: 9_120.5,
    incremental_high: 31_704.75,
  }),
  returnRow({ method: 'change', verdict: 'change', change: 131_225.4, confidence: null }),
];

const placebos: Placebo[] = [
  ...['2026-01-04', '2026-01-09', '2026-01-14', '2026-01-19'].map((placebo, index) => ({
    method: 'randomised hold-out',
    kind: 'time',
    placebo,
    effect: 9000 - index * 6000,
    effect_low: -6500 - index * 6000,
    effect_high: 24_500 - index * 6000,
    is_apart: false,
  })),
  ...['zone 02', 'zone 05', 'zone 11'].map((placebo, index) => ({
    method: 'randomised hold-out',
    kind: 'unit',
    placebo,
    effect: 3000 - index * 2800,
    effect_low: 400 - index * 2800,
    effect_high: 5600 - index * 2800,
    is_apart: index === 0,
  })),
];

const days: ReturnDay[] = Array.from({ length: 84 }, (_, index) => {
  const expected = 48_000 + 3000 * Math.sin((index * 2 * Math.PI) / 7) + index * 40;
  const is_flight = index >= 56;
  return {
    method: 'randomised hold-out',
    day: new Date(Date.UTC(2026, 0, 4 + index)).toISOString().slice(0, 10),
    observed: Math.round(expected + 700 * Math.sin(index * 2.7) + (is_flight ? 2741 : 0)),
    expected: Math.round(expected),
    expected_low: Math.round(expected - 1300),
    expected_high: Math.round(expected + 1300),
    is_flight,
  };
});

export const returns: Returns = {
  methods,
  placebos,
  days,
  credits: [
    { author_id: 'x:1', currency: 'EUR', codes: 5120.5, markov: 4811.25, shapley: 4990 },
    {
      author_id: 'bluesky:did:plc:abcdefghijklmnop',
      currency: 'EUR',
      codes: null,
      markov: 2210,
      shapley: 1840.5,
    },
  ],
};
