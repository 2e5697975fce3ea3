import { fileURLToPath } from 'node:url';
import { FatalError } from '../contracts/errors.ts';
import { runAlone, type Use } from './measure.ts';
import type { MeasuredNight } from './one-night.ts';

const rounds = 3;
const program = fileURLToPath(new URL('floor.ts', import.meta.url));

/**
 * The floor of a night, the middle one of three.
 *
 * @throws FatalError where it went over other rows than the night's (an older file beside the new one, repeated ids): that
 *   would flatter the night
 */
export async function floorOf(night: MeasuredNight): Promise<Use> {
  const staged = night.steps.find(({ rows }) => 'stg_messages' in rows)?.rows.stg_messages;
  const found: Use[] = [];
  for (let round = 0; round < rounds; round++) {
    const floor = await runAlone<Use & { rows: number }>(process.execPath, [
      program,
      ...night.tables.stg_messages!,
    ]);
    if (floor.rows !== staged) {
      throw new FatalError(`the floor went over ${floor.rows} rows, the night over ${staged}`, {
        next: 'measure again in an empty folder',
      });
    }
    found.push(floor);
  }
  return found.sort((a, b) => a.cpuSeconds - b.cpuSeconds)[Math.floor(rounds / 2)]!;
}
