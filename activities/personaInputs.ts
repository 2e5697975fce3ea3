import type { TableRef, Tables } from '../contracts/table.ts';
import type { Session } from '../engine/engine.ts';
import type { Lake } from '../lake/lake.ts';
import { catalog, platformFeature } from '../methods/persona-catalog.ts';
import type { Feature } from '../methods/persona-features.ts';
import { attachTables } from './modelPlan.ts';

/** A persona that was born on some night. */
export interface RegisteredPersona {
  persona_number: number;
  persona_id: string;
  name: string;
  name_fr: string;
  /** Last days of the intervals on which it was first and last told apart. */
  born_on: string;
  seen_on: string;
}

/** What the night before knew of personas; the names are those of its tables. */
export const tablesBefore = ['stg_persona_memory', 'est_persona_register'] as const;

/**
 * Makes `est_persona_before` of what the night before remembered, empty on a first night.
 *
 * @param lineage the tables of the night before
 * @returns every persona ever born, by number
 */
export async function readBefore(
  lake: Lake,
  session: Session,
  lineage: Tables,
): Promise<RegisteredPersona[]> {
  const [memory, register] = tablesBefore.map(name => lineage[name]) as (TableRef | undefined)[];
  if (memory === undefined || register === undefined) {
    const columns = { author_id: 'VARCHAR', persona_number: 'INTEGER', is_member: 'BOOLEAN' } as const;
    await session.fill('est_persona_before', columns, []);
    return [];
  }
  await attachTables(lake, session, { memory_before: memory, register_before: register }, [
    'memory_before',
    'register_before',
  ]);
  await session.define(
    'est_persona_before',
    'SELECT author_id, persona_number, is_member FROM memory_before',
  );
  return session.rows<RegisteredPersona>(
    'SELECT persona_number, persona_id, name, name_fr, born_on, seen_on FROM register_before ORDER BY persona_number',
  );
}

/** What is known of the influential people: those with habits first, each part ascending by number. */
export interface Described {
  people: Int32Array;
  /** How many have habits. */
  settled: number;
  /** What each of them moves beyond themselves. */
  influence: Float64Array;
  features: Feature[];
}

/** The order of all that is read of them; `f` is stg_persona_features. */
export const inOrder = 'ORDER BY f.has_habits DESC, f.person_number';

/** Reads the columns of the catalog, and the share of each network beside them. */
export async function readFeatures(session: Session): Promise<Described> {
  const names = catalog.map(({ name }) => name);
  const columns = await session.columns(
    `SELECT f.person_number, f.cie_beyond_self, ${names.join(', ')} FROM stg_persona_features f ${inOrder}`,
  );
  const [count] = await session.rows<{ settled: number }>(
    'SELECT count(*) AS settled FROM stg_persona_features WHERE has_habits',
  );
  const people = columns.person_number as Int32Array;
  const features = catalog.map(entry => ({ ...entry, values: columns[entry.name] as Float64Array }));
  return {
    people,
    settled: count!.settled,
    influence: columns.cie_beyond_self as Float64Array,
    features: [...features, ...(await readPlatforms(session, people))],
  };
}

/** The share of each network in what a person writes; who does not write there has a share of 0. */
async function readPlatforms(session: Session, people: Int32Array): Promise<Feature[]> {
  const networks = await session.rows<{ platform: string }>(
    'SELECT DISTINCT platform_number, platform FROM stg_persona_platforms ORDER BY platform_number',
  );
  const features = networks.map(({ platform }) => ({
    ...platformFeature(platform),
    values: new Float64Array(people.length),
  }));
  const { person_number, platform_number, share } = await session.columns(
    `SELECT f.person_number, p.platform_number, p.share
     FROM stg_persona_features f JOIN stg_persona_platforms p ON p.person_number = f.person_number
     ${inOrder}, p.platform_number`,
  );
  let row = 0;
  for (let at = 0; at < person_number!.length; at++) {
    while (people[row] !== person_number![at]) row++;
    features[platform_number![at]! - 1]!.values[row] = share![at]!;
  }
  return features;
}
