import { dateText, day, flightBegins, flightEnds, talkBegins } from './calendar.ts';
import type { Files } from './files.ts';
import { Random } from './random.ts';

/** Sales of the shops by zone and day, with a lift that is known because it was added. */
export interface PanelTruth {
  units: { unit: string; group: 'treated' | 'control' }[];
  /** Revenue that the flight caused in the treated zones, EUR. */
  incremental: number;
  /** What was spent in them, EUR. */
  cost: number;
  iroas: number;
}

const pairs = 12;
const campaignCost = 24_000;
const plannedReturn = 3.2;

/**
 * Twelve pairs of alike zones, one of each pair treated by lot. Sales = the zone's level × its weekday × a shock
 * common to all × noise of its own; during the flight, plus 3.2 times the day's cost, give or take a tenth.
 */
export function writePanel(
  files: Files,
  path: string,
  seed: number,
  options: { everywhere: boolean },
): PanelTruth {
  const random = new Random(seed, options.everywhere ? 'panel everywhere' : 'panel');
  const units: { unit: string; group: 'treated' | 'control'; level: number; noise: number }[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const level = random.skewed(3200, 0.35);
    const first = random.chance(0.5);
    for (const member of [0, 1]) {
      const isTreated = options.everywhere || (member === 0) === first;
      units.push({
        unit: zone(pair * 2 + member),
        group: isTreated ? 'treated' : 'control',
        level: level * random.between(0.92, 1.08),
        noise: 0,
      });
    }
  }
  const treated = units.filter(unit => unit.group === 'treated');
  const wholeLevel = treated.reduce((sum, unit) => sum + unit.level, 0);
  const days = (flightEnds - flightBegins) / day;
  const weekdays = [1.35, 0.8, 0.82, 0.9, 0.95, 1.1, 1.4];
  let shock = 0;
  let [incremental, cost] = [0, 0];
  const rows: (string | number)[][] = [];
  for (let at = talkBegins; at < flightEnds; at += day) {
    // Weather and season touch every zone alike: spring sells more ice cream.
    shock = 0.7 * shock + 0.05 * random.normal();
    const season = 1 + (0.25 * (at - talkBegins)) / (flightEnds - talkBegins);
    for (const unit of units) {
      unit.noise = 0.4 * unit.noise + 0.035 * random.normal();
      const base = unit.level * weekdays[new Date(at).getUTCDay()]! * season * (1 + shock + unit.noise);
      const runs = unit.group === 'treated' && at >= flightBegins;
      const spent = runs ? cents((campaignCost / days) * (unit.level / wholeLevel)) : 0;
      const lift = runs ? cents(spent * plannedReturn * random.between(0.9, 1.1)) : 0;
      incremental += lift;
      cost += spent;
      rows.push([unit.unit, dateText(at), (cents(base) + lift).toFixed(2), spent.toFixed(2), unit.group]);
    }
  }
  files.table(path, ['unit', 'date', 'sales', 'cost', 'group'], rows);
  return {
    units: units.map(({ unit, group }) => ({ unit, group })),
    incremental: cents(incremental),
    cost: cents(cost),
    iroas: incremental / cost,
  };
}

export const zone = (number: number) => `zone-${String(number + 1).padStart(2, '0')}`;

export function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}
