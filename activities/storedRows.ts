import type { StoredTable } from '../contracts/table.ts';
import { inWorkshop } from './step.ts';
import type { World } from './world.ts';

/** Rows of a committed table, or of a query over it. */
export async function rowsOf<Row>(
  world: World,
  stored: StoredTable[],
  table: string,
  select = `SELECT * FROM ${table}`,
): Promise<Row[]> {
  const found = stored.find(candidate => candidate.table === table);
  if (found === undefined) throw new Error(`the night has no ${table}`);
  return inWorkshop(world, async ({ session }) => {
    await session.attach(
      table,
      found.files.map(file => world.lake.locate(file.key)),
    );
    return session.rows<Row>(select);
  });
}
