import { FatalError } from '../contracts/errors.ts';
import type { Night } from '../contracts/night.ts';
import type { StepMaking, TableRef, Tables } from '../contracts/table.ts';
import type { Lake } from '../lake/lake.ts';
import { committedNights, type Manifest, nightBefore, nightOf, nightsEndingWithin } from '../lake/nights.ts';
import { canonical, findStep } from '../lake/steps.ts';
import { UNKNOWN } from './step.ts';

/**
 * The committed ledger that tonight's goes on from. Entries are never changed, so a night that was committed before goes
 * on from its own ledger; only where nothing but the same inputs come again does it begin where it began, and is reused.
 * A first night of an interval goes on from the night before it.
 *
 * @throws FatalError where a ledger of nights inside the interval would be left behind, and what is in it be paid again
 * @param makingFrom what the step would be made of, given the hash of the ledger that it begins with
 */
export async function earlierLedger(
  lake: Lake,
  night: Pick<Night, 'campaign' | 'interval'>,
  makingFrom: (ledger: string) => Promise<StepMaking>,
): Promise<Manifest | undefined> {
  const { campaign, interval } = night;
  const last = await nightOf(lake, campaign, interval);
  const own = last?.lineage.est_ledger;
  if ((own?.rows ?? 0) === 0) await refuseOverlap(lake, night);
  if (own === undefined) return holding(await nightBefore(lake, campaign, interval.from));
  const making = (await findStep(lake, own.uri))?.making;
  const beginning = making?.inputs.est_earlier_entries;
  if (beginning === undefined || canonical(making) !== canonical(await makingFrom(beginning))) return last;
  if (beginning === none) return undefined;
  for await (const manifest of committedNights(lake)) {
    if (manifest.campaign === campaign && manifest.lineage.est_ledger?.sha256 === beginning) return manifest;
  }
  return last;
}

/** Stands for the hash of a ledger where there is none yet. */
export const none = 'none';

export function ledgerOf(night: Manifest | undefined): TableRef | undefined {
  return night?.lineage.est_ledger;
}

/**
 * Refuses to go on with a ledger whose people and messages have other names than tonight's: every mention would be new
 * and be paid a second time.
 */
export async function checkNames(lake: Lake, before: Manifest, tables: Tables): Promise<void> {
  // Nothing is known of pseudonyms that a dry run only would make.
  if (tables.est_pseudonyms?.uri === UNKNOWN) return;
  const keyOf = async (ref: TableRef | undefined) =>
    ref === undefined ? undefined : (await findStep(lake, ref.uri))?.making.parameters.key;
  const [then, now] = await Promise.all(
    [before.lineage.est_pseudonyms, tables.est_pseudonyms].map(ref => keyOf(ref)),
  );
  if (then === now || ledgerOf(before)!.rows === 0) return;
  throw new FatalError(
    `the ledger of incentives (${before.as_of}) names people by other pseudonyms than this night: what was paid could be paid again`,
    {
      next: 'give the same SILLAGE_PSEUDONYM_KEY and privacy.pseudonymise as then, or go on under another name of the campaign',
    },
  );
}

async function refuseOverlap(
  lake: Lake,
  { campaign, interval }: Pick<Night, 'campaign' | 'interval'>,
): Promise<void> {
  let latest: Manifest | undefined;
  for await (const night of nightsEndingWithin(lake, campaign, interval)) {
    if ((ledgerOf(night)?.rows ?? 0) === 0) continue;
    if (latest === undefined || night.interval.to > latest.interval.to) latest = night;
  }
  if (latest === undefined) return;
  const { from, to } = latest.interval;
  throw new FatalError(
    `the night ${from}/${to} has entries in the ledger of incentives and overlaps ${interval.from}/${interval.to}: what was paid there would be paid again`,
    {
      next:
        to < interval.to
          ? `run the days one by one, or give ${to}/${interval.to}, which begins where the last night ended`
          : `run ${from}/${to} again, or give an interval that begins on ${to}, where it ended`,
    },
  );
}

function holding(night: Manifest | undefined): Manifest | undefined {
  return ledgerOf(night) === undefined ? undefined : night;
}
