import { createReadStream } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { createGunzip, createZstdDecompress, type Gunzip, type ZstdDecompress } from 'node:zlib';
import type { FileFormat } from '../contracts/campaign.ts';
import { quoteText, type Session } from '../engine/engine.ts';
import { headOf } from '../sources/fileKind.ts';
import { packingOf } from '../sources/plainCopy.ts';

/** The beginning of an exported file: enough to tell what a night will make of the whole. */
export interface Page {
  /** The file itself where it is small, else a copy of its beginning in the scratch folder. */
  path: string;
  /** About how many of the file's bytes it stands for. */
  bytes: number;
  /** Whether the file goes on: the page's last row may then be half a row. */
  isCut: boolean;
}

/** As much of a file of lines, or of a list, as is tried. */
const pageBytes = 4 << 20;
/** One document can't be cut: it is tried whole up to this size. */
const documentBytes = 64 << 20;
const parquetRows = 20_000;
const newline = 10;

/**
 * Takes the first page of a file, which is only read.
 *
 * @param scratch a folder of the caller's, for the copy
 */
export async function pageOf(
  session: Session,
  file: { path: string; format: FileFormat },
  scratch: string,
  signal: AbortSignal,
): Promise<Page> {
  const head = await headOf(file.path);
  const { size } = await stat(file.path);
  const whole = { path: file.path, bytes: size, isCut: false };
  if (head.subarray(0, 4).equals(Buffer.from('PAR1'))) {
    return size <= pageBytes ? whole : firstParquetRows(session, whole, join(scratch, 'page.parquet'));
  }
  const packing = packingOf(head);
  if (packing === undefined && size <= pageBytes) return whole;
  const unpacker =
    packing === undefined ? undefined : packing === 'gzip' ? createGunzip() : createZstdDecompress();
  const read = await beginning(file, unpacker, signal);
  // What can't be unpacked is for the reader to refuse, in its words.
  if (read === undefined) return whole;
  const { plain, used, ended } = read;
  // The rest of a file of several zstd frames begins anywhere in a line, as the rest of a cut one does.
  if (ended && used >= size) return whole;
  const path = join(scratch, 'page');
  const kept = plain.subarray(0, plain.lastIndexOf(newline) + 1 || plain.length);
  await writeFile(path, kept);
  return { path, bytes: (used * kept.length) / plain.length, isCut: true };
}

async function firstParquetRows(session: Session, whole: Page, path: string): Promise<Page> {
  try {
    await session.execute(
      `COPY (SELECT * FROM read_parquet(${quoteText(whole.path)}, hive_partitioning = false) LIMIT ${parquetRows})
       TO ${quoteText(path)} (FORMAT parquet)`,
    );
  } catch {
    // A damaged file is for the reader to refuse, in its words.
    return whole;
  }
  return { path, bytes: (await stat(path)).size, isCut: true };
}

/** The first bytes of a file's content; undefined when they can't be unpacked. */
async function beginning(
  file: { path: string; format: FileFormat },
  unpacker: Gunzip | ZstdDecompress | undefined,
  signal: AbortSignal,
): Promise<{ plain: Buffer; used: number; ended: boolean } | undefined> {
  // Small pieces, so that the bytes used are known closely.
  const source = createReadStream(file.path, { highWaterMark: 1 << 14, signal });
  const content: Readable = unpacker === undefined ? source : source.pipe(unpacker);
  if (unpacker !== undefined) source.on('error', error => unpacker.destroy(error));
  const parts: Buffer[] = [];
  let length = 0;
  let wanted = pageBytes;
  try {
    for await (const part of content) {
      parts.push(part as Buffer);
      length += (part as Buffer).length;
      if (length < wanted) continue;
      const plain = Buffer.concat(parts);
      if (wanted === pageBytes && isOneDocument(plain, file.format)) wanted = documentBytes;
      else return { plain, used: unpacker?.bytesWritten ?? length, ended: false };
    }
    return { plain: Buffer.concat(parts), used: unpacker?.bytesWritten ?? length, ended: true };
  } catch (error) {
    signal.throwIfAborted();
    if (/^(Z|ZSTD)_/.test((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  } finally {
    source.destroy();
    unpacker?.destroy();
  }
}

/** Whether a beginning belongs to one object over many lines, or to a line that is longer still. */
function isOneDocument(plain: Buffer, format: FileFormat): boolean {
  if (format === 'messages') return false;
  const text = new TextDecoder().decode(plain).trimStart();
  if (!text.startsWith('{')) return false;
  try {
    JSON.parse(text.slice(0, text.indexOf('\n')));
    return false;
  } catch {
    return true;
  }
}
