import type { Random } from '../../methods/random.ts';
import { normal, shuffled } from './chance.ts';
import type { Counterfactual } from './world.ts';

/** Chance that a person of mean taste buys anything in a period. */
const usualChance = 0.15;

/**
 * Customers with two periods, before and during: most buy nothing, few buy much, and who bought before buys again. Half of
 * them are held out by lot.
 */
export function drawPeople(random: Random, people: number): Counterfactual {
  const treated = new Uint8Array(people);
  for (const person of shuffled(random, people).slice(0, people / 2)) treated[person] = 1;
  const outcome = new Float64Array(people * 2);
  let planned = 0;
  // What an arm sells beyond what it sells in the mean has mean 0.
  const variates = new Float64Array(4);
  for (let person = 0; person < people; person++) {
    const taste = Math.exp(normal(random) - 0.5);
    const chance = Math.min(1, usualChance * taste);
    // The mean of a log-normal basket with median 30 and spread .8.
    const meant = chance * 30 * Math.exp(0.32);
    for (const period of [0, 1]) {
      const basket = 30 * Math.exp(0.8 * normal(random));
      const spent = random.next() < chance ? basket : 0;
      outcome[person * 2 + period] = spent;
      variates[2 * period + treated[person]!]! += spent - meant;
    }
    if (treated[person] === 1) planned += meant;
  }
  const response = Float64Array.from(treated);
  return { units: people, periods: 2, before: 1, outcome, treated, response, planned, variates };
}
