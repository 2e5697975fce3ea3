import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { addDays, dayOf } from '../../contracts/interval.ts';
import { plainCollect } from '../collecting/plain.ts';
import { troubled } from '../collecting/trouble.ts';
import { Village } from '../collecting/village.ts';
import { plainNight, worldIn } from '../nights/plain.ts';
import { isPlain, sillage } from './command.ts';

const today = dayOf(Date.now());
const day = (offset: number) => addDays(today, offset);
const folder = mkdtempSync(join(tmpdir(), 'sillage-gaps-'));
const file = join(folder, 'campaign.yaml');
/** What the network was asked for: from when to when. */
const asked: string[] = [];
const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url!, 'http://host');
  if (pathname.endsWith('searchPosts')) asked.push(searchParams.get('since')!.slice(0, 16));
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ posts: [post(`${day(-4)}T05:00:00.000Z`)] }));
});
let env: Record<string, string> = {};

function post(createdAt: string): object {
  return {
    uri: 'at://did:plc:late/app.bsky.feed.post/1',
    cid: 'c',
    author: { did: 'did:plc:late', handle: 'handle.invalid' },
    record: { $type: 'app.bsky.feed.post', text: 'late gelato', createdAt },
    indexedAt: createdAt,
    replyCount: 0,
    quoteCount: 0,
    repostCount: 0,
  };
}

// Four days ago all was well; three days ago all but the last four hours was out of the network's reach.
beforeAll(async () => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const service = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  writeFileSync(
    file,
    `campaign: village
brand: { name: Gelato }
privacy: { pseudonymise: false }
schedule: { every: day, at: "00:00Z" }
sources:
  - { id: bsky, type: bluesky, service: "${service}", search: [gelato], lookback: 1h, follow: [], refresh: [] }
  - { id: talk, type: files, format: messages, path: talk.csv }
`,
  );
  const row = (id: number, time: string) => `x,${id},${100 + id},${time},post`;
  writeFileSync(
    join(folder, 'talk.csv'),
    `platform,message_id,author_id,created_at,kind\n${row(1, `${day(-4)}T09:00:00Z`)}\n${row(2, `${day(-3)}T10:00:00Z`)}\n`,
  );
  const lake = join(folder, 'lake');
  env = { SILLAGE_LAKE: lake, TEMPORAL_ADDRESS: inject('temporal'), SILLAGE_QUEUES: 'cli-gaps' };
  const village = new Village(21, `${day(-4)}T00:00:00.000Z`);
  await plainCollect(troubled(worldIn(lake), village, {}), file);
  village.now = new Date(`${day(-3)}T00:00:00.000Z`);
  await plainCollect(troubled(worldIn(lake), village, { reachHours: 4 }), file);
  await plainNight(worldIn(lake), file, 'village', `${day(-3)}/${day(-2)}`);
}, 120_000);
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const hole = {
  query: 'search gelato',
  from: `${day(-4)}T00:00:00.000Z`,
  to: `${day(-4)}T20:00:00.000Z`,
  hours: 20,
  outcome: 'failed',
  reason: 'longer ago than the network serves',
};

test('gaps says what is missing and what can be done about it', async () => {
  const { status, stdout, stderr } = await sillage(['gaps', 'village'], env);
  expect([status, isPlain(stdout), stderr]).toEqual([0, true, '']);
  expect(stdout.replaceAll(/ +/g, ' ').split('\n')).toEqual([
    'nights missing nights',
    `${day(-2)}/${today} 2`,
    '',
    'collector late since',
    `bsky ${day(-3)}T00:00:00.000Z`,
    '',
    'missed from to hours why what now',
    `bsky: search gelato ${day(-4)} 00:00Z ${day(-4)} 20:00Z 20 failed: longer ago than the network serves --fill asks again`,
    '',
    '`npx sillage gaps village --fill` fills what can be filled',
    '',
  ]);
  const json = await sillage(['gaps', 'village', '--json'], env);
  expect(JSON.parse(json.stdout)).toEqual({
    campaign: 'village',
    file,
    nights: [{ from: day(-2), to: today, nights: 2 }],
    lanes: [
      {
        lane: 'bsky',
        source: 'bsky',
        last: `${day(-3)}T00:00:00.000Z`,
        late: true,
        holes: [{ ...hole, remedy: 'fill' }],
        questions: [],
      },
    ],
  });
  expect(asked).toEqual([]);
});

test('gaps --fill asks for what was missed, runs what is missing, and says which nights that changes', async () => {
  const { status, stdout, stderr } = await sillage(['gaps', 'village', '--fill', '--json'], env);
  expect([status, isPlain(stdout)], stderr).toEqual([0, true]);
  const filled = JSON.parse(stdout);
  expect(filled.before.lanes[0].holes).toEqual([{ ...hole, remedy: 'fill' }]);
  expect(filled.after).toMatchObject({ nights: [], lanes: [{ late: false, holes: [], questions: [] }] });
  expect(filled.changed).toEqual([{ from: day(-3), to: day(-2), nights: 1 }]);
  // The next round begins three hours before the last one's end.
  expect(asked.sort()).toEqual([`${day(-4)}T00:00`, `${day(-4)}T21:00`]);

  const again = await sillage(['gaps', 'village', '--fill'], env);
  expect([again.status, isPlain(again.stdout)], again.stderr).toEqual([0, true]);
  expect(again.stdout).toContain('missing are  0 nights, 0 stretches of 0 hours, 0 questions');
  expect(again.stdout).toContain('village: nothing is missing');
  // Only what is new was asked for once more.
  expect(asked).toHaveLength(3);
}, 180_000);

test('gaps of a campaign that nobody knows', async () => {
  const { status, stdout, stderr } = await sillage(['gaps', 'nobody'], env);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toContain('nothing was collected or published for the campaign "nobody"');
});
