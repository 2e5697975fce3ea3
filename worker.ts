import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, type NativeConnection, Worker } from '@temporalio/worker';
import { collectingActivities } from './activities/collecting/activities.ts';
import type { World } from './activities/world.ts';
import type { Config } from './config.ts';
import { duckdbEngine } from './engine/duckdb.ts';
import { folderLake } from './lake/folder.ts';
import { limitedQueues } from './limitedQueues.ts';
import { nightActivities } from './report/activities.ts';
import { realNetworks } from './sources/networks.ts';
import { temporalAttempt, underTemporal } from './temporal.ts';
import { type QueueKind, queueKinds, queueName } from './workflows/queues.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The world that workers act in: this lake, this engine, Temporal's attempts. */
export function realWorld(config: Config, attempt: World['attempt'] = temporalAttempt): World {
  return {
    lake: folderLake(config.lake),
    engine: duckdbEngine(config.engine),
    codeVersion: process.env.npm_package_version ?? '0.1.0',
    pseudonymKey: config.pseudonymKey,
    attempt,
    networks: realNetworks(config.secrets, config.contact),
  };
}

/** Workers that run until they are stopped. */
export interface Workers {
  /** Rejects when a worker fails. */
  running: Promise<void>;
  stop(): Promise<void>;
}

/** Starts a worker for each kind of queue. */
export async function startWorkers(
  connection: NativeConnection,
  config: Config,
  kinds: readonly QueueKind[] = queueKinds,
  namespace = 'default',
  world: World = realWorld(config),
): Promise<Workers> {
  const activities = underTemporal({ ...nightActivities(world), ...collectingActivities(world) });
  const shared = {
    connection,
    namespace,
    dataConverter: { payloadConverterPath: here('workflows/converter.ts') },
    shutdownGraceTime: '2 seconds',
    shutdownForceTime: '20 seconds',
    maxHeartbeatThrottleInterval: '5 seconds',
  };
  const workers = await Promise.all(
    kinds.map(async kind =>
      Worker.create({
        ...shared,
        taskQueue: queueName(config.queuePrefix, kind),
        ...(kind === 'orchestrate'
          ? { workflowBundle: { code: await workflowBundle() } }
          : // Two heavy queries at once are the most that DuckDB's threads and the disk bear.
            { activities, maxConcurrentActivityTaskExecutions: kind === 'compute' ? 2 : 4 }),
      }),
    ),
  );
  if (kinds.includes('collect')) {
    for (const queue of limitedQueues(config)) {
      const few = { maxConcurrentActivityTaskExecutions: 2, maxConcurrentActivityTaskPolls: 1 };
      workers.push(await Worker.create({ ...shared, ...few, ...queue, activities }));
    }
  }
  const runs = workers.map(worker => worker.run());
  return {
    running: Promise.all(runs).then(() => undefined),
    async stop() {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await Promise.allSettled(runs);
    },
  };
}

/** The bundle of the workflows; kept between starts, because making it takes a second or two. */
export async function workflowBundle(): Promise<string> {
  const cache = here('node_modules/.cache/sillage');
  const file = join(cache, `workflows-${await bundleVersion()}.js`);
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept !== undefined) return kept;
  const { code } = await bundleWorkflowCode({
    workflowsPath: here('workflows/workflows.ts'),
    payloadConverterPath: here('workflows/converter.ts'),
    logger: new DefaultLogger('ERROR'),
  });
  await mkdir(cache, { recursive: true });
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, code);
  await rename(draft, file);
  return code;
}

/** Hash over everything that the bundle is made of: our pure files and the packages' versions. */
async function bundleVersion(): Promise<string> {
  const hash = createHash('sha256').update(await readFile(here('package-lock.json')));
  for (const folder of ['workflows', 'contracts']) {
    for (const name of (await readdir(here(folder))).sort()) {
      if (name.endsWith('.ts')) hash.update(`${name}\n`).update(await readFile(here(`${folder}/${name}`)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}
