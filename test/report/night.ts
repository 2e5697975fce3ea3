import type { NightOnPage } from '../../report/read.ts';
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
  returnRow({ method: 'change', verdict: 'change', incremental: 131_225.4, confidence: null }),
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

export const noReturns: Returns = { methods: [], placebos: [], days: [], credits: [] };

const persona = {
  persona_name: 'people on X, passed on directly',
  persona_name_fr: 'gens de X, relayés en direct',
};

/** A night with something in every section. The texts of other people's choosing are `says`, so that a test may make them hostile. */
export function nightOf(says: (harmless: string) => string = text => text): NightOnPage {
  const id = (number: number) => says(`x:${1000 + number}`);
  return {
    version: '2026-03-28-0123456789abcdef',
    night: {
      campaign: 'gelato-spring',
      as_of: '2026-03-28',
      verdict: 'partial',
      reason: 'Some rows could not be read.',
      messages: 19_776,
      quarantined: 52,
      returns_verdict: 'gain',
      returns_reason: null,
    },
    plan: {
      people: [
        ...[1, 2, 3].map(rank => ({
          author_id: id(rank),
          plan_rank: rank,
          cost: 200 + 25.5 * rank,
          marginal_reach: 4 / rank,
          cumulative_reach: 4 + rank,
          arm: 'ask',
          currency: 'EUR',
          budget: 2000,
          acceptance: 0.7,
          platform: rank === 3 ? says('bluesky') : 'x',
          persona_name: says(persona.persona_name),
          persona_name_fr: says(persona.persona_name_fr),
        })),
        {
          author_id: id(4),
          plan_rank: null,
          cost: 0,
          marginal_reach: null,
          cumulative_reach: null,
          arm: 'hold-out',
          currency: 'EUR',
          budget: 2000,
          acceptance: 0.5,
          platform: 'x',
          persona_name: null,
          persona_name_fr: null,
        },
      ],
      alternatives: [
        ['plan', 7.2, 1],
        ['next best', 6.9, 0.96],
        ['top followers', 3.6, 0.5],
        ['random', 2.4, 1 / 3],
      ].map(([strategy, reach, ratio]) => ({
        strategy: strategy as string,
        cost: 2000,
        reach: reach as number,
        lower_bound: (reach as number) - 0.3,
        upper_bound: (reach as number) + 0.3,
        currency: 'EUR',
        people: 3,
        ratio_to_plan: ratio as number,
        confidence: 0.99,
        guaranteed_ratio: strategy === 'plan' ? 0.842 : null,
      })),
      holdOuts: [
        {
          design: 'people',
          units_asked: 3,
          units_held_out: 1,
          smallest_effect_share: null,
          smallest_total: null,
          smallest_iroas: null,
          power: 0.8,
          currency: null,
          verdict: 'cannot_tell',
          reason: 'too few units: each arm needs five',
        },
        {
          design: 'units',
          units_asked: 12,
          units_held_out: 12,
          smallest_effect_share: 0.0723,
          smallest_total: 100_297.28,
          smallest_iroas: 50.1,
          power: 0.8,
          currency: 'EUR',
          verdict: 'decides',
          reason: '',
        },
      ],
    },
    returns: {
      ...returns,
      placebos: placebos.map(row => (row.kind === 'unit' ? { ...row, placebo: says(row.placebo) } : row)),
      credits: returns.credits.map(row => ({ ...row, author_id: says(row.author_id) })),
    },
    influence: {
      top: [1, 2, 3].map(number => ({
        person_id: id(number),
        person_cie: 0.002 / number,
        cie_rank: number,
        cie_rank_low: null,
        cie_rank_high: null,
        above_chance: null,
        cie_without_coordination: 0.0019 / number,
        followers: number === 3 ? null : 100 * number,
        forwards_received: 12 * number,
        pagerank: 0.01 / number,
      })),
      people: 1124,
      alsoMostFollowed: 1,
      flaggedPairs: 66,
      flaggedAccounts: 12,
      values: [1, 2].map(number => ({
        author_id: id(number),
        clv: 100,
        influence_value: 55 / number,
        civ_gross: 155 / number,
        civ_net: 155 - 40 * number,
        currency: 'EUR',
      })),
    },
    cascade: {
      cascade: {
        root_id: says('bluesky:at://did:plc:root/post/1'),
        author_id: id(5),
        platform: 'bluesky',
        day: '2026-02-15',
        size: 5,
        max_depth: 2,
        structural_virality: 2,
        seconds_to_half: 1982.6,
      },
      messages: [
        { message_id: says('a'), parent_id: null, seconds: 0, kind: 'post' },
        { message_id: 'b', parent_id: says('a'), seconds: 300, kind: 'reshare' },
        { message_id: 'c', parent_id: says('a'), seconds: 1982.6, kind: 'reshare' },
        { message_id: 'd', parent_id: 'b', seconds: 4000, kind: 'reshare' },
        { message_id: 'e', parent_id: 'b', seconds: 9000, kind: 'reshare' },
      ],
    },
    personas: {
      personas: [
        {
          persona_id: 'persona-1',
          name: says('people on X, passed on directly'),
          name_fr: says('gens de X, relayés en direct'),
          size: 23,
          size_share: 0.42,
          stability: 0.96,
          stability_verdict: 'stable',
          exemplars: [id(1), id(2)].map(name => name.replaceAll(' ', '')).join(' '),
        },
      ],
      features: [
        ['platform_x', 1.18, 0.939, 0.4, 'share of messages', true],
        ['virality', -0.76, 1.03, 1.13, 'mean distance between messages', true],
        ['hour', -0.68, 8.4, 13.3, 'hour of the day', true],
        ['response_seconds', 0.25, 2613.8, 1804.5, 'seconds', false],
        [says('like_mindedness'), null, null, 0.8, 'cosine, 0 to 1', false],
      ].map(([feature, z, mean, mean_of_all, unit, is_defining]) => ({
        persona_id: 'persona-1',
        feature: feature as string,
        direction: 'high',
        z: z as number | null,
        mean: mean as number | null,
        mean_of_all: mean_of_all as number,
        unit: unit as string,
        is_defining: is_defining as boolean,
      })),
      reason: null,
    },
    topics: {
      topics: ['ice cream', 'price'].map((topic, index) => ({
        topic: says(topic),
        talkers: 558 - 200 * index,
        messages: 4129 - 1000 * index,
        people: 1139,
        share_of_people: 0.49,
        interested: 140 - 60 * index,
      })),
      neighbours: [{ topic: says('ice cream'), neighbour: says('price'), people: 12, share: 0.1, lift: 1.9 }],
      words: [{ topic: says('ice cream'), word: says('sorbet') }],
    },
    unseen: {
      hours: [
        { day: '2026-03-26', hour: 8, fetched: 40, failed: 1, deleted: 0 },
        { day: '2026-03-26', hour: 9, fetched: 25, failed: 0, deleted: 0 },
        { day: '2026-03-28', hour: 21, fetched: 3, failed: 0, deleted: 2 },
      ],
      measures: [
        { table_name: 'stg_messages', source: says('x'), measure: 'quarantined', value: 52 },
        { table_name: 'stg_messages', source: 'x', measure: 'rows_read', value: 20_255 },
        { table_name: 'stg_messages', source: 'x', measure: says('unmapped:client'), value: 10 },
        { table_name: 'fct_cascades', source: 'all', measure: 'roots_unseen', value: 40 },
      ],
    },
  };
}
