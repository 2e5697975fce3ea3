import { type GroupChoice, leastStrength, pointsPerGroup } from './group-choice.ts';

/** Why there are as many personas as there are, in one sentence. */
export function reasonOf({ k, verdict, trials }: GroupChoice, people: number): string {
  const shown = (value: number) => value.toFixed(2);
  const strongest = trials
    .slice(1)
    .reduce(
      (best, trial) => (trial.predictionStrength.strength > best.predictionStrength.strength ? trial : best),
      trials[1]!,
    );
  switch (verdict) {
    case 'groups':
      return `${k} groups: one half of the people foretells the other with ${shown(trials[k - 1]!.predictionStrength.strength)}, and evenly spread people would not fall apart so`;
    case 'too few':
      return `${people} influential ${people === 1 ? 'person' : 'people'} with known habits ${people === 1 ? 'is' : 'are'} too few: two personas need ${2 * pointsPerGroup}, less influential ones counted in part`;
    case 'nothing differs':
      return 'influential people differ in no feature';
    case 'not foretold':
      return `no grouping of half of the people foretells the other half: ${strongest.k} groups come nearest with ${shown(strongest.predictionStrength.strength)}, and more than ${leastStrength} is asked`;
    case 'no gap':
      return 'halves foretell each other, but evenly spread people fall apart as well: it is one group';
  }
}
