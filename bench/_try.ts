import { writeWorld } from './world.ts';
import { duckdbEngine } from '../engine/duckdb.ts';
const rows = Number(process.argv[2]);
console.time('world');
await writeWorld(duckdbEngine({ memoryBytes: 2.4e9, threads: 2, spillBytes: 50e9 }), `/tmp/sb/w${rows}`, { rows, seed: 7 });
console.timeEnd('world');
console.log(process.resourceUsage().maxRSS / 1e6);
