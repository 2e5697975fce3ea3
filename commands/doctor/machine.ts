import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Config } from '../../config.ts';
import { duckdbEngine } from '../../engine/duckdb.ts';
import { isInstalled } from '../../tools/setup/stamp.mjs';
import { runChild } from '../../tools/temporal/child.ts';
import { bytesText } from '../terminal.ts';
import { type Finding, missing, ok, warning } from './finding.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The Node that runs now. */
export async function lookAtNode(): Promise<Finding> {
  const { node } = process.versions;
  const found = `${node} (${process.execPath})`;
  if (Number.parseInt(node, 10) < 24)
    return missing('Node', found, 'start by `npx sillage`, which brings Node 24');
  return ok('Node', found);
}

/** DuckDB's queries hold a thread each; what remains of Node's serves files. */
export async function lookAtThreads(): Promise<Finding> {
  const threads = process.env.UV_THREADPOOL_SIZE ?? '4';
  const found = `${threads} for files and queries`;
  return Number(threads) >= 10
    ? ok("Node's threads", found)
    : warning("Node's threads", found, 'start by `npx sillage`, or set UV_THREADPOOL_SIZE=16');
}

/** Whether `node_modules` holds what the lockfile says. */
export async function lookAtPackages(): Promise<Finding> {
  if (!existsSync(join(root, 'package-lock.json')))
    return ok('packages', `installed with Sillage in ${root}`);
  return isInstalled(root)
    ? ok('packages', 'all of package-lock.json')
    : missing('packages', 'not all of package-lock.json', 'run `npm ci`, or `npm start`, which does it');
}

/** Whether DuckDB runs here. */
export async function lookAtDuckDB({ engine }: Config): Promise<Finding> {
  const scratch = await mkdtemp(join(tmpdir(), 'sillage-doctor-'));
  try {
    const session = await duckdbEngine(engine).open(scratch);
    try {
      const [row] = await session.rows<{ version: string }>('SELECT version() AS version');
      return ok('DuckDB', row!.version);
    } finally {
      session.close();
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** What DuckDB may use of the machine. Its process can reach about twice its limit. */
export async function lookAtMemory({ engine }: Config): Promise<Finding> {
  const limit = process.constrainedMemory();
  const there = limit > 0 ? Math.min(limit, totalmem()) : totalmem();
  const found = `DuckDB: ${bytesText(engine.memoryBytes)} and ${engine.threads} threads, of ${bytesText(there)} and ${availableParallelism()}`;
  if (engine.memoryBytes * 2 > there) {
    return warning(
      'memory',
      found,
      `set SILLAGE_MEMORY to ${Math.max(0.5, Math.floor(there / 1e9))}GB or less`,
    );
  }
  if (engine.memoryBytes < 250e6) return warning('memory', found, 'set SILLAGE_MEMORY to 1GB or more');
  return ok('memory', found);
}

/** Programs that serve to get the Temporal server; each alone is enough, and a cached server needs none. */
export async function programsFound(): Promise<{ python: string | undefined; go: string | undefined }> {
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' };
  const pip = runChild('python3', ['-m', 'pip', '--version'], { env, patience: 5000 });
  const python = await pip.then(
    text => text.trim().replace(/ from .*?(?= \()/, ''),
    () => undefined,
  );
  // Go would begin to keep counts in the home folder when it is asked anything.
  const folders = (process.env.PATH ?? '').split(delimiter);
  return { python, go: folders.map(folder => join(folder, 'go')).find(path => existsSync(path)) };
}
