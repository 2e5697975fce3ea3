import * as Plot from '@observablehq/plot';
import { chart, isNarrow } from './charts/chart.ts';
import type { Child } from './element.ts';
import type { Paper } from './paper.ts';
import type { ReturnDay } from './returns.ts';
import { table } from './table.ts';
import { methodNames } from './texts/methods.ts';
import { returnsTexts } from './texts/returns.ts';

/** What was sold by day, and what would have been sold without the campaign. */
export function returnDays(paper: Paper, days: readonly ReturnDay[]): Child {
  const { format, language } = paper;
  const first = days[0];
  if (first === undefined) return undefined;
  const texts = returnsTexts[language];
  const rows = days.map(row => ({ ...row, date: new Date(`${row.day}T00:00:00Z`) }));
  const flight = rows.filter(row => row.is_flight);
  const total = (of: (row: ReturnDay) => number) => flight.reduce((sum, row) => sum + of(row), 0);
  return chart(paper, {
    title: texts.daysTitle,
    legend: texts.daysLegend(methodNames[language][first.method] ?? first.method),
    alternative: texts.daysTold(
      format.number(total(row => row.observed)),
      format.number(total(row => row.expected)),
    ),
    draw(width) {
      const narrow = isNarrow(width);
      const banded = rows.filter(row => row.expected_low !== null && row.expected_high !== null);
      return {
        height: narrow ? 220 : 280,
        marginLeft: narrow ? 46 : 56,
        marginRight: 8,
        x: {
          type: 'utc',
          label: null,
          ticks: narrow ? 3 : 6,
          tickFormat: (date: Date) => format.shortDay(date.toISOString().slice(0, 10)),
        },
        y: {
          label: null,
          grid: true,
          ticks: 5,
          tickFormat: (value: number) => format.number(value),
          tickSize: 0,
        },
        marks: [
          flight.length === 0
            ? undefined
            : Plot.rectX([{ x1: flight[0]!.date, x2: flight.at(-1)!.date }], {
                x1: 'x1',
                x2: 'x2',
                fill: 'var(--shade)',
              }),
          Plot.areaY(banded, {
            x: 'date',
            y1: 'expected_low',
            y2: 'expected_high',
            fill: 'var(--quiet)',
            fillOpacity: 0.22,
          }),
          Plot.lineY(rows, {
            x: 'date',
            y: 'expected',
            z: 'is_flight',
            stroke: 'var(--quiet)',
            strokeWidth: 1.5,
            strokeDasharray: '5 3',
          }),
          Plot.lineY(rows, { x: 'date', y: 'observed', stroke: 'var(--accent)', strokeWidth: 2 }),
        ],
      };
    },
    figures: table(paper, {
      caption: texts.daysTitle,
      columns: [
        { head: texts.day },
        { head: texts.observed, isNumber: true },
        { head: texts.expected, isNumber: true },
        { head: texts.atLeast, isNumber: true },
        { head: texts.atMost, isNumber: true },
      ],
      rows: days.map(row => [
        format.shortDay(row.day),
        format.number(row.observed),
        format.number(row.expected),
        format.number(row.expected_low),
        format.number(row.expected_high),
      ]),
    }),
    sources: [{ table: 'fct_return_days', key: first.method }],
  });
}
