import { changeOf } from './change.ts';
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
  if (row.treated === 0) return { ...row, reason: sentenceOf([laid.fault!]) };
  const { total: change, share } = changeOf(laid.panel);
  const percent = Number.isNaN(share) ? '' : ` (${percentText(Math.abs(share))})`;
  const than = `treated units sold ${amountText(Math.abs(change), currency)}${percent} ${change < 0 ? 'less' : 'more'} than in as many days before`;
  return {
    ...row,
    change,
    reason: sentenceOf([than, 'that is a change, not what the campaign caused']),
  };
}
