import type { Collection, Lane, Turn } from '../../contracts/collecting.ts';
import { FatalError, messageOf } from '../../contracts/errors.ts';
import { captureLog } from '../../lake/captureLog.ts';
import { Unanswerable, Withheld } from '../../sources/liveSource.ts';
import { settingsOf } from '../settings.ts';
import type { World } from '../world.ts';
import { Keeper, Overtaken } from './keeper.ts';
import { accountsOf, sourceOf } from './lanes.ts';
import { limitOf } from './limit.ts';
import { askPage } from './page.ts';
import { tasksOf } from './plan.ts';
import { abandon, type Ended, endTask } from './taskEnd.ts';

/** A turn is as long as that, so that whoever watches sees one end now and then. */
const longestTurn = 5 * 60_000;
/** A task is tried so often, over all attempts; a network that leaves so many tasks in a row unanswered is down. */
const mostFailures = 3;
const mostUnanswered = 3;
/** A limit that ends sooner is waited for; a later one is told as limited, and the next round goes on. */
const patience = 15 * 60_000;
/** The client has tried several times already when the first of these begins. */
const firstWait = 2000;
/**
 * Two collectors of one lane would fetch each page twice: the slower one lets the other go ahead, and where pages are
 * paid for, for longer than a page takes, because it overtakes the other by putting posts aside.
 */
const overtakenWait = { free: 3000, paid: 120_000 };

/**
 * Works through the plan of a lane for one turn. Every page is durable together with where the next begins; whatever
 * kills this goes on after the last page that was kept.
 *
 * @throws FatalError where a person must act
 */
export async function askNetwork(
  world: World,
  input: { collection: Collection; lane: Lane; limit?: string },
): Promise<Turn> {
  const { collection, lane } = input;
  // A limit that is shared is handed out page by page.
  const mostPages = input.limit === undefined ? Infinity : 1;
  const settings = await settingsOf(world.lake, collection);
  const live = sourceOf(settings, lane);
  const source = world.networks.open(live, accountsOf(settings, live));
  const { signal, progress } = world.attempt();
  const turn: Turn = { done: 0, isOver: false, pages: 0, posts: 0, limited: 0, failed: 0 };
  const log = captureLog(world.lake, collection.campaign, lane.name);
  const keeper = new Keeper(world, log, await log.last(), collection.settings);
  const tasks = await tasksOf(world.lake, keeper.state);
  const count = (ended: Ended) => {
    if (ended.outcome === 'limited') turn.limited += 1;
    if (ended.outcome === 'failed') {
      turn.failed += 1;
      turn.trouble ??= ended.reason;
    }
  };
  const end = (ended: Ended) => {
    endTask(world, keeper, tasks, ended);
    count(ended);
  };
  const keep = async () => {
    await keeper.keep();
    turn.done = keeper.state.plan?.done ?? 0;
    // Only what is durable is told.
    progress(tasks.length === 0 ? 1 : turn.done / tasks.length);
  };
  const until = performance.now() + longestTurn;
  const isDue = () => (keeper.state.plan?.done ?? 0) < tasks.length;
  try {
    while (isDue() && performance.now() < until && turn.pages < mostPages && turn.wait === undefined) {
      signal.throwIfAborted();
      try {
        const { posts, ended } = await askPage(world, { keeper, source, live, tasks, signal });
        turn.pages += 1;
        turn.posts += posts;
        if (ended !== undefined) end(ended);
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof Overtaken) throw error;
        if (error instanceof FatalError) {
          for (const ended of abandon(world, keeper, tasks, 'failed', error.what)) count(ended);
          await keep();
          throw error;
        }
        if (error instanceof Unanswerable) {
          const reason = world.networks.redacted(error.message).slice(0, 300);
          turn.trouble = reason;
          end({ outcome: 'failed', reason, isOfQuestion: true });
          if (keeper.isFull()) await keep();
          continue;
        }
        const failures = keeper.state.failures + 1;
        keeper.state = { ...keeper.state, failures };
        turn.trouble = world.networks.redacted(messageOf(error)).slice(0, 300);
        const wait = waitOf(error, failures, world.networks.now());
        if (failures < mostFailures && wait <= patience) turn.wait = Math.max(0, wait);
        else {
          const outcome = error instanceof Withheld ? 'limited' : 'failed';
          const reason =
            error instanceof Withheld ? error.message : `no usable answer in ${mostFailures} tries`;
          end({ outcome, reason });
          if (keeper.state.unanswered >= mostUnanswered) {
            for (const ended of abandon(world, keeper, tasks, outcome, reason)) count(ended);
            turn.isAbandoned = true;
          }
        }
      }
      if (keeper.isFull()) await keep();
    }
    await keep();
    turn.isOver = !isDue();
    return { ...turn, ...limitOf(source, tasks, keeper.state) };
  } catch (error) {
    // What the other one kept is where the next turn begins.
    if (error instanceof Overtaken)
      return { ...turn, isOver: false, wait: overtakenWait[live.type === 'x' ? 'paid' : 'free'] };
    if (!signal.aborted) throw error;
    await keeper.keep().catch(() => undefined);
    throw signal.reason;
  } finally {
    await source.close();
  }
}

/** Milliseconds until asking again makes sense. */
function waitOf(error: unknown, failures: number, now: Date): number {
  if (error instanceof Withheld && error.until !== undefined) return error.until.getTime() - now.getTime();
  return firstWait * 5 ** (failures - 1);
}
