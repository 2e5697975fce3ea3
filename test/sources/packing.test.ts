import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { line, pick, readBytes } from './reading.ts';

/** Lines that don't compress to nothing, so that a cut falls between them. */
const lines = Array.from({ length: 5000 }, (_, n) =>
  line({ message_id: `${n}`, text: `${(n * 7919) % 104729} ${n ** 3}` }),
);
const content = Buffer.from(lines.join(''));
const read = (name: string, bytes: Uint8Array) => readBytes('messages', name, bytes);

describe('packed files', () => {
  it.each([
    ['m.ndjson.gz', gzipSync(content)],
    ['m.ndjson.zst', zstdCompressSync(content)],
    ['named-by-mistake.csv', gzipSync(content)],
    [
      'two-members.gz',
      Buffer.concat([gzipSync(content.subarray(0, 100_000)), gzipSync(content.subarray(100_000))]),
    ],
    [
      'two-frames.zst',
      Buffer.concat([
        zstdCompressSync(content.subarray(0, 100_000)),
        zstdCompressSync(content.subarray(100_000)),
      ]),
    ],
  ])('%s is read whole', async (name, bytes) => {
    const { rows, refusals } = await read(name, bytes);
    expect([rows.length, refusals.length]).toEqual([lines.length, 0]);
    expect(rows.at(-1)).toMatchObject({ line: 5000, message_id: 'x:4999' });
  });

  it.each([
    ['gzip', gzipSync(content)],
    ['zstd', zstdCompressSync(content)],
  ])('%s that ends too soon gives all lines before the cut and one refused row', async (packing, bytes) => {
    const { rows, refusals } = await read('m.ndjson', bytes.subarray(0, Math.floor(bytes.length * 0.9)));
    expect(rows.length).toBeGreaterThan(packing === 'gzip' ? 4300 : 1000);
    expect(pick(rows, 'message_id').flat()).toEqual(rows.map((_, n) => `x:${n}`));
    expect(pick(refusals, 'line', 'reason')).toEqual([
      [rows.length + 1, `the file ends in the middle of its ${packing} data`],
    ]);
  });

  it('zstd damaged in its middle gives the lines before and one refused row', async () => {
    const bytes = zstdCompressSync(content);
    bytes.fill(0, bytes.length - 4000, bytes.length - 3000);
    const { rows, refusals } = await read('m.ndjson', bytes);
    expect(pick(rows, 'message_id').flat()).toEqual(rows.map((_, n) => `x:${n}`));
    expect(pick(refusals, 'line', 'reason')).toEqual([
      [rows.length + 1, "the file's zstd data is damaged from here on"],
    ]);
  });

  it('a file cut within its first block still tells so', async () => {
    const { rows, refusals } = await read('m.ndjson.gz', gzipSync(content).subarray(0, 30));
    expect([rows.length, pick(refusals, 'line', 'reason')]).toEqual([
      0,
      [[1, 'the file ends in the middle of its gzip data']],
    ]);
  });
});
