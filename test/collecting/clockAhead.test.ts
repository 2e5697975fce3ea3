import { expect, test } from 'vitest';
import { politeClient } from '../../sources/http/politeClient.ts';
import { openSource } from '../../sources/networks.ts';
import { secretsOf } from '../../sources/secrets.ts';
import { worldIn } from '../nights/plain.ts';
import { faultServer } from '../sources/faultServer.ts';
import { campaignOf, collected, folderOfTest, plainCollect } from './plain.ts';

test.each([
  [3600, undefined, 'failed', "this machine's clock is 60 minutes ahead of "],
  [3600, '3600', 'covered', ''],
  [200, undefined, 'covered', ''],
  [-3600, undefined, 'covered', ''],
])('a clock that is %d seconds ahead of an answer of age %s', async (seconds, age, outcome, reason) => {
  const date = new Date(Date.now() - seconds * 1000).toUTCString();
  const headers = { 'content-type': 'application/json', date, ...(age && { age }) };
  const server = await faultServer({ headers, body: '{"posts":[]}' });
  const client = politeClient();
  try {
    const folder = folderOfTest();
    const line = `  - { id: bsky, type: bluesky, service: "${server.address}", search: [gelato], lookback: 1h }`;
    const file = campaignOf(folder, line);
    const networks = {
      open: (settings: Parameters<typeof openSource>[0]) =>
        openSource(settings, { client, secrets: secretsOf('bsky', {}), accounts: [] }),
      now: () => new Date(),
      redacted: (text: string) => text,
    };
    await plainCollect({ ...worldIn(folder), networks }, file);
    const outcomes = await collected<{ outcome: string; reason: string | null }>(
      { ...worldIn(folder), networks },
      file,
      'SELECT outcome, reason FROM stg_outcomes',
    );
    const host = reason === '' ? '' : new URL(server.address).host;
    expect(outcomes.map(one => [one.outcome, one.reason ?? ''])).toEqual([[outcome, `${reason}${host}`]]);
  } finally {
    await client.close();
    await server.close();
  }
});
