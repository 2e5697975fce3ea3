import { ScheduleOverlapPolicy, type ScheduleUpdateOptions } from '@temporalio/client';
import type { Settings } from './activities/settings.ts';
import type { Server } from './client.ts';
import { collectionId } from './collecting.ts';
import type { Config } from './config.ts';
import { type LiveSettings, liveSources } from './contracts/campaign.ts';
import { FatalError } from './contracts/errors.ts';
import { secondsOf } from './contracts/liveSources.ts';
import { describeSchedule, type ScheduleState, stateOf } from './scheduleHandles.ts';
import type { CollectArguments } from './workflows/collecting.ts';
import { queueName } from './workflows/queues.ts';

/** What became of the schedule by which a source is collected. */
export interface AppliedCollector {
  source: string;
  every: string;
  outcome: 'created' | 'updated' | 'removed';
  paused: boolean;
}

export interface ListedCollector extends ScheduleState {
  campaign: string;
  source: string;
  file: string;
  every: string;
}

/** Makes the schedules by which the live sources of a campaign are collected what its file says; a pause is kept. */
export async function applyCollectors(
  server: Server,
  config: Config,
  settings: Settings,
): Promise<AppliedCollector[]> {
  const { client } = server;
  const { campaign } = settings.campaign;
  const wanted = liveSources(settings.campaign);
  const applied: AppliedCollector[] = [];
  for (const { source, every } of await listCollectors(server, campaign)) {
    if (wanted.some(({ id }) => id === source)) continue;
    await client.schedule.getHandle(collectionId(campaign, source)).delete();
    applied.push({ source, every, outcome: 'removed', paused: false });
  }
  for (const source of wanted) {
    const scheduleId = collectionId(campaign, source.id);
    const options = optionsOf(settings, source, config);
    const handle = client.schedule.getHandle(scheduleId);
    const there = await describeSchedule(handle);
    if (there === undefined) await client.schedule.create({ scheduleId, ...options });
    else await handle.update(before => ({ ...options, state: { ...before.state } }));
    applied.push({
      source: source.id,
      every: source.every,
      outcome: there === undefined ? 'created' : 'updated',
      paused: there?.state.paused ?? false,
    });
  }
  return applied;
}

/** The schedules by which sources are collected, of one campaign or of all. */
export async function listCollectors({ client }: Server, campaign?: string): Promise<ListedCollector[]> {
  const listed: ListedCollector[] = [];
  const prefix = campaign === undefined ? 'collect_' : `${collectionId(campaign)}_`;
  for await (const { scheduleId } of client.schedule.list()) {
    if (!scheduleId.startsWith(prefix)) continue;
    const there = await describeSchedule(client.schedule.getHandle(scheduleId));
    if (there?.action.type !== 'startWorkflow') continue;
    const [{ request }] = there.action.args as [CollectArguments];
    const every = there.spec.intervals?.[0]?.every ?? 0;
    listed.push({
      campaign: request.campaign,
      source: request.source ?? '',
      file: request.file,
      every: textOfTime(Number(every) / 1000),
      ...stateOf(there),
    });
  }
  return listed.sort((a, b) => (a.source < b.source ? -1 : 1));
}

/** Pauses, resumes or triggers what collects a campaign. @returns the sources */
export async function changeCollectors(
  server: Server,
  campaign: string,
  change: 'pause' | 'resume' | 'trigger',
  note = 'paused by an operator',
): Promise<string[]> {
  const sources = (await listCollectors(server, campaign)).map(({ source }) => source);
  if (sources.length === 0) {
    throw new FatalError(`no source of the campaign "${campaign}" is collected by a schedule`, {
      next: 'see `npx sillage schedule list`; `npx sillage schedule apply <campaign.yaml>` schedules live sources',
    });
  }
  for (const source of sources) {
    const handle = server.client.schedule.getHandle(collectionId(campaign, source));
    if (change === 'pause') await handle.pause(note);
    else if (change === 'resume') await handle.unpause('resumed by an operator');
    else await handle.trigger(ScheduleOverlapPolicy.SKIP);
  }
  return sources;
}

/** Seconds as a campaign file writes them: 900 is 15m. */
function textOfTime(seconds: number): string {
  if (seconds % 86_400 === 0) return `${seconds / 86_400}d`;
  return seconds % 3600 === 0 ? `${seconds / 3600}h` : `${seconds / 60}m`;
}

function optionsOf({ campaign, file }: Settings, { id, every }: LiveSettings, config: Config) {
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
