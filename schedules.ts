import { type ScheduleHandle, ScheduleOverlapPolicy, type ScheduleUpdateOptions } from '@temporalio/client';
import type { Settings } from './activities/settings.ts';
import type { Server } from './client.ts';
import { type AppliedCollector, applyCollectors } from './collectingSchedules.ts';
import type { Config } from './config.ts';
import { FatalError } from './contracts/errors.ts';
import { describeSchedule, type ScheduleState, stateOf } from './scheduleHandles.ts';
import { queueName } from './workflows/queues.ts';
import type { ScheduleArguments } from './workflows/workflows.ts';

/** What became of a campaign's schedule. */
export interface AppliedSchedule {
  campaign: string;
  outcome: 'created' | 'updated' | 'removed' | 'none';
  paused: boolean;
  /** By which its live sources are collected. */
  collectors: AppliedCollector[];
}

export interface ListedSchedule extends ScheduleState {
  campaign: string;
  file: string;
  at: string;
}

/** Makes the server's schedules what the campaign files say; what an operator set (a pause, its note) is kept. */
export async function applySchedules(
  server: Server,
  config: Config,
  campaigns: readonly Settings[],
): Promise<AppliedSchedule[]> {
  const { client } = server;
  const applied: AppliedSchedule[] = [];
  for (const settings of campaigns) {
    const { campaign, schedule } = settings.campaign;
    const collectors = await applyCollectors(server, config, settings);
    const handle = client.schedule.getHandle(idOf(campaign));
    const there = await describeSchedule(handle);
    if (schedule === undefined) {
      if (there !== undefined) await handle.delete();
      applied.push({
        campaign,
        outcome: there === undefined ? 'none' : 'removed',
        paused: false,
        collectors,
      });
      continue;
    }
    const wanted = optionsOf(settings, schedule.at, config);
    if (there === undefined) {
      await client.schedule.create({ scheduleId: idOf(campaign), ...wanted });
      applied.push({ campaign, outcome: 'created', paused: false, collectors });
    } else {
      await handle.update(before => ({ ...wanted, state: { ...before.state } }));
      applied.push({ campaign, outcome: 'updated', paused: there.state.paused, collectors });
    }
  }
  return applied;
}

export async function listSchedules({ client }: Server): Promise<ListedSchedule[]> {
  const listed: ListedSchedule[] = [];
  for await (const { scheduleId } of client.schedule.list()) {
    if (!scheduleId.startsWith(idOf(''))) continue;
    const there = await describeSchedule(client.schedule.getHandle(scheduleId));
    if (there?.action.type !== 'startWorkflow') continue;
    const [input] = there.action.args as [ScheduleArguments];
    listed.push({ campaign: input.campaign, file: input.file, at: input.at, ...stateOf(there) });
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
  if ((await describeSchedule(handle)) !== undefined) return handle;
  throw new FatalError(`there is no schedule of the campaign "${campaign}"`, {
    next: 'see `npx sillage schedule list`; `npx sillage schedule apply <campaign.yaml>` makes one',
  });
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
