import type { WorkflowHandle } from '@temporalio/client';
import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy,
} from '@temporalio/common';
import type { Server } from './client.ts';
import type { Config } from './config.ts';
import type { CollectRequest } from './contracts/collecting.ts';
import { FatalError } from './contracts/errors.ts';
import type { collectCampaign } from './workflows/collecting.ts';
import { queueName } from './workflows/queues.ts';

export type CollectHandle = WorkflowHandle<typeof collectCampaign>;

/** Id of the one round that a source, or all of a campaign's, can be in at a time. */
export function collectionId(campaign: string, source?: string): string {
  return source === undefined ? `collect_${campaign}` : `collect_${campaign}_${source}`;
}

/** Id of the one filling of holes that a campaign can be in at a time; it may go beside rounds. */
function fillingId(campaign: string): string {
  return `fill_${campaign}`;
}

/**
 * Starts a round of collecting, or joins the one that is running. A round that a killed process left on a server that
 * nobody else uses is ended first: what it kept stays, and its settings are of then.
 */
export async function startCollection(
  { client, joined, since }: Server,
  config: Config,
  request: CollectRequest,
): Promise<{ handle: CollectHandle; joined: boolean }> {
  const { campaign, source, fill } = request;
  const workflowId = fill ? fillingId(campaign) : collectionId(campaign, source);
  for (let tries = 0; tries < 10; tries++) {
    try {
      const handle = await client.workflow.start<typeof collectCampaign>('collectCampaign', {
        workflowId,
        workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
        workflowIdConflictPolicy: WorkflowIdConflictPolicy.FAIL,
        taskQueue: queueName(config.queuePrefix, 'orchestrate'),
        staticSummary: `${campaign}: ${fill ? 'fill holes' : 'collect'}`,
        args: [{ request, heartbeatSeconds: config.heartbeatSeconds }],
      });
      return { handle, joined: false };
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      const handle = client.workflow.getHandle<typeof collectCampaign>(workflowId);
      const { status, startTime } = await handle.describe();
      if (status.name !== 'RUNNING') continue;
      if (joined || startTime.getTime() >= since) return { handle, joined: true };
      await handle.terminate('interrupted; a later round takes its place');
    }
  }
  throw new FatalError(`the collecting of ${campaign} starts and ends faster than it can be joined`, {
    next: 'run it again',
  });
}
