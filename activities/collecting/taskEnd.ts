import type { OutcomeCapture, Task } from '../../contracts/collection.ts';
import type { World } from '../world.ts';
import type { Keeper } from './keeper.ts';
import { withoutSpans } from './spans.ts';

/** How a task ended. */
export interface Ended extends Pick<OutcomeCapture, 'outcome' | 'reason'> {
  /** Where its standing query goes on. */
  resume?: string;
  /** Whether the question itself is refused: that says nothing of the next one. */
  isOfQuestion?: boolean;
}

/** Writes down how the task that is due ended, and goes on to the next. */
export function endTask(world: World, keeper: Keeper, tasks: readonly Task[], ended: Ended): void {
  const { state } = keeper;
  const { key, done } = state.plan!;
  const task = tasks[done]!;
  const { outcome, reason, resume } = ended;
  const { query, span } = task;
  const captured_at = world.networks.now().toISOString();
  const holes = outcome === 'covered' ? (state.current?.holes ?? []) : [];
  for (const part of withoutSpans(span, holes))
    keeper.add({ what: 'outcome', query, span: part, captured_at, outcome, reason });
  const isAnswered = outcome === 'covered' || outcome === 'gone';
  const before = task.standing === undefined ? undefined : state.standing[task.standing];
  const standing =
    task.standing === undefined || !isAnswered
      ? state.standing
      : {
          ...state.standing,
          [task.standing]: { ...before, until: span.to, ...(resume === undefined ? {} : { resume }) },
        };
  const { current: _, ...rest } = state;
  keeper.state = {
    ...rest,
    standing,
    plan: { key, tasks: tasks.length, done: done + 1 },
    failures: 0,
    unanswered: isAnswered || ended.isOfQuestion ? 0 : state.unanswered + 1,
  };
}

/**
 * Ends a plan before its end. Of the standing questions that are left it is written down what was missed; what was to be
 * asked about messages stays due, and the next round plans it again.
 */
export function* abandon(
  world: World,
  keeper: Keeper,
  tasks: readonly Task[],
  outcome: 'limited' | 'failed',
  reason: string,
): Iterable<Ended> {
  while (keeper.state.plan!.done < tasks.length) {
    const { key, done } = keeper.state.plan!;
    if (tasks[done]!.standing === undefined) {
      const { current: _, ...state } = keeper.state;
      keeper.state = { ...state, plan: { key, tasks: tasks.length, done: done + 1 } };
      continue;
    }
    const ended: Ended = { outcome, reason };
    endTask(world, keeper, tasks, ended);
    yield ended;
  }
  keeper.state = { ...keeper.state, unanswered: 0 };
}
