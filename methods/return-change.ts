import { amountText, percentText, sentenceOf } from './figures-in-words.ts';
import { groundOf } from './judged-design.ts';
import type { LaidPanel } from './panel-rows.ts';
import { blankRow, type ReturnRow } from './return-rows.ts';

/**
 * The row of before and after: how much more the treated units sold than in as many days before. It holds the season, the weather
 * and everything else that changed, so it is never an incremental revenue and never a return.
 */
export function changeRow(laid: LaidPanel, currency: string | undefined): ReturnRow {
  const row = { ...blankRow('change', Number.NaN), ...groundOf(laid.panel), verdict: 'change' as const };
  if (!laid.isWhole) return { ...row, reason: sentenceOf([laid.fault!]) };
  const { periods, before, outcome, treated } = laid.panel;
  if (row.treated === 0) return { ...row, reason: sentenceOf([laid.fault!]) };
  const sums = [0, 0];
  outcome.forEach((value, at) => {
    if (treated[Math.floor(at / periods)] === 1) sums[at % periods < before ? 0 : 1]! += value;
  });
  const then = (sums[0]! * (periods - before)) / before;
  const change = sums[1]! - then;
  const share = then > 0 ? ` (${percentText(Math.abs(change) / then)})` : '';
  const than = `treated units sold ${amountText(Math.abs(change), currency)}${share} ${change < 0 ? 'less' : 'more'} than in as many days before`;
  return {
    ...row,
    change,
    reason: sentenceOf([than, 'that is a change, not what the campaign caused']),
  };
}
