import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { isStage, type Stage } from '../contracts/stages.ts';

/** One SELECT of `sql/`: what one table means. */
export interface Model {
  table: string;
  stage: Stage;
  sql: string;
  /** Over the text as it stands: part of the fingerprint of every step that runs it. */
  sha256: string;
  sentence: string;
  grain: string[];
  /** Conditions that hold for every row; `is not true` is a breach. */
  checks: string[];
  /** The DATE column by whose value the table is split into files, if it is. */
  splitBy: string | undefined;
  /** Why its rows may become fewer from night to night; `gates.max_drop` holds for the others. */
  mayShrink: string | undefined;
  /** What each column says, for the readers of the catalog. */
  comments: Record<string, string>;
}

const folder = new URL('../sql/', import.meta.url);

/** Hash over the engine's dialect file: the macros are part of what every model means. */
export const dialectHash = hashOf(readFileSync(new URL('dialect/duckdb.sql', folder), 'utf8'));

/** Every model of `sql/`, by table name. */
export const models: ReadonlyMap<string, Model> = new Map(
  readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && isStage(entry.name))
    .flatMap(stage => readStage(stage.name as Stage))
    .map(model => [model.table, model]),
);

export function modelOf(table: string): Model {
  const model = models.get(table);
  if (model === undefined) throw new Error(`sql/ has no model ${table}`);
  return model;
}

function readStage(stage: Stage): Model[] {
  return readdirSync(new URL(`${stage}/`, folder))
    .filter(name => name.endsWith('.sql'))
    .sort()
    .map(name => {
      const sql = readFileSync(new URL(`${stage}/${name}`, folder), 'utf8');
      return { table: name.slice(0, -'.sql'.length), stage, sql, sha256: hashOf(sql), ...headerOf(sql) };
    });
}

/** Reads the header: a sentence, then `-- grain:`, `-- split by:`, `-- may shrink:`, `-- check:` and `-- column:` lines. */
function headerOf(sql: string): Omit<Model, 'table' | 'stage' | 'sql' | 'sha256'> {
  const lines = sql.split('\n');
  const end = lines.findIndex(line => !line.startsWith('--'));
  const header = lines.slice(0, end).map(line => line.replace(/^--\s*/, ''));
  const tagged = (tag: string) =>
    header.filter(line => line.startsWith(`${tag}: `)).map(line => line.slice(tag.length + 2).trim());
  return {
    sentence: header[0] ?? '',
    grain: tagged('grain').flatMap(list => list.split(/\s*,\s*/).filter(name => name !== '–')),
    checks: tagged('check'),
    splitBy: tagged('split by')[0],
    mayShrink: tagged('may shrink')[0],
    comments: Object.fromEntries(
      tagged('column').map(line => {
        const [name, ...comment] = line.split(' – ');
        return [name!, comment.join(' – ')];
      }),
    ),
  };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
