import type { QueueKind } from '../workflows/queues.ts';
import { onInterrupt } from './interrupt.ts';
import { atStation } from './station.ts';
import { print, type Terminal } from './terminal.ts';
import { stopped } from './up.ts';

/** `sillage worker`: workers for some queues, until stopped. */
export async function worker(terminal: Terminal, kinds: readonly QueueKind[]): Promise<void> {
  const signal = onInterrupt();
  await atStation(terminal, signal, kinds, async ({ server }) => {
    print(terminal, { address: server.address, queues: kinds }, () => {
      return `worker for ${kinds.join(', ')} at ${server.address}; Ctrl-C stops`;
    });
    await stopped(signal);
  });
}
