import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { faultsOf, isCovered } from '../../bench/truth/bands.ts';
import { runsOf } from '../../bench/truth/cells.ts';
import { contestants } from '../../bench/truth/contestants.ts';
import { scoreOf } from '../../bench/truth/score.ts';
import { worlds } from '../../bench/truth/worlds.ts';

const folder = mkdtempSync(join(tmpdir(), 'sillage-truth-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As in bench/truth.ts: what is outside at 500 seeds is looked at again with 2,000. */
async function faults(world: string, lift: number, method: string): Promise<string[]> {
  let found: string[] = [];
  for (const seeds of [500, 2000]) {
    const cell = { world, lift, method };
    found = faultsOf({ ...cell, ...scoreOf(await runsOf({ ...cell, seeds }, folder)) });
    if (found.length === 0) break;
  }
  return found;
}

const deciding = contestants.filter(({ mayDecide }) => mayDecide);

describe.each(deciding.map(({ name }) => name))('%s, where its assumptions hold', method => {
  const covered = worlds.filter(({ name: world }) => isCovered({ world, method }));
  it.each(covered.map(({ name }) => name))(
    '%s: 3–7 % false positives, 93–97 % coverage, no bias',
    { timeout: 1_800_000 },
    async world => {
      const lifts = worlds
        .find(({ name }) => name === world)!
        .lifts.filter(lift => lift <= 0.05 || lift === 0.2);
      for (const lift of lifts) expect(await faults(world, lift, method), `lift ${lift}`).toEqual([]);
    },
  );
});
