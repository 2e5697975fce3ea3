import { amountText, countText, percentText } from './figures-in-words.ts';
import type { Panel } from './panel.ts';

/** What one place tells of the campaign's cost, in its currency. */
export interface ToldCost {
  amount: number;
  /** Of the amount, what was spent after the flight's last day. */
  afterFlight: number;
  /** Rows of kind incentive. */
  incentives: number;
  /** Payments in another currency without a rate: they are not in the amount. */
  withoutRate: number;
  /** Rows until tonight that could not be read: what they cost is not in the amount. */
  refused: number;
}

export interface CampaignCost {
  /** NaN where it is not known. */
  amount: number;
  /** Whether it must be estimated, because units that the campaign left alone, or the days before it, carry cost too. */
  isEstimated: boolean;
  /** What readers should know about it, a clause each. */
  notes: string[];
  /** Why it is not known. */
  fault: string | undefined;
}

/** By how much two tellings of the cost may differ before readers hear of it. */
const alike = 0.01;

/**
 * The campaign's cost: what the sheet of costs says, with the ledger's net payments where the sheet has no incentives;
 * without such a sheet, what the panel says of treated units within the flight.
 *
 * @param told undefined where the campaign has no sheet of costs
 * @param panel with the cost of unit u on period t at u * periods + t; undefined where there is no usable panel
 */
export function campaignCost(
  told: ToldCost | undefined,
  ledger: ToldCost | undefined,
  panel: { shape: Panel; cost: Float64Array } | undefined,
  currency: string | undefined,
): CampaignCost {
  const ofPanel = panel === undefined ? undefined : panelCost(panel.shape, panel.cost);
  if (told === undefined) {
    if (ofPanel === undefined)
      return unknown('what the campaign cost is not known: give `costs` in the campaign file');
    return { ...ofPanel, notes: [], fault: ofPanel.amount > 0 ? undefined : nothingSpent };
  }
  if (told.refused > 0)
    return unknown(
      `what the campaign cost is not known: ${countText(told.refused, 'row')} of \`costs\` could not be read (see fct_quality), so their sum would be too small and the return too good`,
    );
  const isLedgerApart = told.incentives === 0 && ledger !== undefined;
  if (isLedgerApart && ledger.withoutRate > 0) {
    return unknown(
      `what the campaign cost is not known: ${countText(ledger.withoutRate, 'payment')} of the ledger have no rate to ${currency} in \`rates\``,
    );
  }
  const paid = isLedgerApart ? ledger : { amount: 0, afterFlight: 0 };
  const amount = told.amount + paid.amount;
  const afterFlight = told.afterFlight + paid.afterFlight;
  const notes = [
    paid.amount !== 0 ? `${amountText(paid.amount, currency)} of the cost are what the ledger paid` : '',
    afterFlight !== 0 ? `${amountText(afterFlight, currency)} of the cost were spent after the flight` : '',
    ofPanel !== undefined && ofPanel.amount > 0 && Math.abs(ofPanel.amount - amount) > alike * amount
      ? `the panel tells another cost, ${amountText(ofPanel.amount, currency)}${amount > 0 ? ` (${percentText((ofPanel.amount - amount) / amount)})` : ''}`
      : '',
  ].filter(note => note !== '');
  return { amount, isEstimated: false, notes, fault: amount > 0 ? undefined : nothingSpent };
}

const nothingSpent = 'no cost is told, and a return on nothing spent has no meaning';

function unknown(fault: string): CampaignCost {
  return { amount: Number.NaN, isEstimated: false, notes: [], fault };
}

function panelCost(
  { units, periods, before, treated }: Panel,
  cost: Float64Array,
): Pick<CampaignCost, 'amount' | 'isEstimated'> {
  let [amount, elsewhere] = [0, 0];
  for (let unit = 0; unit < units; unit++) {
    for (let period = 0; period < periods; period++) {
      const spent = cost[unit * periods + period]!;
      if (treated[unit] === 1 && period >= before) amount += spent;
      else elsewhere += spent;
    }
  }
  return { amount, isEstimated: elsewhere > 0 };
}
