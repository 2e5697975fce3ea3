import { runState } from '../history.ts';
import { onInterrupt } from './interrupt.ts';
import { atStation } from './station.ts';
import { returnsText, reuseText, stepsText } from './summary.ts';
import { print, type Terminal } from './terminal.ts';

/** `sillage status`: what a run did, is doing, or why it failed. A run that goes on is asked through its worker. */
export async function status(terminal: Terminal, run: string): Promise<void> {
  await atStation(terminal, onInterrupt(), [], async ({ server }) => {
    const state = await runState(server, run);
    print(terminal, state, () => {
      const { mode, interval, started, seconds, published } = state;
      const lines = [`${run}: ${state.status.toLowerCase()}, ${mode}, ${interval}, started ${started}`];
      if (seconds !== null) lines.push(`took ${seconds} s`);
      if (state.failure !== null) lines.push(state.failure);
      if (state.steps.length > 0) lines.push('', stepsText(state.steps), reuseText(state.steps));
      if (published)
        lines.push(
          '',
          `${published.verdict}: ${published.reason}`,
          ...returnsText(published),
          `tables: ${published.folder}`,
        );
      return lines.join('\n');
    });
  });
}
