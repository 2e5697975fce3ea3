import type { Answer } from '../http/answer.ts';
import { parsedBody } from '../http/parsedBody.ts';
import type { Problem } from './xFaults.ts';

/** What the source itself needs to know of a body; all else is the mapper's. */
export interface XBody extends Problem {
  nextToken: string | undefined;
  /** Posts in it, those that came along included, each counted once. */
  posts: number;
  /** When the newest post asked for was written, in milliseconds. */
  newest: number | undefined;
}

/**
 * @param url what was asked
 * @throws UnfitAnswer where the body is no JSON, or nested beyond reason; Error where it is no object
 */
export function readXBody(answer: Answer, url: string): XBody {
  const body = parsedBody(answer, url);
  if (!isObject(body)) throw new Error('X answers with JSON that is no object');
  const { data, includes, meta, title, type, reason, errors } = body;
  const asked = Array.isArray(data) ? data : [];
  const along = isObject(includes) && Array.isArray(includes.tweets) ? includes.tweets : [];
  const token = isObject(meta) ? meta.next_token : undefined;
  const times = asked
    .map(post =>
      isObject(post) && typeof post.created_at === 'string' ? Date.parse(post.created_at) : Number.NaN,
    )
    .filter(time => !Number.isNaN(time));
  return {
    nextToken: typeof token === 'string' && token !== '' ? token : undefined,
    posts: asked.length + along.length,
    newest: times.length === 0 ? undefined : times.reduce((newest, time) => Math.max(newest, time)),
    data,
    title,
    type,
    reason,
    errors,
  };
}

/** What an answer says is wrong; nothing where something between here and X answers instead of it. */
export function problemIn(answer: Answer, url: string): Problem {
  try {
    return readXBody(answer, url);
  } catch {
    return {};
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
