import { readFileSync } from 'node:fs';
import type { Session } from '../../engine/engine.ts';
import type { Node, Syntax } from './syntax.ts';

/** A rule of SQL that is to mean the same on every engine. */
export interface Rule {
  says: string;
  /** A query that breaks the rule. */
  broken: string;
  /** What breaks it in a query of a table; the session holds the tables that the query reads. */
  breaches(syntax: Syntax, table: string, session: Session): Promise<unknown[]> | unknown[];
}

const dialect = readFileSync(new URL('../../sql/dialect/duckdb.sql', import.meta.url), 'utf8');

/** Names of what differs between engines and is said for each in `sql/dialect/`. */
export const macros = [...dialect.matchAll(/\bMACRO ([a-z_]+)\(/g)].map(match => match[1]!);

export function nodesOf({ nodes }: Syntax, kind: (node: Node) => boolean): Node[] {
  return nodes.map(({ node }) => node).filter(kind);
}
