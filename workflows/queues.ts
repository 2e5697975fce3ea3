/** Task queues: one for workflows, one for what talks to the outside, one for what computes. */
export const queueKinds = ['orchestrate', 'collect', 'compute'] as const;
export type QueueKind = (typeof queueKinds)[number];

/** A queue of a limit that all runs of one token share: it hands out pages no faster than the network allows. */
export type LimitedKind = `limit-${string}`;

/** @param limit as a source names it (`limitOf`) */
export function limitedKind(limit: string): LimitedKind {
  return `limit-${limit}`;
}

export function queueName(prefix: string, kind: QueueKind | LimitedKind): string {
  return `${prefix}-${kind}`;
}

/** The prefix of a queue of a `QueueKind`. */
export function prefixOf(queue: string): string {
  return queue.slice(0, queue.lastIndexOf('-'));
}
