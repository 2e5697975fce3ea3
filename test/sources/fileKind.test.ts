import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FileFormat } from '../../contracts/campaign.ts';
import { duckdbEngine } from '../../engine/duckdb.ts';
import { line, pick, readBytes } from './reading.ts';

const page = '{"data":[{"id":"1","text":"a","conversation_id":"1"}],"meta":{"result_count":1}}\n';
const cases: [format: FileFormat, name: string, content: string | Uint8Array, message: string][] = [
  [
    'messages',
    'a.ndjson',
    page,
    'a.ndjson: looks like X API v2 pages; declared messages — set `format: x-api-v2` for it',
  ],
  [
    'x-api-v2',
    'a.json',
    line({}),
    'a.json: looks like messages; declared x-api-v2 — set `format: messages` for it',
  ],
  [
    'mastodon',
    'a.json',
    '{"posts":[{"uri":"at://did:plc:a/app.bsky.feed.post/1","author":{"did":"did:plc:a"}}]}',
    'a.json: looks like posts of Bluesky; declared mastodon — set `format: bluesky` for it',
  ],
  [
    'messages',
    'a.ndjson',
    '{"did":"did:plc:a","time_us":1,"kind":"account","account":{"active":true}}\n',
    'a.ndjson: looks like posts of Bluesky; declared messages — set `format: bluesky` for it',
  ],
  [
    'bluesky',
    'a.ndjson',
    '{"id":"a","created_utc":1,"subreddit":"gelato","title":"a"}\n',
    'a.ndjson: looks like submissions or comments of Reddit; declared bluesky — set `format: reddit` for it',
  ],
  [
    'reddit',
    'a.json',
    '{"kind": "youtube#videoListResponse", "items": []}',
    "a.json: looks like pages of YouTube's Data API; declared reddit — set `format: youtube` for it",
  ],
  [
    'youtube',
    'a.json',
    page,
    'a.json: looks like X API v2 pages; declared youtube — set `format: x-api-v2` for it',
  ],
  ['x-api-v1', 'a.csv', 'a,b\n1,2\n', 'a.csv: looks like CSV; declared x-api-v1, which is JSON'],
  [
    'messages',
    'a.csv',
    Buffer.from('PK\x03\x04etc'),
    'a.csv: the file is a ZIP archive or a spreadsheet — unpack it',
  ],
  [
    'messages',
    'a.csv',
    Buffer.from('\ufeffplatform', 'utf16le'),
    'a.csv: the file is written in UTF-16 — convert it: iconv -f utf-16 -t utf-8',
  ],
  [
    'messages',
    'a.csv',
    Buffer.from('platform,kind\n', 'utf16le'),
    'a.csv: the file is written in UTF-16LE — convert it: iconv',
  ],
  [
    'messages',
    'a',
    Buffer.alloc(9000).map((_, n) => (n * n * 31 + n) >> 2),
    'a: the file is binary — export it as',
  ],
  ['messages', 'a.parquet', 'platform,kind\n', 'a.parquet: the file is named .parquet and is not Parquet'],
  ['messages', 'a.parquet', 'PAR1 and no more', 'a.parquet: the Parquet file is damaged or cut short'],
  ['mastodon', 'a.parquet', 'PAR1 and no more', 'a.parquet: looks like Parquet; declared mastodon'],
];

describe('a file that is not what was said', () => {
  it.each(cases)('%s %s: %#', async (format, name, content, message) => {
    await expect(readBytes(format, name, content)).rejects.toMatchObject({
      name: 'FatalError',
      message: expect.stringContaining(message),
    });
  });

  it('an empty file is no error', async () => {
    expect(await readBytes('messages', 'a.csv', '')).toEqual({
      rows: [],
      refusals: [],
      findings: { empty_files: 1 },
    });
    expect(await readBytes('x-api-v2', 'a.json', '\n \n')).toEqual({ rows: [], refusals: [], findings: {} });
  });
});

describe('messages as Parquet', () => {
  it('reads typed columns as text would be read, and shows doubles that have lost digits', async () => {
    const bytes = await parquet(`SELECT 'x' AS platform, id AS message_id, 7::BIGINT AS author_id,
      TIMESTAMPTZ '2026-03-01 11:30:00+02' AS created_at, 'post' AS kind, 0.5 AS sentiment, 12.0::DOUBLE AS followers,
      TIMESTAMP '2026-03-02' AS captured_at, true AS deleted, 'a' AS extra
      FROM (VALUES (1::DOUBLE), (1219780709600124929::DOUBLE)) t(id)`);
    const { rows, refusals, findings } = await readBytes('messages', 'm.parquet', bytes);
    const columns = [
      'message_id',
      'author_id',
      'created_at',
      'sentiment',
      'followers',
      'captured_at',
      'is_deleted',
    ];
    expect(pick(rows, 'line', ...columns)).toEqual([
      [1, 'x:1', 'x:7', '2026-03-01 09:30:00', 0.5, 12, '2026-03-02 00:00:00', true],
    ]);
    expect(pick(refusals, 'line', 'reason')).toEqual([
      [2, 'message_id 1.219780709600125e+18 has lost digits'],
    ]);
    expect(findings).toEqual({ 'unmapped:extra': 2 });
  });

  it('names the columns that are missing', async () => {
    await expect(
      readBytes('messages', 'm.parquet', await parquet("SELECT 'x' AS platform, 1 AS id")),
    ).rejects.toThrow(
      'm.parquet: the columns message_id, author_id, created_at, kind are missing; found platform, id',
    );
  });
});

async function parquet(select: string): Promise<Uint8Array> {
  const scratch = mkdtempSync(join(tmpdir(), 'sillage-parquet-'));
  const session = await duckdbEngine({ memoryBytes: 1e9, threads: 1, spillBytes: 1e9 }).open(scratch);
  try {
    await session.define('made', select);
    const { path } = await session.store('made', join(scratch, 'm.parquet'), {
      grain: [],
      metadata: { of: 'test' },
    });
    return readFileSync(path);
  } finally {
    session.close();
    rmSync(scratch, { recursive: true });
  }
}
