import {
  ActivityFailure,
  type ActivityInterfaceFor,
  type ActivityOptions,
  ApplicationFailure,
  defineQuery,
  isCancellation,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type {
  CollectingActivities,
  Collection,
  CollectRequest,
  CollectResult,
  Lane,
  LaneReport,
} from '../contracts/collecting.ts';
import { attributes } from './attributes.ts';
import { prefixOf, queueName } from './queues.ts';

/** What each lane has collected so far. */
export const collectedQuery = defineQuery<LaneReport[]>('collected');

/** One round asks so many plans at most of a lane: each finds what came of the one before. */
const mostPlans = 50;

export interface CollectArguments {
  request: CollectRequest;
  /** Seconds without a sign of life after which an activity is given to another worker. */
  heartbeatSeconds: number;
}

/**
 * One round of collecting: every lane is asked what is new, then what follows from it, until nothing is due. What a
 * lane cannot do keeps no other from going on.
 */
export async function collectCampaign({
  request,
  heartbeatSeconds,
}: CollectArguments): Promise<CollectResult> {
  upsertSearchAttributes([{ key: attributes.campaign, value: request.campaign }]);
  const act = proxied(heartbeatSeconds);
  const collection = await act.openCollection(request);
  const lanes = collection.lanes.map(emptyReport);
  setHandler(collectedQuery, () => lanes);
  await Promise.all(
    collection.lanes.map((lane, place) =>
      collectLane(act, collection, lane, lanes[place]!, () => setCurrentDetails(storyOf(lanes))),
    ),
  );
  const refused = lanes.flatMap(({ lane, refused }) =>
    refused === undefined ? [] : [`${lane}: ${refused}`],
  );
  if (refused.length > 0) throw ApplicationFailure.nonRetryable(refused.join('\n'), 'FatalError');
  return { campaign: request.campaign, lanes };
}

async function collectLane(
  act: CollectingActivities,
  collection: Collection,
  lane: Lane,
  report: LaneReport,
  tell: () => void,
): Promise<void> {
  try {
    for (let plan = 0; plan < mostPlans; plan++) {
      const { tasks, done } = await act.planCollection({ collection, lane, isFirst: plan === 0 });
      if (tasks === 0) return;
      report.tasks += tasks - done;
      for (let isOver = false; !isOver; ) {
        const turn = await act.askNetwork({ collection, lane });
        report.pages += turn.pages;
        report.posts += turn.posts;
        report.limited += turn.limited;
        report.failed += turn.failed;
        isOver = turn.isOver;
        tell();
      }
    }
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    report.refused = error.cause?.message ?? error.message;
    tell();
  }
}

function emptyReport({ name, source }: Lane): LaneReport {
  return { lane: name, source, tasks: 0, pages: 0, posts: 0, limited: 0, failed: 0 };
}

function proxied(heartbeatSeconds: number): CollectingActivities {
  const prefix = prefixOf(workflowInfo().taskQueue);
  const options = (kind: 'collect' | 'compute'): ActivityOptions => ({
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
      asking.askNetwork.executeWithOptions({ ...options('collect'), summary: `${input.lane.name}: ask` }, [
        input,
      ]),
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
