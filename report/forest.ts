import { intervalDots } from './charts/intervalDots.ts';
import type { Child } from './element.ts';
import { unknown } from './formats.ts';
import type { Paper } from './paper.ts';
import { lacksMarginOnly, type ReturnRow } from './returns.ts';
import { table } from './table.ts';
import { methodNames } from './texts/methods.ts';
import { returnsTexts } from './texts/returns.ts';

/** The return by every method with its level of evidence; of the sales alone where no margin is known. */
export function forest(paper: Paper, rows: readonly ReturnRow[]): Child {
  const { format, language } = paper;
  const texts = returnsTexts[language];
  const isRoi = rows.some(row => row.roi !== null);
  const tell = isRoi
    ? (value: number | null) => format.signed(value)
    : (value: number | null) => format.number(value, 2);
  const ends = (row: ReturnRow): [number | null, number | null, number | null] =>
    isRoi ? [row.roi, row.roi_low, row.roi_high] : [row.iroas, row.iroas_low, row.iroas_high];
  const name = (row: ReturnRow) => methodNames[language][row.method] ?? row.method;
  const interval = (
    value: number | null,
    low: number | null,
    high: number | null,
    show: (value: number | null) => string,
  ) =>
    value === null ? unknown : low === null ? show(value) : `${show(value)} [${show(low)}, ${show(high)}]`;
  const isSilent = (row: ReturnRow) => row.verdict === 'cannot_tell' && !lacksMarginOnly(row);
  const shown = (row: ReturnRow) =>
    isSilent(row)
      ? texts.short.cannotTell
      : row.is_unbounded
        ? texts.short.unbounded
        : interval(...ends(row), tell);
  return intervalDots(paper, {
    title: isRoi ? texts.forestTitle : texts.salesTitle,
    legend: isRoi ? texts.forestLegend : texts.salesLegend,
    alternative: format.series(rows.map(row => texts.told(name(row), shown(row)))),
    axis: isRoi ? texts.roiAxis : texts.iroasAxis,
    from: isRoi ? 0 : 1,
    tell: value => tell(value),
    rows: rows.map(row => {
      const [value, low, high] = isSilent(row) || row.is_unbounded ? [null, null, null] : ends(row);
      return {
        label: `${row.evidence_level}  ${name(row)}`,
        value: value ?? Number.NaN,
        low: low ?? Number.NaN,
        high: high ?? Number.NaN,
        note:
          row.agrees_with_headline === false
            ? `${tell(value)} ${texts.short.disagrees}`
            : value === null
              ? shown(row)
              : tell(value),
        isAccented: row.is_headline,
      };
    }),
    figures: table(paper, {
      caption: isRoi ? texts.forestTitle : texts.salesTitle,
      columns: [
        { head: texts.method },
        { head: texts.level, isNumber: true },
        { head: texts.incremental, isNumber: true },
        { head: texts.cost, isNumber: true },
        { head: 'ROI', isNumber: true },
        { head: 'iROAS', isNumber: true },
        { head: texts.verdict },
      ],
      rows: rows.map(row => [
        name(row),
        format.number(row.evidence_level),
        interval(row.incremental, row.incremental_low, row.incremental_high, value =>
          format.money(value, row.currency),
        ),
        format.money(row.cost, row.currency),
        interval(row.roi, row.roi_low, row.roi_high, value => format.signed(value)),
        interval(row.iroas, row.iroas_low, row.iroas_high, value => format.number(value, 2)),
        texts.verdicts[row.verdict] ?? row.verdict,
      ]),
    }),
    sources: [{ table: 'fct_returns' }],
  });
}
