import { setTimeout as pause } from 'node:timers/promises';
import retry from 'p-retry';
import { FatalError } from '../../contracts/errors.ts';
import { Withheld } from '../liveSource.ts';
import type { Answer, HttpRequest } from './answer.ts';
import { PassingFault, placeOf, UnfitAnswer } from './askFault.ts';
import { type Bounds, type Exchange, exchange } from './exchange.ts';
import { inTurn } from './hostTurns.ts';
import { KeptAnswers } from './keptAnswers.ts';
import { politeFetch } from './politeFetch.ts';
import { askedPause, isUsedUp } from './rateLimit.ts';
import { redirectOf } from './redirect.ts';
import { pauseLeft, pauseRoute, routeOf } from './routePauses.ts';
import { aheadBy } from './serverClock.ts';
import { userAgentOf } from './userAgent.ts';

export type { Answer, HttpRequest } from './answer.ts';

/** Asks servers as their keepers wish: one thing at a time for each host, slower when told so, with a name. */
export interface PoliteClient {
  /**
   * Answers with 2xx and 4xx; the rest is waited for, tried again, or thrown.
   *
   * @throws Withheld where a limit asks for more patience than there is; FatalError where a person must act (unknown
   *   host, TLS, redirects elsewhere); UnfitAnswer where the answer is too long; PassingFault where all tries failed
   */
  ask(request: HttpRequest): Promise<Answer>;
  /** The same behind the signature of `fetch`. */
  fetch: typeof fetch;
  /** Seconds by which this clock is ahead of a server's, by its last answer; undefined where it told no time. @param host name and port */
  aheadOf(host: string): number | undefined;
  /** Ends what is still asked. */
  close(): Promise<void>;
}

export interface Politeness {
  userAgent?: string;
  /** How long an ask may wait for limits. */
  patienceSeconds?: number;
  /** How often an ask is tried at most. */
  tries?: number;
  /** How long a server may be silent; a whole answer may take four times that. */
  timeoutSeconds?: number;
  /** The first wait where a server does not say how long; each one after is twice as long. */
  backoffSeconds?: number;
}

const mostBytes = 32e6;

export function politeClient(options: Politeness = {}): PoliteClient {
  const { userAgent = userAgentOf(undefined), patienceSeconds = 30, tries = 4 } = options;
  const { timeoutSeconds = 30, backoffSeconds = 1 } = options;
  const kept = new KeptAnswers();
  const ahead = new Map<string, number>();
  const closing = new AbortController();

  async function ask(request: HttpRequest): Promise<Answer> {
    const url = addressOf(request.url);
    const abandon = new AbortController();
    const abort = (event: Event) => abandon.abort((event.target as AbortSignal).reason);
    const ends = [request.signal, closing.signal];
    for (const end of ends) {
      if (end.aborted) throw end.reason;
      end.addEventListener('abort', abort, { once: true });
    }
    try {
      return await inTurn(url.host, abandon.signal, () => asked(url, request, abandon.signal));
    } finally {
      for (const end of ends) end.removeEventListener('abort', abort);
    }
  }

  /** Tries again what may pass. */
  function asked(url: URL, request: HttpRequest, signal: AbortSignal): Promise<Answer> {
    const { method = 'GET', body, isRepeatable = method === 'GET' } = request;
    const headers = { 'user-agent': userAgent, ...lowerCase(request.headers ?? {}) };
    const bounds: Bounds = {
      stallSeconds: timeoutSeconds,
      wholeSeconds: timeoutSeconds * 4,
      mostBytes: request.mostBytes ?? mostBytes,
    };
    const patience = { left: patienceSeconds * 1000 };
    return retry(() => unlimited({ url, method, headers, body, signal }, bounds, patience, request.isFinal), {
      retries: isRepeatable ? tries - 1 : 0,
      minTimeout: backoffSeconds * 1000,
      maxTimeout: backoffSeconds * 8000,
      randomize: true,
      shouldRetry: ({ error }) => error instanceof PassingFault,
      signal,
    });
  }

  /** Waits for limits, as long as there is patience. */
  async function unlimited(
    request: Exchange,
    bounds: Bounds,
    patience: { left: number },
    isFinal: HttpRequest['isFinal'],
  ): Promise<Answer> {
    const { url, method, headers, signal } = request;
    const route = routeOf(url, method, headers.authorization);
    const wait = async (milliseconds: number, until: Date | undefined) => {
      if (milliseconds > patience.left) {
        throw new Withheld(
          `${placeOf(url)} asks for patience${until ? ` until ${until.toISOString()}` : ''}`,
          until,
        );
      }
      patience.left -= milliseconds;
      await pause(milliseconds, undefined, { signal });
    };
    for (let refusals = 0; ; refusals++) {
      const left = pauseLeft(route);
      if (left > 0) await wait(left, new Date(Date.now() + left));
      const answer = await conditional(request, bounds);
      if (isFinal?.(answer)) return answer;
      const now = Date.now();
      const told = askedPause(answer.headers, now);
      const isRefused = answer.status === 429 || (answer.status === 503 && answer.headers.has('retry-after'));
      if (told !== undefined && told > 0 && (isRefused || isUsedUp(answer.headers)))
        pauseRoute(route, now + told);
      if (!isRefused) return judged(answer, url);
      // A time that is over when it comes says nothing.
      if (!told) await wait(backoffSeconds * 1000 * 2 ** refusals * (1 + Math.random()), undefined);
    }
  }

  /** Asks for news only where the answer before is still at hand. */
  async function conditional(request: Exchange, bounds: Bounds): Promise<Answer> {
    if (request.method !== 'GET') return timed(request, bounds);
    const { headers, kept: before } = kept.recall(request.url, request.headers);
    const answer = await timed({ ...request, headers }, bounds);
    if (answer.status === 304 && before !== undefined) return before;
    kept.keep(request.url, request.headers, answer);
    return answer;
  }

  /** Compares the clocks. */
  async function timed(request: Exchange, bounds: Bounds): Promise<Answer> {
    const answer = await followed(request, bounds);
    const seconds = aheadBy(answer.headers, Date.now());
    if (seconds !== undefined) ahead.set(request.url.host, seconds);
    return answer;
  }

  return {
    ask,
    fetch: politeFetch(ask),
    aheadOf: host => ahead.get(host),
    async close() {
      closing.abort(new DOMException('the client is closed', 'AbortError'));
    },
  };
}

async function followed(request: Exchange, bounds: Bounds): Promise<Answer> {
  let { url } = request;
  for (let hops = 0; ; hops++) {
    const answer = await exchange({ ...request, url }, bounds);
    const to = redirectOf(url, answer, request.method, hops);
    if (to === undefined) return answer;
    url = to;
  }
}

function judged(answer: Answer, url: URL): Answer {
  const { status } = answer;
  if (status >= 500 || status === 408) throw new PassingFault(`${placeOf(url)} answers ${status}`);
  if (status < 200 || (status >= 300 && status < 400))
    throw new UnfitAnswer(`${placeOf(url)} answers ${status}`);
  return answer;
}

function addressOf(text: string): URL {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new FatalError('an address that was to be asked is none of http or https', {
      next: 'mend it in the campaign file',
    });
  }
  return url;
}

function lowerCase(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
