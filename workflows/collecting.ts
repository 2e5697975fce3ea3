import {
  ActivityFailure,
  type ActivityInterfaceFor,
  type ActivityOptions,
  ApplicationFailure,
  defineQuery,
  isCancellation,
  log,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  sleep,
  TimeoutFailure,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type {
  CollectingActivities,
  CollectRequest,
  CollectResult,
  LaneReport,
} from '../contracts/collecting.ts';
import { attributes } from './attributes.ts';
import { collectRound } from './collectRound.ts';
import { type LimitedKind, limitedKind, prefixOf, queueName } from './queues.ts';

/** What each lane has collected so far. */
export const collectedQuery = defineQuery<LaneReport[]>('collected');

export interface CollectArguments {
  request: CollectRequest;
  /** Seconds without a sign of life after which an activity is given to another worker. */
  heartbeatSeconds: number;
}

/** One round of collecting. What a lane can't do fails the round in the end, when the others have done what they can. */
export async function collectCampaign({
  request,
  heartbeatSeconds,
}: CollectArguments): Promise<CollectResult> {
  upsertSearchAttributes([{ key: attributes.campaign, value: request.campaign }]);
  let told: readonly LaneReport[] = [];
  setHandler(collectedQuery, () => [...told]);
  const result = await collectRound(request, proxied(heartbeatSeconds), {
    refusal: refusalOf,
    pause: sleep,
    isFull: () => workflowInfo().continueAsNewSuggested,
    tell(lanes) {
      told = lanes;
      setCurrentDetails(storyOf(lanes));
    },
  });
  const refused = result.lanes.flatMap(({ lane, refused }) =>
    refused === undefined ? [] : [`${lane}: ${refused}`],
  );
  // Nobody waits for a round that a schedule started: the log of whoever works tells.
  if (workflowInfo().searchAttributes.TemporalScheduledById !== undefined)
    for (const line of [...refused, ...troubles(result)]) log.error(`${request.campaign}: ${line}`);
  if (refused.length > 0) throw ApplicationFailure.nonRetryable(refused.join('\n'), 'FatalError');
  return result;
}

/** What a round could not ask, a line a lane. */
function troubles({ lanes }: CollectResult): string[] {
  return lanes.flatMap(({ lane, limited, failed, trouble, refused }) =>
    limited + failed === 0 || refused !== undefined
      ? []
      : [
          `${lane}: ${limited + failed} questions were not answered${trouble === undefined ? '' : `: ${trouble}`}`,
        ],
  );
}

function refusalOf(error: unknown): string | undefined {
  if (isCancellation(error) || !(error instanceof ActivityFailure)) return undefined;
  if (error.cause instanceof TimeoutFailure && error.cause.timeoutType === 'SCHEDULE_TO_START') {
    return 'no worker took its pages for an hour — start the workers anew where its token is set';
  }
  return error.cause?.message ?? error.message;
}

function proxied(heartbeatSeconds: number): CollectingActivities {
  const prefix = prefixOf(workflowInfo().taskQueue);
  const options = (kind: 'collect' | 'compute' | LimitedKind): ActivityOptions => ({
    taskQueue: queueName(prefix, kind),
    heartbeatTimeout: `${heartbeatSeconds} seconds`,
    startToCloseTimeout: '1 hour',
    retry: {
      initialInterval: '1 second',
      maximumInterval: '30 seconds',
      maximumAttempts: 20,
      nonRetryableErrorTypes: ['FatalError', 'ValueError', 'PayloadsTooLarge'],
    },
  });
  const asking = proxyActivities<ActivityInterfaceFor<CollectingActivities>>(options('collect'));
  const planning = proxyActivities<ActivityInterfaceFor<CollectingActivities>>(options('compute'));
  return {
    openCollection: request =>
      asking.openCollection.executeWithOptions({ ...options('collect'), summary: 'read the campaign file' }, [
        request,
      ]),
    planCollection: input =>
      planning.planCollection.executeWithOptions(
        { ...options('compute'), summary: `${input.lane.name}: what is due` },
        [input],
      ),
    askNetwork: input =>
      asking.askNetwork.executeWithOptions(
        input.limit === undefined
          ? { ...options('collect'), summary: `${input.lane.name}: ask` }
          : {
              ...options(limitedKind(input.limit)),
              // A queue that nobody works would be waited for for ever.
              scheduleToStartTimeout: '1 hour',
              summary: `${input.lane.name}: ask for a page`,
            },
        [input],
      ),
  };
}

/** The story of a round for the Temporal UI, in Markdown. */
function storyOf(lanes: readonly LaneReport[]): string {
  const rows = lanes.map(
    ({ lane, tasks, pages, posts, limited, failed, refused }) =>
      `| ${lane} | ${tasks} | ${pages} | ${posts} | ${limited} | ${failed} | ${refused ?? ''} |`,
  );
  return [
    '| lane | questions | pages | posts | limited | failed | |',
    '|---|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}
