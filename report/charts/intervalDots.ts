import * as Plot from '@observablehq/plot';
import type { Child } from '../element.ts';
import type { Paper, Source } from '../paper.ts';
import { chart, isNarrow } from './chart.ts';

export interface IntervalDot {
  label: string;
  /** NaN where there is none: `note` then stands in its place. */
  value: number;
  low: number;
  high: number;
  /** Said to the right of it, instead of the value. */
  note?: string;
  /** The one that the reader came for. */
  isAccented?: boolean;
}

export interface IntervalDots {
  title: string;
  legend?: Child;
  alternative: string;
  /** What the numbers are. */
  axis: string;
  rows: readonly IntervalDot[];
  /** A value that the axis must show and that a line marks. */
  from: number;
  tell(value: number): string;
  /** The same along the axis, where there is less room. */
  tick?(value: number): string;
  figures: Child;
  sources: readonly Source[];
}

/** Values with their intervals, one below the other: which is larger, and which can be told apart. */
export function intervalDots(paper: Paper, dots: IntervalDots): Child {
  const { axis, from, tell } = dots;
  const rows = dots.rows.map((row, place) => ({ ...row, place: String(place) }));
  const shown = rows.filter(row => Number.isFinite(row.value));
  const colour = (row: IntervalDot) => (row.isAccented ? 'var(--accent)' : 'var(--quiet)');
  return chart(paper, {
    ...dots,
    draw(width) {
      const narrow = isNarrow(width);
      // On a phone the words stand above their line, which then has the whole width.
      const margin = narrow ? { left: 24, right: 30 } : { left: 236, right: 132 };
      const words = {
        y: 'place',
        fill: 'var(--ink)',
        stroke: 'var(--paper)',
        strokeWidth: 4,
        dy: narrow ? -16 : 0,
      };
      return {
        height: rows.length * (narrow ? 44 : 28) + 56,
        marginLeft: margin.left,
        marginRight: margin.right,
        marginTop: narrow ? 20 : 12,
        marginBottom: 44,
        x: {
          label: axis,
          labelAnchor: 'center',
          labelArrow: 'none',
          labelOffset: 38,
          grid: true,
          nice: true,
          zero: true,
          ticks: narrow ? 4 : 6,
          tickFormat: dots.tick ?? tell,
          tickSize: 0,
        },
        y: { axis: null, domain: rows.map(row => row.place), padding: 0.4 },
        marks: [
          Plot.ruleX([from], { stroke: 'var(--muted)' }),
          Plot.ruleY(
            shown.filter(row => Number.isFinite(row.low)),
            { y: 'place', x1: 'low', x2: 'high', stroke: colour, strokeWidth: 2, strokeLinecap: 'round' },
          ),
          Plot.dot(shown, { x: 'value', y: 'place', fill: colour, r: 4.5 }),
          ...[true, false].flatMap(isAccented => {
            const own = rows.filter(row => (row.isAccented ?? false) === isAccented);
            const style = { ...words, fontWeight: isAccented ? 'bold' : 'normal' };
            return [
              Plot.text(own, {
                ...style,
                text: 'label',
                frameAnchor: 'left',
                textAnchor: 'start',
                dx: -margin.left,
              }),
              Plot.text(own, {
                ...style,
                text: row => row.note ?? tell(row.value),
                frameAnchor: 'right',
                textAnchor: narrow ? 'end' : 'start',
                dx: narrow ? margin.right : 12,
              }),
            ];
          }),
        ],
      };
    },
  });
}
