import type { Query, Span } from '../../contracts/collection.ts';
import { parseExactly } from '../../sources/exactJson.ts';
import { Findings } from '../../sources/findings.ts';
import type { LiveSource, Page } from '../../sources/liveSource.ts';
import type { Mapped, MappedRow } from '../../sources/source.ts';

/** All that an ask brought. */
export interface Asked {
  pages: Page[];
  mapped: Mapped[];
  /** The messages that were asked for, in the order they came. */
  rows: MappedRow['fields'][];
  /** Where the same ask can go on later. */
  resume: string | undefined;
}

/** How an ask is made. */
export interface Asking {
  span?: Span;
  resume?: string | undefined;
  /** Called before each page, with how many there are. */
  before?(pages: number): Promise<void>;
}

/** Any time at all. */
export const always: Span = { from: '2000-01-01T00:00:00.000Z', to: '2100-01-01T00:00:00.000Z' };

/** Asks a source page by page to the end, each page with a source of its own, as if the process had ended between them. */
export async function askThrough(
  open: () => LiveSource,
  query: Query,
  { span = always, resume, before }: Asking = {},
): Promise<Asked> {
  const asked: Asked = { pages: [], mapped: [], rows: [], resume };
  let cursor: string | undefined;
  do {
    await before?.(asked.pages.length);
    const source = open();
    const page = await source.page({ query, span, cursor, resume, signal: AbortSignal.timeout(60_000) });
    const context = { query, captured_at: '2026-12-01T00:00:00.000Z', status: page.status };
    const mapped = [...source.mapper.map(parseExactly(page.body.toString()), new Findings(), context)];
    asked.pages.push(page);
    asked.mapped.push(...mapped);
    asked.rows.push(...mapped.flatMap(one => ('fields' in one && !one.isIncluded ? [one.fields] : [])));
    asked.resume = page.resume ?? asked.resume;
    cursor = page.next;
    if (asked.pages.length > 500) throw new Error('it does not end');
  } while (cursor !== undefined);
  return asked;
}
