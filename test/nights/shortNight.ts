import type { PublishInput } from '../../activities/publish.ts';
import type { World } from '../../activities/world.ts';
import { addDays, parseInterval } from '../../contracts/interval.ts';
import type { Activities, NightResult, Published, Scope, StepResult } from '../../contracts/night.ts';
import { commitNight } from '../../lake/nights.ts';
import { nightActivities } from '../../report/activities.ts';
import { night } from '../../workflows/night.ts';

/** What incentives are made from, and incentives themselves; all else is left out. */
const stepsKept = ['lists', 'messages', 'authors', 'topics', 'talk', 'redemptions', 'tables'];
const stagesKept = ['conversations', 'interests', 'incentives'];
const actsKept = [
  'open',
  'collect',
  'read',
  'readSheets',
  'pseudonymise',
  'growForest',
  'findCoordination',
  'splitWords',
  'growLexicon',
  'keepLedger',
];

let runs = 0;

/**
 * The night's own function with the real activities, but only those that the ledger depends on: for tests of many
 * nights. What it commits has the lineage of a real night and no published files.
 */
export function shortNight(
  world: World,
  file: string,
  campaign: string,
  interval: string,
  scope: Scope = {},
): Promise<NightResult> {
  const real = nightActivities(world);
  const act = new Proxy(real, {
    get(_, name: keyof Activities) {
      if (name === 'publish') return (input: PublishInput) => commit(world, input);
      if (name === 'model') {
        return (input: Parameters<Activities['model']>[0]) => {
          const isKept = stagesKept.includes(input.stage) && stepsKept.includes(input.step);
          // The tables of interests are for people, not for the ledger.
          return isKept && !(input.stage === 'interests' && input.step === 'tables')
            ? real.model(input)
            : leftOut();
        };
      }
      return actsKept.includes(name) ? real[name] : leftOut;
    },
  });
  runs += 1;
  const request = { file, campaign, run: `short_${process.pid}_${runs}`, mode: 'manual' as const, scope };
  return night({ ...request, interval: parseInterval(interval) }, act);
}

async function leftOut(): Promise<StepResult> {
  const report = { stage: 'publish', step: 'left out', outcome: 'reused', seconds: 0, rows: {} } as const;
  return { tables: {}, report };
}

async function commit(world: World, { night, tables }: PublishInput): Promise<Published> {
  const { campaign, interval, run, mode, settings } = night;
  const content = `${tables.fct_redemptions!.sha256} ${tables.fct_incentives!.sha256}`;
  const { night: committed, isNew } = await commitNight(world.lake, {
    campaign,
    interval,
    run,
    mode,
    settings,
    content,
    as_of: addDays(interval.to, -1),
    code_version: 'test',
    published_at: '',
    version: '',
    verdict: 'complete',
    reason: '',
    inputs: [],
    steps: [],
    tables: [],
    lineage: tables,
  });
  const outcome = isNew ? 'published' : 'unchanged';
  return {
    entry: committed.entry,
    outcome,
    version: '',
    folder: '',
    tables: [],
    verdict: '',
    reason: '',
    warnings: [],
  };
}
