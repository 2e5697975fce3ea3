import { readCampaignFile } from '../activities/open.ts';
import { applySchedules } from '../schedules.ts';
import { queueKinds } from '../workflows/queues.ts';
import { Interrupted, onInterrupt } from './interrupt.ts';
import { appliedTexts } from './schedule.ts';
import { atStation } from './station.ts';
import { print, type Terminal } from './terminal.ts';

/** `sillage up`: server, workers, schedules; until it is stopped. */
export async function up(terminal: Terminal, files: string[]): Promise<void> {
  const signal = onInterrupt();
  const settings = await Promise.all(files.map(readCampaignFile));
  await atStation(terminal, signal, queueKinds, async ({ config, server }) => {
    const applied = await applySchedules(server, config, settings);
    const lines = [
      server.joined
        ? `joined the Temporal server at ${server.address}`
        : `Temporal server at ${server.address}`,
      ...(server.ui === undefined ? [] : [`its page: ${server.ui}`]),
      ...applied.flatMap(appliedTexts).map(line => `schedule ${line}`),
      'up; Ctrl-C stops',
    ];
    const { address, ui, joined } = server;
    print(terminal, { address, ui, joined, schedules: applied }, () => lines.join('\n'));
    await stopped(signal);
  });
}

/** Resolves when the user stops the command. */
export async function stopped(signal: AbortSignal): Promise<void> {
  // A pending promise alone keeps no process alive.
  const awake = setInterval(() => undefined, 60_000);
  await new Promise<void>(resolve => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  clearInterval(awake);
  if (!(signal.reason instanceof Interrupted)) throw signal.reason;
}
