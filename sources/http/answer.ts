/** What a server answered, read to its end. */
export interface Answer {
  /** What answered in the end, redirects followed. */
  url: string;
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
  /** Says of an answer whether no patience helps though its status asks for some: a cap that is reached is no rate limit. */
  isFinal?: (answer: Answer) => boolean;
  signal: AbortSignal;
}
