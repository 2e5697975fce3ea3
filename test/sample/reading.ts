import { type Files, unpack } from '../../tools/sample/files.ts';

/**
 * A second, plain reading of the sample's files that shares nothing with the generator but the decompression:
 * what it counts is what stands in the files, whatever the generator believes.
 */
export interface Read {
  source: string;
  id: string;
  author: string;
  at: number;
  kind: string;
  captured: number;
  isDeleted: boolean;
  /** The message that is forwarded, as far as the file tells. */
  forwards: string | undefined;
  answers: string | undefined;
  text: string;
  link: string | undefined;
  hashtags: string;
}

export interface Reading {
  rows: Read[];
  refused: { source: string; reason: string }[];
  /** Seen only inside others, by id. */
  inside: Map<string, Read>;
}

// biome-ignore lint/suspicious/noExplicitAny: bodies of other people's making, judged field by field.
type Json = Record<string, any>;
const kinds = new Set(['post', 'reshare', 'quote', 'reply', 'comment']);
const stamp = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

export function textOf(files: Files['all'], path: string): string {
  return unpack(path, files.get(path)!).toString('utf8');
}

export function readSample(files: Files['all']): Reading {
  const reading: Reading = { rows: [], refused: [], inside: new Map() };
  const numbers = new Map<string, string>();
  for (const path of [...files.keys()].sort()) {
    if (path.startsWith('exports/x/')) readX(path, textOf(files, path), reading);
    if (path.startsWith('exports/mastodon/')) readMastodon(path, textOf(files, path), reading, numbers);
    if (path.startsWith('messages/talk')) readTalk(textOf(files, path), reading);
    if (path === 'messages/listening.csv') readListening(textOf(files, path), reading);
  }
  for (const row of reading.rows)
    if (row.answers?.startsWith('number:')) row.answers = numbers.get(row.answers) ?? row.answers;
  return reading;
}

/** One row a message: a tombstone ends all, else the newest capture stands. */
export function resolve({ rows }: Reading): {
  staged: Map<string, Read>;
  lost: Map<string, number>;
  gone: Read[];
} {
  const best = new Map<string, Read>();
  const lost = new Map<string, number>();
  for (const row of rows) {
    const other = best.get(row.id);
    const wins =
      !other || (row.isDeleted !== other.isDeleted ? row.isDeleted : row.captured > other.captured);
    const loser = wins ? other : row;
    if (loser) lost.set(loser.source, (lost.get(loser.source) ?? 0) + 1);
    if (wins) best.set(row.id, row);
  }
  const gone = [...best.values()].filter(row => row.isDeleted);
  for (const row of gone) best.delete(row.id);
  return { staged: best, lost, gone };
}

function lines(text: string, source: string, reading: Reading, use: (value: Json) => void): void {
  for (const line of text.split('\n')) {
    if (line === '') continue;
    try {
      // A number with more digits than a double holds is read as text; one with an exponent has lost them.
      use(JSON.parse(line.replace(/"(message_id|author_id)":(\d+)(?=[,}])/g, '"$1":"$2"')));
    } catch {
      reading.refused.push({
        source,
        reason: line.startsWith('{"') && line.length > 100 ? 'truncated' : 'not JSON',
      });
    }
  }
}

function accept(
  reading: Reading,
  row: Omit<Read, 'at'> & { numbers: unknown[]; created: unknown; native: unknown },
): void {
  const { created, native: _, numbers: __, ...rest } = row;
  const at = typeof created === 'string' && stamp.test(created) ? Date.parse(created) : Number.NaN;
  const reason = fault(row, at);
  if (reason) {
    reading.refused.push({ source: row.source, reason });
    return;
  }
  reading.rows.push({ ...rest, at });
}

function fault(
  row: { author: string; kind: string; numbers: unknown[]; created: unknown; native: unknown },
  at: number,
): string | undefined {
  if (row.native === undefined) return 'missing id';
  if (typeof row.native !== 'string' || /^\d[.,]?\d*e\+?\d+$/i.test(row.native)) return 'lost digits';
  if (row.author.endsWith(':')) return 'missing author';
  if (!kinds.has(row.kind)) return 'unknown kind';
  if (row.numbers.some(value => value !== undefined && Number.isNaN(Number(value)))) return 'not a number';
  // JavaScript rolls 30 February over into March: only a day that reads back is one.
  const day = String(row.created).slice(0, 10);
  const isDay = !Number.isNaN(at) && new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
  return isDay ? undefined : 'unparsable date';
}

function readX(path: string, text: string, reading: Reading): void {
  const one = (post: Json, isInside: boolean) => {
    const named = Array.isArray(post.referenced_tweets) ? post.referenced_tweets : [];
    const of = (type: string) =>
      named.find((reference: Json) => reference.type === type)?.id as string | undefined;
    const forwards = of('retweeted') ?? of('quoted');
    const row = {
      source: 'x',
      id: `x:${post.id}`,
      author: `x:${post.author_id ?? ''}`,
      kind: of('retweeted') ? 'reshare' : of('quoted') ? 'quote' : of('replied_to') ? 'reply' : 'post',
      captured: 0,
      isDeleted: false,
      forwards: forwards && `x:${forwards}`,
      answers: of('replied_to') && `x:${of('replied_to')}`,
      text: post.text as string,
      link: post.entities?.urls?.[0]?.expanded_url as string | undefined,
      hashtags: hashtagsOf(post.text ?? ''),
    };
    if (isInside) reading.inside.set(row.id, { ...row, at: Date.parse(post.created_at) });
    else accept(reading, { ...row, numbers: [], created: post.created_at, native: post.id });
  };
  if (path.endsWith('.jsonl')) {
    lines(text, 'x', reading, post => one(post, false));
    return;
  }
  const body = JSON.parse(text);
  for (const post of Array.isArray(body) ? body : body.data) one(post, false);
  for (const post of body.includes?.tweets ?? []) one(post, true);
}

function readMastodon(path: string, text: string, reading: Reading, numbers: Map<string, string>): void {
  const one = (status: Json, isInside: boolean) => {
    const inner = status.reblog ?? status.quote?.quoted_status;
    const row = {
      source: 'mastodon',
      id: `mastodon:${status.uri}`,
      author: `mastodon:${status.account?.uri ?? ''}`,
      kind: status.reblog ? 'reshare' : inner ? 'quote' : status.in_reply_to_id ? 'reply' : 'post',
      captured: 0,
      isDeleted: false,
      forwards: inner && `mastodon:${inner.uri}`,
      answers: status.in_reply_to_id ? `number:${status.in_reply_to_id}` : undefined,
      text: String(status.content).replace(/<[^>]*>/g, ''),
      link: undefined,
      hashtags: hashtagsOf(String(status.content).replace(/<[^>]*>/g, '')),
    };
    numbers.set(`number:${status.id}`, row.id);
    if (inner) one(inner, true);
    if (isInside) reading.inside.set(row.id, { ...row, at: Date.parse(status.created_at) });
    else accept(reading, { ...row, numbers: [], created: status.created_at, native: status.uri });
  };
  if (path.includes('statuses')) {
    lines(text, 'mastodon', reading, status => one(status, false));
    return;
  }
  const body = JSON.parse(text);
  for (const status of Array.isArray(body) ? body : [...body.ancestors, ...body.descendants])
    one(status, false);
}

function fromMessages(source: string, row: Json, reading: Reading): void {
  const native = (id: unknown) => (id ? `${row.platform}:${id}` : undefined);
  const isForward = row.kind === 'reshare' || row.kind === 'quote';
  accept(reading, {
    source,
    id: `${row.platform}:${row.message_id}`,
    author: `${row.platform}:${row.author_id ?? ''}`,
    kind: row.kind,
    captured: Date.parse(row.captured_at),
    isDeleted: row.deleted === true || row.deleted === 'true',
    forwards: isForward ? native(row.via_id || row.parent_id) : undefined,
    answers: row.kind === 'reply' ? native(row.parent_id) : native(row.reply_to_id),
    text: row.text ?? '',
    link: /https:\/\/\S+/.exec(row.text ?? '')?.[0],
    hashtags: hashtagsOf(row.text ?? ''),
    numbers: [row.sentiment, row.followers, row.likes, row.views],
    created: row.created_at,
    native: row.message_id,
  });
}

function readTalk(text: string, reading: Reading): void {
  lines(text, 'talk', reading, row => fromMessages('talk', row, reading));
}

function readListening(text: string, reading: Reading): void {
  const [header, ...rows] = cellsOf(text.replace(/^\uFEFF/, ''), ';');
  for (const [i, cells] of rows.entries()) {
    if (cells.length !== header!.length) {
      reading.refused.push({
        source: 'listening',
        reason: i === rows.length - 1 ? 'truncated' : 'malformed',
      });
      continue;
    }
    fromMessages('listening', Object.fromEntries(header!.map((name, c) => [name, cells[c]])), reading);
  }
}

const hashtagsOf = (text: string) =>
  (text.match(/#\p{L}+/gu) ?? [])
    .map(tag => tag.toLowerCase())
    .sort()
    .join(' ');

/** CSV with quoted cells, which may hold line breaks. */
export function cellsOf(text: string, separator = ','): string[][] {
  const rows: string[][] = [[]];
  for (const [, cell, end] of text.matchAll(
    new RegExp(`("(?:[^"]|"")*"|[^${separator}\\r\\n]*)(${separator}|\\r?\\n|$)`, 'g'),
  )) {
    if (cell === '' && end === '' && rows.at(-1)!.length === 0) break;
    rows.at(-1)!.push(cell!.startsWith('"') ? cell!.slice(1, -1).replaceAll('""', '"') : cell!);
    if (end === '') break;
    if (end !== separator) rows.push([]);
  }
  return rows.filter(row => row.length > 0);
}

/** A CSV file as objects. */
export function tableOf(files: Files['all'], path: string): Record<string, string>[] {
  const [header, ...rows] = cellsOf(textOf(files, path));
  return rows.map(cells => Object.fromEntries(header!.map((name, i) => [name, cells[i] ?? ''])));
}
