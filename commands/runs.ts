import { rememberedRuns } from '../history.ts';
import { onInterrupt } from './interrupt.ts';
import { atStation } from './station.ts';
import { print, type Terminal, tableText } from './terminal.ts';

/** `sillage runs`. */
export async function runs(terminal: Terminal, filter: { campaign?: string; limit: number }): Promise<void> {
  await atStation(terminal, onInterrupt(), [], async ({ server }) => {
    const list = await rememberedRuns(server, filter);
    print(terminal, list, () => {
      if (list.length === 0) return 'no runs: `npx sillage run <campaign.yaml>` makes one';
      const rows = list.map(run => [
        run.run,
        run.mode,
        run.status.toLowerCase(),
        run.stage,
        run.started,
        run.seconds,
      ]);
      return tableText(['run', 'mode', 'status', 'stage', 'started', 'seconds'], rows);
    });
  });
}
