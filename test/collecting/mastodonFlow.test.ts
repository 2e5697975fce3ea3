import { test } from 'vitest';
import { collectsWhole } from './mastodonFlow.ts';
import { mock } from './mastodonMock.ts';

test('two instances of a mock of Mastodon are collected whole, though the collector is killed', async ({
  skip,
}) => {
  skip('missing' in mock, 'missing' in mock ? mock.missing : undefined);
  await collectsWhole({ seed: 5, before: 90, later: 30, removed: 6, kills: 2, restarts: 1 });
});
