import * as Plot from '@observablehq/plot';
import type { Child } from '../element.ts';
import type { Paper, Source } from '../paper.ts';
import { chart, isNarrow } from './chart.ts';

export interface WakeMessage {
  message_id: string;
  /** Whom it forwards; NULL for the first. */
  parent_id: string | null;
  /** Since the first. */
  seconds: number;
  kind: string;
}

export interface Wake {
  title: string;
  legend: Child;
  alternative: string;
  axis: string;
  messages: readonly WakeMessage[];
  figures: Child;
  sources: readonly Source[];
}

interface Placed {
  x: number;
  y: number;
  isFirst: boolean;
}

/** A cascade as a tree over the square root of time: what began at one point widens as a ship's wake does. */
export function wake(paper: Paper, { messages, axis, ...words }: Wake): Child {
  const { format } = paper;
  const places = placesOf(messages);
  const nodes = [...places.values()];
  const lines = messages.flatMap(({ message_id, parent_id }) => {
    const parent = parent_id === null ? undefined : places.get(parent_id);
    const child = places.get(message_id)!;
    return parent === undefined ? [] : [{ x1: parent.x, y1: parent.y, x2: child.x, y2: child.y }];
  });
  const longest = Math.max(...nodes.map(node => node.x), 1);
  return chart(paper, {
    ...words,
    draw(width) {
      const narrow = isNarrow(width);
      const leaves = new Set(nodes.map(node => node.y)).size;
      return {
        height: Math.max(180, Math.min(560, leaves * (narrow ? 11 : 14) + 70)),
        marginLeft: 14,
        marginRight: 24,
        marginBottom: 40,
        x: {
          label: axis,
          labelAnchor: 'center',
          labelArrow: 'none',
          labelOffset: 36,
          ticks: times(longest, narrow),
          tickFormat: (root: number) => format.duration(root * root),
          tickSize: 4,
        },
        y: { axis: null },
        marks: [
          Plot.link(lines, {
            x1: 'x1',
            y1: 'y1',
            x2: 'x2',
            y2: 'y2',
            curve: 'bump-x',
            stroke: 'var(--accent)',
            strokeOpacity: 0.55,
            strokeWidth: 1.4,
          }),
          Plot.dot(nodes, {
            x: 'x',
            y: 'y',
            r: (node: Placed) => (node.isFirst ? 6 : 3),
            fill: 'var(--accent)',
          }),
        ],
      };
    },
  });
}

/** Round times between now and the last message, as square roots. */
function times(longest: number, narrow: boolean): number[] {
  const candidates = [
    60, 300, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400, 172_800, 345_600, 604_800, 1_209_600, 2_592_000,
  ];
  const chosen: number[] = [];
  const apart = longest * (narrow ? 0.24 : 0.13);
  for (const seconds of candidates) {
    const root = Math.sqrt(seconds);
    if (root <= longest && root - (chosen.at(-1) ?? 0) >= apart) chosen.push(root);
  }
  return chosen;
}

/** Leaves at even distances in the order of the tree, everyone else in the middle of their children; the largest branch in the middle. */
function placesOf(messages: readonly WakeMessage[]): Map<string, Placed> {
  const known = new Set(messages.map(message => message.message_id));
  const children = new Map<string, WakeMessage[]>();
  const roots: WakeMessage[] = [];
  for (const message of messages) {
    if (message.parent_id === null || !known.has(message.parent_id)) roots.push(message);
    else children.set(message.parent_id, [...(children.get(message.parent_id) ?? []), message]);
  }
  const places = new Map<string, Placed>();
  let leaf = 0;
  // By a stack of our own: a chain may be longer than a stack of calls.
  const open = roots.map(message => ({ message, isDone: false }));
  while (open.length > 0) {
    const { message, isDone } = open.pop()!;
    const own = spread(children.get(message.message_id) ?? [], children);
    if (!isDone && own.length > 0) {
      open.push({ message, isDone: true }, ...own.map(child => ({ message: child, isDone: false })));
      continue;
    }
    const of = own.map(child => places.get(child.message_id)!.y);
    const y = of.length === 0 ? leaf++ : (Math.min(...of) + Math.max(...of)) / 2;
    places.set(message.message_id, { x: Math.sqrt(message.seconds), y, isFirst: message.parent_id === null });
  }
  return places;
}

/** Children so that those with most of their own stand in the middle. */
function spread(own: readonly WakeMessage[], children: ReadonlyMap<string, WakeMessage[]>): WakeMessage[] {
  const size = (message: WakeMessage) => children.get(message.message_id)?.length ?? 0;
  const sorted = [...own].sort(
    (a, b) => size(a) - size(b) || a.seconds - b.seconds || (a.message_id < b.message_id ? -1 : 1),
  );
  const before = sorted.filter((_, place) => place % 2 === 0);
  const after = sorted.filter((_, place) => place % 2 === 1);
  return [...before, ...after.reverse()];
}
