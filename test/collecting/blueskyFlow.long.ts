import { describe } from 'vitest';
import { testFlow } from './blueskyFlowTests.ts';
import { largeWorld } from './blueskyWorld.ts';

describe('a Bluesky network of 500 accounts, its collector killed 20 times and its servers restarted 3 times', () => {
  testFlow(largeWorld, { seed: 20, kills: 20, restarts: 3, steps: 12, apart: 8 });
});
