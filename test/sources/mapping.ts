import type { CaptureContext, QueryKind } from '../../contracts/collection.ts';
import type { MessageField } from '../../contracts/message.ts';
import { Findings } from '../../sources/findings.ts';
import type { MappedRow, Mapper } from '../../sources/source.ts';

/** What a mapper tells of one body. */
export function mapBody(mapper: Mapper, document: unknown, context?: CaptureContext) {
  const findings = new Findings();
  const told = [...mapper.map(document, findings, context)];
  return {
    rows: told.filter(one => 'fields' in one),
    accounts: told.flatMap(one => ('account' in one ? [one.account] : [])),
    reposters: told.flatMap(one => ('reposter' in one ? [one.reposter] : [])),
    counts: told.flatMap(one => ('counted' in one ? [one.counted] : [])),
    findings: Object.fromEntries(findings.entries()),
  };
}

/** A page that came from a collector: what was asked, and how it was answered. */
export function asked(kind: QueryKind, subjects: string[], status = 200): CaptureContext {
  return { query: { kind, label: kind, subjects }, captured_at: '2026-03-10T00:00:00.000Z', status };
}

/** Some fields of rows, as lists; what a mapper leaves out is null. */
export function fieldsOf(rows: readonly MappedRow[], ...names: MessageField[]): (string | null)[][] {
  return rows.map(({ fields }) => names.map(name => fields[name] ?? null));
}
