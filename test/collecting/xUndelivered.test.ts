import { expect, test } from 'vitest';
import { collectingActivities } from '../../activities/collecting/activities.ts';
import type { World } from '../../activities/world.ts';
import { captureLog } from '../../lake/captureLog.ts';
import { politeClient } from '../../sources/http/politeClient.ts';
import { collectRound } from '../../workflows/collectRound.ts';
import { worldIn } from '../nights/plain.ts';
import { faultServer, type Reply } from '../sources/faultServer.ts';
import { campaignOf, folderOfTest } from './plain.ts';
import { opened } from './xReading.ts';

const cut: Reply = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  response.write('{"data":', () => response.destroy());
};

// A page puts 30 posts aside, and is asked for three times.
test.each<[string, Reply | undefined, number]>([
  ['where nobody listens', undefined, 0],
  ['that refuses the token', { status: 401, body: '{}' }, 0],
  ['that refuses the endpoint', { status: 403, body: '{}' }, 0],
  ['that refuses the query', { status: 400, body: '{}' }, 0],
  ['that breaks off', cut, 90],
])('posts of the quota that count as spent, of a server %s', async (_, reply, spent) => {
  const server = await faultServer(reply ?? { body: '' });
  if (reply === undefined) await server.close();
  const client = politeClient({ backoffSeconds: 0.01, tries: 2 });
  try {
    const folder = folderOfTest();
    const line = `  - { id: x, type: x, service: "${server.address}", search: [gelato], quota: { posts_per_month: 6000 } }`;
    const file = campaignOf(folder, line);
    const networks: World['networks'] = {
      open() {
        const source = opened(server.address, {}, [], client);
        // Counts are free: only what costs is asked here.
        return { ...source, standing: source.standing.filter(({ query }) => query.kind === 'search') };
      },
      now: () => new Date(),
      redacted: text => text,
    };
    const world = { ...worldIn(folder), networks };
    await collectRound({ file, campaign: 'village' }, collectingActivities(world), {
      refusal: error => String(error),
      pause: async () => undefined,
    });
    const { quota } = (await captureLog(world.lake, 'village', 'x').last())!.state;
    expect((quota?.spent ?? 0) + (quota?.reserved ?? 0)).toBe(spent);
  } finally {
    await client.close();
    if (reply !== undefined) await server.close();
  }
});
