import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buildCatalog } from '../engine/catalog.ts';
import { ownName } from '../lake/folder.ts';
import type { Lake } from '../lake/lake.ts';
import { type Manifest, versionKey } from '../lake/nights.ts';

/**
 * Puts `catalog.duckdb` beside the tables of a version: a view a table, with the comments that BI tools show. Its paths
 * are absolute, those of this version's files, so that no reader races a swap; after the lake has moved it is laid anew.
 */
export async function layCatalog(
  lake: Lake,
  manifest: Pick<Manifest, 'campaign' | 'version' | 'tables'>,
): Promise<void> {
  const folder = lake.locate(versionKey(manifest));
  const draft = join(folder, `.catalog-${ownName()}`);
  try {
    await buildCatalog(
      draft,
      manifest.tables.map(table => ({
        ...table,
        files: table.files.map(file => join(folder, table.table, file.name)),
      })),
    );
    await rename(draft, join(folder, 'catalog.duckdb'));
  } finally {
    await rm(draft, { force: true });
    await rm(`${draft}.wal`, { force: true });
  }
}
