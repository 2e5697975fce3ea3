import type { Night } from '../contracts/night.ts';
import type { StoredTable } from '../contracts/table.ts';
import type { Columns } from '../engine/engine.ts';
import { meaningOf } from './model.ts';
import type { Workshop } from './step.ts';
import { storeTable, type TableShape } from './store.ts';
import type { World } from './world.ts';

/** What an `est_` table, which no SQL describes, promises its readers. */
export type EstimateShapes = Readonly<Record<string, Pick<TableShape, 'sentence' | 'grain' | 'checks'>>>;

/** Stores the tables that a method made and that lie in the session under their names. */
export async function storeEstimates(
  world: World,
  night: Night,
  workshop: Workshop,
  shapes: EstimateShapes,
  making: Parameters<typeof meaningOf>[0],
): Promise<StoredTable[]> {
  const meaning = meaningOf(making);
  const stored: StoredTable[] = [];
  for (const [table, shape] of Object.entries(shapes)) {
    stored.push(await storeTable(world.lake, night.campaign, workshop, { table, ...shape, meaning }));
  }
  return stored;
}

/** The memory of columns, to be moved to a thread instead of lying there twice. */
export function buffersOf(columns: Columns): ArrayBuffer[] {
  return Object.values(columns).map(column => column.buffer as ArrayBuffer);
}
