import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engine } from '../engine/engine.ts';
import { message, person } from './world/identifiers.ts';
import { days, type WorldSize } from './world/rows.ts';
import { writeSheets } from './world/sheets.ts';
import { drawTalk } from './world/talk.ts';
import { textOf } from './world/texts.ts';
import { hostileWords, otherSense, topics, vocabulary } from './world/vocabulary.ts';

export const interval = { from: '2026-03-31', to: '2026-04-01' };
export const campaignName = 'bench';

const asText = (seed: number) => `
  SELECT
    CASE network WHEN 0 THEN 'bluesky' ELSE 'x' END AS platform,
    ${message('number', 'author')} AS message_id,
    ${person('author')} AS author_id,
    CAST(make_timestamp(1767225600000000 + CAST(created_ms AS BIGINT) * 1000) AS VARCHAR) || 'Z' AS created_at,
    CASE kind WHEN 0 THEN 'post' WHEN 1 THEN 'reshare' WHEN 2 THEN 'quote' ELSE 'reply' END AS kind,
    CASE WHEN parent IS NOT NULL THEN ${message('parent', 'parent_author')} END AS parent_id,
    CASE WHEN root IS NOT NULL THEN ${message('root', 'root_author')} END AS root_id,
    CASE WHEN kind <> 1 THEN ${textOf(seed)} END AS text,
    CASE WHEN number % 12 = 0 THEN NULL WHEN language = 0 THEN 'en' ELSE 'fr' END AS language,
    CASE WHEN kind >= 2 AND number % 2 = 0 THEN CAST(((number // 2) % 151 - 50) / 100 AS VARCHAR) END AS sentiment,
    CAST(followers AS VARCHAR) AS followers,
    CAST(make_timestamp(1775001600000000 + CAST(capture AS BIGINT) * 1000000) AS VARCHAR) || 'Z' AS captured_at,
    CASE WHEN is_deleted THEN 'true' ELSE 'false' END AS deleted
  FROM sorted CROSS JOIN lists`;

/** The budget grows with the world: about what a fifth of the candidates would cost. */
const budgetOf = ({ rows }: WorldSize) => Math.max(2000, Math.round(rows / 50));

const campaign = (size: WorldSize) => `campaign: ${campaignName}
brand: { name: Bench, accounts: ["x:1"] }
window: { conversations: ${days}d }
seed: ${size.seed}
sources:
  - { id: talk, type: files, format: messages, path: messages.parquet }
topics: ${JSON.stringify(Object.fromEntries(Object.entries(topics).map(([name, words]) => [name, words.flat()])))}
exclude: { ice cream: ${JSON.stringify(otherSense)} }
influence: { hostile: ${JSON.stringify(hostileWords)} }
orders: { path: orders.csv, currency: EUR, margin: 0.4 }
customers: { path: customers.csv }
codes: { path: codes.csv }
identities: { path: identities.csv }
optouts: { path: optouts.csv }
recruitment: { budget: ${budgetOf(size)} EUR, topic: ice cream, candidates: { path: candidates.csv }, holdout: 0.1 }
incentives:
  budget: ${budgetOf(size)} EUR
  earns:
    - { kind: commission, "on": order, rate: 0.1, cap: 200 EUR }
    - { kind: recognition, "on": mention, amount: 2 EUR, cap: 50 EUR }
  from: 2026-03-01
  to: 2026-03-31
privacy: { pseudonymise: false }
`;

/**
 * Writes the world into a folder: `messages.parquet`, all text as exports have it, in order of time; the campaign's own
 * files; `campaign.yaml`; and what was planted in `truth/`.
 *
 * @returns the path of the campaign file
 */
export async function writeWorld(engine: Engine, folder: string, size: WorldSize): Promise<string> {
  await mkdir(join(folder, 'truth'), { recursive: true });
  const session = await engine.open(folder);
  try {
    await session.load('talk', drawTalk(size));
    await session.define('sorted', 'SELECT * FROM talk ORDER BY created_ms, number, capture');
    await session.execute('DROP TABLE talk');
    const lists = Object.entries(vocabulary(size.seed));
    await session.fill('words', Object.fromEntries(lists.map(([name]) => [name, 'VARCHAR'])), [
      lists.map(([, words]) => words),
    ]);
    const split = lists.map(([name]) => `string_split(${name}, ' ') AS ${name}`);
    await session.define('lists', `SELECT ${split.join(', ')} FROM words`);
    await session.view('messages', asText(size.seed));
    const metadata = { dataset: 'messages' };
    await session.store('messages', join(folder, 'messages.parquet'), { grain: [], metadata });
    await writeSheets(session, folder, size);
  } finally {
    session.close();
  }
  const file = join(folder, 'campaign.yaml');
  await writeFile(file, campaign(size));
  return file;
}

/** A world in a folder of `place` that is named by what makes it; made once. Returns the path of the campaign file. */
export async function cachedWorld(engine: Engine, place: string, size: WorldSize): Promise<string> {
  const hash = createHash('sha256');
  for (const name of ['world.ts', ...globSync('world/*.ts', { cwd: import.meta.dirname }).sort()])
    hash.update(readFileSync(join(import.meta.dirname, name)));
  const folder = join(place, `world-${size.rows}-${size.seed}-${hash.digest('hex').slice(0, 8)}`);
  if (!existsSync(folder)) {
    const unfinished = `${folder}.part`;
    await rm(unfinished, { recursive: true, force: true });
    await writeWorld(engine, unfinished, size);
    await rename(unfinished, folder);
  }
  return join(folder, 'campaign.yaml');
}
