/** What a server answered, read to its end. */
export interface Answer {
  status: number;
  headers: Headers;
  /** Decompressed. */
  body: Buffer;
}

/** What is asked of a server. */
export interface HttpRequest {
  url: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** A longer body is refused. */
  mostBytes?: number;
  /** Whether asking twice does no harm, as is so for GET; then faults that pass are tried again. */
  isRepeatable?: boolean;
  signal: AbortSignal;
}
