import * as Plot from '@observablehq/plot';
import { chart } from './charts/chart.ts';
import type { Child } from './element.ts';
import type { NightTables } from './nightTables.ts';
import { clipped, note, type Paper, person, section, sourceLine } from './paper.ts';
import { table } from './table.ts';
import { featureName, featureValue, personaTexts } from './texts/personas.ts';
import { reasonIn } from './texts/reasons.ts';

/** `dim_personas`. */
export interface Persona {
  persona_id: string;
  name: string;
  name_fr: string | null;
  size: number;
  size_share: number | null;
  stability: number | null;
  stability_verdict: string | null;
  exemplars: string | null;
}

/** `fct_persona_features`. */
export interface Feature {
  persona_id: string;
  feature: string;
  direction: string;
  z: number | null;
  mean: number | null;
  mean_of_all: number | null;
  unit: string;
  is_defining: boolean;
}

export interface Personas {
  personas: Persona[];
  features: Feature[];
  /** Why there are none, where there are none. */
  reason: string | null;
}

/** Features that tell a persona best are drawn; all stand in the figures. */
const drawn = 7;

export async function readPersonas({ from, rows }: NightTables): Promise<Personas> {
  const personas = await rows<Persona>(
    `SELECT * FROM ${from('dim_personas', ['persona_id', 'name', 'name_fr', 'size', 'size_share', 'stability', 'stability_verdict', 'exemplars'])}
     ORDER BY size DESC, persona_id`,
  );
  const features = await rows<Feature>(
    `SELECT * FROM ${from('fct_persona_features', ['persona_id', 'feature', 'direction', 'z', 'mean', 'mean_of_all', 'unit', 'is_defining'])}
     ORDER BY persona_id, abs(z) DESC NULLS LAST, feature`,
  );
  const [none] = await rows<{ reason: string | null }>(
    `SELECT reason FROM ${from('fct_persona_choice', ['groups', 'is_chosen', 'reason'])} WHERE is_chosen AND groups = 1`,
  );
  return { personas, features, reason: none?.reason ?? null };
}

/** What influential people have in common: a card a persona, with what sets it apart. */
export function personasSection(paper: Paper, { personas, features, reason }: Personas): Child {
  const { make, format, language } = paper;
  const texts = personaTexts[language];
  if (personas.length === 0)
    return section(
      paper,
      { id: 'personas', title: texts.title, lead: texts.none },
      reason === null ? undefined : note(paper, reasonIn(paper, reason)),
      sourceLine(paper, { table: 'fct_persona_choice' }),
    );
  const people = personas.reduce((sum, row) => sum + row.size, 0);
  return section(
    paper,
    { id: 'personas', title: texts.title, lead: texts.lead(format.number(people), personas.length) },
    personas.map((row, place) =>
      card(
        paper,
        row,
        features.filter(feature => feature.persona_id === row.persona_id),
        place === 0,
      ),
    ),
    note(paper, texts.note),
    make('p', { class: 'note' }, texts.stability),
  );
}

function card(paper: Paper, persona: Persona, features: readonly Feature[], isFirst: boolean): Child {
  const { make, format, language } = paper;
  const texts = personaTexts[language];
  const name = clipped((language === 'fr' ? persona.name_fr : null) ?? persona.name, 160);
  const exemplars = persona.exemplars?.split(' ').slice(0, 3) ?? [];
  const verdict = persona.stability_verdict;
  return make(
    'article',
    { class: 'card' },
    make(
      'div',
      {},
      make('h3', {}, upper(name)),
      make(
        'p',
        {},
        texts.size(format.number(persona.size), format.percent(persona.size_share)),
        ' ',
        verdict === null ? undefined : (texts.verdicts[verdict] ?? verdict),
      ),
      exemplars.length === 0
        ? undefined
        : make(
            'p',
            { class: 'exemplars' },
            texts.exemplars,
            ' ',
            exemplars.map(id => [' ', person(paper, id)]),
          ),
      sourceLine(paper, { table: 'dim_personas', key: persona.persona_id }),
    ),
    features.length === 0 ? undefined : featureDots(paper, persona, features, isFirst),
  );
}

function upper(text: string): string {
  const [first = '', ...rest] = text;
  return first.toUpperCase() + rest.join('');
}

/** How far a persona is from the mean of all influential people, feature by feature; the same scale on every card. */
function featureDots(paper: Paper, persona: Persona, features: readonly Feature[], isFirst: boolean): Child {
  const { format, language } = paper;
  const texts = personaTexts[language];
  const told = (row: Feature) => featureValue(format, row.mean, row.unit);
  const rows = features.filter(row => row.z !== null).slice(0, drawn);
  const name = (row: Feature) => featureName(language, row.feature);
  const colour = (row: Feature) => (row.is_defining ? 'var(--accent)' : 'var(--quiet)');
  const reach = 2;
  return chart(paper, {
    title: texts.chart,
    legend: isFirst ? texts.legend : undefined,
    alternative: format.series(
      rows.map(row => texts.told(name(row), told(row), featureValue(format, row.mean_of_all, row.unit))),
    ),
    isSmall: true,
    draw: () => ({
      height: rows.length * 26 + 38,
      marginLeft: 152,
      marginRight: 74,
      marginTop: 8,
      marginBottom: 30,
      x: {
        domain: [-reach, reach],
        label: null,
        ticks: [-1.5, 0, 1.5],
        tickSize: 0,
        tickFormat: (z: number) => (z === 0 ? texts.mean : z < 0 ? texts.less : texts.more),
      },
      y: { axis: null, domain: rows.map(row => row.feature), padding: 0.5 },
      marks: [
        Plot.ruleX([0], { stroke: 'var(--muted)' }),
        Plot.ruleY(rows, { y: 'feature', x1: 0, x2: clamped(reach), stroke: colour, strokeWidth: 2 }),
        Plot.dot(rows, { x: clamped(reach), y: 'feature', r: 4.5, fill: colour }),
        Plot.text(rows, {
          y: 'feature',
          text: name,
          frameAnchor: 'left',
          textAnchor: 'end',
          dx: -10,
          fill: 'var(--ink)',
        }),
        Plot.text(rows, {
          y: 'feature',
          text: told,
          frameAnchor: 'right',
          textAnchor: 'start',
          dx: 10,
          fill: 'var(--muted)',
        }),
      ],
    }),
    figures: table(paper, {
      caption: texts.figures(persona.persona_id),
      columns: [
        { head: texts.feature },
        { head: texts.here, isNumber: true },
        { head: texts.all, isNumber: true },
        { head: texts.z, isNumber: true },
      ],
      rows: features.map(row => [
        name(row),
        told(row),
        featureValue(format, row.mean_of_all, row.unit),
        format.signed(row.z, 1),
      ]),
    }),
    sources: [{ table: 'fct_persona_features', key: persona.persona_id }],
  });
}

/** A standardised distance, drawn at the edge where it is beyond. */
function clamped(reach: number): (row: Feature) => number {
  return row => Math.max(-reach, Math.min(reach, row.z ?? 0));
}
