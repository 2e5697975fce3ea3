import type { Tables } from '../contracts/table.ts';
import { quoteText, type Scalar, type Session } from '../engine/engine.ts';
import type { Lake } from '../lake/lake.ts';
import { attachTables } from './modelPlan.ts';
import type { Recruitable, Recruits } from './recruits.ts';

/** What was drawn for somebody, by the account that was their main one then. */
export interface Arm {
  author_id: string;
  is_held_out: boolean;
  /** Last day of the interval whose night drew: nothing after it can have had a part in it. */
  drawn_on: string;
}

export const armColumns = { author_id: 'VARCHAR', is_held_out: 'BOOLEAN', drawn_on: 'DATE' } as const;

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
 * @param before the night before, with its tables; undefined where there is none
 */
export async function readArms(
  lake: Lake,
  session: Session,
  before: { as_of: string; lineage: Tables } | undefined,
): Promise<DrawnBefore> {
  const remembered = before?.lineage.est_arms;
  if (before === undefined || remembered === undefined) return { arms: [], people: new Map() };
  await attachTables(lake, session, { arms_before: remembered }, ['arms_before']);
  const columns = await session.describe('arms_before');
  // Older versions did not say when they drew: the night that remembered is the last that can have drawn.
  const drawnOn = columns.some(({ name }) => name === 'drawn_on') ? 'drawn_on' : quoteText(before.as_of);
  const people = await session.rows<{ person_number: number; is_held_out: boolean }>(
    `SELECT p.person_number, bool_or(b.is_held_out) AS is_held_out
     FROM arms_before b
     LEFT JOIN stg_identities i ON i.author_id = b.author_id
     LEFT JOIN stg_identities other ON other.person_key = i.person_key
     JOIN stg_persons p ON p.author_id = coalesce(other.author_id, b.author_id)
     GROUP BY p.person_number`,
  );
  return {
    arms: await session.rows<Arm>(`SELECT author_id, is_held_out, ${drawnOn} AS drawn_on FROM arms_before`),
    people: new Map(people.map(row => [row.person_number, row.is_held_out])),
  };
}

/**
 * Rows of `est_arms`: everybody who was ever drawn, whether or not they may be asked tonight.
 *
 * @param drawn_on last day of tonight's interval
 */
export function armsAfter(
  { arms, people }: DrawnBefore,
  rows: readonly Recruitable[],
  { isDrawn, isHeldOut }: Pick<Recruits, 'isDrawn' | 'isHeldOut'>,
  drawn_on: string,
): Scalar[][] {
  const places = [...rows.keys()].filter(
    place => isDrawn[place] === 1 && !people.has(rows[place]!.person_number),
  );
  const drawn = places.map(place => ({
    author_id: rows[place]!.author_id,
    is_held_out: isHeldOut[place] === 1,
    drawn_on,
  }));
  return [...arms, ...drawn]
    .sort((a, b) => (a.author_id < b.author_id ? -1 : 1))
    .map(arm => [arm.author_id, arm.is_held_out, arm.drawn_on]);
}
