import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  type ActivityInterfaceFor,
  type ActivityOptions,
  ApplicationFailure,
  ChildWorkflowFailure,
  defineQuery,
  executeChild,
  isCancellation,
  ParentClosePolicy,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  WorkflowIdReusePolicy,
  workflowInfo,
} from '@temporalio/workflow';
import { dayBefore, daysWithin, type Interval } from '../contracts/interval.ts';
import type { Activities, Mode, NightRequest, NightResult, StepReport } from '../contracts/night.ts';
import { attributes } from './attributes.ts';
import { night } from './night.ts';
import { prefixOf, queueName } from './queues.ts';

export { collectCampaign } from './collecting.ts';

/** What a run has done so far. */
export const progressQuery = defineQuery<StepReport[]>('progress');

export interface NightArguments {
  request: NightRequest;
  /** Seconds without a sign of life after which an activity is given to another worker. */
  heartbeatSeconds: number;
}

export interface ScheduleArguments {
  file: string;
  campaign: string;
  /** The schedule's time of day, HH:MMZ: a start at any other time was asked for by hand. */
  at: string;
  heartbeatSeconds: number;
}

export interface BackfillArguments {
  file: string;
  campaign: string;
  /** From the first day to the last, which is excluded. */
  interval: Interval;
  heartbeatSeconds: number;
}

/** One run of a night. Its workflow id is its run id. */
export async function nightRun({ request, heartbeatSeconds }: NightArguments): Promise<NightResult> {
  let done: StepReport[] = [];
  setHandler(progressQuery, () => done);
  const { campaign, interval, mode } = request;
  upsertSearchAttributes([
    { key: attributes.campaign, value: campaign },
    { key: attributes.interval, value: `${interval.from}/${interval.to}` },
    { key: attributes.mode, value: mode },
  ]);
  return night({ ...request, attempt: workflowInfo().runId }, proxied(heartbeatSeconds), (stage, steps) => {
    done = steps;
    upsertSearchAttributes([{ key: attributes.stage, value: stage }]);
    setCurrentDetails(storyOf(steps));
  });
}

/** What a schedule starts: the last full day before the nominal time, never before the clock's. */
export async function scheduledNight(input: ScheduleArguments): Promise<NightResult> {
  const { file, campaign, heartbeatSeconds } = input;
  const nominal = nominalTime();
  const mode: Mode =
    nominal.toISOString().slice(11) === `${input.at.slice(0, 5)}:00.000Z` ? 'scheduled' : 'manual';
  return runChild({ file, campaign, interval: dayBefore(nominal.getTime()), mode, heartbeatSeconds });
}

/** Nights of the past, one after the other, the oldest first. A night that fails does not keep the others from running. */
export async function backfill(input: BackfillArguments): Promise<{ nights: number }> {
  const { file, campaign, heartbeatSeconds } = input;
  const intervals = daysWithin(input.interval);
  const failed: string[] = [];
  for (const [index, interval] of intervals.entries()) {
    setCurrentDetails(`${index} of ${intervals.length} nights done, now ${interval.from}`);
    try {
      await runChild({ file, campaign, interval, mode: 'backfill', heartbeatSeconds });
    } catch (error) {
      if (isCancellation(error) || !(error instanceof ChildWorkflowFailure)) throw error;
      failed.push(`${interval.from}: ${error.cause?.message ?? error.message}`);
    }
  }
  if (failed.length > 0) {
    throw ApplicationFailure.nonRetryable(
      `${failed.length} of ${intervals.length} nights failed: ${failed.slice(0, 3).join('; ')}`,
      'NightsFailed',
    );
  }
  return { nights: intervals.length };
}

function nominalTime(): Date {
  const [nominal] = (workflowInfo().searchAttributes.TemporalScheduledStartTime ?? []) as Date[];
  if (nominal === undefined) {
    throw ApplicationFailure.nonRetryable('a scheduled night was started without a schedule', 'FatalError');
  }
  return nominal;
}

/** Starts a night under the first run id of its interval that is free, and awaits it. */
async function runChild(ask: {
  file: string;
  campaign: string;
  interval: Interval;
  mode: Mode;
  heartbeatSeconds: number;
}): Promise<NightResult> {
  const { file, campaign, interval, mode, heartbeatSeconds } = ask;
  for (let count = 1; count <= 1000; count++) {
    const run = `${campaign}_${interval.from}_${interval.to}_${count}`;
    const request: NightRequest = { file, campaign, interval, run, mode, scope: {} };
    try {
      return await executeChild(nightRun, {
        workflowId: run,
        workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
        parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
        args: [{ request, heartbeatSeconds }],
      });
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
  }
  throw ApplicationFailure.nonRetryable(`${interval.from} of ${campaign} was run 1,000 times`, 'FatalError');
}

const retry: ActivityOptions['retry'] = {
  initialInterval: '1 second',
  maximumInterval: '30 seconds',
  maximumAttempts: 20,
  nonRetryableErrorTypes: ['FatalError', 'ValueError', 'PayloadsTooLarge'],
};

/** The activities as Temporal runs them: each on its queue, under its name in the UI, with bounded retries. */
function proxied(heartbeatSeconds: number): Activities {
  const prefix = prefixOf(workflowInfo().taskQueue);
  const options = (kind: 'collect' | 'compute'): ActivityOptions => ({
    taskQueue: queueName(prefix, kind),
    heartbeatTimeout: `${heartbeatSeconds} seconds`,
    startToCloseTimeout: '6 hours',
    scheduleToCloseTimeout: '24 hours',
    retry,
  });
  const collecting = proxyActivities<ActivityInterfaceFor<Activities>>(options('collect'));
  const computing = proxyActivities<ActivityInterfaceFor<Activities>>(options('compute'));
  const named = (kind: 'collect' | 'compute', summary: string): ActivityOptions => ({
    ...options(kind),
    summary,
  });
  return {
    open: request =>
      collecting.open.executeWithOptions(named('collect', 'read the campaign file'), [request]),
    collect: input =>
      collecting.collect.executeWithOptions(named('collect', 'conversations: keep raw files'), [input]),
    read: input => computing.read.executeWithOptions(named('compute', 'conversations: read files'), [input]),
    readSheets: input =>
      computing.readSheets.executeWithOptions(named('compute', "conversations: the campaign's own files"), [
        input,
      ]),
    pseudonymise: input =>
      computing.pseudonymise.executeWithOptions(named('compute', 'conversations: pseudonyms'), [input]),
    model: input =>
      computing.model.executeWithOptions(named('compute', `${input.stage}: ${input.wanted.join(', ')}`), [
        input,
      ]),
    growForest: input =>
      computing.growForest.executeWithOptions(named('compute', 'cascades: forest'), [input]),
    findCoordination: input =>
      computing.findCoordination.executeWithOptions(named('compute', 'authenticity: coordination'), [input]),
    sumInfluence: input =>
      computing.sumInfluence.executeWithOptions(named('compute', 'influence: network'), [input]),
    splitWords: input =>
      computing.splitWords.executeWithOptions(named('compute', 'interests: words'), [input]),
    growLexicon: input =>
      computing.growLexicon.executeWithOptions(named('compute', 'interests: lexicon'), [input]),
    fitInterests: input =>
      computing.fitInterests.executeWithOptions(named('compute', 'interests: people'), [input]),
    findPersonas: input =>
      computing.findPersonas.executeWithOptions(named('compute', 'personas: groups'), [input]),
    planRecruitment: input =>
      computing.planRecruitment.executeWithOptions(named('compute', 'recruitment: plan'), [input]),
    keepLedger: input =>
      computing.keepLedger.executeWithOptions(named('compute', 'incentives: ledger'), [input]),
    valueInfluence: input =>
      computing.valueInfluence.executeWithOptions(named('compute', 'returns: value of influence'), [input]),
    divideCredit: input =>
      computing.divideCredit.executeWithOptions(named('compute', 'returns: credit'), [input]),
    estimateReturns: input =>
      computing.estimateReturns.executeWithOptions(named('compute', 'returns: designs'), [input]),
    publish: input => computing.publish.executeWithOptions(named('compute', 'publish the night'), [input]),
    writePage: input => computing.writePage.executeWithOptions(named('compute', 'write the page'), [input]),
  };
}

/** The story of a run for the Temporal UI, in Markdown. */
function storyOf(steps: readonly StepReport[]): string {
  const rows = steps.map(({ stage, step, outcome, seconds, detail }) => {
    return `| ${stage} | ${step} | ${outcome} | ${seconds} s | ${detail ?? ''} |`;
  });
  return ['| stage | step | outcome | time | |', '|---|---|---|---|---|', ...rows].join('\n');
}
