import { coordinationModels, judgedPairs } from '../../activities/authenticity.ts';
import { planModels } from '../../activities/modelPlan.ts';
import type { Columns, Session } from '../../engine/engine.ts';
import { inSession } from '../models/cases.ts';
import type { Share } from './by-definition.ts';

/** A text of a message, as the distinct words that it holds. */
export interface Text {
  message: number;
  author: number;
  micros: number;
  words: readonly string[];
}

/** Runs the models of the stage over shares and texts, each of an author of their own, and hands out the session. */
export function withCoincidences<T>(
  world: { shares: readonly Share[]; texts?: readonly Text[] },
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const { shares, texts = [] } = world;
  return inSession(async session => {
    const acts = [
      ...shares.map(share => [share.message, share.author, share.kind, share.object, share.micros]),
      ...texts.map(text => [text.message, text.author, 3, 0, text.micros]),
    ];
    const columns = { message_number: 'INTEGER', author_number: 'INTEGER', kind_number: 'INTEGER' } as const;
    await session.fill('acts', { ...columns, object: 'BIGINT', created_micros: 'BIGINT' }, acts);
    await session.define(
      'int_shares',
      'SELECT message_number, author_number, author_number AS actor_number, kind_number, object, created_micros FROM acts',
    );
    await session.define('int_sharers', 'SELECT DISTINCT author_number, actor_number FROM int_shares');
    await session.define(
      'stg_messages',
      'SELECT DISTINCT message_number, author_number, make_timestamp(created_micros) AS created_at FROM acts',
    );
    await session.fill(
      'int_texts',
      { message_number: 'INTEGER', bag: 'VARCHAR', words: 'INTEGER' },
      texts.map(({ message, words }) => [message, words.toSorted(longFirst).join(' '), words.length]),
    );
    const given = ['int_shares', 'int_sharers', 'int_texts', 'stg_messages'];
    const wanted = coordinationModels.filter(table => !given.includes(table));
    const plan = await planModels(session, wanted, new Set(given));
    for (const model of plan.order) await session.define(model.table, model.sql);
    return work(session);
  });
}

/** The verdicts on these shares, by SQL and method as in a night. */
export function verdictsOf(shares: readonly Share[]): Promise<Columns> {
  return withCoincidences({ shares }, session => judgedPairs(session, new AbortController().signal));
}

function longFirst(one: string, other: string): number {
  return other.length - one.length || (one < other ? -1 : 1);
}
