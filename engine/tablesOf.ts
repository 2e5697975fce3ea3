/**
 * The tables that a parsed SELECT reads, common table expressions excluded.
 * The parser's tree is walked because `getTableNames` answers nothing for a query with USING.
 *
 * @param tree what `json_serialize_sql` gives
 * @throws SyntaxError when the SQL could not be parsed
 */
export function tablesOf(tree: unknown): string[] {
  const root = tree as { error?: boolean; error_message?: string };
  if (root.error) throw new SyntaxError(root.error_message ?? 'the SQL could not be parsed');
  const tables = new Set<string>();
  const expressions = new Set<string>();
  collect(tree, tables, expressions);
  return [...tables].filter(name => !expressions.has(name)).sort();
}

function collect(node: unknown, tables: Set<string>, expressions: Set<string>): void {
  if (node === null || typeof node !== 'object') return;
  const { type, table_name, cte_map } = node as {
    type?: string;
    table_name?: string;
    cte_map?: { map?: { key: string }[] };
  };
  if (type === 'BASE_TABLE' && table_name !== undefined) tables.add(table_name);
  for (const entry of cte_map?.map ?? []) expressions.add(entry.key);
  for (const child of Object.values(node)) collect(child, tables, expressions);
}
