import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ReplayLedger } from './xLedger.ts';
import { answerPage } from './xPages.ts';
import type { XWorld } from './xWorld.ts';

/** What the replay says instead of a page. */
export interface XProblem {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

export interface ReplayOptions {
  world: XWorld;
  token: string;
  /** A path that all others stand below, like `/mirror`. */
  prefix?: string;
  /** Posts that may be delivered before X would call its cap reached. */
  cap?: number;
  /** How far the replay's clock is ahead of this machine's. */
  aheadSeconds?: number;
  /** Requests that every endpoint allows in 15 minutes, where fewer than X's. */
  allowed?: number;
  /** What goes wrong: asked before anything else. */
  trouble?: (path: string, asked: URLSearchParams) => XProblem | undefined;
}

/**
 * A replay of X API v2, not X: it answers from a world of its own making by the documented rules of paging, times, limits,
 * tokens and the cap of posts.
 */
export interface XReplay {
  /** Base URL. */
  service: string;
  ledger: ReplayLedger;
  /** Changes what the replay does from now on. */
  options: ReplayOptions;
  close(): Promise<void>;
}

export async function xReplay(options: ReplayOptions): Promise<XReplay> {
  const ledger = new ReplayLedger();
  const server = createServer((request, response) => answer(request, response, ledger, options));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    service: `http://127.0.0.1:${port}${options.prefix ?? ''}`,
    ledger,
    options,
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  ledger: ReplayLedger,
  options: ReplayOptions,
) {
  const now = Date.now() + (options.aheadSeconds ?? 0) * 1000;
  const url = new URL(request.url!, 'http://replay');
  const path = url.pathname.slice((options.prefix ?? '').length);
  const { status, body, headers = {} } = judged(request, path, url.searchParams, ledger, options, now);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    date: new Date(now).toUTCString(),
    ...headers,
  });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

function judged(
  request: IncomingMessage,
  path: string,
  asked: URLSearchParams,
  ledger: ReplayLedger,
  { world, token, cap = Infinity, allowed, trouble }: ReplayOptions,
  now: number,
): XProblem {
  if (request.headers.authorization !== `Bearer ${token}`) {
    return {
      status: 401,
      body: { title: 'Unauthorized', type: 'about:blank', status: 401, detail: 'Unauthorized' },
    };
  }
  const problem = trouble?.(path, asked);
  if (problem !== undefined) return problem;
  const limit = ledger.admit(path, allowed, now);
  if (limit.isOver) {
    const body = {
      title: 'Too Many Requests',
      detail: 'Too Many Requests',
      type: 'about:blank',
      status: 429,
    };
    return { status: 429, body, headers: limit.headers };
  }
  if (path === '/2/usage/tweets') {
    const data = { cap_reset_day: 17, project_cap: String(cap), project_usage: String(ledger.delivered) };
    return { status: 200, body: { data }, headers: limit.headers };
  }
  const page = answerPage(world, path, asked, now);
  if (page.status !== 200) return { ...page, headers: limit.headers };
  if (page.posts.length > 0 && ledger.delivered >= cap) {
    const body = {
      account_id: 1,
      product_name: 'standard-basic',
      title: 'UsageCapExceeded',
      period: 'Monthly',
      scope: 'Product',
      detail: 'Usage cap exceeded: Monthly product cap',
      type: 'https://api.twitter.com/2/problems/usage-capped',
    };
    return { status: 429, body, headers: limit.headers };
  }
  ledger.deliver(page.posts, now);
  return { status: 200, body: page.body, headers: limit.headers };
}
