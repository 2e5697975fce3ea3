import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plainNight, worldIn } from '../nights/plain.ts';
import { writeCampaign } from './campaign.ts';
import { hasTerminal, isPlain, onTerminal, shownText, sillage, start } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'sillage-query-'));
const lake = join(folder, 'lake');
const env = { SILLAGE_LAKE: lake };
const query = (sql: string, ...more: string[]) => sillage(['query', sql, ...more], env);

beforeAll(async () => {
  const file = writeCampaign(folder);
  await plainNight(worldIn(lake), file, 'harbour', '2026-03-01/2026-03-02');
  await plainNight(worldIn(lake), file, 'harbour', '2026-03-02/2026-03-03');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const largest = 'SELECT author_id, size, max_depth FROM fct_cascades WHERE size > 1 ORDER BY size DESC';

describe.concurrent('the published tables', () => {
  test('are a table for people', async () => {
    const { status, stdout, stderr } = await query(largest);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toBe(
      'author_id  size  max_depth\nx:100        15          1\nx:=1+1        8          1\n',
    );
  });

  test('are one JSON document', async () => {
    const { status, stdout } = await query(largest, '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual([
      { author_id: 'x:100', size: 15, max_depth: 1 },
      { author_id: 'x:=1+1', size: 8, max_depth: 1 },
    ]);
  });

  test('are CSV in which nothing runs as a formula', async () => {
    const sql = `SELECT split_part(author_id, ':', 2) AS name, -size AS less, '@' AS "=sum" FROM fct_cascades WHERE size > 1 ORDER BY size DESC`;
    const { status, stdout } = await query(sql, '--csv');
    expect([status, stdout]).toEqual([0, "name,less,'=sum\n100,-15,'@\n'=1+1,-8,'@\n"]);
  });

  test('are an Arrow stream', async () => {
    const child = start(['query', largest, '--arrow'], env);
    const parts: Buffer[] = [];
    for await (const part of child.stdout!) parts.push(part);
    const table = tableFromIPC(Buffer.concat(parts));
    expect(table.toArray().map(row => ({ ...row }))).toEqual([
      { author_id: 'x:100', size: 15, max_depth: 1 },
      { author_id: 'x:=1+1', size: 8, max_depth: 1 },
    ]);
  });

  test('are shown as the night of a day published them', async () => {
    const count = 'SELECT count(*) AS messages, max(day) AS last FROM fct_messages';
    const [now, then, never] = await Promise.all([
      query(count, '--json'),
      query(count, '--json', '--as-of', '2026-03-01'),
      query(count, '--as-of', '2026-02-01'),
    ]);
    expect(JSON.parse(now.stdout)).toEqual([{ messages: 31, last: '2026-03-02' }]);
    expect(JSON.parse(then.stdout)).toEqual([{ messages: 16, last: '2026-03-01' }]);
    expect([never.status, never.stdout]).toEqual([1, '']);
    expect(never.stderr).toContain('nothing is published as of 2026-02-01');
    expect(never.stderr).toContain('published are 2026-03-01, 2026-03-02');
  });

  test('of another campaign are not there: the ones that are, are named', async () => {
    const { status, stderr } = await query('FROM dim_night', '--campaign', 'nobody');
    expect(status).toBe(1);
    expect(stderr).toContain('nothing is published for nobody');
    expect(stderr).toContain('published are harbour');
  });
});

describe.concurrent('a query', () => {
  const steering = `SELECT chr(27) || '[2J' || chr(155) || '31m' || chr(8238) AS told, 1 AS "\u001b[31mred"`;

  test('steers no terminal, whatever it answers', async () => {
    const table = await query(steering);
    expect(table.stdout).toBe(
      'told                      \\u001b[31mred\n\\u001b[2J\\u009b31m\\u202e              1\n',
    );
    const json = await query(steering, '--json');
    expect(isPlain(json.stdout)).toBe(true);
    expect(JSON.parse(json.stdout)).toEqual([{ told: '\u001b[2J\u009b31m\u202e', '\u001b[31mred': 1 }]);
  });

  test.runIf(hasTerminal)('steers no terminal as CSV either', async () => {
    const csv = await onTerminal(['query', steering, '--csv'], env);
    expect(csv).toEqual({ status: 0, screen: 'told,\\u001b[31mred\r\n\\u001b[2J\\u009b31m\\u202e,1\r\n' });
  });

  test('gives a program the bytes as they are', async () => {
    const { stdout } = await query(steering, '--csv');
    expect(stdout).toBe('told,\u001b[31mred\n\u001b[2J\u009b31m\u202e,1\n');
  });

  test.runIf(hasTerminal)('does not send an Arrow stream to a terminal', async () => {
    const { status, screen } = await onTerminal(['query', 'SELECT 1', '--arrow'], env);
    expect(status).toBe(1);
    expect(shownText(screen)).toContain('an Arrow stream is not for a terminal');
  });

  test.each([
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT content FROM read_text('/etc/hostname')",
    "SELECT * FROM glob('/*')",
    `COPY (SELECT 1) TO '${join(folder, 'stolen.csv')}'`,
    `COPY fct_messages TO '${join(lake, 'published', 'harbour', 'fct_messages', 'more.parquet')}'`,
    `ATTACH '${join(folder, 'other.db')}'`,
    `EXPORT DATABASE '${join(folder, 'exported')}'`,
    'SET enable_external_access = true',
    'INSTALL httpfs',
    'LOAD httpfs',
    `SELECT 1; COPY (SELECT 1) TO '${join(folder, 'stolen.csv')}'`,
  ])('reaches nothing but the published files: %s', async sql => {
    const before = readdirSync(join(lake, 'published', 'harbour', 'fct_messages'));
    const { status, stdout, stderr } = await query(sql);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/disabled|locked|Permission|2 statements/);
    expect(stderr.trimEnd()).not.toContain('\n');
    expect(['stolen.csv', 'other.db', 'exported'].filter(name => existsSync(join(folder, name)))).toEqual([]);
    expect(readdirSync(join(lake, 'published', 'harbour', 'fct_messages'))).toEqual(before);
  });

  test.each(['', 'EXPLAIN ANALYZE '])('are never written over: %s', async before => {
    const table = join(lake, 'published', 'harbour', 'fct_quality');
    const file = join(table, readdirSync(table)[0]!);
    const bytes = readFileSync(file);
    const { status, stderr } = await query(`${before}COPY (SELECT 1 AS x) TO '${file}' (FORMAT parquet)`);
    expect([status, stderr]).toEqual([
      1,
      'Permission denied: a query only reads — ask with SELECT or FROM\n',
    ]);
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  test('that is wrong is told in one line, with the tables that there are', async () => {
    const { status, stdout, stderr } = await query('SELECT * FROM fct_mesages');
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /^Catalog Error: Table with name fct_mesages does not exist!.* the tables are dim_authors, /,
    );
    expect(stderr.trimEnd()).not.toContain('\n');
  });

  test('may be one statement, and answers integers of any size', async () => {
    const nothing = await query('  ');
    expect([nothing.status, nothing.stderr]).toEqual([1, 'the query is empty — write it between quotes\n']);
    const big = await query('SELECT 9007199254740993 AS big, 7 AS small', '--json');
    expect(JSON.parse(big.stdout)).toEqual([{ big: '9007199254740993', small: 7 }]);
  });

  test('whose reader has seen enough ends in silence', async () => {
    const scratch = join(folder, 'tmp');
    mkdirSync(scratch);
    const long = "SELECT range, repeat('x', 100) AS pad FROM range(100000)";
    const child = start(['query', long, '--csv'], { ...env, TMPDIR: scratch });
    child.stdout!.once('data', () => child.stdout!.destroy());
    let stderr = '';
    child.stderr!.on('data', text => {
      stderr += text;
    });
    const [status] = await new Promise<[number | null]>(resolve =>
      child.once('close', code => resolve([code])),
    );
    expect([status, stderr, readdirSync(scratch)]).toEqual([0, '', []]);
  });
});

test('where nothing was ever published, the next step is told', async () => {
  const { status, stdout, stderr } = await sillage(['query', 'SELECT 1'], {
    SILLAGE_LAKE: join(folder, 'none'),
  });
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^nothing is published in .*none — run a night: `npx sillage run <campaign\.yaml>`/);
  expect(existsSync(join(folder, 'none'))).toBe(false);
});
