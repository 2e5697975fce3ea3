import { quoteText, type Session } from '../../engine/engine.ts';

/** A node of the tree that DuckDB's `json_serialize_sql` gives; its fields differ by kind. */
export interface Node {
  [field: string]: unknown;
  class?: string;
  type?: string;
  function_name?: string;
  children?: Node[];
}

/** One query, as text and as a tree. */
export interface Syntax {
  sql: string;
  /** The text without comments. */
  code: string;
  /** The text without comments and without what stands in quotes. */
  bare: string;
  statements: { node: Node }[];
  /** Every node with those above it, nearest first. */
  nodes: { node: Node; above: Node[] }[];
}

/**
 * Parses SQL without running it.
 *
 * @throws SyntaxError where it is anything but SELECTs
 */
export async function parse(session: Session, sql: string): Promise<Syntax> {
  const [row] = await session.rows<{ tree: string }>(`SELECT json_serialize_sql(${quoteText(sql)}) AS tree`);
  const tree = JSON.parse(row!.tree) as {
    error: boolean;
    error_message?: string;
    statements: { node: Node }[];
  };
  if (tree.error) throw new SyntaxError(tree.error_message);
  const code = sql.replace(/('(?:[^']|'')*')|--[^\n]*/g, (_, literal?: string) => literal ?? '');
  const bare = code.replace(/'(?:[^']|'')*'/g, "''");
  return { sql, code, bare, statements: tree.statements, nodes: [...below(tree, [])] };
}

function* below(value: unknown, above: Node[]): Generator<{ node: Node; above: Node[] }> {
  if (value === null || typeof value !== 'object') return;
  const node = value as Node;
  if (!Array.isArray(value)) yield { node, above };
  const path = Array.isArray(value) ? above : [node, ...above];
  for (const child of Object.values(node)) yield* below(child, path);
}

/** The SELECTs whose columns are those of the query: one, or the arms of a UNION. */
export function outerSelects({ statements }: Syntax): Node[] {
  const arms = (node: Node): Node[] => {
    if (node.type !== 'SET_OPERATION_NODE') return [node];
    return [node.left, node.right, ...((node.children as Node[] | undefined) ?? [])]
      .filter(arm => arm !== undefined && arm !== null)
      .flatMap(arm => arms(arm as Node));
  };
  return statements.flatMap(statement => arms(statement.node));
}

/**
 * The type of an expression within a query, where that is not an integer: `undefined` for integers and a bare NULL.
 * DuckDB tells types only of whole queries, but binds `x & x` for integers alone and names the type of any other x.
 *
 * @param node a node of `syntax`; the tables that the query reads must be in the session
 */
export async function typeUnlessInteger(
  session: Session,
  syntax: Syntax,
  node: Node,
): Promise<string | undefined> {
  const both = {
    class: 'FUNCTION',
    type: 'FUNCTION',
    alias: '',
    function_name: '&',
    schema: '',
    catalog: '',
  };
  const probe = {
    ...both,
    children: [{ ...node }, { ...node }],
    filter: null,
    order_bys: { type: 'ORDER_MODIFIER', orders: [] },
    distinct: false,
    is_operator: true,
    export_state: false,
  };
  // An unknown location is 2⁶⁴ − 1, which a double does not hold.
  const tree = JSON.stringify({ error: false, statements: syntax.statements }, (field, value) =>
    field === 'query_location' ? 0 : value === node ? probe : value,
  );
  const [row] = await session.rows<{ sql: string }>(`SELECT json_deserialize_sql(${quoteText(tree)}) AS sql`);
  try {
    await session.view('probe', row!.sql);
    return undefined;
  } catch (error) {
    const type = /&\(([A-Z_]+)/.exec((error as Error).message)?.[1];
    if (type === undefined) throw error;
    return type;
  }
}
