import type { DuckDBMaterializedResult } from '@duckdb/node-api';
import type { Columns } from './engine.ts';

/** What a fixed-width vector of a chunk holds; the package declares it private, and copying value by value is 50 times slower. */
interface RawVector {
  items: Int32Array | Float64Array;
  validity: { data: BigUint64Array | null; itemValid(index: number): boolean };
}

/**
 * The columns of a materialised result as typed arrays: INTEGER → Int32Array, DOUBLE → Float64Array with NaN for NULL.
 * A materialised result is used because a stream ends silently on an error.
 */
export function readColumns(result: DuckDBMaterializedResult): Columns {
  const rows = Number(result.rowCount);
  const names = result.columnNames();
  const columns = names.map((name, index) => {
    const type = String(result.columnType(index));
    if (type === 'INTEGER') return new Int32Array(rows);
    if (type === 'DOUBLE') return new Float64Array(rows);
    throw new TypeError(`column ${name} is ${type}: a method reads INTEGER and DOUBLE only`);
  });
  let start = 0;
  for (let index = 0; index < result.chunkCount; index++) {
    const chunk = result.getChunk(index);
    const count = chunk.rowCount;
    columns.forEach((column, position) => {
      const vector = chunk.getColumnVector(position) as unknown as RawVector;
      column.set(vector.items.subarray(0, count), start);
      if (vector.validity.data === null) return;
      for (let row = 0; row < count; row++) {
        if (vector.validity.itemValid(row)) continue;
        if (column instanceof Int32Array) throw new TypeError(`column ${names[position]} has a NULL`);
        column[start + row] = Number.NaN;
      }
    });
    start += count;
  }
  return Object.fromEntries(names.map((name, position) => [name, columns[position]!]));
}
