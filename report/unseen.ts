import { type HourCount, heat } from './charts/heat.ts';
import type { Child } from './element.ts';
import { type Missed, missedHours, readMissed } from './missed.ts';
import type { NightTables } from './nightTables.ts';
import { clipped, type Paper, section, sourceLine } from './paper.ts';
import { table } from './table.ts';
import { unseenTexts } from './texts/unseen.ts';
import type { Night } from './verdict.ts';

/** `fct_quality`, where something was counted. */
export interface Measure {
  table_name: string;
  source: string;
  measure: string;
  value: number;
}

export interface Unseen {
  /** `fct_coverage` of the last days, all sources together. */
  hours: HourCount[];
  measures: Measure[];
  missed: Missed[];
}

/** Days of the map, the night's own the last. */
export const daysShown = 98;
const measuresShown = 120;

export async function readUnseen(tables: NightTables, asOf: string): Promise<Unseen> {
  const { from, rows } = tables;
  const day = `DATE '${asOf}'`;
  const hours = await rows<HourCount>(
    `SELECT CAST(CAST(hour AS DATE) AS VARCHAR) AS day, CAST(extract(hour FROM hour) AS INTEGER) AS hour,
       CAST(sum(coalesce(fetched, 0) + coalesce(included, 0)) AS BIGINT) AS fetched,
       CAST(sum(coalesce(failed, 0)) AS BIGINT) AS failed, CAST(sum(coalesce(deleted, 0)) AS BIGINT) AS deleted
     FROM ${from('fct_coverage', ['hour', 'fetched', 'included', 'failed', 'deleted'])}
     WHERE CAST(hour AS DATE) BETWEEN ${day} - ${daysShown - 1} AND ${day}
     GROUP BY ALL ORDER BY ALL`,
  );
  const measures = await rows<Measure>(
    `SELECT * FROM ${from('fct_quality', ['table_name', 'source', 'measure', 'value'])}
     WHERE value > 0 ORDER BY table_name, source, measure LIMIT ${measuresShown}`,
  );
  return { hours, measures, missed: await readMissed(tables) };
}

/** What was not seen, what was seen and could not be used, and what no export can show. */
export function unseenSection(paper: Paper, { hours, measures, missed }: Unseen, night: Night): Child {
  const { make, format, language } = paper;
  const texts = unseenTexts[language];
  const total = (measure: string, ofMessages = false) =>
    measures
      .filter(row => row.measure === measure && (!ofMessages || row.table_name === 'stg_messages'))
      .reduce((sum, row) => sum + row.value, 0);
  const told = Object.entries(texts.measures).filter(([measure]) => total(measure) > 0);
  return section(
    paper,
    {
      id: 'unseen',
      title: texts.title,
      lead: texts.lead(
        format.number(total('rows_read', true)),
        format.number(night.quarantined),
        format.number(total('outside_window')),
      ),
    },
    hours.length === 0 ? undefined : coverage(paper, hours, night.as_of),
    missedHours(paper, missed),
    told.length === 0
      ? undefined
      : [
          make('h3', {}, texts.measuresTitle),
          make(
            'dl',
            { class: 'counts' },
            told.map(([measure, name]) =>
              make('div', {}, make('dt', {}, name), make('dd', {}, format.number(total(measure)))),
            ),
          ),
        ],
    measures.length === 0 ? undefined : everyMeasure(paper, measures),
    make('h3', {}, texts.exportsTitle),
    make(
      'ul',
      {},
      texts.exports.map(text => make('li', {}, text)),
    ),
  );
}

function coverage(paper: Paper, hours: readonly HourCount[], asOf: string): Child {
  const { format, language } = paper;
  const texts = unseenTexts[language];
  const first = hours[0]!.day;
  const days = daysBetween(first, asOf);
  const byDay = days.map(day => {
    const own = hours.filter(row => row.day === day);
    const sum = (of: (row: HourCount) => number) => own.reduce((all, row) => all + of(row), 0);
    return {
      day,
      fetched: sum(row => row.fetched),
      failed: sum(row => row.failed),
      deleted: sum(row => row.deleted),
      empty: 24 - own.filter(row => row.fetched > 0).length,
    };
  });
  const emptyDays = byDay.filter(row => row.fetched === 0).length;
  return heat(paper, {
    title: texts.chart,
    legend: texts.legend,
    alternative: texts.told(format.day(first), format.day(asOf), emptyDays),
    axis: texts.axis,
    days,
    hours,
    figures: table(paper, {
      caption: texts.chart,
      columns: [
        { head: texts.day },
        { head: texts.read, isNumber: true },
        { head: texts.failed, isNumber: true },
        { head: texts.deleted, isNumber: true },
        { head: texts.emptyHours, isNumber: true },
      ],
      rows: byDay.map(row => [
        format.shortDay(row.day),
        format.number(row.fetched),
        format.number(row.failed),
        format.number(row.deleted),
        format.number(row.empty),
      ]),
    }),
    sources: [{ table: 'fct_coverage' }],
  });
}

function everyMeasure(paper: Paper, measures: readonly Measure[]): Child {
  const { make, format, language } = paper;
  const texts = unseenTexts[language];
  return [
    make(
      'details',
      {},
      make('summary', {}, texts.everyMeasure),
      table(paper, {
        caption: texts.everyMeasure,
        columns: [
          { head: texts.measure },
          { head: texts.sheet },
          { head: texts.source },
          { head: texts.count, isNumber: true },
        ],
        rows: measures.map(row => [
          make('code', {}, clipped(row.measure, 60)),
          make('code', {}, row.table_name),
          clipped(row.source, 60),
          format.number(row.value),
        ]),
      }),
    ),
    sourceLine(paper, { table: 'fct_quality' }),
  ];
}

function daysBetween(first: string, last: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(first); at <= Date.parse(last); at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}
