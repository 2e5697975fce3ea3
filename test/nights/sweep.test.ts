import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { folderLake, ownName, sweepScratch } from '../../lake/folder.ts';
import { sweepDrafts } from '../../lake/nights.ts';
import { temporaryFolder } from './plain.ts';

it('sweeps what killed processes left, and touches nothing of living ones', async () => {
  const lake = temporaryFolder();
  // No process has the highest number there is.
  const gone = `${hostname()}~4194304~0`;
  const mine = ownName();
  const places = (name: string) => [
    join(lake, 'scratch', name),
    join(lake, 'versions', 'c', `.draft-${name}`),
    join(lake, 'versions', 'c', '2026-03-01-0', `.catalog-${name}`),
    join(lake, 'published', `.c-${name}`),
  ];
  for (const place of [...places(gone), ...places(mine)]) {
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'half'), 'written');
  }
  await sweepScratch(lake);
  await sweepDrafts(folderLake(lake));
  expect(places(gone).map(existsSync)).toEqual([false, false, false, false]);
  expect(places(mine).map(existsSync)).toEqual([true, true, true, true]);
});
