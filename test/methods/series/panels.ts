import { normalDraw } from '../../../methods/draws.ts';
import type { Panel } from '../../../methods/panel.ts';
import { seededRandom } from '../../../methods/random.ts';

export interface PanelMaking {
  units: number;
  before: number;
  days: number;
  /** How much of a day's noise is still there the day after. */
  carry: number;
  /** By how much the flight lifts treated units. */
  lift: number;
}

/** Units of very different size with a week, common shocks, and noise of their own that carries over; every other one treated. */
export function panelOf(seed: number, { units, before, days, carry, lift }: PanelMaking): Panel {
  const random = seededRandom(seed, 'test', 'series');
  const normal = () => normalDraw(random);
  const periods = before + days;
  const week = [0, -0.05, -0.03, 0, 0.05, 0.1, 0.02];
  let shock = 0;
  const common = Float64Array.from({ length: periods }, () => {
    shock = 0.7 * shock + 0.035 * normal();
    return shock;
  });
  const treated = Uint8Array.from({ length: units }, (_, unit) => unit % 2);
  const outcome = new Float64Array(units * periods);
  for (let unit = 0; unit < units; unit++) {
    const size = 5000 * Math.exp(0.5 * normal());
    let noise = normal();
    for (let day = 0; day < periods; day++) {
      noise = carry * noise + Math.sqrt(1 - carry ** 2) * normal();
      const lifted = unit % 2 === 1 && day >= before ? 1 + lift : 1;
      const value = size * (1 + week[day % 7]! + common[day]! + 0.08 * noise) * lifted;
      outcome[unit * periods + day] = Math.round(value * 1e4) / 1e4;
    }
  }
  return { units, periods, before, outcome, treated };
}

/** The five panels on which another implementation was run, each with one control series. */
export function recordedPanels(): Panel[] {
  return [0, 0.3, 0.5, 0.6, 0.7].map((carry, place) =>
    panelOf(40 + place, { units: 12, before: 90, days: 28, carry, lift: 0.02 * place }),
  );
}
