import { noInteger } from '../contracts/columns.ts';
import { clusterStability } from './cluster-stability.ts';
import { chooseGroups, type GroupChoice } from './group-choice.ts';
import { assign, kMeans } from './k-means.ts';
import { matchClusters } from './match-clusters.ts';
import { type Feature, featureSpace } from './persona-features.ts';
import { type PersonaName, personaName } from './persona-names.ts';
import { type Trait, traitsOf } from './persona-traits.ts';
import { type Points, rowsOf, sampleOf } from './points.ts';
import { seededRandom } from './random.ts';

const stage = 'personas';
/** Bootstrap samples, and points that they are drawn from at most. */
const bootstraps = 50;
const mostBootstrapped = 2000;

/** A persona that was born on some night, alive or not; its number is never given again. */
export interface KnownPersona {
  number: number;
  name: PersonaName;
}

export interface PersonasInput {
  seed: number;
  /** How many people are grouped. */
  people: number;
  /** Their values first, then those of people who are only put into the same space. */
  features: Feature[];
  /** What each person to be grouped moves beyond themselves, above 0, in any unit. */
  influence: Float64Array;
  /** Number of the persona each person to be grouped was last in, 0 for none. */
  before: Int32Array;
  /** Every persona ever born. */
  known: KnownPersona[];
  /** The campaign's category. */
  topic: string | null;
}

export interface Persona extends KnownPersona {
  isNew: boolean;
  size: number;
  /** Bootstrap Jaccard similarity. */
  stability: number;
  /** Jaccard similarity with what it was before; NaN where it is new. */
  similarity: number;
  traits: Trait[];
}

export interface Personas {
  choice: GroupChoice;
  /** By number; none where the people can't be told apart. */
  personas: Persona[];
  /** One value a person: the persona's number and the distance to its centre; `noInteger` and NaN where there are none. */
  membership: { persona_number: Int32Array; distance: Float64Array };
  /** Everyone, those who are only put there too, in the space in which people were grouped: a column a scale. */
  space: Points;
  /** Features that were used, with what their values were standardised by. */
  scales: { feature: string; scale: string; centre: number; spread: number }[];
}

/** Groups influential people by what they have in common, and gives groups that were there before the same number and name. */
export function findPersonas(input: PersonasInput): Personas {
  const { seed, people } = input;
  const { points: space, features } = featureSpace(input.features, people);
  const { columns } = space;
  const weights = weightsOf(input.influence);
  const points = { values: space.values.subarray(0, people * columns), rows: people, columns, weights };
  const choice = chooseGroups(points, seed, stage);
  const scales = features
    .filter(({ isUsed }) => isUsed)
    .map(({ name, scale, centre, spread }) => ({ feature: name, scale, centre, spread }));
  if (choice.k === 1) {
    const membership = {
      persona_number: new Int32Array(people).fill(noInteger),
      distance: new Float64Array(people).fill(Number.NaN),
    };
    return { choice, personas: [], membership, space, scales };
  }
  const { centres, labels } = kMeans(points, choice.k, seededRandom(seed, stage, 'k-means'));
  const distance = new Float64Array(people);
  assign(points, centres, labels, distance);
  const rows = Array.from({ length: choice.k }, (): number[] => []);
  labels.forEach((label, row) => {
    rows[label]!.push(row);
  });
  const traits = rows.map(group => traitsOf(features, group));
  const stability = stabilityOf(points, labels, choice.k, seed);
  const identity = identify(input, labels, rows, traits);
  const personas = rows
    .map(
      (group, label): Persona => ({
        ...identity[label]!,
        size: group.length,
        stability: stability[label]!,
        traits: traits[label]!,
      }),
    )
    .sort((a, b) => a.number - b.number);
  return {
    choice,
    personas,
    membership: {
      persona_number: labels.map(label => identity[label]!.number),
      distance: distance.map(Math.sqrt),
    },
    space,
    scales,
  };
}

/**
 * How much people count when personas are looked for: whoever moves as much as the middle one of them counts whole, others in
 * proportion. Personas are the profiles of those who move the most; who is at the border of influence shall not blur them, and
 * no one of great influence shall be a persona alone.
 */
function weightsOf(influence: Float64Array): Float64Array {
  const middle = influence.slice().sort()[influence.length >> 1] ?? 1;
  return influence.map(value => Math.min(1, value / middle));
}

function stabilityOf(points: Points, labels: Int32Array, k: number, seed: number): Float64Array {
  const random = seededRandom(seed, stage, 'bootstrap');
  const rows = sampleOf(points.rows, mostBootstrapped, random);
  const some = rowsOf(points, rows);
  return clusterStability(
    some,
    Int32Array.from(rows, row => labels[row]!),
    k,
    random,
    bootstraps,
    { restarts: 5 },
  );
}

/** Number and name of each group: those of the persona that it continues, or new ones, the largest group first. */
function identify(input: PersonasInput, labels: Int32Array, rows: number[][], traits: Trait[][]) {
  const { before, known, topic } = input;
  const places = new Map(known.map(({ number }, place) => [number, place]));
  const placesBefore = before.map(number => places.get(number) ?? -1);
  const match = matchClusters(labels, rows.length, placesBefore, known.length);
  const identity: (KnownPersona & { isNew: boolean; similarity: number })[] = [];
  const taken: PersonaName[] = [];
  rows.forEach((_, label) => {
    const persona = known[match.before[label]!];
    if (persona === undefined) return;
    identity[label] = { ...persona, isNew: false, similarity: match.similarity[label]! };
    taken.push(persona.name);
  });
  let last = known.reduce((most, { number }) => Math.max(most, number), 0);
  const fresh = rows.map((_, label) => label).filter(label => identity[label] === undefined);
  fresh.sort((a, b) => rows[b]!.length - rows[a]!.length || rows[a]![0]! - rows[b]![0]!);
  for (const label of fresh) {
    last += 1;
    const name = personaName(traits[label]!, topic, taken);
    identity[label] = { number: last, name, isNew: true, similarity: Number.NaN };
    taken.push(name);
  }
  return identity;
}
