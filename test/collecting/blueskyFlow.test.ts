import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { campaignFile, collectDisturbed, nightOf, publishedCascades, stagedMessages } from './blueskyFlow.ts';
import { ownBlueskyNetwork } from './blueskyNetwork.ts';
import { BlueskyWorld, smallWorld } from './blueskyWorld.ts';
import { CollectorProcess } from './collectorProcess.ts';

test('flow', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sillage-flow-'));
  const lake = join(folder, 'lake');
  let t = performance.now();
  const lap = (what: string) => {
    console.log(what, Math.round(performance.now() - t));
    t = performance.now();
  };
  const network = await ownBlueskyNetwork();
  lap('network');
  const world = new BlueskyWorld(network, smallWorld);
  await world.begin();
  lap('world');
  const file = campaignFile(folder, world);
  const collector = new CollectorProcess({
    lake,
    temporal: inject('temporal'),
    queues: `flow-${process.pid}`,
  });
  try {
    const done = await collectDisturbed(
      file,
      { world, collector },
      { seed: 1, kills: 0, restarts: 0, steps: 3, between: [0.5, 1] },
    );
    lap('collected');
    console.log(done);
    await nightOf(file, lake);
    lap('night');
    const truth = world.truth();
    const staged = await stagedMessages(lake);
    const want = new Set(truth.messages.map(m => m.id));
    const got = new Set(staged.map(m => m.id));
    console.log(
      'missing',
      truth.messages.filter(m => !got.has(m.id)).length,
      'extra',
      staged.filter(m => !want.has(m.id)).length,
    );
    console.log(
      truth.messages.filter(m => !got.has(m.id)).slice(0, 5),
      staged.filter(m => !want.has(m.id)).slice(0, 5),
    );
    expect(staged).toEqual(truth.messages);
    expect(await publishedCascades(lake)).toEqual(truth.cascades);
  } finally {
    await collector.kill();
    network.end();
    console.log(folder);
  }
});
rmSync;
