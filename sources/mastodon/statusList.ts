import { z } from 'zod';
import type { Told } from './instance.ts';
import { timeOfId } from './snowflake.ts';

/** As much of a status as paging needs. */
const pagedStatus = z.object({
  id: z.union([z.string(), z.int()]).transform(String),
  created_at: z.string(),
});
export type PagedStatus = z.infer<typeof pagedStatus>;

const statuses = z.array(z.unknown());
const found = z.object({ statuses });

/**
 * The statuses of a body that can be paged by; of one that can't the mapper says what it lacks.
 *
 * @throws Error where the body is no list; the mapper never sees such a body
 */
export function statusesOf(told: Told, host: string): PagedStatus[] {
  return pagedOf(understood(statuses, told, host));
}

/** The statuses of a search. */
export function foundIn(told: Told, host: string): PagedStatus[] {
  return pagedOf(understood(found, told, host).statuses);
}

function pagedOf(listed: unknown[]): PagedStatus[] {
  return listed.flatMap(one => pagedStatus.safeParse(one).data ?? []);
}

/** What a body holds, as far as we need it to go on. */
export function understood<Shape extends z.ZodType>(
  shape: Shape,
  { document }: Told,
  host: string,
): z.infer<Shape> {
  const parsed = shape.safeParse(document);
  if (!parsed.success) throw new Error(`${host} answers in another shape than Mastodon's`);
  return parsed.data;
}

/**
 * When a status took its place among the others, in milliseconds: lists are in the order of ids, and what came late
 * has an id of its coming.
 */
export function placedAt({ id, created_at }: PagedStatus): number {
  return Math.max(Date.parse(created_at) || 0, timeOfId(id) ?? 0);
}
