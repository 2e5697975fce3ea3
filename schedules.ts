import {
  type ScheduleDescription,
  type ScheduleHandle,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  type ScheduleUpdateOptions,
} from '@temporalio/client';
import type { Settings } from './activities/settings.ts';
import type { Server } from './client.ts';
import { collectionId } from './collecting.ts';
import type { Config } from './config.ts';
import { type LiveSettings, liveSources } from './contracts/campaign.ts';
import { FatalError } from './contracts/errors.ts';
import { secondsOf } from './contracts/liveSources.ts';
import type { CollectArguments } from './workflows/collecting.ts';
import { queueName } from './workflows/queues.ts';
import type { ScheduleArguments } from './workflows/workflows.ts';

/** What became of a campaign's schedule. */
export interface AppliedSchedule {
  campaign: string;
  outcome: 'created' | 'updated' | 'removed' | 'none';
  paused: boolean;
}

export interface ListedSchedule {
  campaign: string;
  file: string;
  at: string;
  paused: boolean;
  note: string;
  last: string | null;
  next: string | null;
  running: number;
}

/** Makes the server's schedules what the campaign files say; what an operator set (a pause, its note) is kept. */
/** The schedules by which the live sources of a campaign are collected, each as often as its `every` says. */
async function applyCollecting({ client }: Server, config: Config, settings: Settings): Promise<number> {
  const { campaign } = settings.campaign;
  const wanted = new Map(
    liveSources(settings.campaign).map(source => [collectionId(campaign, source.id), source]),
  );
  for await (const { scheduleId } of client.schedule.list()) {
    if (scheduleId.startsWith(`${collectionId(campaign)}_`) && !wanted.has(scheduleId))
      await client.schedule.getHandle(scheduleId).delete();
  }
  for (const [scheduleId, source] of wanted) {
    const options = collectingOptions(settings, source, config);
    const handle = client.schedule.getHandle(scheduleId);
    if ((await describe(handle)) === undefined) await client.schedule.create({ scheduleId, ...options });
    else await handle.update(before => ({ ...options, state: { ...before.state } }));
  }
  return wanted.size;
}

function collectingOptions({ campaign, file }: Settings, { id, every }: LiveSettings, config: Config) {
  const { queuePrefix, heartbeatSeconds } = config;
  const input: CollectArguments = {
    request: { file, campaign: campaign.campaign, source: id },
    heartbeatSeconds,
  };
  return {
    spec: { intervals: [{ every: secondsOf(every) * 1000 }] },
    action: {
      type: 'startWorkflow' as const,
      workflowType: 'collectCampaign',
      workflowId: collectionId(campaign.campaign, id),
      taskQueue: queueName(queuePrefix, 'orchestrate'),
      staticSummary: `${campaign.campaign}: collect ${id}`,
      args: [input] as [CollectArguments],
    },
    policies: {
      // What a round misses the next one asks for: rounds need no queue.
      overlap: ScheduleOverlapPolicy.SKIP,
      catchupWindow: '1 minute' as const,
      pauseOnFailure: false,
    },
  } satisfies Omit<ScheduleUpdateOptions, 'state'>;
}

export async function applySchedules(
  server: Server,
  config: Config,
  campaigns: readonly Settings[],
): Promise<AppliedSchedule[]> {
  const { client } = server;
  const applied: AppliedSchedule[] = [];
  for (const settings of campaigns) {
    const { campaign, schedule } = settings.campaign;
    await applyCollecting(server, config, settings);
    const handle = client.schedule.getHandle(idOf(campaign));
    const there = await describe(handle);
    if (schedule === undefined) {
      if (there !== undefined) await handle.delete();
      applied.push({ campaign, outcome: there === undefined ? 'none' : 'removed', paused: false });
      continue;
    }
    const wanted = optionsOf(settings, schedule.at, config);
    if (there === undefined) {
      await client.schedule.create({ scheduleId: idOf(campaign), ...wanted });
      applied.push({ campaign, outcome: 'created', paused: false });
    } else {
      await handle.update(before => ({ ...wanted, state: { ...before.state } }));
      applied.push({ campaign, outcome: 'updated', paused: there.state.paused });
    }
  }
  return applied;
}

export async function listSchedules({ client }: Server): Promise<ListedSchedule[]> {
  const listed: ListedSchedule[] = [];
  for await (const { scheduleId } of client.schedule.list()) {
    if (!scheduleId.startsWith(idOf(''))) continue;
    const there = await describe(client.schedule.getHandle(scheduleId));
    if (there?.action.type !== 'startWorkflow') continue;
    const [input] = there.action.args as [ScheduleArguments];
    const { recentActions, nextActionTimes, runningActions } = there.info;
    listed.push({
      campaign: input.campaign,
      file: input.file,
      at: input.at,
      paused: there.state.paused,
      note: there.state.note ?? '',
      last: recentActions.at(-1)?.scheduledAt.toISOString() ?? null,
      next: nextActionTimes[0]?.toISOString() ?? null,
      running: runningActions.length,
    });
  }
  return listed.sort((a, b) => (a.campaign < b.campaign ? -1 : 1));
}

export async function pauseSchedule(
  server: Server,
  campaign: string,
  note = 'paused by an operator',
): Promise<void> {
  await (await existing(server, campaign)).pause(note);
}

export async function resumeSchedule(server: Server, campaign: string): Promise<void> {
  await (await existing(server, campaign)).unpause('resumed by an operator');
}

export async function triggerSchedule(server: Server, campaign: string): Promise<void> {
  await (await existing(server, campaign)).trigger(ScheduleOverlapPolicy.BUFFER_ALL);
}

function idOf(campaign: string): string {
  return `sillage-${campaign}`;
}

async function existing({ client }: Server, campaign: string): Promise<ScheduleHandle> {
  const handle = client.schedule.getHandle(idOf(campaign));
  if ((await describe(handle)) !== undefined) return handle;
  throw new FatalError(`there is no schedule of the campaign "${campaign}"`, {
    next: 'see `npx sillage schedule list`; `npx sillage schedule apply <campaign.yaml>` makes one',
  });
}

async function describe(handle: ScheduleHandle): Promise<ScheduleDescription | undefined> {
  try {
    return await handle.describe();
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return undefined;
    throw error;
  }
}

function optionsOf({ campaign, file }: Settings, at: string, config: Config) {
  const { queuePrefix, heartbeatSeconds } = config;
  const [hour, minute] = at.slice(0, 5).split(':').map(Number);
  const input: ScheduleArguments = { file, campaign: campaign.campaign, at, heartbeatSeconds };
  return {
    // A fixed hour in UTC: local hours may not exist on the night when clocks change.
    spec: { calendars: [{ hour: hour!, minute: minute!, second: 0 }], timezone: 'UTC' },
    action: {
      type: 'startWorkflow' as const,
      workflowType: 'scheduledNight',
      workflowId: `schedule_${campaign.campaign}`,
      taskQueue: queueName(queuePrefix, 'orchestrate'),
      staticSummary: `${campaign.campaign}: the night of the day before`,
      args: [input] as [ScheduleArguments],
    },
    policies: {
      overlap: ScheduleOverlapPolicy.BUFFER_ALL,
      catchupWindow: '7 days' as const,
      pauseOnFailure: false,
    },
  } satisfies Omit<ScheduleUpdateOptions, 'state'>;
}
