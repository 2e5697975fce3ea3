import type { Session } from '../../engine/engine.ts';
import { macros, nodesOf, type Rule } from './rule.ts';
import { type Node, type Syntax, typeUnlessInteger } from './syntax.ts';

/*
 * What no reading of the text can tell is left to the golden cases and to running both engines: whether an ORDER BY is
 * total, whether a self-join over time has a band in its keys, whether a text is compared that engines lower or sort
 * differently, and whether `||` meets a number.
 */

/** What is known to mean the same everywhere. Another function is added here once it has been measured on all engines. */
const functions = new Set([
  ...macros,
  ...['+', '-', '*', '/', '||', 'abs', 'floor', 'round', 'sqrt', 'greatest', 'least', 'nullif', 'row'],
  ...[
    'chr',
    'concat_ws',
    'contains',
    'length',
    'lower',
    'md5',
    'replace',
    'split_part',
    'substr',
    'trim',
    '~~',
  ],
  ...['regexp_matches', 'regexp_extract', 'date_trunc', 'row_number', 'rank'],
  ...[
    'array_agg',
    'bool_and',
    'bool_or',
    'count',
    'count_star',
    'max',
    'max_by',
    'min',
    'min_by',
    'sum',
    'quantile_cont',
    'quantile_disc',
  ],
]);

const castsTo =
  (...types: string[]) =>
  (node: Node) =>
    node.class === 'CAST' && types.includes((node.cast_type as { id: string }).id);

/** Rules of what engines would understand differently. */
export const rulesOfMeaning: Rule[] = [
  {
    says: 'functions and operators are those known to mean the same everywhere',
    broken:
      'SELECT a // b, a ^ 2, hash(a), now(), random(), any_value(a), approx_count_distinct(a), log(a), avg(a) FROM t',
    breaches: syntax =>
      nodesOf(syntax, node => node.class === 'FUNCTION' || node.class === 'WINDOW')
        .map(node => node.function_name!)
        .filter(name => !functions.has(name)),
  },
  {
    says: 'no clock is read under the name of a column',
    broken: 'SELECT current_date AS a, current_timestamp AS b',
    breaches: syntax =>
      nodesOf(syntax, node => node.class === 'COLUMN_REF')
        .map(node => (node.column_names as string[]).join('.'))
        .filter(name => /^(current_(date|time|timestamp)|localtime(stamp)?|today)$/.test(name)),
  },
  {
    says: 'there are no lambdas, structs and lists',
    broken: "SELECT list_transform(a, x -> x + 1), {'a': 1}, [1, 2] FROM t",
    breaches: syntax =>
      nodesOf(
        syntax,
        node => node.class === 'LAMBDA' || /^(struct_pack|list_value)$/.test(node.function_name ?? ''),
      ),
  },
  {
    says: 'casts are to types of the BI contract',
    broken: 'SELECT CAST(a AS HUGEINT), CAST(b AS INTERVAL), CAST(c AS FLOAT) FROM t',
    breaches: syntax =>
      nodesOf(syntax, node => node.class === 'CAST')
        .map(node => (node.cast_type as { id: string }).id)
        .filter(id => !/^(BOOLEAN|INTEGER|BIGINT|DOUBLE|VARCHAR|DATE|TIMESTAMP|DECIMAL)$/.test(id)),
  },
  {
    says: 'nothing is divided by what may be 0: nullif, a constant, or a count plus a constant',
    broken: 'SELECT a / b FROM t',
    breaches: syntax => {
      const constant = (node: Node) =>
        node.class === 'CONSTANT' && (node.value as { value: unknown }).value !== 0;
      return nodesOf(syntax, node => node.function_name === '/')
        .map(node => node.children![1]!)
        .filter(by => !constant(by) && by.function_name !== 'nullif')
        .filter(by => !(by.function_name === '+' && by.children!.some(constant)));
    },
  },
  {
    says: 'integers whose width differs between engines are cast or compared',
    broken: 'SELECT rank() OVER (ORDER BY a ASC NULLS LAST) AS place FROM t',
    breaches: ({ nodes }) =>
      nodes
        .filter(({ node }) => /^(row_number|rank|length)$/.test(node.function_name ?? ''))
        .filter(({ above }) => !above.some(node => node.class === 'CAST' || node.class === 'COMPARISON'))
        .map(({ node }) => node.function_name),
  },
  {
    says: 'max_by and min_by pass over NULL',
    broken: 'SELECT max_by(a, b) FROM t',
    breaches: syntax =>
      nodesOf(syntax, node => /^(max|min)_by$/.test(node.function_name ?? '') && node.filter === null),
  },
  {
    says: 'a text is cut from its first character',
    broken: 'SELECT substr(a, 0, 5) FROM t',
    breaches: syntax =>
      nodesOf(syntax, node => node.function_name === 'substr').filter(
        node => (node.children![1]!.value as { value: unknown } | undefined)?.value === 0,
      ),
  },
  {
    says: 'doubles are summed in fixed point',
    broken: 'SELECT sum(a) FROM (SELECT CAST(1 AS DOUBLE) AS a)',
    breaches: (syntax, _table, session) =>
      typed(
        session,
        syntax,
        node => node.function_name === 'sum',
        node => node.children![0]!,
        /^(DOUBLE|FLOAT)$/,
      ),
  },
  {
    says: 'a fraction becomes an integer by floor or round alone',
    broken: 'SELECT CAST(a AS BIGINT) FROM (SELECT CAST(2.7 AS DOUBLE) AS a)',
    breaches: (syntax, _table, session) =>
      typed(
        session,
        syntax,
        node =>
          castsTo('BIGINT', 'INTEGER')(node) &&
          !/^(floor|round)$/.test((node.child as Node).function_name ?? ''),
        node => node.child as Node,
        /^(DOUBLE|FLOAT|DECIMAL)$/,
      ),
  },
  {
    says: 'no double and no time becomes text',
    broken: "SELECT CAST(a AS STRING) FROM (SELECT CAST('2026-03-01 10:00:00' AS TIMESTAMP) AS a)",
    breaches: (syntax, _table, session) =>
      typed(
        session,
        syntax,
        castsTo('VARCHAR'),
        node => node.child as Node,
        /^(DOUBLE|FLOAT|TIMESTAMP|DATE)/,
      ),
  },
];

/** Nodes of a kind whose expression is of an unwanted type. */
async function typed(
  session: Session,
  syntax: Syntax,
  kind: (node: Node) => boolean,
  expressionOf: (node: Node) => Node,
  unwanted: RegExp,
): Promise<string[]> {
  const found: string[] = [];
  for (const node of nodesOf(syntax, kind)) {
    const type = await typeUnlessInteger(session, syntax, expressionOf(node));
    if (type !== undefined && unwanted.test(type)) found.push(`${type} at character ${node.query_location}`);
  }
  return found;
}
