import { FatalError, messageOf } from '../contracts/errors.ts';
import type { Night } from '../contracts/night.ts';
import { type Stage, stages } from '../contracts/stages.ts';
import type {
  StepMaking,
  StepRecord,
  StepReport,
  StepResult,
  StoredTable,
  Tables,
} from '../contracts/table.ts';
import type { Session } from '../engine/engine.ts';
import { commitStep, findStep, fingerprintOf, refsOf, stepKey } from '../lake/steps.ts';
import type { Attempt, World } from './world.ts';

/** The place and content hash of a table that a dry run can't know yet. */
export const UNKNOWN = 'unknown';

export interface StepPlan {
  stage: Stage;
  step: string;
  making: StepMaking;
  /** Names of the tables that the step makes. */
  outputs: string[];
}

/** Where a step works: private to the attempt, gone after it. */
export interface Workshop {
  session: Session;
  scratch: string;
  attempt: Attempt;
  /** Whether files go to the lake; a comparing run leaves nothing there. */
  keep: boolean;
  /** Says in a few words what this attempt did, for the run's summary. */
  note(detail: string): void;
}

/**
 * Runs a step once for ever: looks first, computes in private, commits under its key; the same key is never computed twice.
 * A second attempt at the same time is harmless: the later committer takes the first one's result.
 */
export async function runStep(
  world: World,
  night: Pick<Night, 'campaign' | 'scope'>,
  plan: StepPlan,
  compute: (workshop: Workshop) => Promise<StoredTable[]>,
): Promise<StepResult> {
  const started = performance.now();
  const fingerprint = fingerprintOf(plan.making);
  const key = stepKey(night.campaign, plan.stage, plan.step, fingerprint);
  const report = (outcome: StepReport['outcome'], tables: Tables, detail?: string): StepResult => ({
    tables,
    report: {
      stage: plan.stage,
      step: plan.step,
      outcome,
      seconds: Math.round(performance.now() - started) / 1000,
      rows: Object.fromEntries(Object.values(tables).map(table => [table.table, table.rows])),
      ...(detail === undefined ? {} : { detail }),
    },
  });

  if (Object.values(plan.making.inputs).includes(UNKNOWN)) return report('unknown', pending(plan));
  const found = await findStep(world.lake, key);
  const verify = found !== undefined && night.scope.force === true && isWithin(night, plan.stage);
  if (found !== undefined && !verify) return report('reused', refsOf(key, found));
  // What a forced run computes again comes out the same: what follows it is known.
  if (night.scope.dryRun)
    return report('would compute', found === undefined ? pending(plan) : refsOf(key, found));
  if (!isWithin(night, plan.stage)) throw notThere(night, plan);

  let detail: string | undefined;
  const record = await inWorkshop(world, async workshop => {
    const tables = await compute({
      ...workshop,
      keep: !verify,
      note: text => {
        detail = text;
      },
    });
    workshop.attempt.signal.throwIfAborted();
    return {
      campaign: night.campaign,
      stage: plan.stage,
      step: plan.step,
      fingerprint,
      making: plan.making,
      tables,
    };
  });
  if (verify) {
    compareWith(found, record);
    return report('verified', refsOf(key, found), detail);
  }
  return report('computed', refsOf(key, await commitStep(world.lake, key, record)), detail);
}

/** Opens a private scratch folder and session, and stops the session's statement when the attempt is to stop. */
export async function inWorkshop<T>(
  world: World,
  work: (workshop: Omit<Workshop, 'note' | 'keep'>) => Promise<T>,
): Promise<T> {
  const attempt = world.attempt();
  attempt.signal.throwIfAborted();
  return world.lake.withScratch(async scratch => {
    const session = await world.engine.open(scratch);
    const interrupt = () => session.interrupt();
    attempt.signal.addEventListener('abort', interrupt);
    const beat = setInterval(() => attempt.progress(session.progress()), 2000);
    try {
      return await work({ session, scratch, attempt });
    } catch (error) {
      attempt.signal.throwIfAborted();
      throw outOfRoom(error) ?? error;
    } finally {
      clearInterval(beat);
      attempt.signal.removeEventListener('abort', interrupt);
      session.close();
    }
  });
}

/** What the engine says when memory or spill space is not enough: trying again would end the same way. */
function outOfRoom(error: unknown): FatalError | undefined {
  if (!/^(Out of Memory Error|TransactionContext Error: .*Out of Memory)/.test(messageOf(error)))
    return undefined;
  return new FatalError(`a step found no room: ${messageOf(error).slice(0, 300)}`, {
    next: 'raise SILLAGE_MEMORY or SILLAGE_SPILL, or free disk space; what is committed stays',
    cause: error,
  });
}

/** Whether a stage may compute under the night's scope. */
export function isWithin(night: Pick<Night, 'scope'>, stage: Stage): boolean {
  const { from, only } = night.scope;
  if (only !== undefined) return stage === only;
  return from === undefined || stages.indexOf(stage) >= stages.indexOf(from);
}

function pending(plan: StepPlan): Tables {
  return Object.fromEntries(
    plan.outputs.map(table => [table, { table, uri: UNKNOWN, rows: 0, sha256: UNKNOWN }]),
  );
}

function notThere(night: Pick<Night, 'scope'>, plan: StepPlan): FatalError {
  const asked = night.scope.only === undefined ? `--from ${night.scope.from}` : `--only ${night.scope.only}`;
  return new FatalError(
    `${asked} needs ${plan.stage}/${plan.step} as it was computed before, and nothing is committed for these inputs, settings and code`,
    { next: `run again with --from ${plan.stage}, or without ${asked}` },
  );
}

function compareWith(committed: StepRecord, again: StepRecord): void {
  for (const table of committed.tables) {
    const other = again.tables.find(candidate => candidate.table === table.table);
    if (other?.sha256 === table.sha256) continue;
    throw new FatalError(
      `the step ${committed.stage}/${committed.step} is not deterministic: ${table.table} came out different (${table.rows} rows before, ${other?.rows ?? 0} now)`,
      { next: 'the committed version stays; report this with the run id' },
    );
  }
}
