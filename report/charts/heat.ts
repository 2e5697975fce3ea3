import type * as Plot from '@observablehq/plot';
import type { Child, PageElement } from '../element.ts';
import type { Paper, Source } from '../paper.ts';
import { chart, isNarrow } from './chart.ts';

export interface HourCount {
  day: string;
  hour: number;
  fetched: number;
  failed: number;
  deleted: number;
}

export interface Heat {
  title: string;
  legend: Child;
  alternative: string;
  axis: string;
  /** Every day of the map, in order. */
  days: readonly string[];
  hours: readonly HourCount[];
  figures: Child;
  sources: readonly Source[];
}

const shades = 5;
const day = 86_400_000;

/** Hours across, days down: the darker, the more was read. A gap stays empty. */
export function heat(paper: Paper, { days, hours, axis, ...words }: Heat): Child {
  const { format } = paper;
  const first = Date.parse(days[0]!);
  const most = Math.max(...hours.map(row => row.fetched), 1);
  const cells = hours
    .filter(row => row.fetched > 0)
    .map(row => ({
      hour: row.hour,
      line: Math.round((Date.parse(row.day) - first) / day),
      // By the square root, so that quiet hours can still be told from empty ones.
      shade: Math.min(shades - 1, Math.floor(Math.sqrt(row.fetched / most) * shades)),
    }));
  return chart(paper, {
    ...words,
    draw(width) {
      const narrow = isNarrow(width);
      const height = days.length * Math.max(3.5, Math.min(14, 480 / days.length));
      const every = Math.ceil(days.length / (narrow ? 8 : 14));
      return {
        height: height + 44,
        marginLeft: narrow ? 50 : 64,
        marginRight: 8,
        marginTop: 4,
        marginBottom: 40,
        x: {
          domain: [0, 24],
          label: axis,
          labelAnchor: 'center',
          labelArrow: 'none',
          labelOffset: 36,
          ticks: narrow ? [0, 6, 12, 18, 24] : [0, 3, 6, 9, 12, 15, 18, 21, 24],
          tickSize: 0,
          tickFormat: (hour: number) => format.number(hour),
        },
        y: {
          domain: [days.length, 0],
          ticks: days.flatMap((_, line) => (line % every === 0 ? [line + 0.5] : [])),
          tickSize: 0,
          tickFormat: (line: number) => format.shortDay(days[Math.floor(line)]!),
          label: null,
        },
        marks: [map(cells, days.length)],
      };
    },
  });
}

/** All cells of a shade as one path: a rectangle for each of thousands of hours would be most of the page's bytes. */
function map(
  cells: readonly { hour: number; line: number; shade: number }[],
  lines: number,
): Plot.RenderFunction {
  return (_, { x, y }, __, ___, context) => {
    const document = context.document as unknown as Paper['document'];
    const make = (name: string) => document.createElementNS('http://www.w3.org/2000/svg', name);
    const path = (d: string, fill: string, opacity: string) => {
      const element = make('path');
      element.setAttribute('d', d);
      element.setAttribute('fill', fill);
      element.setAttribute('fill-opacity', opacity);
      return element;
    };
    const at = (value: number) => Math.round(value * 10) / 10;
    const box = (from: number, line: number, to: number) => {
      const [left, right, top, bottom] = [x!(from), x!(to), y!(line), y!(line + 1)].map(at) as [
        number,
        number,
        number,
        number,
      ];
      return `M${left},${top}H${right}V${bottom}H${left}Z`;
    };
    const group: PageElement = make('g');
    group.append(
      path(`M${at(x!(0))},${at(y!(0))}H${at(x!(24))}V${at(y!(lines))}H${at(x!(0))}Z`, 'var(--shade)', '1'),
    );
    for (let shade = 0; shade < shades; shade++) {
      const runs = runsOf(cells.filter(cell => cell.shade === shade));
      if (runs.length === 0) continue;
      const opacity = String(0.2 + (0.8 * shade) / (shades - 1));
      group.append(
        path(runs.map(({ from, line, to }) => box(from, line, to)).join(''), 'var(--accent)', opacity),
      );
    }
    return group as never;
  };
}

/** Neighbouring hours of a day as one run. Cells come in the order of days and hours. */
function runsOf(
  cells: readonly { hour: number; line: number }[],
): { line: number; from: number; to: number }[] {
  const runs: { line: number; from: number; to: number }[] = [];
  for (const { hour, line } of cells) {
    const last = runs.at(-1);
    if (last !== undefined && last.line === line && last.to === hour) last.to = hour + 1;
    else runs.push({ line, from: hour, to: hour + 1 });
  }
  return runs;
}
