import type { Collection, Lane, Planned } from '../../contracts/collecting.ts';
import type { Query, Task } from '../../contracts/collection.ts';
import { secondsOf } from '../../contracts/liveSources.ts';
import { captureLog } from '../../lake/captureLog.ts';
import type { LiveSource, StandingQuery } from '../../sources/liveSource.ts';
import { type Settings, settingsOf } from '../settings.ts';
import type { World } from '../world.ts';
import { dueTasks } from './due.ts';
import { fillingTasks } from './filling.ts';
import { Keeper, Overtaken } from './keeper.ts';
import { accountsOf, sourceOf, standingOf, streamLane } from './lanes.ts';
import { limitOfLane } from './limit.ts';
import { keepPlan } from './plan.ts';

/** A plan holds so many tasks at most; what is due besides is found by the next one. */
const mostTasks = 2000;
/** Networks show what is new a little late: each stretch begins a little before the last one's end. */
const overlapMinutes = 10;

/**
 * Plans what is due in a lane: first of all in a round the standing questions, for what is new since; then, as often
 * as something comes of it, what is to be asked about the messages that were seen. A plan that was begun is gone on with.
 */
export async function planCollection(world: World, input: Planning): Promise<Planned> {
  for (let tries = 0; ; tries++) {
    try {
      const planned = await plan(world, input);
      return planned.tasks === 0 ? planned : { ...planned, ...(await limitOfLane(world, input)) };
    } catch (error) {
      // Another one has planned meanwhile: its plan is gone on with.
      if (!(error instanceof Overtaken) || tries >= 10) throw error;
    }
  }
}

interface Planning {
  collection: Collection;
  lane: Lane;
  isFirst: boolean;
}

async function plan(world: World, input: Planning): Promise<Planned> {
  const { collection, lane, isFirst } = input;
  const settings = await settingsOf(world.lake, collection);
  const log = captureLog(world.lake, collection.campaign, lane.name);
  const keeper = new Keeper(world, log, await log.last(), collection.settings);
  const begun = keeper.state.plan;
  if (begun !== undefined && begun.done < begun.tasks)
    return { tasks: begun.tasks, done: begun.done, isBegun: true };
  const live = sourceOf(settings, lane);
  const source = world.networks.open(live, accountsOf(settings, live));
  try {
    const now = world.networks.now();
    const tasks = isFirst ? standingTasks(settings, lane, source, keeper, now) : [];
    if (collection.filling !== undefined)
      tasks.push(
        ...(await fillingTasks(world, settings, lane, source, {
          now,
          planned: tasks,
          since: collection.filling,
        })),
      );
    if (lane.host !== streamLane)
      tasks.push(...(await dueTasks(world, collection, settings, lane, source, { now, isFirst })));
    // What stands, or has come of an age, is planned once a round: it is never cut.
    const isKept = ({ query, standing }: Task) => standing !== undefined || query.kind === 'refresh';
    const rest = tasks.filter(task => !isKept(task)).slice(0, mostTasks);
    const taken = [...tasks.filter(isKept), ...rest];
    if (taken.length === 0) {
      if (keeper.hasCaptures) await keeper.keep();
      return { tasks: 0, done: 0, isBegun: false };
    }
    const key = await keepPlan(world.lake, taken);
    const { current: _, ...state } = keeper.state;
    keeper.state = { ...state, plan: { key, tasks: taken.length, done: 0 }, failures: 0, unanswered: 0 };
    await keeper.keep();
    return { tasks: taken.length, done: 0, isBegun: false };
  } finally {
    await source.close();
  }
}

/** What of a standing question is new since it was asked last. */
function standingTasks(
  settings: Settings,
  lane: Lane,
  source: LiveSource,
  keeper: Keeper,
  now: Date,
): Task[] {
  return standingOf(source, lane).map(asked => {
    const { query, reachHours } = asked;
    const standing = keyOf(query);
    const until = keeper.state.standing[standing]?.until;
    const wanted = nextFrom(settings, lane, asked, until, now);
    const reach = reachHours === undefined ? -Infinity : now.getTime() - reachHours * 3600_000;
    const from = new Date(Math.max(wanted, reach)).toISOString();
    const span = { from, to: now.toISOString() };
    if (until !== undefined && Date.parse(until) < reach) {
      keeper.add({
        what: 'outcome',
        query,
        span: { from: until, to: from },
        captured_at: now.toISOString(),
        outcome: 'failed',
        reason: 'longer ago than the network serves',
      });
    }
    return { query, span, standing };
  });
}

/** From when on the next round asks a standing question, in milliseconds. @param until how far it has been asked */
export function nextFrom(
  settings: Settings,
  lane: Lane,
  asked: StandingQuery | undefined,
  until: string | undefined,
  now: Date,
): number {
  if (until === undefined) return now.getTime() - secondsOf(sourceOf(settings, lane).lookback) * 1000;
  return Date.parse(until) - (asked?.overlapMinutes ?? overlapMinutes) * 60_000;
}

export function keyOf({ kind, host, subjects }: Query): string {
  return [kind, host ?? '', ...subjects].join(' ');
}
