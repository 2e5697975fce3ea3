import { createHash } from 'node:crypto';
import type { Answer } from './answer.ts';

const mostBytesEach = 1e6;
const mostBytes = 32e6;

/** Answers with a validator, so that the server need not send again what has not changed; the least used go first. */
export class KeptAnswers {
  readonly #answers = new Map<string, Answer>();
  #bytes = 0;

  /** Headers that ask for news only, and the answer that stands where there are none. */
  recall(url: URL, headers: Record<string, string>): { headers: Record<string, string>; kept?: Answer } {
    const key = keyOf(url, headers);
    const kept = this.#answers.get(key);
    if (kept === undefined) return { headers };
    this.#answers.delete(key);
    this.#answers.set(key, kept);
    const etag = kept.headers.get('etag');
    const modified = kept.headers.get('last-modified');
    return {
      kept,
      headers: {
        ...headers,
        ...(etag === null ? {} : { 'if-none-match': etag }),
        ...(modified === null ? {} : { 'if-modified-since': modified }),
      },
    };
  }

  keep(url: URL, headers: Record<string, string>, answer: Answer): void {
    const key = keyOf(url, headers);
    this.#forget(key);
    if (answer.status !== 200 || answer.body.length > mostBytesEach) return;
    if (!answer.headers.has('etag') && !answer.headers.has('last-modified')) return;
    if (/no-store/i.test(answer.headers.get('cache-control') ?? '')) return;
    this.#answers.set(key, answer);
    this.#bytes += answer.body.length;
    for (const oldest of this.#answers.keys()) {
      if (this.#bytes <= mostBytes) break;
      this.#forget(oldest);
    }
  }

  #forget(key: string): void {
    this.#bytes -= this.#answers.get(key)?.body.length ?? 0;
    this.#answers.delete(key);
  }
}

/** The same address answers differently to others, and to other headers. */
function keyOf(url: URL, headers: Record<string, string>): string {
  return createHash('sha256')
    .update(JSON.stringify([url.href, Object.entries(headers).sort()]))
    .digest('hex');
}
