import type { AtpAgent } from '@atproto/api';
import { beforeAll, describe, expect, test } from 'vitest';
import { ownBlueskyNetwork } from './blueskyNetwork.ts';
import { BlueskyWorld, smallWorld } from './blueskyWorld.ts';

let world: BlueskyWorld;
beforeAll(async () => {
  const t = Date.now();
  const network = await ownBlueskyNetwork();
  console.log('network', Date.now() - t);
  world = new BlueskyWorld(network, smallWorld);
  console.log('plan', Date.now() - t);
  await world.begin();
  console.log('begun', Date.now() - t);
  for (const step of world.later(5)) await step();
  console.log('later', Date.now() - t);
  await network.processAll();
  console.log('all', Date.now() - t);
  return () => network.end();
});
test('x', () => {
  const truth = world.truth();
  console.log(truth.messages.length, truth.gone.length, truth.cascades.length);
  console.log(
    Object.fromEntries([...Map.groupBy(truth.messages, m => m.kind)].map(([k, v]) => [k, v.length])),
  );
  console.log(
    truth.messages.filter(m => m.via).length,
    Math.max(...truth.cascades.map(c => c.depth)),
    Math.max(...truth.cascades.map(c => c.size)),
  );
});
