import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import type { FileFormat } from '../contracts/campaign.ts';
import { FatalError } from '../contracts/errors.ts';

/** How the rows of a plain file are written down. */
export type FileKind = 'json' | 'csv' | 'parquet' | 'empty';

const headBytes = 1 << 18;

export async function headOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const head = Buffer.alloc(headBytes);
    const { bytesRead } = await file.read(head, 0, headBytes, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/**
 * The kind of a plain file: by its first bytes, then by its name, then by its content.
 *
 * @param name the file as the user knows it
 * @throws FatalError on bytes that are no text and no Parquet
 */
export function kindOf(head: Buffer, name: string): FileKind {
  if (head.length === 0) return 'empty';
  if (startsWith(head, 'PAR1')) return 'parquet';
  refuseBinary(head, name);
  const extension = /\.([a-z]+)$/.exec(name.toLowerCase().replace(/\.(gz|zst|zstd)$/, ''))?.[1] ?? '';
  if (extension === 'parquet') {
    throw new FatalError('the file is named .parquet and is not Parquet', {
      where: name,
      next: 'export it again, or give it the extension of what it is',
    });
  }
  const first = textOf(head).trimStart()[0];
  if (['ndjson', 'jsonl', 'json'].includes(extension)) return 'json';
  if (['csv', 'tsv'].includes(extension) && first !== '{') return 'csv';
  return first === '{' || first === '[' || !/[,;\t]/.test(firstLine(head)) ? 'json' : 'csv';
}

const binaries: [magic: string, what: string, next: string][] = [
  ['PK\x03\x04', 'a ZIP archive or a spreadsheet', 'unpack it, or export the sheet as CSV'],
  ['\x1f\x8b', 'gzip inside its packing', 'unpack it once'],
  ['\x28\xb5\x2f\xfd', 'zstd inside its packing', 'unpack it once'],
  ['BZh', 'a bzip2 archive', 'unpack it, or pack it with gzip or zstd'],
  ['\xfd7zXZ', 'an xz archive', 'unpack it, or pack it with gzip or zstd'],
  ['7z\xbc\xaf', 'a 7-Zip archive', 'unpack it, or pack it with gzip or zstd'],
  ['SQLite format 3', 'an SQLite database', 'export its table as CSV or NDJSON'],
  ['%PDF', 'a PDF', 'hand in the data behind it'],
  ['\x89PNG', 'a picture', 'hand in an export of the conversations'],
  ['\xff\xd8\xff', 'a picture', 'hand in an export of the conversations'],
  ['GIF8', 'a picture', 'hand in an export of the conversations'],
];

function refuseBinary(head: Buffer, name: string): void {
  const wide = startsWith(head, '\xff\xfe\0\0') || startsWith(head, '\0\0\xfe\xff') ? 'utf-32' : utf16(head);
  if (wide !== undefined) {
    throw new FatalError(`the file is written in ${wide.toUpperCase()}`, {
      where: name,
      next: `convert it: iconv -f ${wide} -t utf-8`,
    });
  }
  const known = binaries.find(([magic]) => startsWith(head, magic));
  if (known !== undefined) throw new FatalError(`the file is ${known[1]}`, { where: name, next: known[2] });
  const control = head.reduce((count, byte) => count + (byte < 9 || (byte > 13 && byte < 32) ? 1 : 0), 0);
  // Text in an older code page has bytes that are not UTF-8 but hardly any that control a terminal.
  if (control > head.length / (isUtf8(head) ? 3 : 10)) {
    throw new FatalError('the file is binary', { where: name, next: 'export it as NDJSON, CSV or Parquet' });
  }
}

function utf16(head: Buffer): string | undefined {
  if (startsWith(head, '\xff\xfe') || startsWith(head, '\xfe\xff')) return 'utf-16';
  if (head.length < 4) return undefined;
  const zeros = [0, 0];
  for (const [index, byte] of head.entries()) if (byte === 0) zeros[index % 2]! += 1;
  const half = head.length / 2;
  if (zeros[1]! > half * 0.7 && zeros[0]! < half * 0.1) return 'utf-16le';
  return zeros[0]! > half * 0.7 && zeros[1]! < half * 0.1 ? 'utf-16be' : undefined;
}

function startsWith(head: Buffer, magic: string): boolean {
  return head.subarray(0, magic.length).equals(Buffer.from(magic, 'latin1'));
}

/** The beginning of a text file, without a byte order mark. */
export function textOf(head: Buffer): string {
  return new TextDecoder().decode(head);
}

function firstLine(head: Buffer): string {
  return textOf(head).split('\n', 1)[0]!;
}

const signatures: [format: FileFormat, what: string, shape: RegExp[]][] = [
  [
    'bluesky',
    'posts of Bluesky',
    [/"uri"\s*:\s*"at:\/\/|"(collection|\$type)"\s*:\s*"app\.bsky\.|"did"\s*:\s*"did:/],
  ],
  ['youtube', "pages of YouTube's Data API", [/"kind"\s*:\s*"youtube#/]],
  [
    'reddit',
    'submissions or comments of Reddit',
    [/"created_utc"\s*:/, /"(subreddit|link_id|selftext|author_fullname)"\s*:/],
  ],
  ['mastodon', 'Mastodon statuses', [/"(uri|ancestors|descendants)"\s*:/, /"account"\s*:/]],
  [
    'x-api-v1',
    'X API v1.1 statuses',
    [/"id_str"\s*:/, /"(user|retweeted_status|in_reply_to_status_id_str)"\s*:/],
  ],
  [
    'x-api-v2',
    'X API v2 pages',
    [/"(public_metrics|edit_history_tweet_ids|conversation_id|referenced_tweets|result_count)"\s*:/],
  ],
  ['messages', 'messages', [/"?message_id"?\s*[:,;\t]/, /"?platform"?\s*[:,;\t]/]],
];

/**
 * Refuses a file that plainly is of another format than the campaign file says.
 *
 * @throws FatalError naming the format that it looks like
 */
export function refuseOtherFormat(head: Buffer, kind: FileKind, declared: FileFormat, name: string): void {
  if (kind === 'empty' || (kind === 'parquet' && declared === 'messages')) return;
  const text = textOf(head);
  const matching = signatures.filter(([, , shape]) => shape.every(part => part.test(text)));
  if (matching.some(([format]) => format === declared)) return;
  const other = kind === 'parquet' ? signatures.find(([format]) => format === 'messages') : matching[0];
  if (other === undefined) return;
  const what = kind === 'parquet' ? 'Parquet' : other[1];
  throw new FatalError(`looks like ${what}; declared ${declared}`, {
    where: name,
    next: `set \`format: ${other[0]}\` for it in the campaign file`,
  });
}
