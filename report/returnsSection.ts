import { credits } from './credits.ts';
import type { Child } from './element.ts';
import { forest } from './forest.ts';
import { note, type Paper, prose, section, sourceLine } from './paper.ts';
import { placebos } from './placebos.ts';
import { returnDays } from './returnDays.ts';
import { lacksMarginOnly, type ReturnRow, type Returns } from './returns.ts';
import { methodGlosses, methodNames } from './texts/methods.ts';
import { reasonIn } from './texts/reasons.ts';
import { returnsTexts } from './texts/returns.ts';
import type { Night } from './verdict.ts';

/** What the last campaign returned, level by level; what disagrees is shown as disagreeing. */
export function returnsSection(paper: Paper, returns: Returns, night: Night): Child {
  const texts = returnsTexts[paper.language];
  const title = texts.title;
  const { methods } = returns;
  if (methods.length === 0)
    return section(paper, {
      id: 'returns',
      title,
      lead:
        night.returns_reason === null ? prose(paper, texts.noPanel) : reasonIn(paper, night.returns_reason),
    });
  const headline = methods.find(row => row.is_headline);
  const measured = methods.filter(row => row.evidence_level !== null && row.evidence_level <= 4);
  const isTold = measured.some(row => row.verdict !== 'cannot_tell' || lacksMarginOnly(row));
  const change = methods.find(row => row.method === 'change' && row.change !== null);
  return section(
    paper,
    {
      id: 'returns',
      title,
      lead: headline === undefined ? noHeadline(paper, night) : soldMore(paper, headline),
    },
    isTold ? [forest(paper, measured), note(paper, gist(paper, measured))] : undefined,
    disagreeing(paper, measured),
    refused(paper, measured),
    returnDays(paper, returns.days),
    placebos(paper, returns.placebos, headline),
    credits(paper, returns),
    change === undefined ? undefined : changed(paper, change),
  );
}

/** What the numbers of the chart mean. */
function gist({ language }: Paper, rows: readonly ReturnRow[]): string {
  const texts = returnsTexts[language];
  return [
    rows.some(row => row.roi !== null) ? texts.roi : '',
    texts.levels,
    rows.some(row => row.is_headline) ? texts.toQuote : '',
  ]
    .filter(text => text !== '')
    .join(' ');
}

function noHeadline(paper: Paper, { returns_reason }: Night): Child {
  const texts = returnsTexts[paper.language];
  return [texts.cannotTell, ...(returns_reason === null ? [] : [' ', reasonIn(paper, returns_reason)])];
}

function soldMore({ format, language }: Paper, row: ReturnRow): Child {
  const money = (value: number | null) => format.money(value, row.currency);
  return returnsTexts[language].lead(
    money(row.incremental),
    money(row.incremental_low),
    money(row.incremental_high),
    money(row.cost),
    format.percent(row.confidence),
  );
}

/** The methods whose interval does not meet the headline's. */
function disagreeing(paper: Paper, rows: readonly ReturnRow[]): Child {
  const { make, format, language } = paper;
  const texts = returnsTexts[language];
  const apart = rows.filter(row => row.agrees_with_headline === false);
  const agreeing = rows.filter(row => row.agrees_with_headline === true);
  if (apart.length === 0) return agreeing.length === 0 ? undefined : make('p', {}, texts.allAgree);
  const names = apart.map(row => texts.quoted(methodNames[language][row.method] ?? row.method));
  return make('p', { class: 'warning' }, texts.disagree(format.list(names), names.length));
}

/** What could not decide, and why; methods that say the same say it together. */
function refused(paper: Paper, rows: readonly ReturnRow[]): Child {
  const { make, format, language } = paper;
  const texts = returnsTexts[language];
  const reasons = new Map<string | null, string[]>();
  for (const { verdict, reason, method } of rows) {
    if (verdict === 'cannot_tell') reasons.set(reason, [...(reasons.get(reason) ?? []), method]);
  }
  if (reasons.size === 0) return undefined;
  return [
    make('h3', {}, texts.refusedTitle),
    make(
      'dl',
      { class: 'reasons' },
      [...reasons].map(([reason, methods]) =>
        make(
          'div',
          {},
          make(
            'dt',
            {},
            format.list(methods.map(method => methodNames[language][method] ?? method)),
            methods.length === 1 ? gloss(paper, methods[0]!) : undefined,
          ),
          make('dd', {}, reason === null ? texts.cannotTell : reasonIn(paper, reason)),
        ),
      ),
    ),
    sourceLine(paper, { table: 'fct_returns', key: 'reason' }),
  ];
}

function gloss({ make, language }: Paper, method: string): Child {
  const text = methodGlosses[language][method];
  return text === undefined ? undefined : make('small', {}, ` ${text}`);
}

function changed(paper: Paper, row: ReturnRow): Child {
  const { make, format, language } = paper;
  const texts = returnsTexts[language];
  const text = texts.change(format.money(row.change, row.currency, true));
  return [
    make('h3', {}, texts.changeTitle),
    make('p', {}, text),
    sourceLine(paper, { table: 'fct_returns', key: 'change' }),
  ];
}
