import type { Config } from './config.ts';
import { type Endpoint, endpointLimits, limitName, pagesPerSecond } from './sources/x/limits.ts';
import { limitedKind, queueName } from './workflows/queues.ts';

/** A queue as Temporal's workers take it. */
export interface LimitedQueue {
  taskQueue: string;
  maxTaskQueueActivitiesPerSecond: number;
}

/**
 * The queues of X's limits: one for each endpoint and token of the environment. Temporal hands out what waits in one no
 * faster than X allows an app, however many runs, campaigns and workers share the token.
 */
export function limitedQueues(config: Config): LimitedQueue[] {
  return config.tokens().flatMap(token =>
    (Object.keys(endpointLimits) as Endpoint[]).map(endpoint => ({
      taskQueue: queueName(config.queuePrefix, limitedKind(limitName(token, endpoint))),
      maxTaskQueueActivitiesPerSecond: pagesPerSecond(endpoint) * config.limitShare,
    })),
  );
}
