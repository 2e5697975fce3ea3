import type { Tables } from '../contracts/table.ts';
import type { Scalar, Session } from '../engine/engine.ts';
import type { Lake } from '../lake/lake.ts';
import { attachTables } from './modelPlan.ts';
import type { Recruitable, Recruits } from './recruits.ts';

/** What was drawn for somebody, by the account that was their main one then. */
export interface Arm {
  author_id: string;
  is_held_out: boolean;
}

export const armColumns = { author_id: 'VARCHAR', is_held_out: 'BOOLEAN' } as const;

/** What earlier nights drew: for everybody who was ever drawn, and for those of them who are people of tonight. */
export interface DrawnBefore {
  arms: readonly Arm[];
  /** By person number: whether they are held out. */
  people: ReadonlyMap<number, boolean>;
}

/**
 * Reads the arms that the night before remembered. Any account of a person stands for them; where accounts of both arms were
 * joined since, the person is held out, because they must not be written to.
 *
 * @param lineage the tables of the night before
 */
export async function readArms(lake: Lake, session: Session, lineage: Tables): Promise<DrawnBefore> {
  const { est_arms: remembered } = lineage;
  if (remembered === undefined) return { arms: [], people: new Map() };
  await attachTables(lake, session, { arms_before: remembered }, ['arms_before']);
  const people = await session.rows<{ person_number: number; is_held_out: boolean }>(
    `SELECT p.person_number, bool_or(b.is_held_out) AS is_held_out
     FROM arms_before b
     LEFT JOIN stg_identities i ON i.author_id = b.author_id
     LEFT JOIN stg_identities other ON other.person_key = i.person_key
     JOIN stg_persons p ON p.author_id = coalesce(other.author_id, b.author_id)
     GROUP BY p.person_number`,
  );
  return {
    arms: await session.rows<Arm>('SELECT author_id, is_held_out FROM arms_before'),
    people: new Map(people.map(row => [row.person_number, row.is_held_out])),
  };
}

/** Rows of `est_arms`: everybody who was ever drawn, whether or not they may be asked tonight. */
export function armsAfter(
  { arms, people }: DrawnBefore,
  rows: readonly Recruitable[],
  { isDrawn, isHeldOut }: Pick<Recruits, 'isDrawn' | 'isHeldOut'>,
): Scalar[][] {
  const places = [...rows.keys()].filter(
    place => isDrawn[place] === 1 && !people.has(rows[place]!.person_number),
  );
  const drawn = places.map(place => ({
    author_id: rows[place]!.author_id,
    is_held_out: isHeldOut[place] === 1,
  }));
  return [...arms, ...drawn]
    .sort((a, b) => (a.author_id < b.author_id ? -1 : 1))
    .map(arm => [arm.author_id, arm.is_held_out]);
}
