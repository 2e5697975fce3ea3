import { expect, it } from 'vitest';
import { meanSilhouette, silhouettes } from '../../../methods/silhouette.ts';
import { adjustedRand } from './adjusted-rand.ts';
import { asRows, cloud, draw, evenCloud } from './clouds.ts';

it('[vector] method.md 5: silhouettes of {0, 1} and {10, 11}', () => {
  const points = cloud(4, 1, row => [0, 1, 10, 11][row]!);
  const found = silhouettes(points, Int32Array.from([0, 0, 1, 1]));
  [0.904762, 0.894737, 0.894737, 0.904762].forEach((value, row) => {
    expect(found[row]).toBeCloseTo(value, 6);
  });
});

it('twin: silhouettes of other points, from the definition', () => {
  for (let seed = 0; seed < 10; seed++) {
    const random = draw(seed, 'labels');
    const points = evenCloud(30, 3, seed);
    const labels = Int32Array.from({ length: 30 }, (_, row) => (row < 3 ? row : random.below(3)));
    labels[29] = 3;
    const rows = asRows(points);
    const apart = (a: number, b: number) =>
      Math.hypot(...rows[a]!.map((value, column) => value - rows[b]![column]!));
    const mean = (row: number, label: number) => {
      const others = rows.map((_, other) => other).filter(other => other !== row && labels[other] === label);
      return others.reduce((sum, other) => sum + apart(row, other), 0) / others.length;
    };
    const expected = rows.map((_, row) => {
      if (labels.filter(label => label === labels[row]).length === 1) return 0;
      const inside = mean(row, labels[row]!);
      const outside = Math.min(
        ...[0, 1, 2, 3].filter(label => label !== labels[row]).map(label => mean(row, label)),
      );
      return (outside - inside) / Math.max(inside, outside);
    });
    silhouettes(points, labels).forEach((value, row) => {
      expect(value).toBeCloseTo(expected[row]!, 12);
    });
  }
});

it('one group has no silhouette', () => {
  expect(meanSilhouette(evenCloud(5, 2, 1), new Int32Array(5))).toBeNaN();
});

it('[vector] method.md 5: adjusted Rand index of [0,0,1,1] and [0,0,1,2]', () => {
  expect(adjustedRand([0, 0, 1, 1], [0, 0, 1, 2])).toBeCloseTo(0.571429, 6);
});

it('twin: adjusted Rand index of other labels, counted pair by pair', () => {
  for (let seed = 0; seed < 20; seed++) {
    const random = draw(seed, 'pairs');
    const a = Array.from({ length: 25 }, () => random.below(3));
    const b = a.map(label => (random.next() < 0.6 ? label : random.below(4)));
    let [both, inA, inB, pairs] = [0, 0, 0, 0];
    for (let i = 0; i < 25; i++) {
      for (let j = 0; j < i; j++) {
        pairs += 1;
        if (a[i] === a[j]) inA += 1;
        if (b[i] === b[j]) inB += 1;
        if (a[i] === a[j] && b[i] === b[j]) both += 1;
      }
    }
    const expected = (inA * inB) / pairs;
    expect(adjustedRand(a, b)).toBeCloseTo((both - expected) / ((inA + inB) / 2 - expected), 12);
  }
});

it('agreement is whole where both say the same, whatever the labels', () => {
  expect(adjustedRand([0, 0, 1, 1, 2], [5, 5, 9, 9, 1])).toBe(1);
  expect(adjustedRand([0, 0, 0], [4, 4, 4])).toBe(1);
  expect(() => adjustedRand([0], [0, 1])).toThrow(RangeError);
});
