import { createHash, randomBytes } from 'node:crypto';
import { liveTypes } from '../contracts/liveSources.ts';
import type { Night } from '../contracts/night.ts';
import type { StepResult, Tables } from '../contracts/table.ts';
import { quoteText, type Session } from '../engine/engine.ts';
import type { Lake } from '../lake/lake.ts';
import { sha256 } from '../lake/steps.ts';
import { attachTables, codeOf, hashesOf } from './modelPlan.ts';
import { settingsOf } from './settings.ts';
import { runStep } from './step.ts';
import { storeTable } from './store.ts';
import type { World } from './world.ts';

const keyName = 'keys/pseudonym';
const inputs = [
  'raw_brand_accounts',
  'stg_counts',
  'stg_outcomes',
  'stg_refusals',
  'stg_rows',
  'stg_summaries',
];

/**
 * The pseudonym of every id that was read: its platform, then the first 128 bits of HMAC-SHA256 (RFC 2104) of the id
 * under the lake's key. Empty where the campaign does not pseudonymise.
 */
export async function pseudonymise(
  world: World,
  input: { night: Night; tables: Tables },
): Promise<StepResult> {
  const { night, tables } = input;
  const { campaign } = await settingsOf(world.lake, night);
  const wanted = campaign.privacy.pseudonymise;
  const pseudonyms = await pseudonymsFor(world, wanted);
  const making = {
    inputs: wanted ? hashesOf(tables, inputs) : {},
    code: codeOf([]),
    parameters: pseudonyms.parameters,
  };
  const plan = { stage: 'conversations' as const, step: 'pseudonyms', making, outputs: ['est_pseudonyms'] };
  return runStep(world, night, plan, async workshop => {
    const { session } = workshop;
    if (wanted) await attachTables(world.lake, session, tables, inputs);
    await pseudonyms.define(session, 'est_pseudonyms', idsRead);
    const shape = {
      table: 'est_pseudonyms',
      sentence: 'The name under which each id leaves the house.',
      grain: ['id'],
      checks: ['pseudonym IS NOT NULL'],
      meaning: making.code,
    };
    return [await storeTable(world.lake, night.campaign, workshop, shape)];
  });
}

const idsRead = [
  ...['message_id', 'author_id', 'parent_id', 'root_id', 'reply_to_id', 'via_id'].map(
    column => `SELECT ${column} AS id FROM stg_rows WHERE ${column} IS NOT NULL`,
  ),
  // An answered message that nobody handed in is named so by int_rows.
  `SELECT platform || ':' || local_host || '/' || local_parent AS id FROM stg_rows
   WHERE local_host IS NOT NULL AND local_parent IS NOT NULL`,
  'SELECT author_id AS id FROM raw_brand_accounts',
  // Questions that follow an account name it.
  ...['stg_counts', 'stg_outcomes', 'stg_refusals', 'stg_rows', 'stg_summaries'].flatMap(table =>
    liveTypes.map(
      platform => `SELECT DISTINCT under_platform(${quoteText(platform)}, split_part(substr(query, 9), ' at ', 1)) AS id
        FROM ${table} WHERE query LIKE 'account %'`,
    ),
  ),
];

/** Pseudonyms as a campaign wants them. */
export interface Pseudonyms {
  /** What they depend on besides the ids; tells which key without telling it. */
  parameters: { wanted: boolean; key: string };
  /** Makes a table (id, pseudonym) of the ids that some SELECTs give; an empty one where none are wanted. */
  define(session: Session, table: string, ids: readonly string[]): Promise<void>;
}

/** Of a campaign that shows ids as they are. */
export const noPseudonyms: Pick<Pseudonyms, 'define'> = {
  define: (session, table) => session.fill(table, { id: 'VARCHAR', pseudonym: 'VARCHAR' }, []),
};

export async function pseudonymsFor(world: World, wanted: boolean): Promise<Pseudonyms> {
  const secret = wanted ? await pseudonymKey(world) : '';
  return {
    parameters: { wanted, key: sha256(`which key ${secret}`).slice(0, 16) },
    async define(session, table, ids) {
      if (!wanted) return noPseudonyms.define(session, table, ids);
      await session.define(table, pseudonymsOf(secret, ids)).catch(() => {
        // The engine's own words may quote the statement, and the key stands in it.
        throw new Error('the pseudonyms could not be computed');
      });
    },
  };
}

/** HMAC in SQL: H((k ⊕ opad) || H((k ⊕ ipad) || id)), because ids by the million pass an engine, not a loop. */
function pseudonymsOf(secret: string, ids: readonly string[]): string {
  const pad = (byte: number) => `unhex(${quoteText(padded(secret, byte).toString('hex'))})`;
  return `
    SELECT id, split_part(id, ':', 1) || ':' || substr(sha256(${pad(0x5c)} || unhex(sha256(${pad(0x36)} || encode(id)))), 1, 32) AS pseudonym
    FROM (SELECT DISTINCT id FROM (${ids.join(' UNION ALL ')}) WHERE id IS NOT NULL)`;
}

function padded(secret: string, byte: number): Buffer {
  const bytes = Buffer.from(secret, 'utf8');
  const key = bytes.length > 64 ? createHash('sha256').update(bytes).digest() : bytes;
  return Buffer.alloc(64, 0)
    .fill(key, 0, key.length)
    .map(value => value ^ byte) as Buffer;
}

/** The key from the environment, or the one that the lake made for itself. */
async function pseudonymKey({ lake, pseudonymKey }: { lake: Lake; pseudonymKey: string | undefined }) {
  if (pseudonymKey !== undefined) return pseudonymKey;
  await lake.commit(keyName, randomBytes(32).toString('hex'), { secret: true });
  return (await lake.read(keyName))!.toString('utf8');
}
