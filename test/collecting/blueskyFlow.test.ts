import { describe } from 'vitest';
import { testFlow } from './blueskyFlowTests.ts';
import { smallWorld } from './blueskyWorld.ts';

describe('a small Bluesky network, its collector killed 4 times and its servers restarted', () => {
  testFlow(smallWorld, { seed: 4, kills: 4, restarts: 1, steps: 4, apart: 1 });
});
