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

type Pause = (milliseconds: number) => Promise<unknown>;

/** What a round needs of whoever runs it. */
export interface Surroundings {
  /** What keeps one lane from going on; told as undefined, an error ends the whole round. */
  refusal(error: unknown): string | undefined;
  pause: Pause;
  /** Whether a round has become too long for whoever runs it: the next one goes on. */
  isFull?(): boolean;
  /** Told whenever a lane got further. */
  tell?(lanes: readonly LaneReport[]): void;
}

/**
 * One round of collecting, from top to bottom: every lane is asked what is new, then what follows from it, until nothing
 * is due. What one lane cannot do keeps no other from going on. The same function runs under Temporal and in a test.
 */
export async function collectRound(
  request: CollectRequest,
  act: CollectingActivities,
  { refusal, pause, isFull = () => false, tell = () => {} }: Surroundings,
): Promise<CollectResult> {
  const collection = await act.openCollection(request);
  const lanes = collection.lanes.map(emptyReport);
  tell(lanes);
  await Promise.all(
    collection.lanes.map(async (lane, place) => {
      const report = lanes[place]!;
      try {
        await collectLane(act, collection, lane, report, { tell: () => tell(lanes), pause, isFull });
      } catch (error) {
        const refused = refusal(error);
        if (refused === undefined) throw error;
        report.refused = refused;
        tell(lanes);
      }
    }),
  );
  const { note } = collection;
  return { campaign: request.campaign, lanes, ...(note === undefined ? {} : { note }) };
}

async function collectLane(
  act: CollectingActivities,
  collection: Collection,
  lane: Lane,
  report: LaneReport,
  { tell, pause, isFull }: { tell: () => void; pause: Pause; isFull: () => boolean },
): Promise<void> {
  let isFirst = true;
  for (let plan = 0; plan < mostPlans; plan++) {
    const { tasks, done, isBegun, ...planned } = await act.planCollection({ collection, lane, isFirst });
    if (tasks === 0) return;
    isFirst = isFirst && isBegun;
    report.tasks += tasks - done;
    let { limit } = planned;
    for (let isOver = false; !isOver; ) {
      if (isFull()) return;
      const turn = await act.askNetwork({ collection, lane, ...(limit === undefined ? {} : { limit }) });
      limit = turn.limit ?? limit;
      report.pages += turn.pages;
      report.posts += turn.posts;
      report.limited += turn.limited;
      report.failed += turn.failed;
      if (turn.trouble !== undefined) report.trouble = turn.trouble;
      isOver = turn.isOver;
      tell();
      if (turn.isAbandoned) return;
      if (!isOver && turn.wait !== undefined) await pause(turn.wait);
    }
  }
}

function emptyReport({ name, source }: Lane): LaneReport {
  return { lane: name, source, tasks: 0, pages: 0, posts: 0, limited: 0, failed: 0 };
}
