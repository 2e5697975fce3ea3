import { parsedBody } from '../http/parsedBody.ts';
import type { Answer } from '../http/politeClient.ts';
import { asObject } from '../knownFields.ts';
import type { Page, PageAsk } from '../liveSource.ts';
import { faultIn, saysGone } from './gone.ts';

/** A list that a method answers with. */
export interface List {
  method: string;
  /** The field that holds it. */
  name: string;
  /** Milliseconds of what the list is sorted by, newest first; without it a list is read to its end. */
  timeOf?: (item: unknown) => number | undefined;
}

export interface ReadList {
  items: unknown[];
  /** Where the server says that the list goes on. */
  cursor: string | undefined;
}

/** @throws Error where the body holds no such list */
export function readList(answer: Answer, { method, name }: List): ReadList {
  const body = asObject(parsedBody(answer));
  const items = body?.[name];
  if (!Array.isArray(items)) throw new Error(`the answer to ${method} has no list ${name}`);
  const cursor = body?.cursor;
  return { items, cursor: typeof cursor === 'string' && cursor !== '' ? cursor : undefined };
}

/**
 * The page that an answer is, and where it goes on: until the list ends, or all of a page is older than what is wanted.
 *
 * @throws Error where the server gives the cursor that it was given, or fails
 */
export function listPage(answer: Answer, list: List, ask: PageAsk): Page {
  const { status, body } = answer;
  if (status !== 200) return gonePage(answer);
  const { items, cursor } = readList(answer, list);
  if (cursor !== undefined && cursor === ask.cursor) throw standingStill(list.method);
  const next = isPast(items, list, ask.span.from) ? undefined : cursor;
  return { body, status, next, posts: items.length };
}

/** One page without an end to look for. */
export function wholePage(answer: Answer, posts: number): Page {
  if (answer.status !== 200) return gonePage(answer);
  return { body: answer.body, status: 200, next: undefined, posts };
}

/** A page that says that what it is about is gone. */
function gonePage(answer: Answer): Page {
  if (!saysGone(answer)) throw faultIn(answer);
  return { body: answer.body, status: answer.status, next: undefined, posts: 0 };
}

/** Whether all items that have a time are older than what is wanted. */
export function isPast(items: unknown[], { timeOf }: List, from: string): boolean {
  const times = timeOf === undefined ? [] : items.map(timeOf).filter(time => time !== undefined);
  const begin = Date.parse(from);
  return times.length > 0 && times.every(time => time < begin);
}

export function standingStill(method: string): Error {
  return new Error(`${method} leads from a page to the same page again`);
}
