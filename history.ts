import { WorkflowFailedError, WorkflowNotFoundError } from '@temporalio/client';
import type { Server } from './client.ts';
import { FatalError, messageOf } from './contracts/errors.ts';
import type { NightResult, StepReport } from './contracts/night.ts';
import type { nightRun } from './workflows/workflows.ts';

/** A run as the server remembers it. */
export interface RememberedRun {
  run: string;
  campaign: string;
  interval: string;
  mode: string;
  stage: string;
  status: string;
  started: string;
  seconds: number | null;
}

export interface RunState extends RememberedRun {
  steps: StepReport[];
  published: NightResult['published'] | null;
  /** Why it failed. */
  failure: string | null;
}

/** Runs that the server remembers, the newest first. */
export async function rememberedRuns(
  { client }: Server,
  filter: { campaign?: string | undefined; limit: number },
): Promise<RememberedRun[]> {
  const runs: RememberedRun[] = [];
  const query = ["WorkflowType = 'nightRun'"];
  if (filter.campaign !== undefined) query.push(`SillageCampaign = '${filter.campaign.replaceAll("'", '')}'`);
  for await (const execution of client.workflow.list({ query: query.join(' AND ') })) {
    runs.push(rememberedOf(execution));
  }
  // The embedded server's visibility knows no ORDER BY.
  return runs.sort((a, b) => (a.started < b.started ? 1 : -1)).slice(0, filter.limit);
}

/** What a run did, is doing, or why it failed. */
export async function runState({ client }: Server, run: string): Promise<RunState> {
  const handle = client.workflow.getHandle<typeof nightRun>(run);
  try {
    const described = rememberedOf(await handle.describe());
    if (described.status === 'RUNNING') {
      const steps = await handle.query<StepReport[]>('progress').catch(() => []);
      return { ...described, steps, published: null, failure: null };
    }
    try {
      const { steps, published } = await handle.result();
      return { ...described, steps, published: published ?? null, failure: null };
    } catch (error) {
      if (!(error instanceof WorkflowFailedError)) throw error;
      return { ...described, steps: [], published: null, failure: reasonOf(error) };
    }
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    throw new FatalError(`the server remembers no run ${run}`, {
      next: 'see `npx sillage runs`',
      cause: error,
    });
  }
}

/** The message at the root of a failure. */
function reasonOf(error: Error): string {
  let root: Error = error;
  while (root.cause instanceof Error) root = root.cause;
  return messageOf(root);
}

interface Execution {
  workflowId: string;
  status: { name: string };
  startTime: Date;
  closeTime?: Date | undefined;
  searchAttributes: Record<string, unknown>;
}

function rememberedOf(execution: Execution): RememberedRun {
  const { workflowId, status, startTime, closeTime, searchAttributes } = execution;
  const attribute = (name: string) => String((searchAttributes[name] as unknown[] | undefined)?.[0] ?? '');
  return {
    run: workflowId,
    campaign: attribute('SillageCampaign'),
    interval: attribute('SillageInterval'),
    mode: attribute('SillageMode'),
    stage: attribute('SillageStage'),
    status: status.name,
    started: startTime.toISOString(),
    seconds: closeTime === undefined ? null : (closeTime.getTime() - startTime.getTime()) / 1000,
  };
}
