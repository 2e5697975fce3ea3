import { intervalDots } from './charts/intervalDots.ts';
import type { Child } from './element.ts';
import { clipped, type Paper } from './paper.ts';
import type { Placebo, ReturnRow } from './returns.ts';
import { table } from './table.ts';
import { returnsTexts } from './texts/returns.ts';

/** Runs in which nothing happened: what the same method finds where there is nothing to find. */
export function placebos(paper: Paper, all: readonly Placebo[], headline: ReturnRow | undefined): Child {
  return ['time', 'unit'].map(kind => {
    const rows = all.filter(row => row.kind === kind);
    return rows.length === 0 ? undefined : placebosOf(paper, kind as 'time' | 'unit', rows, headline);
  });
}

function placebosOf(
  paper: Paper,
  kind: 'time' | 'unit',
  rows: readonly Placebo[],
  headline: ReturnRow | undefined,
): Child {
  const { format, language } = paper;
  const texts = returnsTexts[language];
  const label = (row: Placebo) =>
    /^\d{4}-\d\d-\d\d$/.test(row.placebo)
      ? texts.fakeFlight(format.shortDay(row.placebo))
      : clipped(row.placebo, 28);
  const apart = rows.filter(row => row.is_apart).length;
  const told = texts.placebosTold(rows.length, apart);
  // A fake flight stands for all treated units, as the campaign does; one unit alone is of another size.
  const real = kind === 'time' ? headline : undefined;
  return intervalDots(paper, {
    title: texts.placeboTitles[kind],
    legend: told,
    alternative: told,
    axis: texts.incremental,
    from: 0,
    tell: value => format.money(Math.round(value), headline?.currency ?? null, true),
    tick: value => format.number(value),
    rows: [
      ...(real?.incremental == null
        ? []
        : [
            {
              label: texts.theCampaign,
              value: real.incremental,
              low: real.incremental_low ?? Number.NaN,
              high: real.incremental_high ?? Number.NaN,
              isAccented: true,
            },
          ]),
      ...rows.map(row => ({
        label: label(row),
        value: row.effect,
        low: row.effect_low ?? Number.NaN,
        high: row.effect_high ?? Number.NaN,
      })),
    ],
    figures: table(paper, {
      caption: texts.placeboTitles[kind],
      columns: [
        { head: texts.placebo },
        { head: texts.incremental, isNumber: true },
        { head: texts.atLeast, isNumber: true },
        { head: texts.atMost, isNumber: true },
        { head: texts.isApart },
      ],
      rows: rows.map(row => [
        label(row),
        format.number(row.effect),
        format.number(row.effect_low),
        format.number(row.effect_high),
        row.is_apart ? texts.yes : texts.no,
      ]),
    }),
    sources: [{ table: 'fct_return_placebos', key: rows[0]!.method }],
  });
}
