import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { zstdCompress } from 'node:zlib';
import type { KeptCapture } from '../../contracts/collection.ts';
import type { Segment } from '../../lake/captureLog.ts';
import type { Lake } from '../../lake/lake.ts';
import { sha256 } from '../../lake/steps.ts';
import { rawKey } from '../rawKey.ts';

const compress = promisify(zstdCompress);

/** Keeps captures as a raw file, one a line; it is named by its content, so that keeping it twice is harmless. */
export async function keepSegment(lake: Lake, captures: readonly KeptCapture[]): Promise<Segment> {
  const text = captures.map(capture => `${JSON.stringify(capture)}\n`).join('');
  const bytes = await compress(text);
  const hash = sha256(bytes);
  await lake.withScratch(async scratch => {
    const path = join(scratch, 'segment');
    await writeFile(path, bytes);
    await lake.put([{ key: rawKey(hash), path }]);
  });
  return { sha256: hash, bytes: bytes.length, captures: captures.length };
}
