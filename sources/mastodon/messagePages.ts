import { localMessageOf } from '../../contracts/localMessage.ts';
import { asObject } from '../knownFields.ts';
import type { Page, PageAsk } from '../liveSource.ts';
import type { Instance, Told } from './instance.ts';
import { pageLinks } from './pageLinks.ts';
import { cursorOf, type Place } from './place.ts';
import { isHigher } from './snowflake.ts';

/** Where a server keeps what it knows of a message. */
const pathOf = (subject: string) => `/api/v1/statuses/${encodeURIComponent(localMessageOf(subject).id)}`;

/** What a message answers, and the answers to it: one page. Strangers get 40 of the first and 60 of the second. */
export async function threadPage(instance: Instance, { query, signal }: PageAsk): Promise<Page> {
  const path = `${pathOf(query.subjects[0]!)}/context`;
  const answer = await instance.get(path, new URLSearchParams(), { signal, isOfMessage: true });
  const { body, status } = answer;
  return { body, status, next: undefined, posts: countOf(answer, 'ancestors', 'descendants') };
}

/** Who passed a message on (`reblogged_by`, accounts), or what quotes it (`quotes`, statuses): lists in pages. */
export async function listPage(
  instance: Instance,
  list: 'reblogged_by' | 'quotes',
  { query, signal }: PageAsk,
  { before }: Place,
): Promise<Page> {
  const params = new URLSearchParams({ limit: list === 'quotes' ? '40' : '80' });
  if (before !== undefined) params.set('max_id', before);
  // Who may see the quotes of a message is for its author to say, and for the version of the server.
  const mayBeRefused = list === 'quotes';
  const path = `${pathOf(query.subjects[0]!)}/${list}`;
  const answer = await instance.get(path, params, { signal, mayBeRefused, isOfMessage: true });
  const { body, status } = answer;
  const { older } = pageLinks(answer, instance.host);
  if (older !== undefined && before !== undefined && !isHigher(before, older))
    throw new Error(`${instance.host} repeats a page without end`);
  const next = status === 200 && older !== undefined ? cursorOf({ before: older }) : undefined;
  return { body, status, next, posts: list === 'quotes' ? countOf(answer) : 0 };
}

/**
 * Messages again, those that are still there. Servers before 4.3 know no way to ask for several at once: they are asked
 * one by one, and the page is the list of their answers as they came.
 */
export async function refreshPage(
  instance: Instance,
  { query, signal }: PageAsk,
  singly: Set<string>,
): Promise<Page> {
  const { host } = instance;
  if (!singly.has(host)) {
    const params = new URLSearchParams();
    for (const subject of query.subjects) params.append('id[]', localMessageOf(subject).id);
    const answer = await instance.get('/api/v1/statuses', params, { signal, isOfMessage: true });
    if (answer.status === 200)
      return { body: answer.body, status: 200, next: undefined, posts: countOf(answer) };
    singly.add(host);
  }
  const there: Buffer[] = [];
  for (const subject of query.subjects) {
    const asking = { signal, isOfMessage: true };
    const { status, body } = await instance.get(pathOf(subject), new URLSearchParams(), asking);
    if (status === 200) there.push(body);
  }
  const body = Buffer.from(`[${there.map(one => one.toString('utf8')).join(',')}]`);
  return { body, status: 200, next: undefined, posts: there.length };
}

/** How many statuses a body lists; what can't be understood is the mapper's to refuse. */
function countOf({ document }: Told, ...names: string[]): number {
  const lists = names.length === 0 ? [document] : names.map(name => asObject(document)?.[name]);
  return lists.reduce<number>((sum, list) => sum + (Array.isArray(list) ? list.length : 0), 0);
}
