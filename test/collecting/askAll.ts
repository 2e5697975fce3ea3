import type { Query, Span } from '../../contracts/collection.ts';
import { parseExactly } from '../../sources/exactJson.ts';
import { Findings } from '../../sources/findings.ts';
import type { LiveSource, Page } from '../../sources/liveSource.ts';
import type { Mapped, MappedAccount, MappedReposter, MappedRow } from '../../sources/source.ts';

/** What the pages of a query told, in the order in which they came. */
export interface Told {
  pages: Page[];
  /** Messages that were asked for, not those that came along. */
  rows: MappedRow['fields'][];
  accounts: MappedAccount[];
  reposters: MappedReposter[];
  /** Where the standing query can go on. */
  resume: string | undefined;
}

export const always: Span = { from: '2020-01-01T00:00:00.000Z', to: '2100-01-01T00:00:00.000Z' };

/** Asks to the end. */
export async function askAll(
  source: LiveSource,
  query: Query,
  { span = always, resume }: { span?: Span; resume?: string | undefined } = {},
): Promise<Told> {
  const told: Told = { pages: [], rows: [], accounts: [], reposters: [], resume };
  const signal = AbortSignal.timeout(60_000);
  let cursor: string | undefined;
  do {
    const page = await source.page({ query, span, cursor, resume, signal });
    told.pages.push(page);
    told.resume = page.resume ?? told.resume;
    const context = { query, captured_at: new Date().toISOString(), status: page.status };
    const document = parseExactly(page.body.toString());
    for (const one of source.mapper.map(document, new Findings(), context)) sort(one, told);
    cursor = page.next;
  } while (cursor !== undefined);
  return told;
}

function sort(one: Mapped, { rows, accounts, reposters }: Told): void {
  if ('account' in one) accounts.push(one.account);
  else if ('reposter' in one) reposters.push(one.reposter);
  else if ('fields' in one && one.isIncluded !== true) {
    if (one.refused !== undefined) throw new Error(`refused: ${one.refused}`);
    rows.push(one.fields);
  }
}
