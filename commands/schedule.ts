import { readCampaignFile } from '../activities/open.ts';
import { changeCollectors, listCollectors } from '../collectingSchedules.ts';
import {
  type AppliedSchedule,
  applySchedules,
  listSchedules,
  pauseSchedule,
  resumeSchedule,
  triggerSchedule,
} from '../schedules.ts';
import { onInterrupt } from './interrupt.ts';
import { atStation, type Station } from './station.ts';
import { print, type Terminal, tableText } from './terminal.ts';

/** `sillage schedule apply`. */
export async function apply(terminal: Terminal, files: string[]): Promise<void> {
  const settings = await Promise.all(files.map(readCampaignFile));
  await withServer(terminal, async ({ config, server }) => {
    const applied = await applySchedules(server, config, settings);
    print(terminal, applied, () => {
      return applied.flatMap(appliedTexts).join('\n');
    });
  });
}

/** `sillage schedule list`. */
export async function list(terminal: Terminal): Promise<void> {
  await withServer(terminal, async ({ server }) => {
    const nights = await listSchedules(server);
    const collectors = await listCollectors(server);
    // What a night's schedule has, a collector's has too: one list for whoever reads it by program.
    const schedules = [
      ...nights.map(one => ({ ...one, source: null, every: 'day' })),
      ...collectors.map(one => ({ ...one, at: null })),
    ].sort((a, b) => (a.campaign < b.campaign ? -1 : a.campaign > b.campaign ? 1 : 0));
    print(terminal, schedules, () => {
      if (schedules.length === 0)
        return 'no schedules: `npx sillage schedule apply <campaign.yaml>` makes one';
      const rows = schedules.map(one => [
        one.campaign,
        one.source === null ? 'night' : `collect ${one.source}`,
        one.at === null ? `every ${one.every}` : `at ${one.at}`,
        one.paused ? `paused: ${one.note}` : 'active',
        one.last,
        one.next,
        one.running,
      ]);
      return tableText(['campaign', 'what', 'when', 'state', 'last', 'next', 'running'], rows);
    });
  });
}

/** What became of a campaign's schedules, a line each. */
export function appliedTexts({ campaign, outcome, paused, collectors }: AppliedSchedule): string[] {
  const line = (what: string, outcome: string, isPaused: boolean) =>
    `${campaign}: ${what}${outcome}${isPaused ? ', still paused' : ''}`;
  return [
    ...(outcome === 'none' && collectors.length > 0 ? [] : [line('', outcome, paused)]),
    ...collectors.map(one => line(`collect ${one.source} every ${one.every}: `, one.outcome, one.paused)),
  ];
}

interface Which {
  /** The collectors of the campaign, not its nights. */
  collecting?: boolean;
}

/** `sillage schedule pause`. */
export async function pause(
  terminal: Terminal,
  campaign: string,
  { note, collecting }: Which & { note?: string },
): Promise<void> {
  if (collecting) return changedCollectors(terminal, campaign, 'pause', note);
  await changed(terminal, campaign, 'paused', ({ server }) => pauseSchedule(server, campaign, note));
}

/** `sillage schedule resume`. */
export async function resume(terminal: Terminal, campaign: string, { collecting }: Which): Promise<void> {
  if (collecting) return changedCollectors(terminal, campaign, 'resume');
  await changed(terminal, campaign, 'resumed', ({ server }) => resumeSchedule(server, campaign));
}

/** `sillage schedule trigger`. */
export async function trigger(terminal: Terminal, campaign: string, { collecting }: Which): Promise<void> {
  if (collecting) return changedCollectors(terminal, campaign, 'trigger');
  await changed(terminal, campaign, 'triggered', ({ server }) => triggerSchedule(server, campaign));
}

const outcomes = { pause: 'paused', resume: 'resumed', trigger: 'triggered' } as const;

async function changedCollectors(
  terminal: Terminal,
  campaign: string,
  change: keyof typeof outcomes,
  note?: string,
): Promise<void> {
  await withServer(terminal, async ({ server }) => {
    const sources = await changeCollectors(server, campaign, change, note);
    const outcome = outcomes[change];
    print(
      terminal,
      { campaign, sources, outcome },
      () => `${campaign}: collecting of ${sources.join(', ')} ${outcome}`,
    );
  });
}

async function changed(
  terminal: Terminal,
  campaign: string,
  outcome: string,
  change: (station: Station) => Promise<void>,
): Promise<void> {
  await withServer(terminal, change);
  print(terminal, { campaign, outcome }, () => `${campaign}: ${outcome}`);
}

async function withServer(terminal: Terminal, work: (station: Station) => Promise<void>): Promise<void> {
  await atStation(terminal, onInterrupt(), [], work);
}
