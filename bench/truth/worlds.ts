import { drawPeople } from './people.ts';
import type { World } from './world.ts';
import { drawPanel, type ZoneRules } from './zones.ts';

/**
 * A middling shop network: sizes differ by half, a zone's day by 12 % with a memory of two days, weather moves all by 6 %,
 * a second shock moves each by its own strength, sales grow by 15 % a year.
 */
const usual: ZoneRules = {
  units: 24,
  treated: 12,
  before: 112,
  flight: 28,
  assignment: 'lot',
  movement: 'in proportion',
  sizeSpread: 0.5,
  noise: { spread: 0.12, memory: 0.4, isHeavyTailed: false },
  shock: { spread: 0.06, memory: 0.7 },
  second: { spread: 0.02, memory: 0.9 },
  growth: 0.15,
  growthSpread: 0,
  responseSpread: 0,
  spillOver: 0,
};

const experiments = [
  'randomised hold-out',
  'difference-in-differences',
  'synthetic difference-in-differences',
];
const series = ['time-based regression', 'synthetic control', 'structural time series'];
const every = [...experiments, ...series];

function zones(
  name: string,
  reason: string,
  rules: Partial<ZoneRules>,
  { covers = every, lifts = [0, 0.05] }: { covers?: readonly string[]; lifts?: readonly number[] } = {},
): World {
  const whole = { ...usual, ...rules };
  return { name, reason, lifts, covers, rules: whole, draw: random => drawPanel(random, whole) };
}

/** Every world that is measured, in the order of the report. */
export const worlds: readonly World[] = [
  zones(
    'twelve pairs',
    'As the sample is made: twelve pairs of alike zones, one of each treated by lot, calm noise, eight weeks before, and sales that grow by a quarter until the end of the flight.',
    {
      assignment: 'pairs',
      before: 56,
      growth: 1,
      sizeSpread: 0.35,
      noise: { spread: 0.038, memory: 0.4, isHeavyTailed: false },
      shock: { spread: 0.07, memory: 0.7 },
      second: { spread: 0, memory: 0 },
    },
    { lifts: [0, 0.02, 0.05, 0.1] },
  ),
  zones('ten by lot', 'The fewest zones that any design takes: five an arm, eight weeks before.', {
    units: 10,
    treated: 5,
    before: 56,
  }),
  zones('twenty-four by lot', 'A regional test, sixteen weeks before.', {}),
  zones('sixty by lot', 'A national test with a third treated, half a year before.', {
    units: 60,
    treated: 20,
    before: 182,
  }),
  zones('two hundred by lot', 'A quarter of two hundred zones treated, a year before.', {
    units: 200,
    treated: 50,
    before: 364,
  }),
  zones('skewed by lot', 'A few capitals outsell everybody: sizes differ by their whole logarithm.', {
    units: 60,
    treated: 30,
    sizeSpread: 1,
  }),
  zones('heavy tails', 'One day in a hundred is far out, as with stock-outs and fairs.', {
    units: 60,
    treated: 30,
    noise: { spread: 0.12, memory: 0.4, isHeavyTailed: true },
  }),
  zones(
    'unequal effects',
    'The campaign works five times as well in some zones as in others. Designs that see how zones differ count that as doubt too, so for the sum over these zones they are too wide, never too narrow (Neyman 1923).',
    { units: 60, treated: 30, responseSpread: 0.8 },
    { covers: series },
  ),
  zones(
    'largest alike',
    'The biggest zones were chosen, and all zones move by the same amounts: parallel trends.',
    { units: 60, treated: 20, before: 182, assignment: 'largest', movement: 'alike' },
    { covers: every.filter(name => name !== 'randomised hold-out') },
  ),
  zones(
    'largest in proportion',
    'The biggest zones were chosen, and zones move in proportion to their size: parallel in per cent, not in money.',
    { units: 60, treated: 20, before: 182, assignment: 'largest' },
    { covers: [...series, 'synthetic difference-in-differences'] },
  ),
  zones(
    'exposed',
    'Zones that feel a slow second shock were chosen: not parallel, though controls that feel it too are there.',
    { units: 60, treated: 15, before: 182, assignment: 'exposed', second: { spread: 0.1, memory: 0.98 } },
    { covers: ['synthetic control'] },
  ),
  zones(
    'fastest',
    'The zones that grow most anyway were chosen: no control is like them, so every design must refuse or fail.',
    { units: 60, treated: 15, before: 182, assignment: 'fastest', growthSpread: 0.4 },
    { covers: [] },
  ),
  zones(
    'spill-over',
    'A third of the controls receive half of the lift: no panel shows it, so every design fails.',
    { units: 60, treated: 30, spillOver: 0.33 },
    { covers: [], lifts: [0.05] },
  ),
  {
    name: 'two thousand people',
    reason: 'Customers held out by lot: two periods, most buy nothing, few buy much.',
    lifts: [0, 0.2],
    covers: ['randomised hold-out'],
    rules: { people: 2000 },
    draw: random => drawPeople(random, 2000),
  },
];
