import { halfWidth } from './student.ts';

export function returnOnInvestment(
  incremental: { total: number; low: number; high: number; standardError: number; freedom: number },
  cost: { amount: number; standardError: number },
  { margin, confidence }: { margin: number; confidence: number },
) {
  const ratio = (v: number) => v / cost.amount;
  let [a, b] = [ratio(incremental.low), ratio(incremental.high)];
  let isUnbounded = false;
  if (cost.standardError > 0) {
    const q = halfWidth(confidence, incremental.freedom);
    const g = ((q * cost.standardError) / cost.amount) ** 2;
    isUnbounded = g >= 1;
    const r = incremental.total / cost.amount;
    const w =
      (q / cost.amount) *
      Math.sqrt(incremental.standardError ** 2 * (1 - g) + r ** 2 * cost.standardError ** 2);
    [a, b] = isUnbounded ? [Number.NaN, Number.NaN] : [(r - w) / (1 - g), (r + w) / (1 - g)];
  }
  return {
    roi: ratio(incremental.total) * margin - 1,
    roiLow: a * margin - 1,
    roiHigh: b * margin - 1,
    iroas: ratio(incremental.total),
    iroasLow: a,
    iroasHigh: b,
    isUnbounded,
  };
}
