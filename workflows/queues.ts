/** Task queues: one for workflows, one for what talks to the outside, one for what computes. */
export const queueKinds = ['orchestrate', 'collect', 'compute'] as const;
export type QueueKind = (typeof queueKinds)[number];

export function queueName(prefix: string, kind: QueueKind): string {
  return `${prefix}-${kind}`;
}

/** The prefix of a queue that `queueName` named. */
export function prefixOf(queue: string): string {
  return queue.slice(0, queue.lastIndexOf('-'));
}
