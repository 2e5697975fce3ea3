import { readCampaignFile } from '../activities/open.ts';
import { awaitOrCancel, awaitResult, startRun } from '../client.ts';
import { type Interval, parseInterval } from '../contracts/interval.ts';
import type { NightResult, Scope } from '../contracts/night.ts';
import type { StepReport } from '../contracts/table.ts';
import { queueKinds } from '../workflows/queues.ts';
import { defaultInterval } from './defaultInterval.ts';
import { onInterrupt } from './interrupt.ts';
import { followRun } from './progress.ts';
import { atStation, type Station } from './station.ts';
import { resultText } from './summary.ts';
import { coloured, print, type Terminal } from './terminal.ts';

export interface RunOptions {
  interval?: string;
  scope: Scope;
}

/** `sillage run`: one run, awaited. */
export async function run(terminal: Terminal, file: string, options: RunOptions): Promise<void> {
  const signal = onInterrupt();
  const settings = await readCampaignFile(file);
  const given = options.interval === undefined ? undefined : parseInterval(options.interval);
  // The files are read for their newest message while the server and the workers start.
  const finding = given === undefined ? defaultInterval(settings, signal) : undefined;
  finding?.catch(() => undefined);
  await atStation(terminal, signal, queueKinds, async station => {
    const found = await finding;
    const ask = {
      file: settings.file,
      campaign: settings.campaign.campaign,
      interval: given ?? found!.interval,
      scope: options.scope,
    };
    await awaitNight(terminal, station, ask, signal, found?.reading);
  });
}

/**
 * Starts a run, follows it, prints how it ended; Ctrl-C cancels it and waits until it has stopped.
 *
 * @param done a step that this start did beforehand: the run finds it done, and its owner waited for it all the same
 */
export async function awaitNight(
  terminal: Terminal,
  { config, server }: Station,
  ask: { file: string; campaign: string; interval: Interval; scope: Scope; pinned?: string },
  signal: AbortSignal,
  done?: StepReport,
): Promise<NightResult> {
  signal.throwIfAborted();
  const started = performance.now();
  const { handle, run: name, joined } = await startRun(server, config, { ...ask, mode: 'manual' });
  terminal.log(coloured('dim', `${name}${joined ? ' is running already: waiting for it' : ''}`));
  const end = followRun(handle);
  try {
    const ended = await (joined ? awaitResult(handle, signal) : awaitOrCancel(handle, signal));
    const result = { ...ended, steps: ended.steps.map(step => (isSameStep(step, done) ? done! : step)) };
    await end();
    const took = (performance.now() - started) / 1000;
    print(terminal, { ...result, seconds: Math.round(took * 10) / 10 }, () => resultText(result, took));
    return result;
  } catch (error) {
    await end();
    if (signal.aborted) terminal.log('interrupted: what is committed stays, the next start goes on');
    throw error;
  }
}

function isSameStep(step: StepReport, done: StepReport | undefined): boolean {
  return step.outcome === 'reused' && step.stage === done?.stage && step.step === done.step;
}
