import { expect, test } from 'vitest';
import type { World } from '../../activities/world.ts';
import { blueskySource } from '../../contracts/liveSources.ts';
import { openSource } from '../../sources/networks.ts';
import { secretsOf } from '../../sources/secrets.ts';
import { worldIn } from '../nights/plain.ts';
import { campaignOf, collected, folderOfTest, plainCollect } from './plain.ts';
import { Village } from './village.ts';

const source = '  - { id: bsky, type: bluesky, search: [gelato], lookback: 2d }';

test.each([
  ['default', undefined, 0],
  ['wide', 180, 1],
])('a post written half an hour before it is shown, with a %s overlap', async (_, overlapMinutes, found) => {
  const village = new Village(10, '2026-03-10T12:00:00.000Z');
  const folder = folderOfTest();
  const file = campaignOf(folder, source);
  const networks = village.networks();
  const open: World['networks']['open'] = (...of) => {
    const living = networks.open(...of);
    const standing = living.standing.map(one => ({ ...one, ...(overlapMinutes && { overlapMinutes }) }));
    return { ...living, standing };
  };
  const world = { ...worldIn(folder), networks: { ...networks, open } };
  await plainCollect(world, file);
  village.words.push({
    uri: 'at://did:plc:a/app.bsky.feed.post/late',
    did: 'did:plc:a',
    kind: 'post',
    parent: undefined,
    created: '2026-03-10T11:30:00.000Z',
    text: 'such gelato',
    isDeleted: false,
  });
  for (let round = 0; round < 3; round++) {
    village.now = new Date(village.now.getTime() + 900_000);
    await plainCollect(world, file);
  }
  expect(await collected(world, file, 'SELECT DISTINCT message_id FROM stg_rows')).toHaveLength(found);
});

test('Bluesky looks three hours back for what it searches and whom it follows, not in its stream', () => {
  const settings = blueskySource.parse({
    type: 'bluesky',
    search: ['gelato'],
    accounts: ['did:plc:ada'],
    stream: 'wss://jetstream.example',
  });
  const means = { client: undefined as never, secrets: secretsOf('bsky', {}), accounts: [] };
  const { standing } = openSource({ ...settings, id: 'bsky' }, means);
  expect(standing.map(({ query, overlapMinutes }) => [query.label, overlapMinutes])).toEqual([
    ['search gelato', 180],
    ['account did:plc:ada', 180],
    ['stream', undefined],
  ]);
});
