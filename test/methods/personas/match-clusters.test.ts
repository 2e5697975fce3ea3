import { expect, it } from 'vitest';
import { matchClusters } from '../../../methods/match-clusters.ts';
import { draw } from './clouds.ts';

const labels = (text: string) => Int32Array.from(text, letter => (letter === '.' ? -1 : Number(letter)));

it('finds groups again under other numbers', () => {
  const { before, similarity } = matchClusters(labels('000111222'), 3, labels('222000111'), 3);
  expect([...before]).toEqual([2, 0, 1]);
  expect([...similarity]).toEqual([1, 1, 1]);
});

it('lets a group be born that holds newcomers alone, and one die whose people have gone', () => {
  const { before } = matchClusters(labels('0000111....'), 2, labels('1111...0000'), 2);
  expect([...before]).toEqual([1, -1]);
});

it('newcomers make no group another one', () => {
  const { before, similarity } = matchClusters(labels('00000000111'), 2, labels('00......111'), 2);
  expect([...before]).toEqual([0, 1]);
  expect([...similarity]).toEqual([1, 1]);
});

it('a group that fell apart goes on in its larger part', () => {
  const { before, similarity } = matchClusters(labels('000000011111'), 2, labels('000000000000'), 1);
  expect([...before]).toEqual([0, -1]);
  expect(similarity[0]).toBeCloseTo(7 / 12, 12);
});

it('less than a third of both in common is another group', () => {
  expect([...matchClusters(labels('000011111'), 2, labels('100000001'), 2).before]).toEqual([-1, 0]);
});

it('is the best of all assignments', () => {
  const orders = (list: number[]): number[][] =>
    list.length < 2
      ? [list]
      : list.flatMap((head, at) => orders(list.toSpliced(at, 1)).map(rest => [head, ...rest]));
  for (let seed = 0; seed < 30; seed++) {
    const random = draw(seed);
    const before = Int32Array.from({ length: 60 }, () => random.below(4));
    const now = before.map(label => (random.next() < 0.75 ? (label + 1) % 4 : random.below(4)));
    const jaccard = (a: number, b: number) => {
      let [both, either] = [0, 0];
      for (let i = 0; i < 60; i++) {
        if (now[i] === a && before[i] === b) both++;
        if (now[i] === a || before[i] === b) either++;
      }
      return both / either;
    };
    const totals = orders([0, 1, 2, 3]).map(order => order.reduce((sum, b, a) => sum + jaccard(a, b), 0));
    const { before: found, similarity } = matchClusters(now, 4, before, 4);
    if (found.includes(-1)) continue;
    expect(similarity.reduce((sum, value) => sum + value, 0)).toBeCloseTo(Math.max(...totals), 12);
  }
});

it('has nothing to match on a first night, or where there are no groups', () => {
  expect([...matchClusters(labels('0011'), 2, labels('....'), 0).before]).toEqual([-1, -1]);
  expect([...matchClusters(labels('....'), 0, labels('0011'), 2).before]).toEqual([]);
});
