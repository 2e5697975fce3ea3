import { readdirSync, readFileSync } from 'node:fs';
import { FatalError } from '../contracts/errors.ts';
import type { Tables } from '../contracts/table.ts';
import type { Session } from '../engine/engine.ts';
import { dialectHash, type Model, modelOf, models } from '../engine/models.ts';
import type { Lake } from '../lake/lake.ts';
import { sha256, tableOf } from '../lake/steps.ts';

/** What must be computed, in order, and what must be read, to get some tables of `sql/`. */
export interface ModelPlan {
  /** Private tables first, each after those it reads. */
  order: Model[];
  /** Committed tables that are read. */
  inputs: string[];
}

/**
 * Follows the SQL from the wanted tables back to what is committed: the SQL is the dependency graph.
 *
 * @param given tables that need not be computed: committed ones, and those that a method loads itself
 */
export async function planModels(
  session: Pick<Session, 'reads'>,
  wanted: readonly string[],
  given: ReadonlySet<string>,
): Promise<ModelPlan> {
  const order: Model[] = [];
  const inputs = new Set<string>();
  const visiting = new Set<string>();
  const visit = async (table: string): Promise<void> => {
    if (order.some(model => model.table === table)) return;
    if (visiting.has(table)) throw unmade(`sql/: ${table} depends on itself`);
    visiting.add(table);
    const model = modelOf(table);
    for (const name of await readsOf(session, model)) {
      if (name === 'params') continue;
      if (given.has(name) && !wanted.includes(name)) inputs.add(name);
      else if (models.has(name)) await visit(name);
      else throw unmade(`sql/${model.stage}/${table}.sql reads ${name}, which nothing has made`);
    }
    visiting.delete(table);
    order.push(model);
  };
  for (const table of wanted) await visit(table);
  return { order, inputs: [...inputs].sort() };
}

/** A fault of the code, which no retry mends. */
function unmade(what: string): FatalError {
  return new FatalError(what, { next: 'this should not happen: report it with the run id' });
}

const here = new URL('..', import.meta.url);
const textOf = (path: string) => readFileSync(new URL(path, here), 'utf8');

/** Hash over what every table passes through besides its own SQL and method: engine, activities, and the packages' versions. */
const machinery = sha256(
  [
    ...['engine', 'activities'].flatMap(folder =>
      readdirSync(new URL(`${folder}/`, here), { withFileTypes: true })
        .filter(entry => entry.isFile())
        .map(entry => `${folder}/${entry.name}`)
        .sort()
        .map(textOf),
    ),
    JSON.stringify(JSON.parse(textOf('package.json')).dependencies),
  ].join('\n'),
);

/** Hash over the texts of the models, of the dialect, and of the machinery. */
export function codeOf(order: readonly Model[], more: readonly string[] = []): string {
  return sha256(
    [machinery, dialectHash, ...order.map(model => `${model.table} ${model.sha256}`), ...more].join('\n'),
  );
}

export function hashesOf(tables: Tables, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map(name => [name, tables[name]!.sha256]));
}

/** Makes committed tables readable in a session. */
export async function attachTables(
  lake: Lake,
  session: Session,
  tables: Tables,
  names: readonly string[],
): Promise<void> {
  for (const name of names) {
    const table = await tableOf(lake, tables[name]!);
    await session.attach(
      name,
      table.files.map(file => lake.locate(file.key)),
    );
  }
}

const known = new Map<string, Promise<string[]>>();

function readsOf(session: Pick<Session, 'reads'>, model: Model): Promise<string[]> {
  const reading = known.get(model.sha256) ?? session.reads(model.sql);
  known.set(model.sha256, reading);
  reading.catch(() => known.delete(model.sha256));
  return reading;
}
