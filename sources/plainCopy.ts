import { createReadStream, createWriteStream } from 'node:fs';
import { open, stat, truncate } from 'node:fs/promises';
import { finished, pipeline } from 'node:stream/promises';
import { createGunzip, createZstdDecompress, type Gunzip, type ZstdDecompress } from 'node:zlib';

export type Packing = 'gzip' | 'zstd';

/** A decompressed copy. */
export interface PlainCopy {
  path: string;
  /** What is wrong with the packed data after the last line of the copy; undefined when it is whole. */
  cut: string | undefined;
}

const zstdFrame = 0xfd2fb528;
const zstdSkippable = 0x184d2a50;

/** What a file is packed with, by its first bytes. */
export function packingOf(head: Uint8Array): Packing | undefined {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  return isZstd(head) ? 'zstd' : undefined;
}

/**
 * Unpacks a file by stream. Where the packed data is cut short or damaged, the copy ends with the last whole line
 * before that place, and `cut` says so.
 */
export async function unpack(
  path: string,
  packing: Packing,
  copy: string,
  signal: AbortSignal,
): Promise<PlainCopy> {
  let cut = await unpackOnce(path, packing, copy, 1 << 16, signal);
  // Node drops the piece it is filling when the data is damaged: small pieces bring back all but the last bytes.
  if (cut?.includes('damaged')) cut = await unpackOnce(path, packing, copy, 64, signal);
  if (cut !== undefined) await dropUnfinishedLine(copy);
  return { path: copy, cut };
}

async function unpackOnce(
  path: string,
  packing: Packing,
  copy: string,
  pieceBytes: number,
  signal: AbortSignal,
): Promise<string | undefined> {
  const target = createWriteStream(copy, { highWaterMark: 1 << 20 });
  const { size } = await stat(path);
  try {
    let from = 0;
    // A zstd file may hold several frames, of which Node's stream reads the first.
    do {
      const unpacker: Gunzip | ZstdDecompress =
        packing === 'gzip'
          ? createGunzip({ chunkSize: pieceBytes })
          : createZstdDecompress({ chunkSize: pieceBytes });
      const source = createReadStream(path, { start: from, highWaterMark: 1 << 18 });
      try {
        await pipeline(source, unpacker, target, { end: false, signal });
      } catch (error) {
        signal.throwIfAborted();
        const code = (error as NodeJS.ErrnoException).code ?? '';
        if (code === 'Z_BUF_ERROR') return `the file ends in the middle of its ${packing} data`;
        if (/^Z_|^ZSTD_/.test(code)) return `the file's ${packing} data is damaged from here on`;
        throw error;
      }
      from += unpacker.bytesWritten;
    } while (packing === 'zstd' && from < size && (await isZstdAt(path, from)));
    return undefined;
  } finally {
    target.end();
    await finished(target);
  }
}

async function isZstdAt(path: string, position: number): Promise<boolean> {
  const file = await open(path);
  try {
    const head = Buffer.alloc(4);
    await file.read(head, 0, 4, position);
    return isZstd(head);
  } finally {
    await file.close();
  }
}

function isZstd(head: Uint8Array): boolean {
  if (head.length < 4) return false;
  const magic = new DataView(head.buffer, head.byteOffset, 4).getUint32(0, true);
  return magic === zstdFrame || (magic & 0xfffffff0) >>> 0 === zstdSkippable;
}

async function dropUnfinishedLine(path: string): Promise<void> {
  const file = await open(path);
  let end = (await file.stat()).size;
  try {
    const piece = Buffer.alloc(1 << 16);
    while (end > 0) {
      const from = Math.max(0, end - piece.length);
      const { bytesRead } = await file.read(piece, 0, end - from, from);
      const at = piece.subarray(0, bytesRead).lastIndexOf(10);
      end = at === -1 ? from : from + at + 1;
      if (at !== -1) break;
    }
  } finally {
    await file.close();
  }
  await truncate(path, end);
}
