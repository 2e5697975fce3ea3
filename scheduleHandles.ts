import { type ScheduleDescription, type ScheduleHandle, ScheduleNotFoundError } from '@temporalio/client';

/** What the server tells of a schedule; undefined where there is none. */
export async function describeSchedule(handle: ScheduleHandle): Promise<ScheduleDescription | undefined> {
  try {
    return await handle.describe();
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return undefined;
    throw error;
  }
}

/** How a schedule stands. */
export interface ScheduleState {
  paused: boolean;
  note: string;
  last: string | null;
  next: string | null;
  running: number;
}

export function stateOf({ state, info }: ScheduleDescription): ScheduleState {
  const { recentActions, nextActionTimes, runningActions } = info;
  return {
    paused: state.paused,
    note: state.note ?? '',
    last: recentActions.at(-1)?.scheduledAt.toISOString() ?? null,
    next: nextActionTimes[0]?.toISOString() ?? null,
    running: runningActions.length,
  };
}
