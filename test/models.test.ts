import { describe, expect, it } from 'vitest';
import { quoteName, type Scalar, type Session } from '../engine/engine.ts';
import { type Model, models } from '../engine/models.ts';
import {
  casesOf,
  columnsOfCsv,
  fillFromCsv,
  type GoldenCase,
  inSession,
  parameters,
  tablesWithCases,
} from './models/cases.ts';

describe('golden cases', () => {
  it('exist for every model of sql/, and for nothing else', () => {
    expect(tablesWithCases).toEqual([...models.keys()].sort());
  });

  for (const model of models.values()) {
    describe(model.table, () => {
      for (const golden of casesOf(model.table)) {
        it(golden.name === '' ? 'gives what is expected' : golden.name, () =>
          inSession(session => judge(session, model, golden)),
        );
      }
    });
  }
});

async function judge(session: Session, model: Model, golden: GoldenCase): Promise<void> {
  expect(golden.inputs, 'the inputs are what the SQL reads').toEqual(await session.reads(model.sql));
  for (const input of golden.inputs) {
    await fillFromCsv(session, input, golden.fileOf(input));
    await judgeColumns(session, model, golden, input);
  }
  await fillFromCsv(session, 'expected', golden.fileOf('expected'));
  await judgePromises(session, model);

  await session.define('actual', model.sql);
  const columns = await session.describe('expected');
  expect(await session.describe('actual'), 'names and types of the columns').toEqual(columns);
  const expected = await sorted(session, 'expected', columns, model.grain);
  const actual = await sorted(session, 'actual', columns, model.grain);
  expect(actual).toEqual(expected.map((row, place) => settled(row, actual[place])));
}

/** A case may leave out columns that do not matter, but what it hands in is typed as the night types it. */
async function judgeColumns(
  session: Session,
  model: Model,
  golden: GoldenCase,
  input: string,
): Promise<void> {
  const columns = await session.describe(input);
  if (input === 'params') {
    const named = [
      ...new Set([...model.sql.matchAll(/\bparams\.([a-z0-9_]+)/g)].map(match => match[1]!)),
    ].sort();
    expect(columns.map(column => column.name).sort(), 'params holds what the SQL names').toEqual(named);
    const types = columns.map(({ name }) => ({
      name,
      type: parameters[name],
    }));
    expect(columns, 'types of params').toEqual(types);
    return;
  }
  const [maker] = casesOf(input);
  if (maker === undefined) return;
  const made = await columnsOfCsv(session, maker.fileOf('expected'));
  expect(made, `columns that ${golden.fileOf(input)} takes from ${input}`).toEqual(
    expect.arrayContaining(columns),
  );
}

/** The promises of the model's header, held by what is expected of it. */
async function judgePromises(session: Session, model: Model): Promise<void> {
  for (const check of model.checks) {
    const breaches = await session.rows(`SELECT * FROM expected WHERE (${check}) IS NOT TRUE`);
    expect(breaches, `rows that break "${check}"`).toEqual([]);
  }
  const grain = model.grain.map(quoteName).join(', ');
  const repeated = await session.rows(
    grain === ''
      ? 'SELECT count(*) AS n FROM expected HAVING count(*) <> 1'
      : `SELECT ${grain} FROM expected GROUP BY ${grain} HAVING count(*) > 1`,
  );
  expect(repeated, `rows that share a grain of ${grain}`).toEqual([]);
}

/** Rows in the order of the grain; everything but doubles as text, which loses no digit. */
function sorted(
  session: Session,
  table: string,
  columns: readonly { name: string; type: string }[],
  grain: readonly string[],
): Promise<Record<string, Scalar>[]> {
  const list = columns.map(({ name, type }) =>
    type === 'DOUBLE' ? quoteName(name) : `CAST(${quoteName(name)} AS VARCHAR) AS ${quoteName(name)}`,
  );
  const order = grain.map(name => `${table}.${quoteName(name)} ASC NULLS FIRST`);
  return session.rows(
    `SELECT ${list.join(', ')} FROM ${table}${order.length > 0 ? ` ORDER BY ${order.join(', ')}` : ''}`,
  );
}

/** A fraction can't be written out to its last bit: one part in 10¹² is let pass, but never in a whole number. */
function settled(expected: Record<string, Scalar>, actual: Record<string, Scalar> | undefined) {
  return Object.fromEntries(
    Object.entries(expected).map(([name, value]) => {
      const other = actual?.[name];
      if (typeof value !== 'number' || typeof other !== 'number' || Number.isInteger(value))
        return [name, value];
      return [name, Math.abs(value - other) <= 1e-12 * Math.abs(value) ? other : value];
    }),
  );
}
