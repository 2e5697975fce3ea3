import { faultsOf, isBiased, isCovered } from './bands.ts';
import { contestants } from './contestants.ts';
import type { Measured } from './score.ts';
import { worlds } from './worlds.ts';

/** All that was measured, as Markdown: who is inside the bands, then world by world. */
export function reportOf(all: readonly Measured[]): string {
  const measured = worlds.filter(({ name }) => all.some(({ world }) => world === name));
  return [
    '### Inside the bands',
    standing(all),
    ...measured.flatMap(({ name, reason }) => [
      `### ${name[0]!.toUpperCase()}${name.slice(1)}`,
      reason,
      table(all.filter(({ world }) => world === name)),
      reasons(all.filter(({ world }) => world === name)),
    ]),
  ]
    .filter(part => part !== '')
    .join('\n\n');
}

/** Of each method: in how many cells its assumptions hold, which of them lie outside, and where the bias is over a point. */
function standing(all: readonly Measured[]): string {
  const lines = contestants
    .filter(({ mayDecide }) => mayDecide)
    .map(({ name }) => {
      const cells = all.filter(cell => cell.method === name && isCovered(cell));
      const outside = cells.filter(cell => faultsOf(cell).length > 0);
      const told = outside.map(
        cell => `${cell.world} at ${percent(cell.lift)}: ${faultsOf(cell).join(', ')}`,
      );
      const biased = cells.filter(cell => isBiased(cell) && cell.lift === 0);
      const over = biased.map(
        ({ world, bias, rootMeanSquare }) =>
          `${world} ${signed(bias[0])} (${percent(Math.abs(bias[0]) / rootMeanSquare)} of the RMSE)`,
      );
      return `| ${name} | ${cells.length} | ${cells.length - outside.length} | ${told.join('; ') || 'none'} | ${over.join('; ') || 'nowhere'} |`;
    });
  return [
    '| method | cells | inside | outside | bias over one ROI point, A/A |',
    '|---|--:|--:|---|---|',
    ...lines,
  ].join('\n');
}

function table(cells: readonly Measured[]): string {
  const lines = cells.map(cell => {
    const { method, lift, seeds, decided, coverage, bias } = cell;
    const refused = percent(1 - decided / seeds);
    if (decided === 0) return `| ${method} | ${percent(lift)} | ${seeds} | ${refused} | | | | | | | |`;
    const falsePositives = lift === 0 ? withError(1 - coverage[0], coverage[1]) : '';
    const held = lift === 0 ? '' : withError(coverage[0], coverage[1]);
    const off = Number.isNaN(cell.relativeBias)
      ? ''
      : ` (${signed(100 * cell.relativeBias)} % of the effect)`;
    const verdict = isCovered(cell) ? faultsOf(cell).join(', ') || 'inside' : 'not meant for it';
    const points = `${signed(bias[0])} ± ${bias[1].toFixed(1)}${off}`;
    return `| ${method} | ${percent(lift)} | ${seeds} | ${refused} | ${falsePositives} | ${held} | ${points} | ${cell.rootMeanSquare.toFixed(1)} | ${cell.width.toFixed(1)} | ${percent(cell.power)} | ${verdict} |`;
  });
  return [
    '| method | lift | seeds | refused | false positives | coverage | bias, ROI points | RMSE | width | finds it | |',
    '|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|',
    ...lines,
  ].join('\n');
}

function reasons(cells: readonly Measured[]): string {
  // A lift changes hardly anything in them: told once.
  const first = cells.filter(({ lift }) => lift === cells[0]?.lift);
  const lines = first.flatMap(({ method, reasons }) =>
    reasons.slice(0, 3).map(([reason, share]) => `- ${method}, ${percent(share)} of runs: ${reason}`),
  );
  return lines.length === 0 ? '' : ['Refused because:', '', ...lines].join('\n');
}

const percent = (fraction: number) => `${Number((100 * fraction).toFixed(1))} %`;
const withError = (fraction: number, error: number) =>
  `${(100 * fraction).toFixed(1)} ± ${(100 * error).toFixed(1)} %`;
const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`;
