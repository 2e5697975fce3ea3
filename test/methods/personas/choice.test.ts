import { describe, expect, it } from 'vitest';
import { clusterStability } from '../../../methods/cluster-stability.ts';
import { gapAgainstOne } from '../../../methods/gap-statistic.ts';
import { chooseGroups } from '../../../methods/group-choice.ts';
import { kMeans } from '../../../methods/k-means.ts';
import { predictionStrength, strengthOf } from '../../../methods/prediction-strength.ts';
import { alongPrincipalAxes } from '../../../methods/principal-axes.ts';
import { itWith } from '../real-data.ts';
import { adjustedRand } from './adjusted-rand.ts';
import {
  asRows,
  blobs,
  cloud,
  draw,
  evenCloud,
  iris,
  longCloud,
  normal,
  penguins,
  standardise,
} from './clouds.ts';

const seeds = [1, 2, 3];
const choose = (points: Parameters<typeof chooseGroups>[0], seed = 7) =>
  chooseGroups(points, seed, 'personas');
const fourPlaces = [
  [0, 0],
  [7, 0],
  [0, 7],
  [7, 7],
];

describe('prediction strength', () => {
  itWith('iris.csv')(
    '[vector] method.md 5: chooses 2 for iris, raw and standardised, whatever the seed',
    () => {
      for (const seed of seeds) {
        for (const points of [iris().points, standardise(iris().points)]) {
          const { k, trials } = choose(points, seed);
          expect(k).toBe(2);
          expect(trials[1]!.predictionStrength.strength).toBeGreaterThan(0.9);
          expect(Math.max(...trials.slice(2).map(trial => trial.predictionStrength.strength))).toBeLessThan(
            0.83,
          );
        }
      }
    },
  );

  it('twin: counted pair by pair on other points, whatever they weigh', () => {
    for (const seed of seeds) {
      const random = draw(seed, 'weights');
      const weights = Float64Array.from({ length: 40 }, () => (seed % 2 === 0 ? 1 : 0.1 + random.next()));
      const points = { ...evenCloud(40, 2, seed), weights };
      const { labels } = kMeans(points, 3, draw(seed));
      const { centres } = kMeans(evenCloud(40, 2, seed + 100), 3, draw(seed));
      const rows = asRows(points);
      const foretold = rows.map(row => {
        const apart = [0, 1, 2].map(group =>
          Math.hypot(row[0]! - centres[2 * group]!, row[1]! - centres[2 * group + 1]!),
        );
        return apart.indexOf(Math.min(...apart));
      });
      const shares = [0, 1, 2].map(group => {
        let [kept, all] = [0, 0];
        for (let i = 0; i < 40; i++) {
          for (let j = 0; j < 40; j++) {
            if (i === j || labels[i] !== group || labels[j] !== group) continue;
            const pair = weights[i]! * weights[j]!;
            all += pair;
            if (foretold[i] === foretold[j]) kept += pair;
          }
        }
        return kept / all;
      });
      expect(strengthOf(points, labels, centres)).toBeCloseTo(Math.min(...shares), 12);
    }
  });

  it('is 1 for one group, high for groups apart, and 0 for a group of one', () => {
    const points = blobs(60, fourPlaces, 1);
    expect(predictionStrength(points, 1, draw(1), 0.8, 20)).toEqual({ strength: 1, error: 0 });
    expect(predictionStrength(points, 4, draw(1), 0.8, 20).strength).toBeGreaterThan(0.95);
    expect(predictionStrength(points, 5, draw(1), 0.8, 20).strength).toBeLessThan(0.8);
    const lonely = cloud(3, 1, row => [0, 0.1, 9][row]!);
    expect(strengthOf(lonely, Int32Array.from([0, 0, 1]), Float64Array.from([0, 9]))).toBe(0);
  });
});

describe('gap statistic', () => {
  it('turns points along their axes and keeps every distance', () => {
    const points = longCloud(50, 5, 0.7, 3);
    const turned = alongPrincipalAxes(points);
    const [a, b] = [asRows(points), asRows(turned)];
    const apart = (rows: number[][], i: number, j: number) =>
      Math.hypot(...rows[i]!.map((value, column) => value - rows[j]![column]!));
    for (let i = 0; i < 50; i++) expect(apart(b, i, (i * 7) % 50)).toBeCloseTo(apart(a, i, (i * 7) % 50), 10);
    for (let p = 0; p < 5; p++) {
      for (let q = 0; q < p; q++) {
        expect(b.reduce((sum, row) => sum + row[p]! * row[q]!, 0) / 50).toBeCloseTo(0, 10);
      }
    }
  });

  it('sees groups that are there, and none in a line of points', () => {
    const groups = gapAgainstOne(blobs(80, fourPlaces, 1), 4, draw(1));
    expect(groups.isMore).toBe(true);
    expect(groups.chance).toBeCloseTo(1 / 101, 12);
    const line = gapAgainstOne(evenCloud(80, 1, 5), 2, draw(1));
    expect(line.isMore).toBe(false);
  });

  it('is near 0 for evenly spread points: mean of 30 sets within 3 standard errors', () => {
    const gains = Array.from({ length: 30 }, (_, seed) => {
      const { one, more } = gapAgainstOne(evenCloud(100, 2, seed), 3, draw(seed), 30, { restarts: 5 });
      return more.gap - one.gap;
    });
    const mean = gains.reduce((sum, gain) => sum + gain, 0) / 30;
    const spread = Math.sqrt(gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / 29);
    expect(Math.abs(mean)).toBeLessThan((3 * spread) / Math.sqrt(30));
  });
});

describe('the choice of groups', () => {
  it('[vector] method.md 5: four separate blobs are four groups, whatever the seed', () => {
    for (const seed of seeds) {
      const { k, verdict } = choose(blobs(160, fourPlaces, seed), seed);
      expect([k, verdict]).toEqual([4, 'groups']);
    }
  });

  it('[vector] method.md 5: uniform noise, n = 240, is no groups, whatever the seed', () => {
    // Of 100 such sets none was seen to pass (DECISIONS.md), but one of these may.
    const found = [2, 3, 12].flatMap(columns =>
      Array.from({ length: 5 }, (_, seed) => choose(evenCloud(240, columns, seed), seed).k),
    );
    expect(found.filter(k => k > 1).length).toBeLessThanOrEqual(1);
    expect(found.slice(5).every(k => k === 1)).toBe(true);
  });

  it('silhouette would have taken uniform noise for groups', () => {
    const { trials } = choose(evenCloud(240, 2, 2));
    const best = trials.slice(1).reduce((a, b) => (b.silhouette > a.silhouette ? b : a));
    expect(best.silhouette).toBeGreaterThan(0.35);
    expect(Math.max(...trials.slice(1).map(trial => trial.predictionStrength.strength))).toBeLessThan(0.8);
  });

  it('one long group is one group, although its halves are foretold', () => {
    const verdicts = seeds.map(seed => choose(longCloud(200, 6, 0.9, seed), seed));
    expect(verdicts.map(({ k }) => k)).toEqual(seeds.map(() => 1));
    expect(verdicts.map(({ verdict }) => verdict)).toContain('no gap');
  });

  it('points on a line without groups are one group in most draws', () => {
    const found = Array.from({ length: 8 }, (_, seed) => choose(evenCloud(100, 1, seed), seed));
    expect(found.filter(({ k }) => k > 1).length).toBeLessThanOrEqual(1);
  });

  it('says why there are none', () => {
    expect(choose(blobs(19, fourPlaces, 1)).verdict).toBe('too few');
    expect(choose(cloud(40, 2, () => 3)).verdict).toBe('nothing differs');
    expect(choose(cloud(40, 0, () => 0)).verdict).toBe('nothing differs');
    expect(choose(evenCloud(60, 4, 1)).verdict).toBe('not foretold');
    expect(choose(blobs(19, fourPlaces, 1)).trials).toHaveLength(1);
  });

  itWith('penguins.csv')('finds groups of penguins that agree with their species', () => {
    const { points, species } = penguins();
    expect(points.rows).toBe(342);
    const standard = standardise(points);
    const { k } = choose(standard);
    expect(seeds.map(seed => choose(standard, seed).k)).toEqual(seeds.map(() => k));
    expect(adjustedRand(kMeans(standard, k, draw(1)).labels, species)).toBeGreaterThan(0.5);
    expect(adjustedRand(kMeans(standard, 3, draw(1)).labels, species)).toBeGreaterThan(0.75);
  });
});

describe('stability', () => {
  it('is 1 for groups far apart and low where a cloud is cut', () => {
    const apart = blobs(
      80,
      fourPlaces.map(place => place.map(value => value * 3)),
      2,
    );
    const { labels } = kMeans(apart, 4, draw(1));
    expect([...clusterStability(apart, labels, 4, draw(2))]).toEqual([1, 1, 1, 1]);
    const noise = evenCloud(80, 3, 2);
    const cut = clusterStability(noise, kMeans(noise, 5, draw(1)).labels, 5, draw(2));
    expect(Math.min(...cut)).toBeLessThan(0.75);
  });

  it('tells the loose group from the firm one', () => {
    const random = draw(4);
    // A tight group far away, and one cloud cut in two.
    const points = cloud(90, 2, row => (row < 30 ? 30 + 0.1 * normal(random) : normal(random)));
    const { labels } = kMeans(points, 3, draw(1));
    const found = clusterStability(points, labels, 3, draw(2));
    expect(found[labels[0]!]).toBe(1);
    expect(found[labels[40]!]).toBeLessThan(0.9);
  });
});
