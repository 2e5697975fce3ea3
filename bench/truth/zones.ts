import type { Random } from '../../methods/random.ts';
import { autoregressive, heavyTailed, normal, shuffled } from './chance.ts';
import type { Counterfactual } from './world.ts';

/** How sales of zones come about. All spreads are standard deviations, relative to a zone's usual sales of a day. */
export interface ZoneRules {
  units: number;
  treated: number;
  before: number;
  flight: number;
  /**
   * Who is treated: `lot` any; `pairs` one of each two zones of nearly the same size, by lot; `largest` the biggest;
   * `fastest` those that grow most anyway; `exposed` rather those that feel the second shock strongly.
   */
  assignment: 'lot' | 'pairs' | 'largest' | 'fastest' | 'exposed';
  /** Do weekdays, growth, shocks and noise move a zone in proportion to its size, or all zones by the same amount? */
  movement: 'in proportion' | 'alike';
  /** Of the logarithm of sizes. */
  sizeSpread: number;
  /** Of a zone's own day; `memory` is the correlation with the day before. */
  noise: { spread: number; memory: number; isHeavyTailed: boolean };
  /** Weather and season: every zone feels them alike. */
  shock: { spread: number; memory: number };
  /** Tourism, a competitor: zones feel it by a strength of their own with mean 0 and spread 1. */
  second: { spread: number; memory: number };
  /** Of all zones over a year, as a fraction. */
  growth: number;
  /** How much zones differ in it. */
  growthSpread: number;
  /** Of the logarithm of a zone's response to the campaign, whose mean stays 1. */
  responseSpread: number;
  /** Share of the controls that receive half of the lift. */
  spillOver: number;
}

const usualSize = 3000;
const weekdays = [1.35, 0.8, 0.82, 0.9, 0.95, 1.1, 1.4].map(factor => (factor * 7) / 7.32);
const yearDays = 365;

interface Zone {
  size: number;
  strength: number;
  growth: number;
}

function drawZones(random: Random, rules: ZoneRules): Zone[] {
  const zones: Zone[] = [];
  for (let unit = 0; unit < rules.units; unit++) {
    // The second of a pair is nearly as big as the first, as the sample's zones are.
    const isTwin = rules.assignment === 'pairs' && unit % 2 === 1;
    const size = isTwin
      ? zones[unit - 1]!.size * (0.92 + 0.16 * random.next())
      : usualSize * Math.exp(rules.sizeSpread * normal(random));
    zones.push({
      size,
      strength: normal(random),
      growth: rules.growth + rules.growthSpread * normal(random),
    });
  }
  return zones;
}

function assign(random: Random, zones: readonly Zone[], rules: ZoneRules): Uint8Array {
  const treated = new Uint8Array(rules.units);
  if (rules.assignment === 'pairs') {
    for (let unit = 0; unit < rules.units; unit += 2) treated[unit + random.below(2)] = 1;
    return treated;
  }
  const lots = shuffled(random, rules.units);
  const wish: Record<Exclude<ZoneRules['assignment'], 'pairs'>, (unit: number) => number> = {
    lot: unit => lots[unit]!,
    largest: unit => zones[unit]!.size,
    fastest: unit => zones[unit]!.growth,
    exposed: unit => zones[unit]!.strength + normal(random),
  };
  const wishes = zones.map((_, unit) => wish[rules.assignment as 'lot'](unit));
  const order = zones.map((_, unit) => unit).sort((a, b) => wishes[b]! - wishes[a]! || a - b);
  for (const unit of order.slice(0, rules.treated)) treated[unit] = 1;
  return treated;
}

/**
 * Sales of a zone on a day = size × weekday × (1 + growth) × (1 + common shock + strength × second shock + own noise), or,
 * where all move `alike`, size + the usual size × the same movement.
 */
export function drawPanel(random: Random, rules: ZoneRules): Counterfactual {
  const { units, before, flight } = rules;
  const periods = before + flight;
  const zones = drawZones(random, rules);
  const treated = assign(random, zones, rules);
  const shock = autoregressive(random, periods, rules.shock);
  const second = autoregressive(random, periods, rules.second);
  const draw = rules.noise.isHeavyTailed ? heavyTailed : normal;
  const outcome = new Float64Array(units * periods);
  const variates = new Float64Array(13);
  let planned = 0;
  zones.forEach(({ size, strength, growth }, unit) => {
    const noise = autoregressive(random, periods, { ...rules.noise, draw });
    const arm = treated[unit]!;
    const isAlike = rules.movement === 'alike';
    for (let day = 0; day < periods; day++) {
      const usual = weekdays[day % 7]! * (1 + (growth * (day - periods / 2)) / yearDays);
      const scale = (isAlike ? usualSize : size) * usual;
      const level = isAlike ? size + scale - usualSize : scale;
      outcome[unit * periods + day] = level + scale * (shock[day]! + strength * second[day]! + noise[day]!);
      const phase = 6 * Number(day >= before) + 3 * arm;
      variates[phase]! += scale * shock[day]!;
      variates[phase + 1]! += scale * strength * second[day]!;
      variates[phase + 2]! += scale * noise[day]!;
      if (arm === 1 && day >= before) planned += level;
    }
  });
  // A lot makes neither arm the bigger one in the mean.
  const isByLot = rules.assignment === 'lot' || rules.assignment === 'pairs';
  if (isByLot) variates[12] = meanSize(zones, treated, 1) - meanSize(zones, treated, 0);
  const response = Float64Array.from(treated, isTreated => responseOf(random, isTreated === 1, rules));
  return { units, periods, before, outcome, treated, response, planned, variates };
}

function responseOf(random: Random, isTreated: boolean, { responseSpread, spillOver }: ZoneRules): number {
  const own = Math.exp(responseSpread * normal(random) - responseSpread ** 2 / 2);
  const isReached = random.next() < spillOver;
  if (isTreated) return own;
  return isReached ? own / 2 : 0;
}

function meanSize(zones: readonly Zone[], treated: Uint8Array, arm: number): number {
  const sizes = zones.filter((_, unit) => treated[unit] === arm).map(({ size }) => size);
  return sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
}
