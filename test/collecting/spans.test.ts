import { expect, test } from 'vitest';
import { withoutSpans } from '../../activities/collecting/spans.ts';

const span = (from: number, to: number) => ({
  from: `2026-03-01T0${from}:00:00.000Z`,
  to: `2026-03-01T0${to}:00:00.000Z`,
});

test.each([
  ['nothing', [], [span(1, 5)]],
  ['the middle', [span(2, 3)], [span(1, 2), span(3, 5)]],
  ['the beginning, and before', [span(0, 2)], [span(2, 5)]],
  ['the end, and after', [span(4, 9)], [span(1, 4)]],
  ['what only touches', [span(0, 1), span(5, 6)], [span(1, 5)]],
  ['two that overlap', [span(2, 4), span(3, 4)], [span(1, 2), span(4, 5)]],
  ['all', [span(0, 9)], []],
])('of a stretch without %s is left what is left', (_, taken, left) => {
  expect(withoutSpans(span(1, 5), taken)).toEqual(left);
});
