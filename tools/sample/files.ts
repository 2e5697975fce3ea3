import { gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** The sample's files by path below its folder, compressed by the ending of the name. */
export class Files {
  readonly all = new Map<string, Buffer>();

  put(path: string, text: string): void {
    this.all.set(path, pack(path, Buffer.from(text)));
  }

  lines(path: string, lines: readonly string[], ending = '\n'): void {
    this.put(path, lines.map(line => line + ending).join(''));
  }

  table(path: string, columns: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
    this.lines(path, [columns.join(','), ...rows.map(row => row.map(cell).join(','))]);
  }
}

function cell(value: string | number): string {
  const text = String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function pack(path: string, content: Buffer): Buffer {
  if (path.endsWith('.gz')) return gzipSync(content, { level: 9 });
  if (path.endsWith('.zst')) return zstdCompressSync(content);
  return content;
}

/** The content without its compression: compressed bytes may differ between versions of zlib and zstd. */
export function unpack(path: string, bytes: Buffer): Buffer {
  if (path.endsWith('.gz')) return gunzipSync(bytes);
  if (path.endsWith('.zst')) return zstdDecompressSync(bytes);
  return bytes;
}

/** Text as JSON with numbers that doubles can't hold: `raw('1e400')` is written as it stands. */
export const raw = (digits: string) => `\u0001raw:${digits}\u0001`;
export function json(value: unknown): string {
  return JSON.stringify(value).replace(/"\\u0001raw:([^"\\]*)\\u0001"/g, '$1');
}
