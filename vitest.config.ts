import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // What takes minutes by itself runs by `npm run test:long` only.
    include: [process.env.SILLAGE_TEST_LONG ? 'test/**/*.long.ts' : 'test/**/*.test.ts'],
    globalSetup: 'test/server.ts',
    // Native modules and the servers that tests start don't share a process well.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 600_000,
    hookTimeout: 120_000,
  },
});
