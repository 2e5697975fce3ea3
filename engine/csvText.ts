import { stringify } from 'csv-stringify/sync';
import type { Scalar } from './engine.ts';

/** Rows as CSV with a header. Text that a spreadsheet would run as a formula is marked as text. */
export function csvText(columns: readonly string[], rows: readonly (readonly Scalar[])[]): string {
  return stringify(rows as Scalar[][], {
    header: true,
    columns: [...columns],
    cast: {
      boolean: value => String(value),
      string: value => (/^[=+\-@\t\r]/.test(value) ? `'${value}` : value),
    },
  });
}
