import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { seededRandom, sha256Words } from '../../methods/random.ts';

const hex = (words: Int32Array) =>
  [...words].map(word => (word >>> 0).toString(16).padStart(8, '0')).join('');

it('[vector] FIPS 180-4: sha256 of "abc" and of nothing', () => {
  expect(hex(sha256Words('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(hex(sha256Words(''))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

it('hashes any text as Node does', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), text => {
      expect(hex(sha256Words(text))).toBe(createHash('sha256').update(text).digest('hex'));
    }),
  );
});

it('draws the same again for the same seed, and something else for another method', () => {
  const draw = (method: string) => {
    const random = seededRandom(7, 'personas', method);
    return Array.from({ length: 5 }, () => random.next());
  };
  expect(draw('k-means')).toEqual(draw('k-means'));
  expect(draw('k-means')).not.toEqual(draw('gap-statistic'));
});

it('draws evenly: 100 000 numbers in 20 boxes, chi-squared below its .999 quantile', () => {
  const random = seededRandom(1, 'test', 'boxes');
  const boxes = new Array<number>(20).fill(0);
  for (let draw = 0; draw < 100_000; draw++) boxes[random.below(20)]!++;
  const chi = boxes.reduce((sum, count) => sum + (count - 5000) ** 2 / 5000, 0);
  expect(chi).toBeLessThan(43.82);
  expect(Math.min(...boxes)).toBeGreaterThan(0);
});
