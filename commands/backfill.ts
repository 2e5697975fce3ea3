import { readCampaignFile } from '../activities/open.ts';
import { awaitBackfill } from '../client.ts';
import { parseInterval } from '../contracts/interval.ts';
import { queueKinds } from '../workflows/queues.ts';
import { onInterrupt } from './interrupt.ts';
import { atStation } from './station.ts';
import { print, type Terminal } from './terminal.ts';

/** `sillage schedule backfill`: nights of the past, the oldest first, awaited. */
export async function backfill(terminal: Terminal, file: string, text: string): Promise<void> {
  const signal = onInterrupt();
  const settings = await readCampaignFile(file);
  const interval = parseInterval(text);
  await atStation(terminal, signal, queueKinds, async ({ config, server }) => {
    const { campaign } = settings.campaign;
    const { nights } = await awaitBackfill(
      server,
      config,
      { file: settings.file, campaign, interval },
      signal,
    );
    print(
      terminal,
      { campaign, interval: text, nights },
      () => `${campaign}: ${nights} nights of ${text} backfilled`,
    );
  });
}
