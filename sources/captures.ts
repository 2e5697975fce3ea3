import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type CaptureFormat,
  followKinds,
  type OutcomeCapture,
  type PageCapture,
  type Query,
  type SummaryCapture,
  summaryCounts,
} from '../contracts/collection.ts';
import { localMessageOf } from '../contracts/localMessage.ts';
import { longestLine } from '../contracts/message.ts';
import type { Session } from '../engine/engine.ts';
import { captureOf } from './captureLine.ts';
import { parseExactly } from './exactJson.ts';
import { headOf } from './fileKind.ts';
import type { Findings } from './findings.ts';
import { isBlank, type Line, linesOf, tooLong } from './lines.ts';
import { isNestedDeeper } from './nesting.ts';
import { OtherRows } from './otherTables.ts';
import { packingOf, unpack } from './plainCopy.ts';
import { mapperOf } from './platformBodies.ts';
import { asCaptured, RowFile, rawColumns, rawRows, refusal } from './rawRows.ts';
import type { MappedRow, Mapper } from './source.ts';

/** A body of 16 MB, written as a JSON string within its line, may take more than twice as much. */
const longestCapture = 4 * longestLine;
/** A thread of a thousand answers in a row is nested two thousand deep; beyond, a body means harm. */
const deepest = 2500;

const formats = {
  'captures-bluesky': { platform: 'bluesky', file: 'bluesky' },
  'captures-mastodon': { platform: 'mastodon', file: 'mastodon' },
  'captures-x': { platform: 'x', file: 'x-api-v2' },
} as const;

interface Reading {
  mapper: Mapper;
  platform: string;
  findings: Findings;
  rows: RowFile;
  others: OtherRows;
}

/**
 * Reads the segments of a bundle into `raw_rows` and the tables of what is told besides messages. Lines are counted
 * over all segments in order; each is one page or outcome, and `query` is its label.
 *
 * @param segments paths of the segments, in order
 */
export async function readSegments(
  session: Session,
  segments: readonly string[],
  format: CaptureFormat,
  findings: Findings,
  options: { scratch: string; signal: AbortSignal; progress(share: number): void },
): Promise<void> {
  const { platform, file } = formats[format];
  const rows = new RowFile(join(options.scratch, 'captures.ndjson'));
  const others = new OtherRows(options.scratch);
  const reading: Reading = { mapper: mapperOf(file), platform, findings, rows, others };
  try {
    let line = 0;
    for (const [index, segment] of segments.entries()) {
      options.progress(index / segments.length);
      line = await readSegment(segment, line, reading, options);
    }
  } finally {
    await rows.close();
    await others.close();
  }
  await session.define(rawRows, `SELECT ${rawColumns(asCaptured)} FROM (${rows.select()})`);
  await others.define(session);
}

/** @returns the number of the last line */
async function readSegment(
  path: string,
  before: number,
  reading: Reading,
  { scratch, signal }: { scratch: string; signal: AbortSignal },
): Promise<number> {
  const packing = packingOf(await headOf(path));
  const copy = join(scratch, 'segment');
  const plain = packing === undefined ? { path, cut: undefined } : await unpack(path, packing, copy, signal);
  let last = 0;
  for await (const lines of linesOf(plain.path, signal, longestCapture)) {
    for (const line of lines) {
      last = line.number;
      if (!isBlank(line)) await readLine(line, before + last, reading);
    }
  }
  if (plain.cut !== undefined) {
    last += 1;
    await reading.rows.add(before + last, refusal(plain.cut));
  }
  if (packing !== undefined) await rm(copy, { force: true });
  return before + last;
}

async function readLine({ bytes, length }: Line, line: number, reading: Reading): Promise<void> {
  if (bytes === undefined) {
    await reading.rows.add(line, refusal(tooLong(length, longestCapture)));
    return;
  }
  const capture = captureOf(bytes.toString('utf8'));
  if (capture === undefined) await reading.rows.add(line, refusal('line is not a capture'));
  else if (capture.what === 'outcome') await readOutcome(capture, line, reading);
  else if (capture.what === 'summary') await readSummary(capture, line, reading);
  else if (capture.what === 'expected') {
    const { label, hour, expected, captured_at } = capture;
    await reading.others.add('raw_counts', line, { hour, expected: String(expected), captured_at }, label);
  } else await readPage(capture, line, reading);
}

/** One row for each message or account that the question was about; one without a subject for standing questions. */
async function readOutcome(capture: OutcomeCapture, line: number, reading: Reading): Promise<void> {
  const { query, span, outcome, reason, captured_at } = capture;
  for (const about of subjectsOf(query)) {
    const fields = {
      platform: reading.platform,
      kind: query.kind,
      ...about,
      known: query.known === undefined ? null : String(query.known),
      span_from: span.from,
      span_to: span.to,
      outcome,
      reason,
      captured_at,
    };
    await reading.others.add('raw_outcomes', line, fields, query.label);
  }
}

async function readSummary(
  { label, hour, counts }: SummaryCapture,
  line: number,
  { others }: Reading,
): Promise<void> {
  const texts = Object.fromEntries(summaryCounts.map(name => [name, String(counts[name])]));
  await others.add('raw_summaries', line, { hour, ...texts }, label);
}

function subjectsOf({ kind, subjects }: Query): { subject: string | null; account: string | null }[] {
  if (!(followKinds as readonly string[]).includes(kind)) return [{ subject: null, account: null }];
  const [account = null, ...messages] = subjects;
  const isOfAccount = kind === 'records' && messages.length > 0;
  return (isOfAccount ? messages : subjects).map(subject => ({
    subject: localMessageOf(subject).uri,
    account: isOfAccount ? account : null,
  }));
}

async function readPage(capture: PageCapture, line: number, reading: Reading): Promise<void> {
  const { query, captured_at, status, body } = capture;
  const { label } = query;
  const document = bodyOf(body, reading.findings);
  if ('refused' in document) {
    await reading.rows.add(line, { ...refusal(document.refused), query: label });
    return;
  }
  const host = query.host === undefined ? undefined : URL.parse(query.host)?.host;
  const wanted = wantedOf(query);
  for (const mapped of reading.mapper.map(document.value, reading.findings, { query, captured_at, status })) {
    if ('fields' in mapped && wanted !== undefined && !isWanted(mapped, wanted)) {
      reading.findings.count('records_of_other_messages');
      continue;
    }
    if (!('fields' in mapped)) await reading.others.addMapped(line, mapped, { captured_at, query: label });
    else await reading.rows.add(line, { ...asOf(mapped, captured_at, host), query: label });
  }
}

/** The messages that an account was asked about, where its records tell of all that it ever passed on. */
function wantedOf({ kind, subjects }: Query): ReadonlySet<string> | undefined {
  const messages = subjects.slice(1).map(subject => localMessageOf(subject).uri);
  return kind === 'records' && messages.length > 0 ? new Set(messages) : undefined;
}

function isWanted({ fields, refused }: MappedRow, wanted: ReadonlySet<string>): boolean {
  if (refused !== undefined) return true;
  return [fields.root_id, fields.parent_id].some(id => id != null && wanted.has(id));
}

/** A row with the time of its capture, and with the server whose ids it carries. */
function asOf(row: MappedRow, captured_at: string, host: string | undefined): MappedRow {
  const fields = { ...row.fields, captured_at: row.fields.captured_at ?? captured_at };
  if (row.local === undefined) return { ...row, fields };
  return { ...row, fields, local: { ...row.local, host: host ?? row.local.host } };
}

function bodyOf(body: string, findings: Findings): { value: unknown } | { refused: string } {
  if (isNestedDeeper(body, deepest)) return { refused: `body is nested deeper than ${deepest}` };
  const hasNul = body.includes('\0');
  if (hasNul) findings.count('nul_removed');
  try {
    return { value: parseExactly(hasNul ? body.replaceAll('\0', '') : body) };
  } catch {
    return { refused: 'body is not JSON' };
  }
}
