import {
  BOOLEAN,
  DOUBLE,
  type DuckDBConnection,
  type DuckDBDataChunk,
  DuckDBTableFunction,
  INTEGER,
  VARCHAR,
} from '@duckdb/node-api';
import { noInteger } from '../contracts/columns.ts';
import type { Made } from './engine.ts';

interface RawVector {
  items: Int32Array | Float64Array;
  validity: { setItemValid(index: number, valid: boolean): void };
  setItem(index: number, value: unknown): void;
  flush(): void;
}

const CHUNK = 2048;

/** Registers arrays as a table function of no arguments: numbers pass at 5 to 18 M rows/s, against 2 M by an appender; texts at 1 M. */
export function registerColumns(connection: DuckDBConnection, name: string, columns: Made): void {
  const names = Object.keys(columns);
  const arrays = names.map(column => columns[column]!);
  const rows = arrays[0]?.length ?? 0;
  const odd = names.find(column => columns[column]!.length !== rows);
  if (odd !== undefined) throw new RangeError(`column ${odd} has not ${rows} values`);
  let start = 0;
  connection.registerTableFunction(
    DuckDBTableFunction.create({
      name,
      bindFunction(bind) {
        names.forEach((column, position) => {
          bind.addResultColumn(column, typeOf(arrays[position]!));
        });
        bind.setCardinality(rows, true);
      },
      initFunction(init) {
        init.setMaxThreads(1);
        start = 0;
      },
      mainFunction(_info, chunk) {
        const count = Math.min(CHUNK, rows - start);
        chunk.rowCount = count;
        if (count > 0) fillChunk(chunk, arrays, start, count);
        start += count;
      },
    }),
  );
}

function fillChunk(chunk: DuckDBDataChunk, arrays: Made[string][], start: number, count: number): void {
  arrays.forEach((array, position) => {
    const vector = chunk.getColumnVector(position) as unknown as RawVector;
    if (array instanceof Uint8Array) {
      for (let row = 0; row < count; row++) vector.setItem(row, array[start + row] === 1);
    } else if (!ArrayBuffer.isView(array)) {
      for (let row = 0; row < count; row++) vector.setItem(row, array[start + row]);
    } else {
      vector.items.set(array.subarray(start, start + count));
      for (let row = 0; row < count; row++) {
        const value = array[start + row]!;
        if (value === noInteger || Number.isNaN(value)) vector.validity.setItemValid(row, false);
      }
    }
    vector.flush();
  });
}

function typeOf(array: Made[string]) {
  if (array instanceof Int32Array) return INTEGER;
  if (array instanceof Float64Array) return DOUBLE;
  if (array instanceof Uint8Array) return BOOLEAN;
  return VARCHAR;
}
