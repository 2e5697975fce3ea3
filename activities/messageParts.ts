import { quoteName, type Session } from '../engine/engine.ts';
import { type Model, modelOf } from '../engine/models.ts';

/** Messages that are in work at once: what a join of their words holds stays within a gigabyte. */
const partLength = 1_000_000;

/**
 * Makes a table of a model, part by part of the messages, sorted by its grain, which begins with the message: what would
 * take the memory of all words at once takes that of a million messages.
 *
 * @param source the view, made of a model, that the model reads its messages through; it is whole again afterwards
 * @param numbered the table that has all message numbers
 */
export async function defineInParts(
  session: Session,
  model: Pick<Model, 'sql' | 'grain'>,
  table: string,
  {
    source,
    numbered,
    signal,
    length = partLength,
  }: { source: string; numbered: string; signal: AbortSignal; length?: number },
): Promise<void> {
  const [range] = await session.rows<{ least: number | null; most: number | null }>(
    `SELECT min(message_number) AS least, max(message_number) AS most FROM ${quoteName(numbered)}`,
  );
  const { sql } = modelOf(source);
  const order = model.grain.map(name => `${quoteName(name)} ASC NULLS FIRST`).join(', ');
  const first = range!.least ?? 0;
  let from = first;
  do {
    signal.throwIfAborted();
    const to = from + length;
    await session.view(
      source,
      `SELECT * FROM (${sql}) WHERE message_number >= ${from} AND message_number < ${to}`,
    );
    const select = `SELECT * FROM (${model.sql}) ORDER BY ${order}`;
    if (from === first) await session.define(table, select);
    else await session.execute(`INSERT INTO ${quoteName(table)} ${select}`);
    from = to;
  } while (from <= (range!.most ?? 0));
  await session.view(source, sql);
}
