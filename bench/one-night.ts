import { readConfig } from '../config.ts';
import type { Activities, StepResult } from '../contracts/night.ts';
import { tableOf } from '../lake/steps.ts';
import { nightActivities } from '../report/activities.ts';
import { realWorld } from '../worker.ts';
import { night } from '../workflows/night.ts';
import { cpuSecondsSoFar, forgetPeak, peakSoFar, type Use } from './measure.ts';
import { campaignName, interval } from './world.ts';

export interface MeasuredStep extends Use {
  step: string;
  rows: Record<string, number>;
}

export interface MeasuredNight extends Use {
  steps: MeasuredStep[];
  /** Absolute paths of the files of every table that a step made. */
  tables: Record<string, string[]>;
  /** Folder of the published tables. */
  published: string;
}

/** Runs the night of a campaign file in this process, with real activities and without Temporal. */
async function measureNight(file: string): Promise<MeasuredNight> {
  const started = performance.now();
  const world = realWorld(readConfig(), () => ({ signal: new AbortController().signal, progress() {} }));
  const steps: MeasuredStep[] = [];
  const made: Record<string, string[]> = {};
  const activities = Object.entries(nightActivities(world)).map(([name, act]) => [
    name,
    async (input: never) => {
      forgetPeak();
      const before = { seconds: performance.now() / 1000, cpuSeconds: cpuSecondsSoFar() };
      const result = await (act as (input: never) => Promise<Partial<StepResult>>)(input);
      const { report, tables } = result;
      steps.push({
        step: report === undefined ? name : `${report.stage}/${report.step}`,
        seconds: performance.now() / 1000 - before.seconds,
        cpuSeconds: cpuSecondsSoFar() - before.cpuSeconds,
        peakBytes: peakSoFar(),
        rows: report?.rows ?? {},
      });
      for (const ref of report === undefined ? [] : Object.values(tables ?? {})) {
        const { files } = await tableOf(world.lake, ref);
        made[ref.table] = files.map(part => world.lake.locate(part.key));
      }
      return result;
    },
  ]);
  const request = {
    file,
    campaign: campaignName,
    interval,
    run: `${campaignName}_1`,
    mode: 'manual' as const,
    scope: {},
  };
  const { published } = await night(request, Object.fromEntries(activities) as Activities);
  return {
    seconds: (performance.now() - started) / 1000,
    cpuSeconds: cpuSecondsSoFar(),
    peakBytes: Math.max(...steps.map(step => step.peakBytes)),
    steps,
    tables: made,
    published: published!.folder,
  };
}

console.log(JSON.stringify(await measureNight(process.argv[2]!)));
