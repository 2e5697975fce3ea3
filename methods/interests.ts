import betaQuantile from '@stdlib/stats-base-dists-beta-quantile';
import { noInteger } from '../contracts/columns.ts';
import { fitPopulation, type Population } from './betaBinomial.ts';

export interface InterestsInput {
  /** Numbers of the people who have words, ascending, and how many. */
  people: { person_number: Int32Array; words: Int32Array };
  /** Topic mass of people, sorted by topic and person; no row where there is none. */
  masses: { topic_number: Int32Array; person_number: Int32Array; mass: Float64Array };
  /** All topics, ascending, and how many words of a message are one witness to them. */
  topics: { topic_number: Int32Array; dispersion: Float64Array };
}

export interface Interests {
  /** One row a person and topic with some mass. */
  interests: Record<string, Int32Array | Float64Array | Uint8Array>;
  topics: Record<string, Int32Array | Float64Array>;
}

/** Words of average talk that a person's log-odds start from. */
const priorWords = 100;
/** More people teach m and κ nothing that these don't. */
const mostTeachers = 20_000;
/** The share of doubt below the lower end of an index. */
const lowerEnd = 0.05;

/**
 * Stickiness of every person to every topic they have a word on.
 *
 * With mass y of a person's n words, Y and N those of everybody: share y/n; lift (y/n)/(Y/N); si = (y + κm)/(n + κ) with
 * m and κ of a beta-binomial fitted to everybody by maximum likelihood; z by `logOdds`.
 *
 * si_low is the lower end of the posterior, below which si lies with 5 % probability. The words of one message are on one
 * topic: twelve words of two messages are not twelve witnesses. So the posterior Beta(y + κm, n − y + κ(1 − m)) is widened
 * by the dispersion D of the topic's mass among messages, Beta((y + κm)/D, (n − y + κ(1 − m))/D). Somebody is interested
 * whose si_low lies above the population's share Y/N; few words leave it low, so that they never top a list.
 *
 * Where the population cannot be fitted, because everybody says nothing but the topic's words, si and si_low are NaN and
 * nobody is interested: nobody says more of it than the others.
 */
export function fitInterests({ people, masses, topics }: InterestsInput): Interests {
  const rows = masses.mass.length;
  const words = new Map<number, number>();
  people.person_number.forEach((person, place) => {
    words.set(person, people.words[place]!);
  });
  const everybodysWords = people.words.reduce((sum, count) => sum + count, 0);
  const [share, si, siLow, lift, z] = Array.from({ length: 5 }, () => new Float64Array(rows)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const whole = new Int32Array(rows);
  const isInterested = new Uint8Array(rows);
  const fitted: Fitted[] = [];
  let row = 0;
  for (const [place, topic] of topics.topic_number.entries()) {
    const from = row;
    while (row < rows && masses.topic_number[row] === topic) row++;
    const mass = masses.mass.subarray(from, row);
    const owners = masses.person_number.subarray(from, row);
    const sum = mass.reduce((all, part) => all + part, 0);
    const population = sum / everybodysWords;
    const prior = populationOf(people, owners, mass);
    const interested = { count: 0 };
    for (let at = from; at < row; at++) {
      const y = masses.mass[at]!;
      const n = words.get(masses.person_number[at]!)!;
      whole[at] = n;
      share[at] = y / n;
      lift[at] = y / n / population;
      z[at] = logOdds({ part: y, whole: n, partOfAll: sum, wholeOfAll: everybodysWords }, priorWords).z;
      if (prior === undefined) {
        si[at] = siLow[at] = Number.NaN;
        continue;
      }
      si[at] = shrunkShare(y, n, prior);
      siLow[at] = lowShare(y, n, prior, topics.dispersion[place]!);
      isInterested[at] = siLow[at]! > population ? 1 : 0;
      interested.count += isInterested[at]!;
    }
    fitted.push({ topic, population, prior, interested: interested.count });
  }
  if (row < rows) throw new RangeError('masses must be in the order of their topics');
  return {
    interests: {
      topic_number: masses.topic_number,
      person_number: masses.person_number,
      topic_tokens: masses.mass,
      tokens: whole,
      share,
      si,
      si_low: siLow,
      lift,
      z,
      is_interested: isInterested,
    },
    topics: topicsTable(fitted, people.person_number.length),
  };
}

/** (y + κm) / (n + κ) */
export function shrunkShare(part: number, whole: number, { mean, strength }: Population): number {
  return (part + strength * mean) / (whole + strength);
}

/** The lower end of the posterior share, widened by a dispersion of at least 1. */
export function lowShare(
  part: number,
  whole: number,
  { mean, strength }: Population,
  dispersion: number,
): number {
  const a = part + strength * mean;
  const b = Math.max(0, whole - part) + strength * (1 - mean);
  return betaQuantile(lowerEnd, a / dispersion, b / dispersion);
}

/**
 * Log-odds of a person's share against everybody else's, with an informative Dirichlet prior (Monroe, Colaresi, Quinn
 * 2008): y of n words against y′ of n′, α = α₀ times the population's share.
 *
 * @param counts y and n of the person; of all, the person included
 */
export function logOdds(
  counts: { part: number; whole: number; partOfAll: number; wholeOfAll: number },
  priorWords: number,
): { delta: number; z: number } {
  const { part, whole, partOfAll, wholeOfAll } = counts;
  const alpha = (priorWords * partOfAll) / wholeOfAll;
  const beta = priorWords - alpha;
  const own = part + alpha;
  // A difference of large sums may fall below 0 by its last bit.
  const others = Math.max(0, partOfAll - part) + alpha;
  const ownRest = Math.max(0, whole - part) + beta;
  const othersRest = Math.max(0, wholeOfAll - whole - partOfAll + part) + beta;
  const delta = Math.log(own / ownRest) - Math.log(others / othersRest);
  return { delta, z: delta / Math.sqrt(1 / own + 1 / others) };
}

interface Fitted {
  topic: number;
  population: number;
  prior: Population | undefined;
  interested: number;
}

/** m and κ of everybody: people without mass count too, or κ would take a topic of few for one that all share. */
function populationOf(
  { person_number, words }: InterestsInput['people'],
  owners: Int32Array,
  mass: Float64Array,
): Population | undefined {
  const pace = Math.ceil(person_number.length / mostTeachers);
  const count = pace === 0 ? 0 : Math.ceil(person_number.length / pace);
  const part = new Float64Array(count);
  const whole = new Float64Array(count);
  let at = 0;
  for (let person = 0; person < person_number.length; person += pace) {
    const number = person_number[person]!;
    while (at < owners.length && owners[at]! < number) at++;
    whole[person / pace] = words[person]!;
    part[person / pace] = owners[at] === number ? mass[at]! : 0;
  }
  return fitPopulation(part, whole);
}

function topicsTable(fitted: readonly Fitted[], people: number): Interests['topics'] {
  return {
    topic_number: Int32Array.from(fitted, one => one.topic),
    people: Int32Array.from(fitted, () => people),
    interested: Int32Array.from(fitted, one => (one.prior === undefined ? noInteger : one.interested)),
    population_share: Float64Array.from(fitted, one => one.population),
    prior_mean: Float64Array.from(fitted, one => one.prior?.mean ?? Number.NaN),
    prior_strength: Float64Array.from(fitted, one => one.prior?.strength ?? Number.NaN),
  };
}
