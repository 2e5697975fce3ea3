import { kmeans } from 'ml-kmeans';
import { describe, expect, it } from 'vitest';
import { kMeans } from '../../../methods/k-means.ts';
import { rowsOf } from '../../../methods/points.ts';
import { meanSilhouette } from '../../../methods/silhouette.ts';
import { itWith } from '../real-data.ts';
import { adjustedRand } from './adjusted-rand.ts';
import {
  asRows,
  blobs,
  cloud,
  draw,
  evenCloud,
  inertiaOf,
  iris,
  normal,
  partitions,
  standardise,
} from './clouds.ts';

const ks = [2, 3, 4, 5];

describe('k-means', () => {
  itWith('iris.csv')('[vector] method.md 5: iris, inertia of k = 2..5, raw and standardised', () => {
    const { points } = iris();
    const inertia = (some: typeof points) => ks.map(k => kMeans(some, k, draw(7)).inertia);
    const expected = [152.348, 78.851, 57.228, 46.446];
    inertia(points).forEach((value, place) => {
      expect(value).toBeCloseTo(expected[place]!, 3);
    });
    const expectedStandardised = [222.362, 139.82, 114.093, 90.808];
    inertia(standardise(points)).forEach((value, place) => {
      // At k = 4 there is a partition better by .0008 than the one of the vector.
      expect(value).toBeCloseTo(expectedStandardised[place]!, 2);
    });
  });

  itWith('iris.csv')(
    '[vector] method.md 5: iris, silhouettes of k = 2..5 and agreement with the species',
    () => {
      const { points, species } = iris();
      const found = ks.map(k => kMeans(points, k, draw(7)));
      expect(found.map(({ labels }) => Number(meanSilhouette(points, labels).toFixed(4)))).toEqual([
        0.681, 0.5528, 0.4981, 0.4887,
      ]);
      expect(adjustedRand(found[1]!.labels, species)).toBeCloseTo(0.7302, 4);
    },
  );

  itWith('iris.csv')('twin: iris with noise, never worse than the best of ml-kmeans', () => {
    const random = draw(11);
    const { points } = iris();
    const noisy = cloud(
      points.rows,
      4,
      (row, column) => points.values[row * 4 + column]! + 0.3 * normal(random),
    );
    for (const k of ks) {
      const others = Array.from({ length: 10 }, (_, seed) => {
        const { clusters } = kmeans(asRows(noisy), k, { seed: seed + 1 });
        return inertiaOf(noisy, clusters);
      });
      const { inertia, labels } = kMeans(noisy, k, draw(k));
      expect(inertia).toBeCloseTo(inertiaOf(noisy, labels), 8);
      expect(inertia).toBeLessThanOrEqual(Math.min(...others) + 1e-9);
    }
  });

  it('finds the best of all partitions of few points', () => {
    for (let seed = 0; seed < 12; seed++) {
      const points = evenCloud(9, 2, seed);
      for (const k of [2, 3]) {
        const best = Math.min(...[...partitions(9, k)].map(labels => inertiaOf(points, labels)));
        expect(kMeans(points, k, draw(seed)).inertia).toBeCloseTo(best, 10);
      }
    }
  });

  it('seeds on a sample and settles over all points', () => {
    const places = [
      [0, 0, 0],
      [12, 0, 0],
      [0, 12, 0],
    ];
    const points = blobs(30_000, places, 3);
    const { labels, centres, inertia } = kMeans(points, 3, draw(1), { sample: 500 });
    expect(
      adjustedRand(
        labels,
        Array.from(labels, (_, row) => row % 3),
      ),
    ).toBe(1);
    expect(inertia).toBeCloseTo(inertiaOf(points, labels), 4);
    const first = labels[0]!;
    expect(Math.hypot(...centres.subarray(first * 3, first * 3 + 3))).toBeLessThan(0.1);
  });

  it('gives as many groups as there are different points, and the rest to equals', () => {
    const points = cloud(6, 1, row => (row < 5 ? 1 : 4));
    const { inertia, labels } = kMeans(points, 2, draw(1));
    expect(inertia).toBe(0);
    expect(new Set(labels).size).toBe(2);
    expect(kMeans(points, 4, draw(1)).inertia).toBe(0);
  });

  it('counts a point of weight 3 as three points', () => {
    const points = evenCloud(40, 2, 5);
    const weights = Float64Array.from({ length: 40 }, (_, row) => 1 + (row % 3));
    const copies = rowsOf(
      points,
      [...weights].flatMap((weight, row) => Array<number>(weight).fill(row)),
    );
    for (const k of [1, 2, 4]) {
      const weighted = kMeans({ ...points, weights }, k, draw(k));
      const copied = kMeans(copies, k, draw(k));
      expect(weighted.inertia).toBeCloseTo(copied.inertia, 10);
      expect([...weighted.centres].sort()).toEqual(
        [...copied.centres].sort().map(value => expect.closeTo(value, 10)),
      );
    }
  });

  it('refuses more groups than points, and none', () => {
    const points = evenCloud(3, 2, 1);
    expect(() => kMeans(points, 4, draw(1))).toThrow('4 groups of 3 points');
    expect(() => kMeans(points, 0, draw(1))).toThrow(RangeError);
  });
});
