/**
 * What finding coordination takes at the size of a large night, under a small memory limit of the engine.
 * Run: node bench/authenticity.ts [messages, in millions; 10] [engine memory, in GB; 1]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { coordinationModels, judgedPairs } from '../activities/authenticity.ts';
import { planModels } from '../activities/modelPlan.ts';
import { fillParameters, parametersOf } from '../activities/settings.ts';
import { campaignSchema } from '../contracts/campaign.ts';
import { duckdbEngine } from '../engine/duckdb.ts';
import { quoteText, type Session } from '../engine/engine.ts';
import { cpuSecondsSoFar, forgetPeak, peakSoFar } from './measure.ts';

const messages = Number(process.argv[2] ?? 10) * 1e6;
const memory = Number(process.argv[3] ?? 1) * 1e9;
const roots = Math.round(messages * 0.45);
const authors = Math.round(messages / 8);

const start = "epoch_us(TIMESTAMP '2026-01-01 00:00:00')";
/** Uniform on [0, 1), the same in every run: a hash of the message's number and of what is drawn. */
const draw = (salt: number, of = 'i') => `(hash(${of} * 64 + ${salt}) % 1000003 / 1000003.0)`;

/**
 * Talk of 89 days: of a hundred messages 45 are posts in their own words, 50 reshares and 5 quotes. A few people speak often,
 * a few posts are forwarded often and mostly within the hour. Texts are 6 to 19 words of 50,000, common ones first, and all
 * name the brand; one in six has a link, one in twelve two hashtags, and one in five hundred repeats a text of a list.
 */
const talk = `
  SELECT
    CAST(i AS INTEGER) AS message_number,
    CAST(floor(${authors} * pow(${draw(1)}, 2)) AS INTEGER) AS author_number,
    CASE WHEN i < ${roots} THEN 'post' WHEN ${draw(2)} < 0.91 THEN 'reshare' ELSE 'quote' END AS kind,
    CASE WHEN author_number % 3 = 0 THEN 'x' ELSE 'bluesky' END AS platform,
    CASE WHEN i >= ${roots} THEN CAST(floor(${roots} * pow(${draw(3)}, 3)) AS INTEGER) END AS root_number,
    make_timestamp(${start} + CAST(CASE
      WHEN i < ${roots} THEN 89 * 86400e6 * ${draw(4)}
      ELSE least(89 * 86400e6, 89 * 86400e6 * ${draw(4, 'root_number')} + 60e6 * pow(${draw(5)}, -1.2))
    END AS BIGINT)) AS created_at,
    CASE WHEN kind <> 'reshare' THEN
      CASE WHEN ${draw(6)} < 0.002 THEN 'the same words again about hokeypokey and more of number ' || repeat(chr(97 + CAST(hash(i) % 26 AS INTEGER)), 3)
      ELSE 'hokeypokey ' || array_to_string(list_transform(
        range(CAST(5 + floor(13 * ${draw(7)}) AS BIGINT)),
        lambda place: 'w' || translate(CAST(CAST(floor(50000 * pow(hash(i * 64 + 20 + place) % 1000003 / 1000003.0, 4)) AS INTEGER) AS VARCHAR), '0123456789', 'abcdefghij')
      ), ' ') END
      || CASE WHEN ${draw(8)} < 0.16 THEN ' https://news.example/' || CAST(floor(2e5 * pow(${draw(9)}, 2)) AS INTEGER) ELSE '' END
      || CASE WHEN ${draw(10)} < 0.08 THEN ' #gelato #tag' || chr(97 + CAST(floor(26 * ${draw(11)}) AS INTEGER)) ELSE '' END
    END AS text
  FROM range(${messages}) AS numbers(i)`;

async function write(session: Session, folder: string, table: string, select: string): Promise<void> {
  const file = join(folder, `${table}.parquet`);
  await session.execute(`COPY (${select}) TO ${quoteText(file)} (FORMAT parquet, COMPRESSION zstd)`);
  await session.attach(table, [file]);
}

async function inSession<T>(
  folder: string,
  bytes: number,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await duckdbEngine({ memoryBytes: bytes, threads: 2, spillBytes: 1e11 }).open(folder);
  try {
    return await work(session);
  } finally {
    session.close();
  }
}

const folder = await mkdtemp(join(tmpdir(), 'sillage-bench-'));
try {
  const given = ['stg_messages', 'stg_persons', 'est_forest'];
  await inSession(folder, 4e9, async session => {
    await write(session, folder, 'stg_messages', talk);
    await write(
      session,
      folder,
      'stg_persons',
      'SELECT DISTINCT author_number, author_number AS person_number, false AS is_brand FROM stg_messages',
    );
    await write(
      session,
      folder,
      'est_forest',
      'SELECT message_number, true AS is_seen, root_number AS parent_number, coalesce(root_number, message_number) AS root_number FROM stg_messages',
    );
  });
  const campaign = campaignSchema.parse({
    campaign: 'bench',
    brand: { name: 'B' },
    sources: [{ id: 'talk', type: 'files', format: 'messages', path: 'talk.ndjson' }],
  });
  await inSession(folder, memory, async session => {
    await fillParameters(
      session,
      parametersOf(campaign, { interval: { from: '2026-03-30', to: '2026-03-31' } }),
    );
    for (const table of given) await session.attach(table, [join(folder, `${table}.parquet`)]);
    const plan = await planModels(session, coordinationModels, new Set(given));
    forgetPeak();
    const begun = { seconds: performance.now(), cpu: cpuSecondsSoFar() };
    for (const model of plan.order) {
      const before = performance.now();
      await session.define(model.table, model.sql);
      const [result] = await session.rows<{ rows: number }>(`SELECT count(*) AS rows FROM ${model.table}`);
      console.log(
        `${model.table}: ${result!.rows} rows, ${((performance.now() - before) / 1000).toFixed(1)} s`,
      );
    }
    const judged = await judgedPairs(session, new AbortController().signal);
    const flagged = judged.is_flagged!.filter(value => value === 1).length;
    console.log(`${judged.pairs!.length} pairs judged, ${flagged} flagged`);
    console.log(
      `${messages} messages with ${memory / 1e9} GB for the engine: ${((performance.now() - begun.seconds) / 1000).toFixed(0)} s, processor ${(cpuSecondsSoFar() - begun.cpu).toFixed(0)} s, process at most ${(peakSoFar() / 1e9).toFixed(2)} GB`,
    );
  });
} finally {
  await rm(folder, { recursive: true, force: true });
}
