import type { LiveSettings } from '../../contracts/campaign.ts';
import { FatalError } from '../../contracts/errors.ts';
import type { Answer } from '../http/answer.ts';
import type { PoliteClient } from '../http/politeClient.ts';
import type { LiveSource, Page, PageAsk } from '../liveSource.ts';
import { nameOf, type Secrets } from '../secrets.ts';
import { xApiV2 } from '../xApiV2.ts';
import { endpointOf, limitName, mostLookedUp } from './limits.ts';
import { pageOf, type XAnswer } from './xAnswer.ts';
import { problemIn, type XBody } from './xBody.ts';
import { cursorText, readCursor } from './xCursor.ts';
import { isAboutTimes, isCapReached } from './xFaults.ts';
import { requestOf, type XRequest } from './xRequest.ts';
import { standingOf } from './xStanding.ts';

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
  const named = { source: id, host: new URL(service).host, variable };
  /** Milliseconds by which this clock is ahead of X's; only ever learned again from X. */
  let ahead = 0;

  async function ask(
    path: string,
    parameters: Record<string, string>,
    signal: AbortSignal,
    isRepeatable = true,
  ): Promise<XAnswer> {
    const search = new URLSearchParams(parameters).toString();
    const url = `${service}${path}${search === '' ? '' : `?${search}`}`;
    // A cap is no rate limit: no patience helps.
    const isFinal = (answer: Answer) => answer.status === 429 && isCapReached(problemIn(answer, url));
    const headers = { authorization: `Bearer ${token}` };
    return { url, answer: await client.ask({ url, headers, isRepeatable, isFinal, signal }) };
  }

  /** Asks again where X says that the times are wrong: its clock is the one that counts. */
  async function answered(question: PageAsk): Promise<XAnswer & { request: XRequest }> {
    const cursor = readCursor(question.cursor);
    for (let isSecond = false; ; isSecond = true) {
      const request = requestOf(question, cursor, { archive, now: Date.now() - ahead });
      // Whatever broke may have been delivered and paid: one reservation covers one try, and the collector makes the next.
      const asked = await ask(request.path, request.parameters, question.signal, !request.isPaid);
      const { answer, url } = asked;
      const date = Date.parse(answer.headers.get('date') ?? '');
      if (answer.status !== 400 || isSecond || Number.isNaN(date) || !isAboutTimes(problemIn(answer, url))) {
        return { ...asked, request };
      }
      ahead = Date.now() - date;
    }
  }

  async function page(question: PageAsk): Promise<Page> {
    const { query, signal } = question;
    const { request, ...asked } = await answered(question);
    const about = {
      ...named,
      endpoint: request.endpoint,
      label: query.label,
      isWritten: isWritten(question),
    };
    const body = await pageOf(asked, about, () => ask('/2/usage/tweets', {}, signal));
    const next = nextOf(body, request, question);
    if (next !== undefined && next === question.cursor)
      throw new Error('X answers with the cursor it was asked with');
    const { status, body: raw } = asked.answer;
    return {
      body: raw,
      status,
      next,
      ...(request.stretch === undefined ? {} : { resume: request.stretch.to }),
      posts: request.isPaid ? body.posts : 0,
    };
  }

  return {
    mapper: xApiV2,
    standing,
    follows: { thread: 1, quotes: 1, reposts: 1, records: 1, refresh: mostLookedUp },
    recordsBy: 'message',
    limitOf: ({ kind }) => limitName(token, endpointOf(kind, archive)),
    page,
    async close() {},
  };
}

/** Whether the question is as the campaign file has it: not about a message that was seen, nor about a later page. */
function isWritten({ query: { kind }, cursor }: PageAsk): boolean {
  return cursor === undefined && (kind === 'search' || kind === 'counts' || kind === 'account');
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
