import type { DuckDBValue } from '@duckdb/node-api';
import type { Scalar } from './engine.ts';

/** A row of a small result in plain JavaScript values; refuses an integer that a number can't hold. */
export function plainRow(row: Record<string, DuckDBValue>): Record<string, Scalar> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plainValue(name, value)]));
}

export function plainValue(name: string, value: DuckDBValue): Scalar {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') {
    const number = Number(value);
    if (!Number.isSafeInteger(number)) throw new RangeError(`${name} = ${value} does not fit a number`);
    return number;
  }
  return String(value);
}
