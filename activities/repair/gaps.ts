import { liveSources } from '../../contracts/campaign.ts';
import type { Lane } from '../../contracts/collecting.ts';
import { FatalError } from '../../contracts/errors.ts';
import type { DueQuestions, Gaps, Hole, LaneGaps } from '../../contracts/gaps.ts';
import { secondsOf } from '../../contracts/liveSources.ts';
import { type CaptureEntry, captureLog } from '../../lake/captureLog.ts';
import type { LiveSource } from '../../sources/liveSource.ts';
import { candidatesOf } from '../collecting/candidates.ts';
import { dueCounts } from '../collecting/due.ts';
import { type LedgerHole, ledgerHoles, piecesOf } from '../collecting/holes.ts';
import {
  accountsOf,
  type CollectingSettings,
  lanesOf,
  sourceOf,
  standingOf,
  streamLane,
} from '../collecting/lanes.ts';
import { keyOf, nextFrom } from '../collecting/planning.ts';
import { type Staged, withStaged } from '../collecting/staged.ts';
import type { Settings } from '../settings.ts';
import type { World } from '../world.ts';
import { missingNights } from './missingNights.ts';

/** What of a campaign is missing: nights, and what its collectors asked for and did not get. Asks no network. */
export async function findGaps(world: World, read: Settings): Promise<Gaps> {
  const { accounts: candidates } = await candidatesOf(world, read);
  const settings: CollectingSettings = { ...read, candidates };
  const now = world.networks.now();
  const { campaign } = settings.campaign;
  const lanes: LaneGaps[] = [];
  for (const { id } of liveSources(settings.campaign)) {
    const ofSource = lanesOf(settings, id);
    for (const [place, lane] of ofSource.entries())
      lanes.push(await gapsOfLane(world, settings, lane, { now, isFirst: place === 0 }));
  }
  return { campaign, file: settings.file, nights: await missingNights(world.lake, settings, now), lanes };
}

/** A lane, and all that is needed to tell what it will ask. */
interface Examined {
  settings: CollectingSettings;
  lane: Lane;
  source: LiveSource;
  last: CaptureEntry | undefined;
  now: Date;
}

/** @param isFirst whether the lane answers for questions of its source that nobody asks any more */
async function gapsOfLane(
  world: World,
  settings: CollectingSettings,
  lane: Lane,
  { now, isFirst }: { now: Date; isFirst: boolean },
): Promise<LaneGaps> {
  const live = sourceOf(settings, lane);
  const last = await captureLog(world.lake, settings.campaign.campaign, lane.name).last();
  const patience = 2 * secondsOf(live.every) * 1000;
  const late = last === undefined || now.getTime() - Date.parse(last.at) > patience;
  const known = { lane: lane.name, source: lane.source, last: last?.at ?? null, late };
  let source: LiveSource;
  try {
    source = world.networks.open(live, accountsOf(settings, live));
  } catch (error) {
    // A secret that is not set here may be set where the collectors run: the other lanes can be told all the same.
    if (!(error instanceof FatalError)) throw error;
    return { ...known, holes: [], questions: [], refused: error.what };
  }
  try {
    const examined = { settings, lane, source, last, now };
    const found = await withStaged(world, settings, lane, async staged => ({
      holes: (await ledgerHoles(staged, lane)).flatMap(hole => listed(hole, examined, isFirst)),
      questions: lane.host === streamLane ? [] : await dueQuestions(staged, examined),
    }));
    const { holes = [], questions = [] } = found ?? {};
    return { ...known, holes, questions };
  } finally {
    await source.close();
  }
}

function listed(hole: LedgerHole, { settings, lane, source, last, now }: Examined, isFirst: boolean): Hole[] {
  const { query, outcome, reason } = hole;
  const isOf = (asked: { query: { label: string; kind: string } }) =>
    asked.query.label === query && asked.query.kind !== 'counts';
  const standing = standingOf(source, lane).find(isOf);
  if (standing === undefined && (source.standing.some(isOf) || !isFirst)) return [];
  const until = standing === undefined ? undefined : last?.state.standing[keyOf(standing.query)]?.until;
  const next = nextFrom(settings, lane, standing, until, now);
  return piecesOf(hole, { standing, next, now }).map(({ from, to, remedy }) => ({
    query,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    hours: Math.round((to - from) / 36_000) / 100,
    outcome,
    reason: standing === undefined ? 'the campaign no longer asks for it' : reason,
    remedy,
  }));
}

async function dueQuestions(staged: Staged, examined: Examined): Promise<DueQuestions[]> {
  const { settings, lane, source, now } = examined;
  const due = (triesFrom?: string) => dueCounts(staged, settings, lane, source, { now, triesFrom });
  const next = await due();
  const forgiven = await due(now.toISOString());
  return [...forgiven].map(([kind, questions]) => {
    const asked = next.get(kind) ?? 0;
    return { kind, next: asked, givenUp: questions - asked };
  });
}
