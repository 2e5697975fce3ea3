import { quoteName, quoteText } from './engine.ts';

/** How every Parquet file of the lake is written: what all readers understand. */
export function parquetOptions(metadata: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(metadata).map(([key, value]) => `${quoteName(key)}: ${quoteText(value)}`);
  return `FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 3, PARQUET_VERSION v1, ROW_GROUP_SIZE 122880,
    KV_METADATA {${pairs.join(', ')}}, RETURN_STATS true`;
}
