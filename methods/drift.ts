import { autoregressionRatio } from './lasting-days.ts';
import { fittedLine, type Line } from './least-squares-line.ts';
import { signedPercent } from './percent.ts';
import { significance } from './smallest-effect.ts';
import { halfWidth } from './student.ts';

/**
 * Why the treated units leave the control's line before anybody was treated: their distance from it rises or falls with time, told
 * from 0 at .05. t of the day's number in the regression of y on x and time (Frisch & Waugh 1933: residuals on residuals), its error
 * widened and its degrees of freedom lowered by how days resemble their neighbours. Fake flights see little of it, as a drift
 * widens their error too: of panels that drift by a tenth in twelve weeks they refuse a third, this all.
 *
 * @param x control totals of the days before
 * @param line y on x over the same days
 */
export function driftRefusal(x: Float64Array, { residuals, mean }: Line): string | undefined {
  const n = x.length;
  const time = fittedLine(
    x,
    x.map((_, day) => day),
  )!.residuals;
  const along = fittedLine(time, residuals);
  if (along === undefined || along.deviation === 0) return;
  const squares = time.reduce((sum, value) => sum + value ** 2, 0);
  const left = along.residuals.reduce((sum, value) => sum + value ** 2, 0);
  const ratio = autoregressionRatio(along.residuals, n, 3);
  const freedom = (n - 3) / ratio;
  const error = Math.sqrt((left / (n - 3) / squares) * ratio);
  if (Math.abs(along.slope) <= halfWidth(1 - significance, freedom) * error) return;
  return `before the flight the treated units drift away from the control's line, by ${signedPercent((along.slope * n) / mean, 1)} over its ${n} days`;
}
