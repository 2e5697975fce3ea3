// A reader of published tables, as a BI tool is one: lists, opens, reads, over and over, until its stdin ends.
import { DuckDBInstance } from '@duckdb/node-api';

const folder = process.argv[2];
const connection = await (await DuckDBInstance.create(':memory:')).connect();
const seen = { versions: new Set<string>(), reads: 0, mixtures: 0, vanished: 0 };
let over = false;
process.stdin.on('end', () => {
  over = true;
});
process.stdin.resume();

while (!over) {
  try {
    const reader = await connection.runAndReadAll(
      `SELECT author_id, count(*)::INT FROM read_parquet('${folder}/fct_messages/*.parquet') GROUP BY author_id`,
    );
    const rows = reader.getRowsJS() as [string, number][];
    seen.reads += 1;
    // One version has one author and all of its 300 messages.
    if (rows.length !== 1 || rows[0]![1] !== 300) seen.mixtures += 1;
    for (const [author] of rows) seen.versions.add(author);
  } catch (error) {
    // A file that is gone between listing and opening is an error that a retry cures; anything else is not.
    if (!/No such file|No files found|Cannot open file/.test(String(error))) throw error;
    seen.vanished += 1;
  }
}
process.stdout.write(JSON.stringify({ ...seen, versions: [...seen.versions] }), () => process.exit());
