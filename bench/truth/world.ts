import type { Panel } from '../../methods/panel.ts';
import type { Random } from '../../methods/random.ts';

/** What a world would have sold without any campaign, who was treated, and what is known of the noise because we made it. */
export interface Counterfactual {
  units: number;
  periods: number;
  before: number;
  /** Unit-major, as in a Panel. */
  outcome: Float64Array;
  treated: Uint8Array;
  /** By unit: how much of the world's lift it receives; 0 for an untouched control, 1 for a plain treated unit. */
  response: Float64Array;
  /** What the treated units sell during the flight in the mean over all noise: what the budget is planned by. */
  planned: number;
  /**
   * Sums, in the unit of the outcome, whose mean over seeds is 0 because of how the world is drawn: noise and shocks by arm,
   * before and during the flight. They take most of the chance out of a measured bias (control variates; Owen 2013, 8.9).
   */
  variates: Float64Array;
}

export interface World {
  name: string;
  /** Why this world is here, one sentence. */
  reason: string;
  /** Lifts of the treated units' sales that are measured, as fractions; 0 is the A/A world. */
  lifts: readonly number[];
  /** Methods whose assumptions hold here, so that the bands must hold too. */
  covers: readonly string[];
  /** All that the draw depends on besides its code. */
  rules: unknown;
  draw(random: Random): Counterfactual;
}

/** Contribution margin in every world, as a fraction of sales. */
export const margin = 0.42;
/** The budget, as a fraction of the treated units' planned sales: at a lift of 5 % the iROAS is 3.33 and the ROI .40. */
export const budgetShare = 0.015;

export interface Observed {
  panel: Panel;
  /** What the campaign caused in the treated units during the flight, in the unit of the outcome. */
  truth: number;
  /** In the unit of the outcome; the same with and without a lift, so that an A/A world has an ROI of −1. */
  cost: number;
}

/** The panel that an analyst would see of this world when the campaign lifts sales by `lift`. */
export function observed(world: Counterfactual, lift: number): Observed {
  const { units, periods, before, treated, response } = world;
  const outcome = world.outcome.slice();
  let truth = 0;
  for (let unit = 0; unit < units; unit++) {
    const own = lift * response[unit]!;
    if (own === 0) continue;
    for (let at = unit * periods + before; at < (unit + 1) * periods; at++) {
      const gained = own * world.outcome[at]!;
      outcome[at]! += gained;
      if (treated[unit] === 1) truth += gained;
    }
  }
  return { panel: { units, periods, before, outcome, treated }, truth, cost: budgetShare * world.planned };
}
