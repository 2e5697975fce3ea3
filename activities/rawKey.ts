/** Key in the lake under which a raw file is kept as it came. */
export function rawKey(hash: string): string {
  return `raw/${hash.slice(0, 2)}/${hash}`;
}
