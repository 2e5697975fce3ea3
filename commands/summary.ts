import type { NightResult, Published } from '../contracts/night.ts';
import type { StepReport } from '../contracts/table.ts';
import { bytesText, seconds, tableText } from './terminal.ts';

/** How a run ended, as people read it. */
export function resultText(result: NightResult, took: number): string {
  const parts = [stepsText(result.steps)];
  const { published, interval } = result;
  const when = `${interval.from}/${interval.to}`;
  if (published === undefined) {
    const pages = (result.pages ?? []).map(page => `page: ${page}\n`).join('');
    parts.push(`${pages}${result.run}: nothing published, because only part of the night was run`);
  } else {
    const rows = published.tables.map(table => [
      table.table,
      table.rows,
      table.files,
      bytesText(table.bytes),
    ]);
    parts.push(
      tableText(['table', 'rows', 'files', 'size'], rows),
      [
        ...published.warnings.map(warning => `note: ${warning}`),
        `${published.verdict}: ${published.reason}`,
        ...returnsText(published),
        published.outcome === 'unchanged'
          ? `${when} was published before with the same bytes (entry ${published.entry})`
          : `${when} published as entry ${published.entry}`,
        `tables: ${published.folder}`,
        ...(result.pages ?? []).map(page => `page: ${page}`),
        `${result.run}: ${seconds(took)}, ${reuseText(result.steps)}`,
      ].join('\n'),
    );
  }
  return parts.join('\n\n');
}

/** What the campaign returned, beside the night's own verdict. */
export function returnsText({ returns }: Pick<Published, 'returns'>): string[] {
  return returns === undefined ? [] : [`returns: ${returns.verdict.replace('_', ' ')}: ${returns.reason}`];
}

export function stepsText(steps: readonly StepReport[]): string {
  return tableText(
    ['step', 'outcome', 'time', 'rows', ''],
    steps.map(step => [
      `${step.stage}/${step.step}`,
      step.outcome,
      seconds(step.seconds),
      rowsText(step),
      step.detail,
    ]),
  );
}

/** What was reused, in words. */
export function reuseText(steps: readonly StepReport[]): string {
  const count = (outcome: StepReport['outcome']) => steps.filter(step => step.outcome === outcome).length;
  const words = (['computed', 'reused', 'verified', 'would compute', 'unknown'] as const)
    .filter(outcome => count(outcome) > 0)
    .map(outcome => `${count(outcome)} ${outcome === 'unknown' ? 'depend on those' : outcome}`);
  return `${steps.length} steps: ${words.join(', ')}`;
}

/** One table by its name, several as a sum: their names stand in the JSON. */
function rowsText({ rows }: StepReport): string {
  const tables = Object.entries(rows);
  if (tables.length === 0) return '';
  const total = tables.reduce((sum, [, count]) => sum + count, 0).toLocaleString('en-GB');
  return tables.length === 1 ? `${tables[0]![0]} ${total}` : `${total} in ${tables.length} tables`;
}
