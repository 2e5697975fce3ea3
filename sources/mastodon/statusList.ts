import { z } from 'zod';
import { parseExactly } from '../exactJson.ts';
import type { Answer } from '../http/answer.ts';
import { timeOfId } from './snowflake.ts';

/** As much of a status as paging needs. */
const pagedStatus = z.object({
  id: z.union([z.string(), z.int()]).transform(String),
  created_at: z.string(),
});
export type PagedStatus = z.infer<typeof pagedStatus>;

const statuses = z.array(pagedStatus);
const found = z.object({ statuses });

/** @throws Error where the body is no list of statuses; the mapper never sees such a body */
export function statusesOf(answer: Answer, host: string): PagedStatus[] {
  return understood(statuses, answer, host);
}

/** The statuses of a search. */
export function foundIn(answer: Answer, host: string): PagedStatus[] {
  return understood(found, answer, host).statuses;
}

/** What a body holds, as far as we need it to go on. */
export function understood<Shape extends z.ZodType>(
  shape: Shape,
  { body }: Answer,
  host: string,
): z.infer<Shape> {
  let document: unknown;
  try {
    document = parseExactly(body.toString('utf8'));
  } catch {
    throw new Error(`${host} answers what is not JSON`);
  }
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
