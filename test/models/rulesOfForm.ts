import { models } from '../../engine/models.ts';
import { parameters } from './cases.ts';
import { macros, nodesOf, type Rule } from './rule.ts';
import { type Node, outerSelects } from './syntax.ts';

const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(match => match[0]);

/** What begins the name of every table. */
export const layer = /^(raw|stg|int|est|dim|fct)_/;

/** Rules of how a model is written. */
export const rulesOfForm: Rule[] = [
  {
    says: 'a file is one SELECT',
    broken: 'SELECT 1 AS one; SELECT 2 AS two',
    breaches: ({ statements }) => statements.slice(1),
  },
  {
    says: 'inputs are bare names of tables, never paths, schemas or functions that read',
    broken:
      "SELECT a FROM read_csv('a.csv') UNION ALL SELECT a FROM 'b.parquet' UNION ALL SELECT a FROM lake.b",
    breaches: syntax => [
      ...nodesOf(syntax, node => node.type === 'BASE_TABLE')
        .filter(
          node =>
            node.schema_name !== '' || node.catalog_name !== '' || !/^\w+$/.test(String(node.table_name)),
        )
        .map(node => node.table_name),
      ...nodesOf(syntax, node => node.type === 'TABLE_FUNCTION')
        .map(node => (node.function as Node).function_name)
        .filter(name => !macros.includes(name!)),
    ],
  },
  {
    says: 'there are no templates',
    broken: "SELECT '{{ a }}' AS a, '{% b %}' AS b",
    breaches: ({ code }) => matches(code, /\$\{|\{\{|\{%/g),
  },
  {
    says: 'CAST is spelled out',
    broken: 'SELECT a::BIGINT AS a FROM t',
    breaches: ({ bare }) => matches(bare, /\w*::\w*/g),
  },
  {
    says: 'text is STRING in a CAST',
    broken: 'SELECT CAST(a AS VARCHAR), TRY_CAST(b AS TEXT) FROM t',
    breaches: ({ bare }) => matches(bare, /\bVARCHAR\b|\bAS\s+(TEXT|CHAR)\b/g),
  },
  {
    says: 'no literal holds a backslash',
    broken: "SELECT regexp_matches(a, '\\d') FROM t",
    breaches: ({ code }) => matches(code, /'[^']*\\[^']*'/g),
  },
  {
    says: 'every ORDER BY says where NULL goes',
    broken: 'SELECT row_number() OVER (PARTITION BY a ORDER BY b DESC) FROM t',
    breaches: syntax =>
      nodesOf(syntax, node => node.null_order === 'ORDER_DEFAULT').map(node => node.expression),
  },
  {
    says: 'nothing is ordered within the brackets of an aggregate, which not every engine can',
    broken: "SELECT string_agg(a, ' ' ORDER BY a ASC NULLS FIRST) FROM t",
    breaches: syntax =>
      nodesOf(syntax, node => node.class === 'FUNCTION' && !/^quantile_/.test(node.function_name!))
        .filter(node => (node.order_bys as { orders: Node[] }).orders.length > 0)
        .map(node => node.function_name),
  },
  {
    says: 'NOT EXISTS or ANTI JOIN stands where NOT IN would lose rows to a NULL',
    broken: 'SELECT a FROM t WHERE a NOT IN (SELECT b FROM u)',
    breaches: syntax =>
      nodesOf(syntax, node => node.type === 'OPERATOR_NOT').filter(node =>
        node.children!.some(child => child.class === 'SUBQUERY' && child.subquery_type === 'ANY'),
      ),
  },
  {
    says: 'nothing recurs',
    broken: 'WITH RECURSIVE r AS (SELECT 1 AS a UNION ALL SELECT a + 1 FROM r WHERE a < 9) SELECT a FROM r',
    breaches: syntax => nodesOf(syntax, node => node.type === 'RECURSIVE_CTE_NODE'),
  },
  {
    says: 'what leaves a stage names its columns',
    broken: 'SELECT a.*, 1 AS b FROM a',
    breaches: (syntax, table) =>
      /^(dim|fct|stg)_/.test(table)
        ? outerSelects(syntax).filter(select =>
            (select.select_list as Node[]).some(node => node.class === 'STAR'),
          )
        : [],
  },
  {
    says: 'a common table expression has no name that a table could have',
    broken: 'WITH stg_ties AS (SELECT 1 AS a) SELECT a FROM stg_ties',
    breaches: ({ nodes }) =>
      nodes
        .flatMap(({ node }) => (node.cte_map as { map: { key: string }[] } | undefined)?.map ?? [])
        .map(entry => entry.key)
        .filter(name => layer.test(name) || name === 'params' || models.has(name)),
  },
  {
    // A step's fingerprint counts the parameters that its SQL names so.
    says: 'a parameter is written params.name',
    broken: 'SELECT campaign, p.as_of FROM params p',
    breaches: syntax => {
      const tables = nodesOf(syntax, node => node.type === 'BASE_TABLE' && node.table_name === 'params');
      const columns = nodesOf(syntax, node => node.class === 'COLUMN_REF').map(
        node => node.column_names as string[],
      );
      const bare = columns.filter(names => names.length === 1 && names[0]! in parameters);
      const odd = columns.filter(names => names[0] === 'params' && !(names[1]! in parameters));
      return tables.length === 0 ? [] : [...tables.filter(node => node.alias !== ''), ...bare, ...odd];
    },
  },
];
