import { readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { forecastLevel } from '../../../methods/local-level.ts';
import { seededRandom } from '../../../methods/random.ts';
import { itWith, realData } from '../real-data.ts';

function columnsOf(file: string): Record<string, Float64Array> {
  const [header, ...rows] = readFileSync(realData(file), 'utf8')
    .trim()
    .split('\n')
    .map(line => line.split(','));
  return Object.fromEntries(
    header!.map((name, at) => [name, Float64Array.from(rows, row => Number(row[at]))]),
  );
}

/** R's cumulative effect, its standard deviation and interval: from the text that CausalImpact printed. */
function answerOf(file: string) {
  const lines = readFileSync(realData(file), 'utf8').split(/\r?\n/);
  const place = lines.findIndex(line => line.startsWith('Absolute effect'));
  // Average, its deviation, then the same of the sum; an interval each in the line below.
  const numbers = (line: string) => line.match(/-?\d+(\.\d+)?/g)!.map(Number);
  const [total, deviation] = numbers(lines[place]!).slice(-2);
  const [low, high] = numbers(lines[place + 1]!).slice(-2);
  return { total: total!, deviation: deviation!, low: low!, high: high! };
}

const forecast = (outcome: Float64Array, controls: Float64Array[]) =>
  forecastLevel(
    { outcome, controls, before: outcome.length - 30 },
    { confidence: 0.95, random: seededRandom(1, 'test', 'causal-impact') },
  );

function expectAlike(ours: ReturnType<typeof forecast>, theirs: ReturnType<typeof answerOf>): void {
  expect(Math.abs(ours.total - theirs.total) / theirs.deviation).toBeLessThan(0.15);
  expect(ours.standardError / theirs.deviation).toBeGreaterThan(0.95);
  expect(ours.standardError / theirs.deviation).toBeLessThan(1.05);
  const ratio = (ours.high - ours.low) / (theirs.high - theirs.low);
  expect(ratio).toBeGreaterThan(0.93);
  expect(ratio).toBeLessThan(1.07);
}

describe('[vector] R’s CausalImpact', () => {
  itWith('causalimpact_google.csv')('google: 804 (134.2) over the last 30 days, two controls', () => {
    const { y, x1, x2 } = columnsOf('causalimpact_google.csv');
    const theirs = answerOf('causalimpact_google.expected.txt');
    expect(theirs).toEqual({ total: 804, deviation: 134.2, low: 539, high: 1073 });
    expectAlike(forecast(y!, [x1!, x2!]), theirs);
  });

  itWith('causalimpact_arma.csv')('arma: 26.67 (9.1) after 1 was added to each of the last 30 days', () => {
    const { y, X } = columnsOf('causalimpact_arma.csv');
    const theirs = answerOf('causalimpact_arma.expected.txt');
    expect(theirs).toEqual({ total: 26.67, deviation: 9.1, low: 7.99, high: 44.4 });
    // The file holds the series before its authors moved it; R was given the moved one.
    const moved = y!.map((value, day) => (day < 70 ? value : value + 1));
    expectAlike(forecast(moved, [X!]), theirs);
  });
});
