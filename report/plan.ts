import { intervalDots } from './charts/intervalDots.ts';
import type { Child } from './element.ts';
import { holdOut } from './holdOut.ts';
import type { NightTables } from './nightTables.ts';
import { clipped, note, type Paper, person, prose, section, sourceLine } from './paper.ts';
import { table } from './table.ts';
import { planTexts } from './texts/plan.ts';
import { platformName } from './texts/platforms.ts';

/** `fct_recruitment_plan`, with the name of the persona in both languages. */
export interface PlanRow {
  author_id: string;
  plan_rank: number | null;
  cost: number;
  marginal_reach: number | null;
  cumulative_reach: number | null;
  arm: string;
  currency: string;
  budget: number;
  acceptance: number | null;
  platform: string;
  persona_name: string | null;
  persona_name_fr: string | null;
}

/** `fct_recruitment_alternatives`. */
export interface Alternative {
  strategy: string;
  cost: number;
  reach: number;
  lower_bound: number;
  upper_bound: number;
  currency: string;
  people: number;
  ratio_to_plan: number | null;
  confidence: number;
  guaranteed_ratio: number | null;
}

/** `fct_recruitment_holdout`. */
export interface HoldOut {
  design: string;
  units_asked: number | null;
  units_held_out: number | null;
  smallest_effect_share: number | null;
  smallest_total: number | null;
  smallest_iroas: number | null;
  power: number;
  currency: string | null;
  verdict: string;
  reason: string;
}

export interface Plan {
  people: PlanRow[];
  alternatives: Alternative[];
  holdOuts: HoldOut[];
}

const planColumns = [
  ...['author_id', 'plan_rank', 'cost', 'marginal_reach', 'cumulative_reach', 'arm', 'currency', 'budget'],
  ...['acceptance', 'platform', 'persona_id'],
];
const alternativeColumns = [
  ...['strategy', 'cost', 'reach', 'lower_bound', 'upper_bound', 'currency', 'people', 'ratio_to_plan'],
  ...['confidence', 'guaranteed_ratio'],
];
const holdOutColumns = [
  ...['design', 'units_asked', 'units_held_out', 'smallest_effect_share', 'smallest_total', 'smallest_iroas'],
  ...['power', 'currency', 'verdict', 'reason'],
];

export async function readPlan({ from, rows }: NightTables): Promise<Plan> {
  const plan = from('fct_recruitment_plan', planColumns, 'p');
  const personas = from('dim_personas', ['persona_id', 'name', 'name_fr'], 'd');
  const people = await rows<PlanRow>(
    `SELECT p.*, d.name AS persona_name, d.name_fr AS persona_name_fr
     FROM ${plan} LEFT JOIN ${personas} USING (persona_id)
     ORDER BY plan_rank NULLS LAST, author_id`,
  );
  const alternatives = await rows<Alternative>(
    `SELECT * FROM ${from('fct_recruitment_alternatives', alternativeColumns)} ORDER BY reach DESC, strategy`,
  );
  const holdOuts = await rows<HoldOut>(
    `SELECT * FROM ${from('fct_recruitment_holdout', holdOutColumns)} ORDER BY design`,
  );
  return { people, alternatives, holdOuts };
}

/** People that a page bears; `plan export` has them all. */
const askedShown = 40;

/** Whom to ask for this budget, and how that beats the obvious choices. */
export function planSection(paper: Paper, { people, alternatives, holdOuts }: Plan): Child {
  const { make, format, language } = paper;
  const texts = planTexts[language];
  const asked = people.filter(row => row.arm === 'ask');
  const first = people[0];
  if (first === undefined || asked.length === 0)
    return section(paper, {
      id: 'plan',
      title: texts.titleEmpty,
      lead: first === undefined ? prose(paper, texts.empty) : texts.nobody,
    });
  const money = (amount: number) => format.money(amount, first.currency);
  const plan = alternatives.find(row => row.strategy === 'plan');
  const lead = [
    texts.lead(asked.length, format.about(asked.at(-1)!.cumulative_reach)),
    ...comparisons(paper, alternatives),
    ...(plan?.guaranteed_ratio
      ? [texts.guarantee(format.percent(Math.floor(plan.guaranteed_ratio * 100) / 100))]
      : []),
  ].join(' ');
  const rows = asked
    .slice(0, askedShown)
    .map(row => [
      [person(paper, row.author_id), make('small', {}, where(paper, row))],
      money(row.cost),
      format.percent(row.acceptance),
      format.number(row.marginal_reach, 1),
      format.number(row.cumulative_reach, 1),
    ]);
  return section(
    paper,
    { id: 'plan', title: texts.title(money(first.budget)), lead },
    table(paper, {
      caption: texts.caption,
      columns: [
        { head: texts.person },
        { head: texts.cost, isNumber: true },
        { head: texts.acceptance, isNumber: true },
        { head: texts.adds, isNumber: true },
        { head: texts.soFar, isNumber: true },
      ],
      rows,
    }),
    sourceLine(paper, { table: 'fct_recruitment_plan' }, { table: 'dim_personas' }),
    asked.length > askedShown
      ? make('p', {}, texts.more(format.number(asked.length - askedShown)))
      : undefined,
    note(paper, texts.reach),
    alternatives.length > 0 ? strategies(paper, alternatives) : undefined,
    holdOut(
      paper,
      people.filter(row => row.arm !== 'ask'),
      holdOuts,
    ),
  );
}

/** The network and the persona, as far as they are known. */
function where({ language }: Paper, { platform, persona_name, persona_name_fr }: PlanRow): string {
  const name = language === 'fr' ? (persona_name_fr ?? persona_name) : persona_name;
  return [platformName(platform), ...(name === null ? [] : [clipped(name)])].join(' · ');
}

/** How many times what the obvious choices reach. */
function comparisons({ format, language }: Paper, alternatives: readonly Alternative[]): string[] {
  const texts = planTexts[language];
  const parts = ['top followers', 'random'].flatMap(strategy => {
    const ratio = alternatives.find(row => row.strategy === strategy)?.ratio_to_plan;
    return ratio ? [texts.times(format.about(1 / ratio), texts.instead[strategy]!)] : [];
  });
  return parts.length === 0 ? [] : [texts.compared(format.list(parts))];
}

function strategies(paper: Paper, alternatives: readonly Alternative[]): Child {
  const { format, language } = paper;
  const texts = planTexts[language];
  const name = (strategy: string) => texts.strategies[strategy] ?? strategy;
  return intervalDots(paper, {
    title: texts.chart,
    legend: texts.chartLegend(format.percent(alternatives[0]!.confidence)),
    alternative: format.series(
      alternatives.map(row => texts.told(name(row.strategy), format.number(row.reach, 1))),
    ),
    axis: texts.axis,
    from: 0,
    rows: alternatives.map(row => ({
      label: name(row.strategy),
      value: row.reach,
      low: row.lower_bound,
      high: row.upper_bound,
      isAccented: row.strategy === 'plan',
    })),
    tell: value => format.number(value, 1),
    tick: value => format.number(value),
    figures: table(paper, {
      caption: texts.chart,
      columns: [
        { head: texts.strategy },
        { head: texts.peopleAsked, isNumber: true },
        { head: texts.cost, isNumber: true },
        { head: texts.axis, isNumber: true },
        { head: texts.atLeast, isNumber: true },
        { head: texts.atMost, isNumber: true },
      ],
      rows: alternatives.map(row => [
        name(row.strategy),
        format.about(row.people),
        format.money(row.cost, row.currency),
        format.number(row.reach, 1),
        format.number(row.lower_bound, 1),
        format.number(row.upper_bound, 1),
      ]),
    }),
    sources: [{ table: 'fct_recruitment_alternatives' }],
  });
}
