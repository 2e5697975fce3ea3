import { campaignAgain } from '../activities/repair/campaignAgain.ts';
import { changedNights } from '../activities/repair/changedNights.ts';
import { findGaps } from '../activities/repair/gaps.ts';
import type { Settings } from '../activities/settings.ts';
import { awaitBackfill, awaitOrCancel, awaitResult } from '../client.ts';
import { startCollection } from '../collecting.ts';
import type { Gaps, MissingNights } from '../contracts/gaps.ts';
import { realWorld } from '../worker.ts';
import { queueKinds } from '../workflows/queues.ts';
import { gapsText, missedText } from './gaps.ts';
import { onInterrupt } from './interrupt.ts';
import { atStation, type Station } from './station.ts';
import { coloured, print, type Terminal } from './terminal.ts';

/**
 * `sillage gaps --fill`: asks the networks again for what they still serve, then runs the nights that are missing. What
 * was filled is no gap any more: killed anywhere, the next start goes on with the rest.
 */
export async function fill(terminal: Terminal, campaign: string): Promise<void> {
  const signal = onInterrupt();
  await atStation(terminal, signal, queueKinds, async station => {
    const world = realWorld(station.config, () => ({ signal, progress: () => undefined }));
    const settings = await campaignAgain(world.lake, campaign);
    const since = world.networks.now().toISOString();
    const before = await findGaps(world, settings);
    terminal.log(coloured('dim', `${campaign}: missing are ${missedText(before)}`));
    try {
      if (before.lanes.length > 0) await askAgain(terminal, station, settings, signal);
      const committedSince = new Date().toISOString();
      for (const { from, to } of before.nights) {
        terminal.log(coloured('dim', `nights of ${from}/${to}`));
        const ask = { file: settings.file, campaign, interval: { from, to } };
        await awaitBackfill(station.server, station.config, ask, signal);
      }
      const after = await findGaps(world, settings);
      const changed = await changedNights(world, settings, { since, committedSince });
      print(terminal, { before, after, changed }, () => filledText(settings, before, after, changed));
    } catch (error) {
      if (signal.aborted) terminal.log('interrupted: what was filled stays, the next start goes on');
      throw error;
    }
  });
}

async function askAgain(
  terminal: Terminal,
  { server, config }: Station,
  { file, campaign: { campaign } }: Settings,
  signal: AbortSignal,
): Promise<void> {
  const { handle, joined } = await startCollection(server, config, { file, campaign, fill: true });
  if (joined) terminal.log(coloured('dim', 'this is being filled already: waiting for it'));
  await (joined ? awaitResult(handle, signal) : awaitOrCancel(handle, signal));
}

function filledText(settings: Settings, before: Gaps, after: Gaps, changed: MissingNights[]): string {
  const nights = changed.reduce((sum, one) => sum + one.nights, 0);
  return [
    `missing were ${missedText(before)}`,
    `missing are  ${missedText(after)}`,
    '',
    gapsText(after),
    ...(nights === 0
      ? []
      : [
          '',
          `${nights} committed nights would publish more now; to run them again:`,
          ...changed.map(({ from, to }) => `npx sillage schedule backfill ${settings.file} ${from}/${to}`),
        ]),
  ].join('\n');
}
