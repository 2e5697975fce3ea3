import type { LiveSettings } from '../../contracts/campaign.ts';
import type { Query, Span } from '../../contracts/collection.ts';
import { FatalError, messageOf } from '../../contracts/errors.ts';
import { secondsOf } from '../../contracts/liveSources.ts';
import { parseExactly } from '../../sources/exactJson.ts';
import { Findings } from '../../sources/findings.ts';
import { type LiveSource, type Page, Unanswerable } from '../../sources/liveSource.ts';
import type { Networks } from '../../sources/networks.ts';

/** What came of asking one question of a source for its first page. */
export interface QueryTrial {
  query: string;
  /** The server, where the source has several. */
  host?: string;
  /** Messages in the page, and those of them that could not be understood or hold fields that the parser does not know. */
  rows: number;
  refused: number;
  unmapped: number;
  /** How many messages there are in all of the lookback, where the network counts them. */
  expected?: number;
  /** Why there is no page: a person must act. */
  fault?: string;
  /** Why there is no page, which may be otherwise soon. */
  trouble?: string;
}

/** A source of a living network, asked a little; nothing of it is kept. */
export interface LiveTrial {
  id: string;
  type: LiveSettings['type'];
  tried: QueryTrial[];
  /** Why it can't be opened at all. */
  fault?: string;
}

/** Pages of counts at most: of a month each. */
const mostCountPages = 100;

/**
 * Asks a source for one page of its first question, on each of its servers. X is asked for counts of all searches
 * instead, which cost no posts.
 */
export async function tryLive(
  networks: Networks,
  live: LiveSettings,
  accounts: readonly string[],
  signal: AbortSignal,
): Promise<LiveTrial> {
  const trial: LiveTrial = { id: live.id, type: live.type, tried: [] };
  let source: LiveSource;
  try {
    source = networks.open(live, accounts);
  } catch (error) {
    if (!(error instanceof FatalError)) throw error;
    return { ...trial, fault: error.message };
  }
  try {
    const now = networks.now();
    const from = new Date(now.getTime() - secondsOf(live.lookback) * 1000);
    const span = { from: from.toISOString(), to: now.toISOString() };
    for (const query of questionsOf(source, live)) {
      signal.throwIfAborted();
      trial.tried.push(await tryQuery(source, query, span, signal));
    }
    return trial;
  } finally {
    await source.close();
  }
}

function questionsOf({ standing }: LiveSource, { type }: LiveSettings): Query[] {
  const queries = standing.map(({ query }) => query);
  if (type === 'x') return queries.filter(({ kind }) => kind === 'counts');
  const hosts = Map.groupBy(
    queries.filter(({ kind }) => kind !== 'stream'),
    ({ host }) => host,
  );
  return [...hosts.values()].map(([first]) => first!);
}

async function tryQuery(
  source: LiveSource,
  query: Query,
  span: Span,
  signal: AbortSignal,
): Promise<QueryTrial> {
  const { label, host } = query;
  const trial: QueryTrial = {
    query: label,
    ...(host === undefined ? {} : { host }),
    rows: 0,
    refused: 0,
    unmapped: 0,
  };
  try {
    let cursor: string | undefined;
    for (let pages = 0; pages === 0 || (cursor !== undefined && pages < mostCountPages); pages++) {
      const page = await source.page({ query, span, cursor, resume: undefined, signal });
      judge(source, query, page, trial);
      cursor = query.kind === 'counts' ? page.next : undefined;
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof FatalError || error instanceof Unanswerable) trial.fault = error.message;
    else trial.trouble = messageOf(error);
  }
  return trial;
}

function judge({ mapper }: LiveSource, query: Query, page: Page, trial: QueryTrial): void {
  const context = { query, captured_at: new Date(0).toISOString(), status: page.status };
  const document = parseExactly(page.body.toString('utf8'));
  for (const mapped of mapper.map(document, new Findings(), context)) {
    if ('counted' in mapped) trial.expected = (trial.expected ?? 0) + mapped.counted.expected;
    if (!('fields' in mapped)) continue;
    trial.rows++;
    if (mapped.refused !== undefined) trial.refused++;
    if ((mapped.unmapped ?? 0) > 0) trial.unmapped++;
  }
  if (query.kind === 'counts') trial.expected ??= 0;
}
