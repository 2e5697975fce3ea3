import type { Query } from '../../../contracts/collection.ts';
import { FatalError } from '../../../contracts/errors.ts';
import type { MessageField } from '../../../contracts/message.ts';
import { parseExactly } from '../../../sources/exactJson.ts';
import { Findings } from '../../../sources/findings.ts';
import { PassingFault } from '../../../sources/http/askFault.ts';
import { type PoliteClient, politeClient } from '../../../sources/http/politeClient.ts';
import { type LiveSource, type Page, Withheld } from '../../../sources/liveSource.ts';
import type { Secrets } from '../../../sources/secrets.ts';
import { secretsOf } from '../../../sources/secrets.ts';
import type { Mapped, MappedRow } from '../../../sources/source.ts';
import type { Fixture, Made } from './fixture.ts';

/** What no error, log or row may hold. */
export const canary = 'canary-4711-of-the-suite';

/** What sources of the suite may show: enough for each network's way in. */
export const secrets: Secrets = {
  ...secretsOf('suite', {
    SILLAGE_SUITE_TOKEN: canary,
    SILLAGE_SUITE_IDENTIFIER: 'nina.example',
    SILLAGE_SUITE_PASSWORD: canary,
  }),
  tokenFor: () => canary,
};

/** More pages than any network of the suite has. */
const mostPages = 20;

export interface Walk {
  pages: Page[];
  cursors: (string | undefined)[];
  /** What ended it before its end. */
  fault?: Error;
}

/** Does something with a source and a client of its own. */
export async function withSource<T>(
  fixture: Fixture,
  service: string,
  act: (source: LiveSource, client: PoliteClient) => Promise<T>,
): Promise<T> {
  const client = politeClient({ timeoutSeconds: 1, backoffSeconds: 0.02, patienceSeconds: 4 });
  try {
    const source = await fixture.open(service, client, secrets);
    try {
      return await act(source, client);
    } finally {
      await source.close();
    }
  } finally {
    await client.close();
  }
}

export function askFor(
  source: LiveSource,
  fixture: Fixture,
  query: Query,
  cursor?: string,
  signal = new AbortController().signal,
): Promise<Page> {
  return source.page({ query, span: fixture.span, cursor, resume: undefined, signal });
}

/** Where each try may be paid, asks again as the collector does. */
async function askPatiently(
  source: LiveSource,
  fixture: Fixture,
  query: Query,
  cursor: string | undefined,
): Promise<Page> {
  for (let triesLeft = fixture.isPaid ? 3 : 0; ; triesLeft--) {
    try {
      return await askFor(source, fixture, query, cursor);
    } catch (error) {
      if (triesLeft === 0 || !(error instanceof PassingFault)) throw error;
    }
  }
}

/** Asks page after page to the end; each of a source of its own where `isFresh`, as after a kill. */
export async function walk(fixture: Fixture, service: string, isFresh = false): Promise<Walk> {
  const done: Walk = { pages: [], cursors: [] };
  const query = fixture.query(service);
  let cursor: string | undefined;
  const step = async (source: LiveSource) => {
    const page = await askPatiently(source, fixture, query, cursor);
    done.pages.push(page);
    done.cursors.push(page.next);
    // Kept between two processes, a cursor is text.
    cursor = page.next === undefined ? undefined : JSON.parse(JSON.stringify(page.next));
    return cursor !== undefined && done.pages.length < mostPages;
  };
  try {
    if (isFresh) while (await withSource(fixture, service, step));
    else
      await withSource(fixture, service, async source => {
        while (await step(source));
      });
  } catch (error) {
    done.fault = error as Error;
  }
  return done;
}

export interface MappedPages {
  rows: MappedRow[];
  findings: Record<string, number>;
}

/** What the source's mapper makes of pages: the bodies as a collector keeps them, as text. */
export function mapPages(source: LiveSource, query: Query, pages: readonly Page[]): MappedPages {
  const findings = new Findings();
  const rows: Mapped[] = [];
  for (const { body, status } of pages) {
    const text = body.toString('utf8');
    const document = text === '' ? null : parseExactly(text);
    const context = { query, captured_at: '2026-03-28T12:00:00.000Z', status };
    rows.push(...source.mapper.map(document, findings, context));
  }
  return {
    rows: rows.filter((row): row is MappedRow => 'fields' in row),
    findings: Object.fromEntries(findings.entries()),
  };
}

/** Rows that were asked for, as id, time and text; each message once, whatever a page repeats. */
export function told(rows: readonly MappedRow[]): string[][] {
  const asked = rows.filter(row => !row.isIncluded && row.refused === undefined);
  const field = (row: MappedRow, name: MessageField) => row.fields[name] ?? '';
  const lines = asked.map(row => [
    field(row, 'message_id'),
    new Date(field(row, 'created_at')).toISOString(),
    field(row, 'text'),
  ]);
  return [...new Map(lines.map(line => [line[0], line])).values()].sort(byId);
}

/** What rows have to tell of messages. */
export function expected(fixture: Fixture, made: readonly Made[]): string[][] {
  return made.map(one => [fixture.idOf(one), one.at, one.text]).sort(byId);
}

function byId([a = '']: string[], [b = '']: string[]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What kind of end a fault is. */
export function kindOf(fault: Error | undefined): 'fatal' | 'withheld' | 'passing' | 'none' {
  if (fault === undefined) return 'none';
  if (fault instanceof FatalError) return 'fatal';
  return fault instanceof Withheld ? 'withheld' : 'passing';
}
