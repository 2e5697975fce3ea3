import type { Answer } from './answer.ts';
import { faultOfLine, PassingFault, placeOf, UnfitAnswer } from './askFault.ts';

export interface Bounds {
  /** How long a server may take to begin, and to go on. */
  stallSeconds: number;
  /** How long the whole answer may take. */
  wholeSeconds: number;
  /** Decompressed. */
  mostBytes: number;
}

export interface Exchange {
  url: URL;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body: string | Uint8Array | undefined;
  signal: AbortSignal;
}

/**
 * Asks once and reads the answer to its end; redirects are answers too.
 *
 * @throws PassingFault where the line breaks or time runs out; UnfitAnswer where the body is too long; FatalError where
 *   the server is unknown or can't prove who it is; the signal's reason where that is aborted
 */
export async function exchange(request: Exchange, bounds: Bounds): Promise<Answer> {
  const { url, signal } = request;
  signal.throwIfAborted();
  const stop = new AbortController();
  const end = (fault: unknown) => stop.abort(fault);
  const slow = (what: string) => () => end(new PassingFault(`${placeOf(url)} ${what}`));
  const stalled = setTimeout(
    slow(`did not go on for ${bounds.stallSeconds} seconds`),
    bounds.stallSeconds * 1000,
  );
  const whole = setTimeout(
    slow(`did not end within ${bounds.wholeSeconds} seconds`),
    bounds.wholeSeconds * 1000,
  );
  const abandon = () => end(signal.reason);
  signal.addEventListener('abort', abandon, { once: true });
  let isWhole = false;
  try {
    const response = await fetch(url, {
      method: request.method,
      headers: request.headers,
      body: request.body as RequestInit['body'],
      redirect: 'manual',
      signal: stop.signal,
    });
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of response.body ?? []) {
      stalled.refresh();
      chunks.push(chunk);
      bytes += chunk.byteLength;
      if (bytes > bounds.mostBytes) {
        throw new UnfitAnswer(`${placeOf(url)} answers with more than ${bounds.mostBytes / 1e6} MB`);
      }
    }
    isWhole = true;
    const { status, headers } = response;
    return { url: url.href, status, headers, body: Buffer.concat(chunks, bytes) };
  } catch (error) {
    if (stop.signal.aborted) throw stop.signal.reason;
    if (error instanceof UnfitAnswer) throw error;
    throw faultOfLine(error, url);
  } finally {
    clearTimeout(stalled);
    clearTimeout(whole);
    signal.removeEventListener('abort', abandon);
    // Frees the line where the body was left in the middle.
    if (!isWhole) stop.abort();
  }
}
