import { FatalError } from '../contracts/errors.ts';
import { type QueueKind, queueKinds } from '../workflows/queues.ts';
import { onInterrupt } from './interrupt.ts';
import { atStation } from './station.ts';
import { print, type Terminal } from './terminal.ts';
import { stopped } from './up.ts';

/** `sillage worker`: workers for some queues, until stopped. */
export async function worker(terminal: Terminal, queues: string): Promise<void> {
  const kinds = queues.split(',').map(kindOf);
  const signal = onInterrupt();
  await atStation(terminal, signal, kinds, async ({ server }) => {
    print(terminal, { address: server.address, queues: kinds }, () => {
      return `worker for ${kinds.join(', ')} at ${server.address}; Ctrl-C stops`;
    });
    await stopped(signal);
  });
}

function kindOf(word: string): QueueKind {
  const kind = queueKinds.find(candidate => candidate === word.trim());
  if (kind === undefined) {
    throw new FatalError(`there is no queue "${word.trim()}"`, { next: `choose among ${queueKinds.join(', ')}` });
  }
  return kind;
}
