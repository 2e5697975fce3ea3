import type { Query, Span } from '../../contracts/collection.ts';
import { Findings } from '../../sources/findings.ts';
import { type PoliteClient, politeClient } from '../../sources/http/politeClient.ts';
import type { LiveSource, Page } from '../../sources/liveSource.ts';
import type { Mapped } from '../../sources/source.ts';
import { openX, type XSettings } from '../../sources/x/xSource.ts';

export const token = 'AAAA-replayed-token';

/** Settings as the campaign file's defaults make them. */
export function settingsOf(service: string, changes: Partial<XSettings> = {}): XSettings {
  return {
    id: 'x',
    type: 'x',
    service,
    search: ['gelato'],
    accounts: [],
    archive: false,
    quota: { posts_per_month: 1_000_000 },
    every: '15m',
    lookback: '7d',
    refresh: ['1h'],
    follow: ['thread', 'quotes', 'reposts'],
    ...changes,
  };
}

export function opened(
  service: string,
  changes: Partial<XSettings> = {},
  accounts: string[] = [],
  client: PoliteClient = politeClient({ patienceSeconds: 1, backoffSeconds: 0.01, tries: 2 }),
): LiveSource {
  const secrets = { token, identifier: undefined, password: undefined, tokenFor: () => undefined };
  return openX(settingsOf(service, changes), { client, secrets, accounts });
}

/** Asks to the end, each page of a source opened anew: nothing but the cursor goes on. */
export async function pagesOf(
  open: () => LiveSource,
  query: Query,
  span: Span,
  most?: number,
): Promise<Page[]> {
  const pages: Page[] = [];
  let cursor: string | undefined;
  do {
    const { signal } = new AbortController();
    const page = await open().page({
      query,
      span,
      cursor,
      resume: undefined,
      ...(most === undefined ? {} : { most }),
      signal,
    });
    pages.push(page);
    cursor = page.next;
  } while (cursor !== undefined && pages.length < 1000);
  return pages;
}

/** What the mapper makes of pages. */
export function mappedOf(source: LiveSource, pages: readonly Page[], query: Query): Mapped[] {
  const findings = new Findings();
  return pages.flatMap(({ body, status }) => [
    ...source.mapper.map(JSON.parse(body.toString('utf8')), findings, {
      query,
      captured_at: '2026-01-01T00:00:00Z',
      status,
    }),
  ]);
}

/** Ids of the messages that were asked for, not of those that came along. */
export function idsOf(mapped: readonly Mapped[]): string[] {
  return mapped.flatMap(row => ('fields' in row && !row.isIncluded ? [row.fields.message_id!] : []));
}
