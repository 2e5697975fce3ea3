import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { expect, it } from 'vitest';
import { quoteName, quoteText, type Session } from '../../engine/engine.ts';
import type { ManifestTable } from '../../lake/nights.ts';
import { contractTypes, fixed, grains, splitByDay } from './promises.ts';

/** A published table of the night under test, which is there only when the tests run. */
interface Published {
  session(): Session;
  table(): ManifestTable;
  pathsOf(table: ManifestTable): string[];
}

/** What holds for every published table, whatever it says: the contract with those who read the files. */
export function keepsPromises(name: string, night: Published): void {
  const paths = () => night.pathsOf(night.table());
  const columnsOf = () => night.session().describe(name);
  const rows = <Row>(select: string) => night.session().rows<Row>(select);

  it('has its columns in their order, of types that every reader knows', async () => {
    const columns = await columnsOf();
    const promised = fixed[name]!.split(' ');
    expect(columns.slice(0, promised.length).map(column => column.name)).toEqual(promised);
    expect(columns.filter(({ type }) => !contractTypes.test(type))).toEqual([]);
    expect(columns.filter(column => !/^[a-z][a-z0-9_]*$/.test(column.name))).toEqual([]);
    expect(columns).toEqual(night.table().columns.map(({ name, type }) => ({ name, type })));
  });

  it('has no row twice, and every file is sorted by the grain', async () => {
    const grain = grains[name]!;
    expect(night.table().grain).toEqual(grain);
    const list = grain.map(quoteName).join(', ');
    expect(await rows(`SELECT ${list} FROM ${name} GROUP BY ${list} HAVING count(*) > 1`)).toEqual([]);
    const order = grain.map(column => `${quoteName(column)} ASC NULLS FIRST`).join(', ');
    const misplaced = await rows(
      `SELECT filename, file_row_number AS place FROM read_parquet([${paths().map(quoteText).join(', ')}],
         filename = true, file_row_number = true)
       QUALIFY row_number() OVER (PARTITION BY filename ORDER BY ${order}) <> file_row_number + 1`,
    );
    expect(misplaced).toEqual([]);
  });

  it('says NULL where a figure is unknown: no empty text, no NaN, no infinity', async () => {
    const conditions = (await columnsOf()).flatMap(column => {
      const quoted = quoteName(column.name);
      if (column.type === 'VARCHAR') return `${quoted} = ''`;
      return column.type === 'DOUBLE' ? `NOT isfinite(${quoted})` : [];
    });
    expect(await rows(`SELECT * FROM ${name} WHERE ${conditions.join(' OR ')}`)).toEqual([]);
  });

  it('lies in files that are named by their content and explain themselves', async () => {
    const day = splitByDay.includes(name) ? '-[0-9]{4}-[0-9]{2}-[0-9]{2}' : '';
    const hashes = night.table().files.map(file => file.sha256);
    for (const [place, file] of paths().entries()) {
      const path = quoteText(file);
      const hash = hashes[place]!;
      expect(basename(file)).toMatch(new RegExp(`^${name}${day}-${hash.slice(0, 16)}\\.parquet$`));
      const pairs = await rows<{ key: string; value: string }>(
        `SELECT decode(key) AS key, decode(value) AS value FROM parquet_kv_metadata(${path})`,
      );
      expect(Object.fromEntries(pairs.map(({ key, value }) => [key, value]))).toEqual({
        dataset: name,
        schema_version: '1',
        fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
        sentence: night.table().sentence,
        grain: grains[name]!.join(', '),
      });
      const [shape] = await rows(
        `SELECT max(row_group_num_rows) <= 122880 AS has_small_groups, string_agg(DISTINCT compression) AS compression
         FROM parquet_metadata(${path})`,
      );
      expect(shape).toEqual({ has_small_groups: true, compression: 'ZSTD' });
      expect(await rows(`SELECT format_version FROM parquet_file_metadata(${path})`)).toEqual([
        { format_version: 1 },
      ]);
    }
  });

  it('holds of its day what it names, where it is kept by day', async () => {
    if (!splitByDay.includes(name)) {
      expect(night.table().files).toHaveLength(1);
      return;
    }
    const strangers = await rows(
      `SELECT filename, day FROM read_parquet([${paths().map(quoteText).join(', ')}], filename = true)
       WHERE NOT contains(filename, '-' || strftime(day, '%Y-%m-%d') || '-')`,
    );
    expect(strangers).toEqual([]);
  });

  it('reads the same by a reader that shares nothing with its writer', async () => {
    const columns = await columnsOf();
    const list = columns.map(({ name: column, type }) => {
      const quoted = quoteName(column);
      // The reader gives money as the nearest double, and so do we; a last bit that its multiplication leaves is taken off.
      if (type === 'DECIMAL(18,4)') return `CAST(${quoted} AS DOUBLE) AS ${quoted}`;
      if (type === 'TIMESTAMP') return `strftime(${quoted}, '%Y-%m-%dT%H:%M:%S.%gZ') AS ${quoted}`;
      return type === 'DATE' ? `strftime(${quoted}, '%Y-%m-%dT00:00:00.000Z') AS ${quoted}` : quoted;
    });
    const money = new Set(
      columns.filter(({ type }) => type === 'DECIMAL(18,4)').map(({ name: column }) => column),
    );
    const rounded = ([column, value]: [string, unknown]): [string, unknown] => [
      column,
      money.has(column) && typeof value === 'number' ? Math.round(value * 1e4) / 1e4 : value,
    ];
    for (const path of paths().slice(0, 20)) {
      const { buffer, byteOffset, byteLength } = readFileSync(path);
      const bytes = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
      const read = await parquetReadObjects({ file: bytes, compressors });
      await night.session().attach('one_file', [path]);
      const expected = await rows(`SELECT ${list.join(', ')} FROM one_file`);
      expect(read.map(row => Object.fromEntries(Object.entries(row).map(plain).map(rounded)))).toEqual(
        expected,
      );
    }
  });
}

/** Integers as numbers, times as text: how `Session.rows` gives them. */
function plain([name, value]: [string, unknown]): [string, unknown] {
  if (typeof value === 'bigint') return [name, Number(value)];
  return [name, value instanceof Date ? value.toISOString() : (value ?? null)];
}
