import PQueue from 'p-queue';

const queues = new Map<string, PQueue>();

/**
 * Does something with a host when it is its turn: one thing at a time in this process, whoever asks.
 *
 * @throws the signal's reason where that is aborted, also while others are at their turn
 */
export async function inTurn<T>(host: string, signal: AbortSignal, act: () => Promise<T>): Promise<T> {
  let queue = queues.get(host);
  if (queue === undefined) {
    queue = new PQueue({ concurrency: 1 });
    queues.set(host, queue);
  }
  const mine = queue;
  try {
    return await mine.add(act, { signal });
  } finally {
    // Networks have more hosts than are worth remembering.
    if (mine.size === 0 && mine.pending === 0 && queues.get(host) === mine) queues.delete(host);
  }
}
