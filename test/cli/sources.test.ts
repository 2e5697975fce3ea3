import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hostileName, writeCampaign } from './campaign.ts';
import { isPlain, project, sillage } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'sillage-sources-test-'));
const env = { SILLAGE_LAKE: join(folder, 'lake'), TMPDIR: join(folder, 'tmp') };
const check = async (file: string) => {
  const { status, stdout, stderr } = await sillage(['check', file, '--json'], env);
  return { status, stderr, found: JSON.parse(stdout) };
};
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function campaignOf(name: string, sources: string, more = ''): string {
  const file = join(folder, name);
  writeFileSync(file, `campaign: harbour\nbrand: { name: Harbour }\nsources:\n${sources}${more}`);
  return file;
}

const row = (number: number) => ({
  platform: 'x',
  message_id: String(number),
  author_id: String(number % 1000),
  created_at: '2026-03-01T10:00:00Z',
  kind: 'post',
  text: 'gelato by the harbour, one scoop of lemon and one of salt',
});
const rows = 60_000;

beforeAll(async () => {
  mkdirSync(join(folder, 'tmp'));
  writeCampaign(folder);
  const lines = Array.from({ length: rows }, (_, index) => JSON.stringify(row(index)));
  lines[100] = '{"platform": "x", "message_id": ';
  lines[200] = JSON.stringify({ ...row(200), mood: 'sunny' });
  const text = `${lines.join('\n')}\n`;
  writeFileSync(join(folder, 'plain.ndjson'), text);
  writeFileSync(join(folder, 'packed.ndjson.gz'), gzipSync(text));
  const half = text.length / 2;
  const frames = [zstdCompressSync(text.slice(0, half)), zstdCompressSync(text.slice(half))];
  writeFileSync(join(folder, 'frames.ndjson.zst'), Buffer.concat(frames));
  writeFileSync(join(folder, 'cut.ndjson.gz'), gzipSync(text.slice(0, 100_000)).subarray(0, 1500));
  const body = (index: number) => ({
    id: String(index),
    author_id: '7',
    created_at: '2026-03-01T10:00:00.000Z',
    text: 'gelato '.repeat(9),
    public_metrics: { like_count: 1 },
  });
  const bodies = Array.from({ length: rows }, (_, index) => body(index));
  writeFileSync(join(folder, 'list.json'), JSON.stringify(bodies));
  writeFileSync(
    join(folder, 'page.json'),
    JSON.stringify({ data: bodies, meta: { result_count: rows } }, null, 1),
  );
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const half of ['a', 'b']) {
    await connection.run(
      `COPY (SELECT 'x' AS platform, CAST(range AS VARCHAR) || uuid() AS message_id, 'a' AS author_id, '2026-03-01T10:00:00Z' AS created_at, 'post' AS kind, CASE WHEN range < 3 THEN 'x' END AS mood FROM range(${3 * rows})) TO '${join(folder, `${half}.parquet`)}'`,
    );
  }
  connection.closeSync();
  instance.closeSync();
  writeFileSync(
    join(folder, 'broken.parquet'),
    Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(5_000_000, 7)]),
  );
});

describe.concurrent('the sources', () => {
  test('are tried, and what would be refused is told with place and reason', async () => {
    const file = join(folder, 'campaign.yaml');
    const { status, stdout, stderr } = await sillage(['check', file], env);
    expect(status).toBe(0);
    expect(stdout).toContain('no fault in the campaign file of harbour');
    expect(stdout).toMatch(/^warning: talk: .*1 of 2 rows would be refused: line 2: kind shout/m);
    expect(stdout).toMatch(/about [0-9]+ rows, about [0-9]+ s for the first night on this machine/);
    expect([isPlain(stdout), isPlain(stderr)]).toEqual([true, true]);
    const { found } = await check(file);
    expect(found.sources[0].tried[0]).toMatchObject({
      file: `talk/${hostileName}`,
      rows: 2,
      refused: 1,
      isWhole: true,
    });
  });

  test('are estimated from the first page of each kind of file', async () => {
    const file = campaignOf(
      'kinds.yaml',
      ['plain.ndjson', 'packed.ndjson.gz', 'frames.ndjson.zst']
        .map((path, index) => `  - { id: s${index}, type: files, format: messages, path: ${path} }\n`)
        .join(''),
      'gates: { max_unmapped: 0.00001 }\n',
    );
    const { status, found, stderr } = await check(file);
    expect(status).toBe(0);
    expect(found.faults).toEqual([]);
    for (const source of found.sources) {
      const [tried] = source.tried;
      expect([source.id, tried.isWhole, tried.refused, tried.unmapped]).toEqual([source.id, false, 1, 1]);
      expect(tried.refusals).toEqual([{ line: 101, reason: 'line is cut short: its JSON does not end' }]);
      expect(tried.fields).toEqual([{ field: 'mood', rows: 1 }]);
      // Four megabytes of lines of about 180 bytes.
      expect(tried.rows).toBeGreaterThan(20_000);
      expect(tried.rows).toBeLessThan(rows / 2 + 1);
      expect(source.rows / rows).toBeGreaterThan(0.9);
      expect(source.rows / rows).toBeLessThan(1.1);
    }
    expect(found.estimate.rows).toBe(
      found.sources.reduce((sum: number, source: { rows: number }) => sum + source.rows, 0),
    );
    expect(found.estimate.disk.raw).toBe(
      found.sources.reduce((sum: number, source: { bytes: number }) => sum + source.bytes, 0),
    );
    expect(found.estimate.disk.tables / found.estimate.rows).toBe(410);
    expect(
      found.warnings.filter((warning: string) => warning.includes('the night would not be published')),
    ).toHaveLength(3);
    expect(stderr).toMatch(/^trying s0: plain\.ndjson$/m);
  });

  test('of one long list or document are tried too, and half a document is no fault', async () => {
    const file = campaignOf(
      'bodies.yaml',
      '  - { id: list, type: files, format: x-api-v2, path: list.json }\n  - { id: page, type: files, format: x-api-v2, path: page.json }\n',
    );
    const { status, found } = await check(file);
    expect(status).toBe(0);
    const [list, page] = found.sources;
    expect(list.tried[0]).toMatchObject({ isWhole: false, refused: 0 });
    expect(list.rows / rows).toBeCloseTo(1, 1);
    // One document is tried whole.
    expect(page).toMatchObject({ rows, tried: [{ isWhole: true, rows, refused: 0 }] });
  });

  test('in Parquet are counted by what the files say of themselves', async () => {
    const file = campaignOf(
      'parquet.yaml',
      '  - { id: p, type: files, format: messages, path: "?.parquet" }\n',
    );
    const { status, found } = await check(file);
    expect(status).toBe(0);
    expect(found.sources[0]).toMatchObject({
      files: 2,
      rows: 6 * rows,
      tried: [{ file: 'a.parquet', isWhole: false, refused: 0, unmapped: 3 }],
    });
  });

  test('that can not be used at all are faults of the campaign file', async () => {
    const file = campaignOf(
      'wrong.yaml',
      `  - { id: good, type: files, format: messages, path: talk/talk.ndjson }
  - { id: other, type: files, format: mastodon, path: list.json }
  - { id: broken, type: files, format: messages, path: broken.parquet }
`,
    );
    const { status, found } = await check(file);
    expect(status).toBe(1);
    expect(found.faults).toEqual([
      {
        path: 'sources[1].path',
        line: 5,
        message: expect.stringMatching(/^list\.json: looks like X API v2 pages; declared mastodon/),
      },
      {
        path: 'sources[2].path',
        line: 6,
        message: expect.stringMatching(/^broken\.parquet: the Parquet file is damaged/),
      },
    ]);
    const { status: told, stdout, stderr } = await sillage(['check', file], env);
    expect([told, stdout]).toEqual([1, '']);
    expect(stderr).toContain(`${file}:5: sources[1].path: list.json: looks like X API v2 pages`);
  });

  test('that are cut short or empty are warnings', async () => {
    writeFileSync(join(folder, 'empty.ndjson'), '');
    const file = campaignOf(
      'short.yaml',
      '  - { id: cut, type: files, format: messages, path: cut.ndjson.gz }\n  - { id: empty, type: files, format: messages, path: empty.ndjson }\n',
    );
    const { status, found } = await check(file);
    expect(status).toBe(0);
    expect(found.warnings[0]).toMatch(/the file ends in the middle of its gzip data/);
    expect(found.warnings.at(-1)).toBe('empty: empty.ndjson: no message in it');
    expect(found.sources[1].rows).toBe(0);
  });
});

test('the sample campaign is estimated about right, and nothing is left behind', async () => {
  const { status, found } = await check(join(project, 'data', 'sample', 'campaign.yaml'));
  expect(status).toBe(0);
  // 23,077 rows are read in a night.
  expect(found.estimate.rows).toBeGreaterThan(20_000);
  expect(found.estimate.rows).toBeLessThan(27_000);
  expect(found.sources.map((source: { files: number }) => source.files)).toEqual([16, 6, 3, 1]);
  expect(existsSync(env.SILLAGE_LAKE)).toBe(false);
  expect(readdirSync(env.TMPDIR)).toEqual([]);
});
