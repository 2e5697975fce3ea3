import { duckdbEngine } from '../engine/duckdb.ts';
const s = await duckdbEngine({ memoryBytes: 2.4e9, threads: 2, spillBytes: 50e9 }).open('/tmp/sb');
for (const q of process.argv.slice(2)) console.table(await s.rows(q));
s.close();
