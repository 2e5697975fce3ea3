import { fileURLToPath } from 'node:url';
import {
  Client,
  Connection,
  ServiceError,
  type WorkflowHandle,
  WorkflowNotFoundError,
} from '@temporalio/client';
import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy,
} from '@temporalio/common';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { NativeConnection } from '@temporalio/worker';
import type { Config } from './config.ts';
import { FatalError, messageOf } from './contracts/errors.ts';
import type { Interval } from './contracts/interval.ts';
import type { Mode, NightRequest, Scope } from './contracts/night.ts';
import { channelArguments } from './tools/temporal/channel.ts';
import { prepareServer } from './tools/temporal/prepare.ts';
import { joinServer } from './tools/temporal/server.ts';
import { attributeTypes } from './workflows/attributes.ts';
import { queueName } from './workflows/queues.ts';
import type { backfill, nightRun } from './workflows/workflows.ts';

/** A Temporal server in reach: configured, or embedded. */
export interface Server {
  client: Client;
  address: string;
  namespace: string;
  /** When this process connected, in milliseconds. */
  since: number;
  /** Address of its web page, where it is embedded. */
  ui: string | undefined;
  /** Whether another process had started it. */
  joined: boolean;
  /** A connection for workers. */
  native(): Promise<NativeConnection>;
  close(): Promise<void>;
}

const dataConverter = {
  payloadConverterPath: fileURLToPath(new URL('./workflows/converter.ts', import.meta.url)),
};

/** Connects to the configured server, or joins the embedded one of this lake. */
export async function connectServer(
  config: Config,
  options: { log: (line: string) => void; signal?: AbortSignal },
): Promise<Server> {
  const since = Date.now();
  const { connectionOptions, namespace: configured } = configuredServer();
  const embedded = config.hasServer
    ? undefined
    : await joinServer({ stateDir: config.serverState, log: options.log, signal: options.signal });
  const target = embedded === undefined ? connectionOptions : { address: embedded.address };
  const address = target.address ?? '127.0.0.1:7233';
  const namespace = embedded === undefined ? (configured ?? 'default') : 'default';
  try {
    if (embedded !== undefined) await prepareServer(address, attributeTypes);
    const connection = await Connection.connect({
      ...target,
      channelArgs: channelArguments,
      connectTimeout: '10 seconds',
    });
    const client = new Client({ connection, namespace, dataConverter });
    return {
      client,
      address,
      namespace,
      since,
      ui: embedded?.uiAddress,
      joined: embedded?.joined ?? true,
      native: () => NativeConnection.connect(target),
      async close() {
        await connection.close();
        await embedded?.leave();
      },
    };
  } catch (error) {
    await embedded?.leave();
    if (error instanceof FatalError) throw error;
    throw new FatalError(`no Temporal server answers at ${address} (${messageOf(error)})`, {
      next: config.hasServer
        ? 'start it, mend TEMPORAL_ADDRESS, or unset it to use the embedded server'
        : 'see `npx sillage doctor`',
      cause: error,
    });
  }
}

function configuredServer(): ReturnType<typeof loadClientConnectConfig> {
  try {
    return loadClientConnectConfig();
  } catch (error) {
    throw new FatalError(`the configuration of the Temporal server can't be used: ${messageOf(error)}`, {
      next: 'mend the TEMPORAL_ variables or the profile that they name, or unset them to use the embedded server',
      cause: error,
    });
  }
}

export interface RunAsk {
  file: string;
  campaign: string;
  interval: Interval;
  mode: Mode;
  scope: Scope;
  pinned?: string;
}

export type RunHandle = WorkflowHandle<typeof nightRun>;

/** Starts a run under the first free run id of its interval; joins the one that is running, when it is the same. */
export async function startRun(
  { client, joined, since }: Server,
  config: Config,
  ask: RunAsk,
): Promise<{ handle: RunHandle; run: string; joined: boolean }> {
  const { campaign, interval, scope, pinned } = ask;
  const plain = Object.keys(scope).length === 0 && pinned === undefined;
  for (let count = 1; count <= 1000; count++) {
    const run = `${campaign}_${interval.from}_${interval.to}_${count}`;
    const request: NightRequest = { ...ask, run };
    try {
      const handle = await client.workflow.start<typeof nightRun>('nightRun', {
        workflowId: run,
        workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
        taskQueue: queueName(config.queuePrefix, 'orchestrate'),
        staticSummary: `${campaign} ${interval.from}/${interval.to}`,
        memo: { plain },
        args: [{ request, heartbeatSeconds: config.heartbeatSeconds }],
      });
      return { handle, run, joined: false };
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      const handle = client.workflow.getHandle<typeof nightRun>(run);
      const { status, memo, startTime } = await handle.describe();
      if (status.name !== 'RUNNING') continue;
      // On a server that nobody else uses, a run that goes on is one whose process was killed: what it committed is
      // reused, but it must not go on with the settings of then.
      if (!joined && startTime.getTime() < since)
        await handle.terminate('interrupted; a later run takes its place');
      else if (plain && memo?.plain === true) return { handle, run, joined: true };
    }
  }
  throw new FatalError(`${interval.from} of ${campaign} was run 1,000 times`, {
    next: 'look at `npx sillage runs`',
  });
}

/** Runs nights of the past and awaits them; the same backfill asked for twice at once is one. */
export async function awaitBackfill(
  { client }: Server,
  config: Config,
  ask: { file: string; campaign: string; interval: Interval },
  signal: AbortSignal,
): Promise<{ nights: number }> {
  const { campaign, interval } = ask;
  const handle = await client.workflow.start<typeof backfill>('backfill', {
    workflowId: `${campaign}_backfill_${interval.from}_${interval.to}`,
    workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    taskQueue: queueName(config.queuePrefix, 'orchestrate'),
    staticSummary: `${campaign}: nights of the past, ${interval.from}/${interval.to}`,
    args: [{ ...ask, heartbeatSeconds: config.heartbeatSeconds }],
  });
  return awaitOrCancel(handle, signal);
}

/** Awaits a workflow; when the user stops waiting, cancels it and waits until it has stopped, at most 10 s. */
export async function awaitOrCancel<T>(
  handle: { result(): Promise<T>; cancel(): Promise<unknown> },
  signal: AbortSignal,
): Promise<T> {
  try {
    return await awaitResult(handle, signal);
  } catch (error) {
    if (signal.aborted) {
      await handle.cancel().catch(() => undefined);
      const patience = new Promise(resolve => setTimeout(resolve, 10_000));
      await Promise.race([handle.result().catch(() => undefined), patience]);
    }
    throw error;
  }
}

/** Awaits a run, however often the server goes away meanwhile. */
export async function awaitResult<T>(handle: { result(): Promise<T> }, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const stopped = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  stopped.catch(() => undefined);
  for (let outages = 0; ; outages++) {
    try {
      return await Promise.race([handle.result(), stopped]);
    } catch (error) {
      // A server that is restarting is no answer; 100 outages of 20 s each are enough of one.
      if (!(error instanceof ServiceError) || error instanceof WorkflowNotFoundError || outages >= 100)
        throw error;
      await new Promise(resolve => setTimeout(resolve, 500));
      signal.throwIfAborted();
    }
  }
}
