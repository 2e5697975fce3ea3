import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileFormat } from '../contracts/campaign.ts';
import { type CaptureFormat, captureFormats } from '../contracts/collection.ts';
import { FatalError } from '../contracts/errors.ts';
import type { Session } from '../engine/engine.ts';
import { readSegments } from '../sources/captures.ts';
import { headOf, kindOf, refuseOtherFormat } from '../sources/fileKind.ts';
import { Findings } from '../sources/findings.ts';
import { readMessagesCsv } from '../sources/messagesCsv.ts';
import { readMessagesJson } from '../sources/messagesJson.ts';
import { readMessagesParquet } from '../sources/messagesParquet.ts';
import { leaveOthersEmpty } from '../sources/otherTables.ts';
import { packingOf, unpack } from '../sources/plainCopy.ts';
import { mapperOf, type PlainFile, readBodies } from '../sources/platformBodies.ts';
import { fillFindings, RowFile, rawColumns, rawRows, refusal } from '../sources/rawRows.ts';
import { faultKind } from './faultKind.ts';

export interface ForeignFile {
  /** The raw copy, by any name. */
  path: string;
  /** The file as the user knows it. */
  name: string;
  format: FileFormat;
  sha256: string;
}

/** The captures of a network, as segments in the lake. */
export interface CaptureBundle {
  /** Paths of the segments, in order. */
  segments: readonly string[];
  format: CaptureFormat;
}

export function isCaptureFormat(format: string): format is CaptureFormat {
  return (captureFormats as readonly string[]).includes(format);
}

export interface ReadOptions {
  /** A folder of the attempt's own. */
  scratch: string;
  signal: AbortSignal;
  /** Told the share of the reading done, 0..1. */
  progress(share: number): void;
}

/**
 * Reads one exported file, or a bundle of captures, into the tables `raw_rows` (a row a message, all text, with what
 * the reader itself refused), `raw_findings` (measure, value) and those of what is told besides messages, for the
 * models `stg_` to judge.
 *
 * @throws FatalError where the whole file is not what it was said to be
 */
export async function readRaw(
  session: Session,
  file: ForeignFile | CaptureBundle,
  options: ReadOptions,
): Promise<void> {
  const beat = setInterval(() => {
    const share = session.progress();
    if (share !== undefined) options.progress(share);
  }, 1000);
  try {
    const findings = new Findings();
    if ('segments' in file) await readSegments(session, file.segments, file.format, findings, options);
    else await readInto(session, file, findings, options);
    await countMended(session, findings);
    await fillFindings(session, findings);
    // Nobody stands by who could mend what a network answered: its refused rows are in the books.
    if (!('segments' in file)) await refuseWhollyRefused(session, file);
  } finally {
    clearInterval(beat);
  }
}

async function readInto(
  session: Session,
  file: ForeignFile,
  findings: Findings,
  options: ReadOptions,
): Promise<void> {
  await leaveOthersEmpty(session);
  const plain = await plainFile(file, options);
  const kind = kindOf(plain.head, file.name);
  refuseOtherFormat(plain.head, kind, file.format, file.name);
  if (kind === 'empty') {
    findings.count('empty_files');
    const rows = new RowFile(join(options.scratch, 'nothing.ndjson'));
    if (plain.cut !== undefined) await rows.add(1, refusal(plain.cut));
    await rows.close();
    await session.define(rawRows, `SELECT ${rawColumns({})} FROM (${rows.select()})`);
  } else if (file.format !== 'messages') {
    if (kind !== 'json') {
      throw new FatalError(
        `looks like ${kind === 'csv' ? 'CSV' : 'Parquet'}; declared ${file.format}, which is JSON`,
        {
          where: file.name,
          next: 'hand in the bodies as the API gave them, or convert the file to `messages`',
        },
      );
    }
    await readBodies(session, plain, mapperOf(file.format), findings, options);
  } else if (kind === 'parquet') await readMessagesParquet(session, plain.path, file.name, findings);
  else if (kind === 'csv') await readMessagesCsv(session, plain, file.name, findings, options);
  else await readMessagesJson(session, plain, findings, options);
  if (plain.path !== file.path) await rm(plain.path, { force: true });
}

async function plainFile(file: ForeignFile, options: ReadOptions): Promise<PlainFile> {
  const head = await headOf(file.path);
  const packing = packingOf(head);
  if (packing === undefined) return { path: file.path, head, cut: undefined };
  const { path, cut } = await unpack(file.path, packing, join(options.scratch, 'unpacked'), options.signal);
  return { path, head: await headOf(path), cut };
}

/** What SQL mends in silence is counted here. */
async function countMended(session: Session, findings: Findings): Promise<void> {
  const [nul] = await session.rows<{ n: number }>(
    `SELECT count(*) FILTER (WHERE contains(text, chr(0))) AS n FROM ${rawRows}`,
  );
  if (nul!.n > 0) findings.count('nul_removed', nul!.n);
  const [odd] = await session.rows<{ n: number }>(
    `SELECT CAST(coalesce(sum(n), 0) AS BIGINT) AS n FROM (SELECT language, count(*) AS n FROM ${rawRows} GROUP BY language)
     WHERE language <> '' AND NOT regexp_matches(language, '^[A-Za-z]{2,8}([-_]|$)')`,
  );
  if (odd!.n > 0) findings.count('languages_not_understood', odd!.n);
}

const refusals = readFileSync(new URL('../sql/conversations/stg_refusals.sql', import.meta.url), 'utf8');
/** Fewer refused rows than this may be bad luck. */
const fewestToJudge = 10;

/** A file of which nothing can be used is a file of another kind. */
async function refuseWhollyRefused(session: Session, file: ForeignFile): Promise<void> {
  const refusedAmong = async (limit: string) => {
    const [count] = await session.rows<{ rows: number; refused: number }>(
      `WITH params AS (SELECT '' AS file_sha256), raw_rows AS (SELECT * FROM temp.main.${rawRows} ${limit})
       SELECT (SELECT count(*) FROM raw_rows) AS rows, (SELECT count(*) FROM (${refusals})) AS refused`,
    );
    return count!;
  };
  const first = await refusedAmong('LIMIT 100');
  if (first.refused < first.rows || first.rows < fewestToJudge) return;
  const all = await refusedAmong('');
  if (all.refused < all.rows) return;
  const reasons = await session.rows<{ line: number; reason: string }>(
    `WITH params AS (SELECT '' AS file_sha256) SELECT line, reason FROM (${refusals}) ORDER BY line, item LIMIT 3`,
  );
  throw new FatalError(
    `none of its ${all.rows} rows can be used: ${reasons.map(({ line, reason }) => `line ${line}: ${faultKind(reason)}`).join('; ')}`,
    { where: file.name, next: `check that it is of format ${file.format}` },
  );
}
