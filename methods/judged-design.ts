import type { CampaignCost } from './campaign-cost.ts';
import { amountsText, amountText, percentText, sentenceOf } from './figures-in-words.ts';
import type { Panel, PanelEstimate } from './panel.ts';
import { isApart } from './placebos.ts';
import { powerRefusal, smallestTotal } from './power-to-decide.ts';
import type { ReturnDesign } from './return-designs.ts';
import { returnOnInvestment } from './return-on-investment.ts';
import { blankRow, type Obstacle, type ReturnRow } from './return-rows.ts';

/** What DECIMAL(18,4) can't hold. */
const largestAmount = 1e14;

/** In what money a return is told. */
export interface Money {
  cost: CampaignCost;
  /** Share of the revenue; NaN where it is not known. */
  margin: number;
  currency: string | undefined;
  /** What readers should know about the panel, a clause each. */
  notes: string[];
}

/** What a design was run over. */
export interface Ground {
  treated: number;
  control: number;
  daysBefore: number;
  daysOfFlight: number;
}

export function groundOf({ treated, periods, before }: Panel): Ground {
  const units = treated.reduce((sum, unit) => sum + unit, 0);
  return {
    treated: units,
    control: treated.length - units,
    daysBefore: before,
    daysOfFlight: periods - before,
  };
}

/** The row of a design that could not even be run. */
export function refusedRow(
  design: ReturnDesign,
  ground: Ground,
  obstacle: Obstacle,
  reason: string,
  money: Money,
): ReturnRow {
  return {
    ...blankRow(design.method, design.level),
    ...ground,
    cost: money.cost.amount,
    mayDecide: design.mayDecide,
    obstacle,
    reason: sentenceOf([reason]),
  };
}

/**
 * The row of a design that was run: figures, and what they say. A refusal of the design, one without the right to decide or the
 * power to, and an unknown margin or cost all leave the verdict at cannot_tell, with what figures there are beside it.
 *
 * @param spent the cost as the same design estimates it, where it has to be estimated
 */
export function judgedRow(
  design: ReturnDesign,
  ground: Ground,
  estimate: PanelEstimate,
  money: Money,
  spent: PanelEstimate | undefined,
  confidence: number,
): ReturnRow {
  const { total, low, high, standardError, freedom, placebos } = estimate;
  const { cost, margin, currency } = money;
  const paid = spent === undefined ? cost.amount : spent.total;
  const costFault = cost.fault ?? faultOfSpent(spent, estimate, currency);
  const figures =
    costFault === undefined
      ? returnOnInvestment({
          // Of two errors the one that fewer days or units tell sets how far Student's t reaches.
          incremental: {
            total,
            low,
            high,
            standardError,
            freedom: Math.min(freedom, spent?.freedom ?? freedom),
          },
          cost: paid,
          costStandardError: spent?.standardError ?? 0,
          margin,
          confidence,
        })
      : undefined;
  const row: ReturnRow = {
    ...blankRow(design.method, design.level),
    ...ground,
    incremental: total,
    incrementalLow: low,
    incrementalHigh: high,
    standardError,
    freedom,
    confidence,
    cost: paid,
    ...figures,
    mayDecide: design.mayDecide,
    smallestEffect: smallestTotal(estimate, confidence),
    placebos: placebos.length,
    placebosApart: placebos.filter(isApart).length,
  };
  const sales = Number.isNaN(total)
    ? undefined
    : `sales were ${amountText(Math.abs(total), currency)} ${total < 0 ? 'lower' : 'higher'} than without the campaign (${amountsText(low, high, currency)})`;
  const cannotTell = (obstacle: Obstacle, why: string): ReturnRow => ({
    ...row,
    obstacle,
    reason: sentenceOf([why, sales]),
  });
  if (estimate.refusal !== undefined) return cannotTell('estimate', estimate.refusal);
  if ([total, low, high].some(figure => Math.abs(figure) >= largestAmount))
    return cannotTell('estimate', 'its figures are too large for the tables: give sales in thousands');
  if (!design.mayDecide) return cannotTell('right', design.why ?? '');
  if (costFault !== undefined) return cannotTell('money', costFault);
  if (Number.isNaN(margin))
    return cannotTell(
      'money',
      'no margin is known: give `panel.margin` or `orders.margin` in the campaign file',
    );
  if (row.isUnbounded)
    return cannotTell('money', 'the cost is too uncertain to be told from nothing: its return has no bounds');
  const weak = powerRefusal(row.smallestEffect, paid, margin);
  if (weak !== undefined) return cannotTell('estimate', weak);
  const verdict = row.roiLow > 0 ? 'gain' : row.roiHigh < 0 ? 'loss' : 'open';
  return {
    ...row,
    verdict,
    reason: sentenceOf([
      sales,
      returned(row, margin, currency),
      meaning[verdict],
      ...cost.notes,
      ...money.notes,
    ]),
  };
}

const meaning = {
  gain: 'even the lower end is a gain',
  loss: 'even the upper end is a loss',
  open: 'whether it paid is open, because the interval holds both a loss and a gain',
};

function returned({ cost, roi, roiLow, roiHigh }: ReturnRow, margin: number, currency: string | undefined) {
  return `at a margin of ${percentText(margin)} and a cost of ${amountText(cost, currency)} that is a return of ${percentText(roi)} (${percentText(roiLow)} to ${percentText(roiHigh)})`;
}

function faultOfSpent(
  spent: PanelEstimate | undefined,
  estimate: PanelEstimate,
  currency: string | undefined,
): string | undefined {
  if (spent === undefined) return undefined;
  const elsewhere = 'units without the campaign, or the days before it, carry cost too';
  if (spent.refusal !== undefined) return `${elsewhere}, and what it added cannot be told: ${spent.refusal}`;
  if (!(spent.total > 0))
    return `${elsewhere}, and by this design the campaign added none (${amountText(spent.total, currency)}): a return on nothing spent has no meaning`;
  const known = [spent, estimate].flatMap(({ standardError, freedom }) => [standardError, freedom]);
  if (known.some(Number.isNaN))
    return `${elsewhere}, and this design has no standard error of a known distribution to weigh one against the other (${amountText(spent.total, currency)} more spent)`;
  return undefined;
}
