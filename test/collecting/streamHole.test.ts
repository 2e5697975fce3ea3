import { expect, test } from 'vitest';
import { openBluesky } from '../../sources/bluesky/blueskySource.ts';
import type { BlueskySettings } from '../../sources/bluesky/settings.ts';
import { politeClient } from '../../sources/http/politeClient.ts';
import { secretsOf } from '../../sources/secrets.ts';
import { worldIn } from '../nights/plain.ts';
import { deletion, frame, timeOf } from '../sources/bluesky/streamFrames.ts';
import { streamServer } from '../sources/bluesky/streamServer.ts';
import { campaignOf, collected, folderOfTest, plainCollect } from './plain.ts';

test('what a stream no longer holds is missed, whatever was covered before and after', async () => {
  const outdated = frame({ op: 1, t: '#info' }, { name: 'OutdatedCursor' });
  const hour = 3600;
  // The stream has forgotten what came between the first and the third hour.
  const server = await streamServer((_, times) => stream => {
    for (const one of times === 0 ? [deletion(10)] : [outdated, deletion(3 * hour)]) stream.send(one);
  });
  const client = politeClient();
  let now = new Date(timeOf(hour));
  const networks = {
    open: (settings: unknown) =>
      openBluesky(settings as BlueskySettings, {
        client,
        secrets: secretsOf('bsky', {}),
        accounts: [],
        quietSeconds: 0.2,
      }),
    now: () => now,
    redacted: (text: string) => text,
  };
  try {
    const folder = folderOfTest();
    const world = { ...worldIn(folder), networks };
    const service = server.address.replace('ws', 'http');
    const file = campaignOf(
      folder,
      `  - { id: bsky, type: bluesky, service: "${service}", stream: "${server.address}", lookback: 1h }`,
    );
    await plainCollect(world, file);
    now = new Date(timeOf(4 * hour));
    await plainCollect(world, file);
    const outcomes = await collected<Record<string, string>>(
      world,
      file,
      'SELECT outcome, CAST(span_from AS VARCHAR) AS a, CAST(span_to AS VARCHAR) AS b FROM stg_outcomes ORDER BY span_from',
    );
    expect(outcomes.map(({ outcome, a, b }) => `${outcome} ${a!.slice(11)}–${b!.slice(11)}`)).toEqual([
      // Before the oldest event that was held at first, nobody can tell what there was.
      'failed 00:00:00–00:00:10',
      'covered 00:00:10–01:00:00',
      // Each question begins ten minutes before the last one's end.
      'failed 00:50:00–03:00:00',
      'covered 03:00:00–04:00:00',
    ]);
  } finally {
    await client.close();
    await server.close();
  }
});
