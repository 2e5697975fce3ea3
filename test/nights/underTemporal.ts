import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { inject } from 'vitest';
import type { Server } from '../../client.ts';
import { type Config, readConfig } from '../../config.ts';
import { startLogging } from '../../log.ts';
import { channelArguments } from '../../tools/temporal/channel.ts';
import { startWorkers, type Workers } from '../../worker.ts';

export const sampleFile = fileURLToPath(new URL('../../data/sample/campaign.yaml', import.meta.url));

/** What a test that runs nights under Temporal holds: the suite's server, its own queues, workers and lake. */
export interface Bench {
  config: Config;
  server: Server;
  workers: Workers;
  close(): Promise<void>;
}

let logging = false;

/** Workers on queues of the test's own, at the suite's server. */
export async function temporalBench(prefix: string, lake: string): Promise<Bench> {
  if (!logging) startLogging('silent');
  logging = true;
  const config: Config = {
    ...readConfig({ SILLAGE_LAKE: lake, SILLAGE_MEMORY: '2GB', SILLAGE_HEARTBEAT_SECONDS: '5' }),
    queuePrefix: `${prefix}-${process.pid}`,
  };
  const server = await suiteServer();
  const native = await server.native();
  const workers = await startWorkers(native, config);
  return {
    config,
    server,
    workers,
    async close() {
      await workers.stop();
      await native.close();
      await server.close();
    },
  };
}

/** A client of the suite's server. */
export async function suiteServer(address = inject('temporal')): Promise<Server> {
  const connection = await Connection.connect({ address, channelArgs: channelArguments });
  const dataConverter = {
    payloadConverterPath: fileURLToPath(new URL('../../workflows/converter.ts', import.meta.url)),
  };
  return {
    client: new Client({ connection, dataConverter }),
    address,
    namespace: 'default',
    since: Date.now(),
    ui: undefined,
    joined: true,
    native: () => NativeConnection.connect({ address }),
    close: () => connection.close(),
  };
}
