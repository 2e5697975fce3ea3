import { connectServer, type Server } from '../client.ts';
import { type Config, readConfig } from '../config.ts';
import { folderLake, sweepScratch } from '../lake/folder.ts';
import { publishedCampaigns, repairPointers, sweepDrafts } from '../lake/nights.ts';
import { startLogging } from '../log.ts';
import { startWorkers } from '../worker.ts';
import type { QueueKind } from '../workflows/queues.ts';
import type { Terminal } from './terminal.ts';

/** What commands that start or watch runs stand on: a server, and workers where they are wanted. */
export interface Station {
  config: Config;
  server: Server;
}

/**
 * Connects, starts the wanted workers, does the work, and leaves nothing running: workers drain first, the server stops
 * last. What killed processes left in the lake is swept, and its pointers are repaired, before anything starts.
 */
export async function atStation<T>(
  terminal: Terminal,
  signal: AbortSignal,
  kinds: readonly QueueKind[],
  work: (station: Station) => Promise<T>,
): Promise<T> {
  const config = readConfig();
  startLogging(config.logLevel);
  await tidyLake(config);
  const server = await connectServer(config, { log: terminal.log, signal });
  try {
    if (kinds.length === 0) return await work({ config, server });
    const connection = await server.native();
    try {
      const workers = await startWorkers(connection, config, kinds, server.namespace);
      try {
        // A worker that fails ends the work; one that stops after the work is what is wanted.
        return await Promise.race([
          work({ config, server }),
          workers.running.then(() => new Promise<never>(() => {})),
        ]);
      } finally {
        await workers.stop();
      }
    } finally {
      await connection.close();
    }
  } finally {
    await server.close();
  }
}

async function tidyLake(config: Config): Promise<void> {
  const lake = folderLake(config.lake);
  // Also the first touch of the disk: a lake that can't be written is said here, before a server starts.
  await lake.withScratch(async () => undefined);
  await sweepScratch(config.lake);
  await sweepDrafts(lake);
  for (const campaign of await publishedCampaigns(lake)) await repairPointers(lake, campaign);
}
