import { readCampaignFile } from '../activities/open.ts';
import {
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
      return applied
        .map(one => `${one.campaign}: ${one.outcome}${one.paused ? ', still paused' : ''}`)
        .join('\n');
    });
  });
}

/** `sillage schedule list`. */
export async function list(terminal: Terminal): Promise<void> {
  await withServer(terminal, async ({ server }) => {
    const schedules = await listSchedules(server);
    print(terminal, schedules, () => {
      if (schedules.length === 0)
        return 'no schedules: `npx sillage schedule apply <campaign.yaml>` makes one';
      const rows = schedules.map(one => [
        one.campaign,
        one.at,
        one.paused ? `paused: ${one.note}` : 'active',
        one.last,
        one.next,
        one.running,
      ]);
      return tableText(['campaign', 'at', 'state', 'last', 'next', 'running'], rows);
    });
  });
}

/** `sillage schedule pause`. */
export async function pause(terminal: Terminal, campaign: string, note?: string): Promise<void> {
  await changed(terminal, campaign, 'paused', ({ server }) => pauseSchedule(server, campaign, note));
}

/** `sillage schedule resume`. */
export async function resume(terminal: Terminal, campaign: string): Promise<void> {
  await changed(terminal, campaign, 'resumed', ({ server }) => resumeSchedule(server, campaign));
}

/** `sillage schedule trigger`. */
export async function trigger(terminal: Terminal, campaign: string): Promise<void> {
  await changed(terminal, campaign, 'triggered', ({ server }) => triggerSchedule(server, campaign));
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
