import { quoteName, type Session } from '../engine/engine.ts';
import type { Lake } from '../lake/lake.ts';
import type { Manifest } from '../lake/nights.ts';

/** The published tables of one night, as its manifest names them: the only thing that the page reads. */
export interface NightTables {
  /** A relation of these columns: all NULL where the night has no such column, no row where it has no such table. Money is DOUBLE. */
  from(table: string, columns: readonly string[], alias?: string): string;
  rows<Row>(select: string): Promise<Row[]>;
}

export async function nightTables(lake: Lake, session: Session, manifest: Manifest): Promise<NightTables> {
  const tables = new Map(manifest.tables.map(table => [table.table, table]));
  for (const { table, files } of manifest.tables) {
    await session.attach(
      table,
      files.map(file => lake.locate(file.key)),
    );
  }
  return {
    from(table, columns, alias = table) {
      const found = tables.get(table);
      const parts = columns.map(column => {
        const type = found?.columns.find(({ name }) => name === column)?.type;
        const name = quoteName(column);
        if (type === undefined) return `NULL AS ${name}`;
        return type.startsWith('DECIMAL') ? `CAST(${name} AS DOUBLE) AS ${name}` : name;
      });
      const rest = found === undefined ? 'WHERE false' : `FROM ${quoteName(table)}`;
      return `(SELECT ${parts.join(', ')} ${rest}) AS ${quoteName(alias)}`;
    },
    rows: select => session.rows(select),
  };
}
