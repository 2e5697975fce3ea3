import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { awaitResult } from '../../client.ts';
import { startCollection } from '../../collecting.ts';
import { readConfig } from '../../config.ts';
import type { CollectResult } from '../../contracts/collecting.ts';
import { suiteServer } from '../nights/underTemporal.ts';

const program = fileURLToPath(new URL('../../cli.ts', import.meta.url));

/** A worker in a process of its own, at the suite's Temporal server, that can be killed at any moment and started again. */
export class CollectorProcess {
  readonly #env: Record<string, string>;
  #child: ChildProcess | undefined;

  /** @param queues of its own */
  constructor(options: { lake: string; temporal: string; queues: string }) {
    this.#env = {
      SILLAGE_LAKE: options.lake,
      SILLAGE_QUEUES: options.queues,
      SILLAGE_MEMORY: '2GB',
      SILLAGE_HEARTBEAT_SECONDS: '2',
      TEMPORAL_ADDRESS: options.temporal,
    };
    this.start();
  }

  start(): void {
    const env = { ...process.env, ...this.#env };
    this.#child = spawn(process.execPath, [program, 'worker'], { env, stdio: 'ignore' });
  }

  /** kill -9. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  /** One round of collecting, until nothing is due. */
  async round(file: string, campaign: string): Promise<CollectResult> {
    const server = await suiteServer(this.#env.TEMPORAL_ADDRESS);
    try {
      const { handle } = await startCollection(server, readConfig(this.#env), { file, campaign });
      return await awaitResult(handle, new AbortController().signal);
    } finally {
      await server.close();
    }
  }
}
