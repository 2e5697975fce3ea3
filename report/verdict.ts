import type { Child } from './element.ts';
import type { Formats } from './formats.ts';
import type { NightTables } from './nightTables.ts';
import { type Paper, prose, sourceLine } from './paper.ts';
import type { PlanRow } from './plan.ts';
import type { ReturnRow } from './returns.ts';
import { methodNames } from './texts/methods.ts';
import { reasonIn } from './texts/reasons.ts';
import { type VerdictTexts, verdictTexts } from './texts/verdict.ts';

/** `dim_night`. */
export interface Night {
  campaign: string;
  as_of: string;
  verdict: string;
  reason: string;
  messages: number;
  quarantined: number;
  returns_verdict: string | null;
  returns_reason: string | null;
}

const columns: readonly (keyof Night)[] = [
  'campaign',
  'as_of',
  'verdict',
  'reason',
  'messages',
  'quarantined',
  'returns_verdict',
  'returns_reason',
];

export async function readNight({ from, rows }: NightTables): Promise<Night> {
  return (await rows<Night>(`SELECT * FROM ${from('dim_night', columns)}`))[0]!;
}

/** What the page says first: the verdict, how it is known, and whether the night can be trusted. */
export function verdict(
  paper: Paper,
  { night, returns, plan }: { night: Night; returns: readonly ReturnRow[]; plan: readonly PlanRow[] },
): Child {
  const { make, format, language } = paper;
  const texts = verdictTexts[language];
  const headline = returns.find(row => row.is_headline);
  const asked = plan.filter(row => row.arm === 'ask');
  const known = headline === undefined ? undefined : howKnown(paper, headline);
  const whyNot = headline === undefined ? whyNothing(paper, night) : undefined;
  const facts = [
    [texts.until, format.day(night.as_of)],
    [texts.messages, format.number(night.messages)],
    [texts.refused, format.number(night.quarantined)],
    [texts.state, texts.states[night.verdict] ?? night.verdict],
  ] as const;
  return make(
    'header',
    { id: 'verdict' },
    make(
      'p',
      { class: 'kicker' },
      night.campaign,
      ' · ',
      make('time', { datetime: night.as_of }, format.day(night.as_of)),
    ),
    make('h1', {}, sentence(format, texts, night, headline, asked.length)),
    known === undefined && whyNot === undefined ? undefined : make('p', { class: 'lead' }, known, whyNot),
    headline === undefined ? undefined : sourceLine(paper, { table: 'fct_returns', key: headline.method }),
    make(
      'dl',
      { class: 'facts' },
      facts.map(([name, value]) => make('div', {}, make('dt', {}, name), make('dd', {}, value))),
    ),
    sourceLine(paper, { table: 'dim_night' }),
  );
}

function sentence(
  format: Formats,
  texts: VerdictTexts,
  night: Night,
  headline: ReturnRow | undefined,
  asked: number,
): string {
  if (night.messages === 0) return texts.empty;
  if (headline === undefined) {
    if (night.returns_verdict === 'cannot_tell') return texts.cannotTell;
    return asked > 0 ? texts.askNext : texts.whoMoves;
  }
  const { roi, roi_low, roi_high, is_unbounded, currency } = headline;
  const money = (value: number | null) => format.money(value, currency);
  const one = money(1);
  if (is_unbounded || roi === null || roi_low === null || roi_high === null) return texts.unbounded;
  if (headline.verdict === 'gain') return texts.gain(one, money(roi), money(roi_low), money(roi_high));
  if (headline.verdict === 'loss') return texts.loss(one, money(-roi), money(-roi_high), money(-roi_low));
  return texts.open(one, money(Math.max(0, -roi_low)), money(Math.max(0, roi_high)));
}

function howKnown({ language, format }: Paper, { method, evidence_level, confidence }: ReturnRow): string {
  return verdictTexts[language].known(
    methodNames[language][method] ?? method,
    format.number(evidence_level),
    format.percent(confidence),
  );
}

function whyNothing(paper: Paper, { returns_reason }: Night): Child {
  return returns_reason === null
    ? prose(paper, verdictTexts[paper.language].noPanel)
    : reasonIn(paper, returns_reason);
}
