import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { record, view } from '../sources/blueskyBodies.ts';
import { sillage } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'sillage-formats-test-'));
const env = { SILLAGE_LAKE: join(folder, 'lake'), TMPDIR: join(folder, 'tmp') };
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = '2026-03-01T09:30:00.000Z';
const long = 'gelato '.repeat(40);
const blueskyPost = (key: number) => `at://did:plc:ada/app.bsky.feed.post/${key}`;
const list = (length: number, body: (index: number) => unknown) =>
  Array.from({ length }, (_, index) => body(index));
const youtubeComment = (index: number) => ({
  kind: 'youtube#comment',
  id: `Ug${index}`,
  snippet: { authorChannelId: { value: 'UCa' }, videoId: 'v', textOriginal: long, publishedAt: at },
});

/** Each format in the way that it mostly comes, some larger than what is tried of a file. */
const files: [format: string, file: string, content: string | Buffer, rows: number, isWhole: boolean][] = [
  ['messages', 'messages.csv', `platform,message_id,author_id,created_at,kind\nx,1,7,${at},post\n`, 1, true],
  [
    'x-api-v2',
    'v2.json',
    JSON.stringify({ data: [{ id: '2', author_id: '7', created_at: at, text: 'a' }], meta: {} }),
    1,
    true,
  ],
  [
    'x-api-v1',
    'v1.jsonl.gz',
    gzipSync(
      '{"id_str":"3","user":{"id_str":"7"},"created_at":"Sun Mar 01 09:30:00 +0000 2026","text":"a"}\n',
    ),
    1,
    true,
  ],
  [
    'mastodon',
    'mastodon.json',
    JSON.stringify([
      {
        id: '4',
        uri: 'https://home.example/4',
        created_at: at,
        account: { acct: 'ada', uri: 'https://home.example/ada' },
      },
    ]),
    1,
    true,
  ],
  [
    'bluesky',
    'bluesky.json',
    JSON.stringify(
      list(10_000, key => view(blueskyPost(key))),
      null,
      1,
    ),
    10_000,
    false,
  ],
  [
    'bluesky',
    'records.json',
    JSON.stringify({
      records: list(3, key => ({ uri: blueskyPost(key), cid: 'c', value: record() })),
      cursor: 'a',
    }),
    3,
    true,
  ],
  [
    'reddit',
    'RC_2026-03.ndjson',
    list(15_000, index => ({
      id: index.toString(36),
      author: 'a',
      body: long,
      link_id: 't3_a',
      parent_id: 't3_a',
      created_utc: 1_772_357_400,
    }))
      .map(body => `${JSON.stringify(body)}\n`)
      .join(''),
    15_000,
    false,
  ],
  [
    'youtube',
    'youtube.json',
    list(20, page => ({
      kind: 'youtube#commentListResponse',
      items: list(50, index => youtubeComment(page * 50 + index)),
    }))
      .map(body => JSON.stringify(body, null, 2))
      .join('\n'),
    1000,
    true,
  ],
];

beforeAll(() => {
  mkdirSync(join(folder, 'tmp'));
  for (const [, file, content] of files) writeFileSync(join(folder, file), content);
  const sources = files.map(
    ([format, file], index) => `  - { id: s${index}, type: files, format: ${format}, path: ${file} }\n`,
  );
  writeFileSync(
    join(folder, 'campaign.yaml'),
    `campaign: harbour\nbrand: { name: Harbour }\nsources:\n${sources.join('')}`,
  );
});

test('one file of every format is tried, and read as it is', async () => {
  const { status, stdout } = await sillage(['check', join(folder, 'campaign.yaml'), '--json'], env);
  const { faults, sources, warnings } = JSON.parse(stdout);
  expect([status, faults, warnings]).toEqual([0, [], []]);
  for (const [index, [, file, , rows, isWhole]] of files.entries()) {
    const [tried] = sources[index].tried;
    expect([tried.file, tried.isWhole, tried.refused, tried.unmapped]).toEqual([file, isWhole, 0, 0]);
    expect(sources[index].rows / rows).toBeGreaterThan(0.9);
    expect(sources[index].rows / rows).toBeLessThan(1.1);
  }
});
