import type { LiveSettings } from '../../contracts/campaign.ts';
import type { Query } from '../../contracts/collection.ts';
import { FatalError } from '../../contracts/errors.ts';
import type { Answer } from '../http/answer.ts';
import type { PoliteClient } from '../http/politeClient.ts';
import { type LiveSource, type Page, type PageAsk, type StandingQuery, Withheld } from '../liveSource.ts';
import { nameOf, type Secrets } from '../secrets.ts';
import { xApiV2 } from '../xApiV2.ts';
import { capReset } from './capReset.ts';
import { longestQuery, mostLookedUp, recentHours } from './limits.ts';
import { readXBody, type XBody } from './xBody.ts';
import { cursorText, readCursor, type XCursor } from './xCursor.ts';
import { type Asked, isAboutTimes, isCapReached, noAccess, refusedQuery, unknownToken } from './xFaults.ts';
import { requestOf, type XRequest } from './xRequest.ts';

export type XSettings = Extract<LiveSettings, { type: 'x' }>;

export interface XMeans {
  client: PoliteClient;
  secrets: Secrets;
  /** Numbers of the accounts that are followed besides those of the settings. */
  accounts: readonly string[];
}

/**
 * X by its API v2, with the bearer token of an app.
 *
 * @throws FatalError where there is no token, or the settings hold what X can't be asked for
 */
export function openX(settings: XSettings, { client, secrets, accounts }: XMeans): LiveSource {
  const { id, archive } = settings;
  const variable = `SILLAGE_${nameOf(id)}_TOKEN`;
  const { token } = secrets;
  if (token === undefined) {
    throw new FatalError(`the source ${id} has no bearer token, and X answers nobody without one`, {
      next: `set ${variable} to the token of an app of X's developer console`,
    });
  }
  const standing = standingOf(settings, accounts);
  const service = settings.service.replace(/\/+$/, '');
  /** Milliseconds by which this clock is ahead of X's; only ever learned again from X. */
  let ahead = 0;

  function ask(path: string, parameters: Record<string, string>, signal: AbortSignal): Promise<Answer> {
    const search = new URLSearchParams(parameters).toString();
    const url = `${service}${path}${search === '' ? '' : `?${search}`}`;
    // A cap is no rate limit: no patience helps.
    const isFinal = (answer: Answer) => answer.status === 429 && isCapReached(readXBody(answer));
    return client.ask({ url, headers: { authorization: `Bearer ${token}` }, isFinal, signal });
  }

  async function answered(
    question: PageAsk,
    cursor: XCursor,
  ): Promise<{ answer: Answer; request: XRequest }> {
    for (let isSecond = false; ; isSecond = true) {
      const request = requestOf(question, cursor, { archive, now: Date.now() - ahead });
      const answer = await ask(request.path, request.parameters, question.signal);
      const date = Date.parse(answer.headers.get('date') ?? '');
      if (answer.status !== 400 || isSecond || Number.isNaN(date) || !isAboutTimes(readXBody(answer))) {
        return { answer, request };
      }
      ahead = Date.now() - date;
    }
  }

  async function page(question: PageAsk): Promise<Page> {
    const { query, signal } = question;
    const cursor = readCursor(question.cursor);
    const { answer, request } = await answered(question, cursor);
    const { endpoint } = request;
    const asked: Asked = { source: id, host: new URL(service).host, variable, endpoint, label: query.label };
    const body = await accepted(answer, asked, query, () => ask('/2/usage/tweets', {}, signal));
    const next = nextOf(body, request, question);
    if (next !== undefined && next === question.cursor)
      throw new Error('X answers with the cursor it was asked with');
    return {
      body: answer.body,
      status: answer.status,
      next,
      ...(request.stretch === undefined ? {} : { resume: request.stretch.to }),
      posts: request.isPaid ? body.posts : 0,
    };
  }

  return {
    mapper: xApiV2,
    standing,
    follows: { thread: 1, quotes: 1, reposts: 1, records: 1, refresh: mostLookedUp },
    page,
    async close() {},
  };
}

/** Turns what X answers instead of a page into what the collector understands. */
async function accepted(
  answer: Answer,
  asked: Asked,
  { kind }: Query,
  usage: () => Promise<Answer>,
): Promise<XBody> {
  const { status } = answer;
  if (status === 401) throw unknownToken(asked);
  if (status === 402) throw new Withheld('the account of the app has no credits left at X', undefined);
  const body = readXBody(answer);
  if (status === 403) throw noAccess(asked, body);
  if (status === 429) {
    throw new Withheld("X's own cap of posts is reached", capReset(readXBody(await usage()), Date.now()));
  }
  if (status === 400 && ['search', 'counts', 'account'].includes(kind)) throw refusedQuery(asked);
  if (status >= 400 && status !== 404 && status !== 410) throw new Error(`${asked.host} answers ${status}`);
  return body;
}

function nextOf(body: XBody, request: XRequest, { query, span }: PageAsk): string | undefined {
  if (request.asked !== undefined) {
    return request.asked < query.subjects.length ? cursorText({ asked: request.asked }) : undefined;
  }
  // Quotes come newest first, and can't be asked for by time.
  const isBeyond =
    query.kind === 'quotes' && body.newest !== undefined && body.newest < Date.parse(span.from);
  if (body.nextToken === undefined || isBeyond) return undefined;
  const { stretch } = request;
  return cursorText({ token: body.nextToken, ...(stretch === undefined ? {} : { stretch }) });
}

function standingOf(settings: XSettings, accounts: readonly string[]): StandingQuery[] {
  const { id, search, archive } = settings;
  const reach = archive ? {} : { reachHours: recentHours };
  const long = search.find(term => term.length > longestQuery);
  if (long !== undefined) {
    throw new FatalError(
      `a query of the source ${id} has ${long.length} characters; X takes ${longestQuery} at most`,
      {
        next: `make \`${long.slice(0, 40)}…\` shorter, or two of it`,
      },
    );
  }
  const numbers = [...new Set([...settings.accounts, ...accounts])];
  const odd = numbers.find(number => !/^[0-9]{1,20}$/.test(number));
  if (odd !== undefined) {
    throw new FatalError(`the source ${id} follows the account "${odd}", which is no number of X`, {
      next: 'give the number of the account, as X’s developer tools show it',
    });
  }
  const byTerm = (kind: 'counts' | 'search') => (term: string) => ({
    query: { kind, label: `search ${term}`, subjects: [term] },
    ...reach,
  });
  return [
    // What there is, and what it will cost, is known before anything is paid.
    ...search.map(byTerm('counts')),
    ...search.map(byTerm('search')),
    ...numbers.map(number => ({
      query: { kind: 'account' as const, label: `account ${number}`, subjects: [number] },
    })),
  ];
}
