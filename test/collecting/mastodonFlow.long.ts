import { test } from 'vitest';
import { collectsWhole } from './mastodonFlow.ts';
import { mock } from './mastodonMock.ts';

test('a large world on two instances of a mock of Mastodon is collected whole, though all is killed', async ({
  skip,
}) => {
  skip('missing' in mock, 'missing' in mock ? mock.missing : undefined);
  await collectsWhole({ seed: 6, before: 800, later: 80, removed: 20, kills: 20, restarts: 3 });
}, 1_200_000);
