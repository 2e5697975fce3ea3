import type {
  CollectingActivities,
  Collection,
  CollectRequest,
  CollectResult,
  Lane,
  LaneReport,
} from '../contracts/collecting.ts';

/** One round asks so many plans at most of a lane: each finds what came of the one before. */
const mostPlans = 50;

/** What keeps one lane from going on; told as undefined, an error ends the whole round. */
export type Refusal = (error: unknown) => string | undefined;

/**
 * One round of collecting, from top to bottom: every lane is asked what is new, then what follows from it, until nothing
 * is due. What one lane cannot do keeps no other from going on. The same function runs under Temporal and in a test.
 *
 * @param tell told whenever a lane got further
 */
export async function collectRound(
  request: CollectRequest,
  act: CollectingActivities,
  refusal: Refusal,
  tell: (lanes: readonly LaneReport[]) => void = () => {},
): Promise<CollectResult> {
  const collection = await act.openCollection(request);
  const lanes = collection.lanes.map(emptyReport);
  tell(lanes);
  await Promise.all(
    collection.lanes.map(async (lane, place) => {
      const report = lanes[place]!;
      try {
        await collectLane(act, collection, lane, report, () => tell(lanes));
      } catch (error) {
        const refused = refusal(error);
        if (refused === undefined) throw error;
        report.refused = refused;
        tell(lanes);
      }
    }),
  );
  return { campaign: request.campaign, lanes };
}

async function collectLane(
  act: CollectingActivities,
  collection: Collection,
  lane: Lane,
  report: LaneReport,
  tell: () => void,
): Promise<void> {
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
}

function emptyReport({ name, source }: Lane): LaneReport {
  return { lane: name, source, tasks: 0, pages: 0, posts: 0, limited: 0, failed: 0 };
}
