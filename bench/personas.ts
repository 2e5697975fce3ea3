import { catalog } from '../methods/persona-catalog.ts';
import type { Feature } from '../methods/persona-features.ts';
import { findPersonas } from '../methods/personas.ts';
import { seededRandom } from '../methods/random.ts';

/**
 * Personas of a million made-up influencers by twelve features, in four planted groups or in none:
 *
 * node_modules/.bin/node bench/personas.ts [PEOPLE [GROUPS]]
 *
 * Seconds, processor seconds and peak memory of the method alone, as the night runs it in its thread.
 */
const people = Number(process.argv[2] ?? 1_000_000);
const groups = Number(process.argv[3] ?? 4);
const random = seededRandom(7, 'bench', 'personas');
const normal = () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());

const features = catalog.slice(0, 12).map((entry, place): Feature => {
  const values = new Float64Array(people);
  for (let person = 0; person < people; person++)
    values[person] = 3 * (((person % groups) + place) % groups) + normal();
  return { ...entry, scale: 'plain', values };
});
const before = process.cpuUsage();
const started = performance.now();
const found = findPersonas({
  ...{ seed: 7, people, features, known: [], topic: null },
  influence: new Float64Array(people).fill(1),
  before: new Int32Array(people),
});
const used = process.cpuUsage(before);
process.stdout.write(
  `${people} people × ${features.length} features: ${found.personas.length} personas; ${((performance.now() - started) / 1000).toFixed(1)} s, ${((used.user + used.system) / 1e6).toFixed(1)} processor s, ${(process.resourceUsage().maxRSS / 1e6).toFixed(2)} GB\n`,
);
