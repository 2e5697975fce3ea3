import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { warnedFrom } from '../activities/warnings.ts';
import type { NightResult } from '../contracts/night.ts';
import type { StepRecord } from '../contracts/table.ts';
import type { Session } from '../engine/engine.ts';
import type { Manifest, ManifestTable } from '../lake/nights.ts';
import { keepsPromises } from './contract/everyTable.ts';
import { fixed } from './contract/promises.ts';
import {
  campaign,
  folder,
  interval,
  lakes,
  patience,
  published,
  runNight,
  worldIn,
} from './contract/sampleNight.ts';
import { casesOf, columnsOfCsv, tablesWithCases } from './models/cases.ts';

let first: NightResult;
let manifest: Manifest;
let session: Session;

beforeAll(async () => {
  first = await runNight(lakes.first, 1);
  manifest = JSON.parse(readFileSync(join(published, 'manifest.json'), 'utf8'));
  session = await worldIn(lakes.first).engine.open(folder);
  for (const table of manifest.tables) await session.attach(table.table, pathsOf(table));
}, patience);

afterAll(() => {
  session?.close();
  rmSync(folder, { recursive: true, force: true });
});

const tableOf = (name: string): ManifestTable => manifest.tables.find(({ table }) => table === name)!;
const pathsOf = ({ table, files }: ManifestTable) => files.map(({ name }) => join(published, table, name));
const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
const names = Object.keys(fixed);

describe('what a night publishes', () => {
  it('is the tables that are promised, in a folder behind one link', () => {
    expect(first.published).toMatchObject({ outcome: 'published', entry: 1, verdict: manifest.verdict });
    expect(lstatSync(published).isSymbolicLink()).toBe(true);
    expect(readlinkSync(published)).toBe(join('..', 'versions', campaign, manifest.version));
    expect(manifest.version).toMatch(/^2026-03-28-[0-9a-f]{16}$/);
    expect(readdirSync(published).sort()).toEqual([...names, 'catalog.duckdb', 'manifest.json'].sort());
  });

  it('is what the manifest says: files, rows, bytes, hashes, and the same in the log', async () => {
    expect(manifest).toMatchObject({
      campaign,
      interval,
      as_of: '2026-03-28',
      run: first.run,
      mode: 'manual',
      entry: 1,
    });
    expect(readFileSync(join(lakes.first, '_log', '00000000000000000001.json'), 'utf8')).toBe(
      readFileSync(join(published, 'manifest.json'), 'utf8'),
    );
    expect(manifest.tables.map(({ table }) => table)).toEqual(names);
    for (const table of manifest.tables) {
      expect(readdirSync(join(published, table.table)).sort()).toEqual(
        table.files.map(({ name }) => name).sort(),
      );
      for (const { name, rows, bytes, sha256: hash } of table.files) {
        const path = join(published, table.table, name);
        expect({ name, hash: sha256(path), bytes: lstatSync(path).size }).toEqual({ name, hash, bytes });
        expect(bytes).toBeLessThan(512e6);
        await session.attach('one_file', [path]);
        expect(await session.rows('SELECT count(*) AS rows FROM one_file')).toEqual([{ rows }]);
      }
      expect(table.rows).toBe(table.files.reduce((sum, { rows }) => sum + rows, 0));
    }
  });
});

describe.each(names)('%s', name => {
  keepsPromises(name, { session: () => session, table: () => tableOf(name), pathsOf });
});

describe('the tables of a night', () => {
  const one = async (select: string) => Object.values((await session.rows(select))[0]!)[0];

  it('agree in their books', async () => {
    const [books] = await session.rows<Record<string, number>>(`SELECT
      CAST(sum(fetched) AS BIGINT) AS fetched, CAST(sum(staged) AS BIGINT) AS staged,
      CAST(sum(duplicates) AS BIGINT) AS duplicates, CAST(sum(failed) AS BIGINT) AS failed,
      CAST(sum(deleted) AS BIGINT) AS deleted, CAST(sum(included) AS BIGINT) AS included FROM fct_coverage`);
    expect(books!.fetched).toBe(books!.staged! + books!.duplicates! + books!.failed! + books!.deleted!);
    const quality = await session.rows<{ measure: string; value: number }>(
      `SELECT measure, CAST(sum(value) AS BIGINT) AS value FROM fct_quality WHERE table_name = 'stg_messages' GROUP BY measure`,
    );
    const measured = Object.fromEntries(quality.map(({ measure, value }) => [measure, value]));
    expect(measured).toMatchObject({
      rows_read: books!.fetched,
      staged: books!.staged,
      duplicates: books!.duplicates,
      quarantined: books!.failed,
      deleted: books!.deleted,
      included: books!.included,
    });
    const messages = books!.staged! + books!.included! - measured.outside_window!;
    expect(messages).toBeGreaterThan(1000);
    expect(await one('SELECT count(*) FROM fct_messages')).toBe(messages);
    const sheets = await session.rows<{ rows_read: number; ended: number; quarantined: number }>(
      `SELECT source, CAST(sum(value) FILTER (WHERE measure = 'rows_read') AS BIGINT) AS rows_read,
         CAST(sum(value) FILTER (WHERE measure = 'quarantined') AS BIGINT) AS quarantined,
         CAST(sum(value) FILTER (WHERE measure IN ('staged', 'duplicates', 'quarantined')) AS BIGINT) AS ended
       FROM fct_quality WHERE table_name = 'stg_' || source GROUP BY source`,
    );
    expect(sheets).toHaveLength(9);
    for (const { rows_read, ended } of sheets) expect(ended).toBe(rows_read);
    const quarantined = sheets.reduce((sum, sheet) => sum + sheet.quarantined, books!.failed!);
    expect(await session.rows('SELECT messages, quarantined, verdict FROM dim_night')).toEqual([
      { messages, quarantined, verdict: 'partial' },
    ]);
  });

  it('hold together: every message in one cascade, every author and every tie known', async () => {
    const messages = await one('SELECT count(*) FROM fct_messages');
    expect(await one('SELECT CAST(sum(size) AS BIGINT) FROM fct_cascades')).toBe(messages);
    const lost = (select: string) => one(`SELECT count(*) FROM (${select})`);
    expect(await lost('SELECT 1 FROM fct_messages ANTI JOIN fct_cascades USING (root_id)')).toBe(0);
    expect(await lost('SELECT author_id FROM fct_messages EXCEPT SELECT author_id FROM dim_authors')).toBe(0);
    expect(await lost('SELECT author_id FROM dim_authors EXCEPT SELECT author_id FROM fct_messages')).toBe(0);
    expect(
      await lost(
        `SELECT author_id FROM fct_cascades WHERE author_id IS NOT NULL EXCEPT SELECT author_id FROM dim_authors`,
      ),
    ).toBe(0);
    expect(
      await lost(`SELECT unnest([influencer_id, influenced_id]) AS author_id FROM fct_influence_ties
        EXCEPT SELECT author_id FROM dim_authors`),
    ).toBe(0);
    expect(
      await lost(
        `SELECT author_id FROM fct_influencers EXCEPT SELECT author_id FROM dim_authors WHERE NOT is_brand`,
      ),
    ).toBe(0);
    expect(await one('SELECT count(*) FROM fct_influencers')).toBe(
      await one('SELECT count(*) FROM dim_authors WHERE NOT is_brand AND NOT is_opted_out'),
    );
  });
});

describe('the catalog', () => {
  it('has a view a table, all of it commented, with the same rows', async () => {
    const path = join(published, 'catalog.duckdb');
    const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' });
    const connection = await instance.connect();
    const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJS();
    try {
      const views = await rows(
        'SELECT view_name AS name, comment FROM duckdb_views() WHERE NOT internal ORDER BY view_name',
      );
      expect(views).toEqual(names.map(name => ({ name, comment: tableOf(name).sentence })));
      for (const name of names) {
        const columns = await rows(
          `SELECT column_name AS name, comment FROM duckdb_columns() WHERE table_name = '${name}' ORDER BY column_index`,
        );
        expect(columns).toEqual(tableOf(name).columns.map(({ name, comment }) => ({ name, comment })));
        expect(columns.filter(({ comment }) => !comment)).toEqual([]);
        const [count] = await rows(`SELECT count(*)::INTEGER AS rows FROM ${name}`);
        expect(count).toEqual({ rows: tableOf(name).rows });
      }
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  });
});

describe('golden cases of the models', () => {
  it('hand in the tables of methods and lists with the types that the night gives them', async () => {
    const steps = join(lakes.first, 'steps', campaign);
    const records = readdirSync(steps, { recursive: true, encoding: 'utf8' }).filter(path =>
      path.endsWith('.json'),
    );
    const made = new Map(
      records
        .map(path => JSON.parse(readFileSync(join(steps, path), 'utf8')) as StepRecord)
        .flatMap(record => record.tables.map(({ table, columns }) => [table, columns] as const)),
    );
    const checked = new Set<string>();
    for (const golden of tablesWithCases.flatMap(casesOf)) {
      for (const input of golden.inputs.filter(table => /^(est|raw)_/.test(table) && made.has(table))) {
        const path = golden.fileOf(input);
        const columns = made.get(input)!.map(({ name, type }) => ({ name, type }));
        expect(columns, path).toEqual(expect.arrayContaining(await columnsOfCsv(session, path)));
        checked.add(input);
      }
    }
    // What only a note of the night is read from goes into no model.
    const read = [...made.keys()].filter(table => /^(est|raw)_/.test(table) && !warnedFrom.includes(table));
    expect([...checked].sort()).toEqual(read.sort());
  });
});

describe('the same night', () => {
  it('again publishes nothing new', async () => {
    const before = filesUnder(published);
    const again = await runNight(lakes.first, 2);
    expect(again.published).toMatchObject({ outcome: 'unchanged', entry: 1, version: manifest.version });
    expect(again.steps.map(({ outcome }) => outcome)).toEqual(again.steps.map(() => 'reused'));
    expect(filesUnder(published)).toEqual(before);
    expect(readdirSync(join(lakes.first, '_log'))).toHaveLength(1);
  });

  it(
    'in another lake elsewhere gives the same bytes, file by file',
    async () => {
      const other = await runNight(lakes.second, 7);
      expect(other.published).toMatchObject({ outcome: 'published', version: manifest.version });
      expect(filesUnder(join(lakes.second, 'published', campaign))).toEqual(filesUnder(published));
    },
    patience,
  );
});

/** Every Parquet file below a night's folder with the hash of its bytes. */
function filesUnder(night: string): string[] {
  return names.flatMap(table =>
    readdirSync(join(night, table))
      .sort()
      .map(name => `${table}/${name} ${sha256(join(night, table, name))}`),
  );
}
