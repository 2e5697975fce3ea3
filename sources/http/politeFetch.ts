import type { Answer, HttpRequest } from './answer.ts';

/**
 * A polite client behind the signature of `fetch`, for libraries that bring their own client. Redirects are followed by
 * the client's rules, whatever the caller wants; limits and faults reject with the client's own errors.
 */
export function politeFetch(ask: (request: HttpRequest) => Promise<Answer>): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const { method } = request;
    if (method !== 'GET' && method !== 'POST') throw new TypeError(`${method} is not asked of networks`);
    const answer = await ask({
      url: request.url,
      method,
      headers: Object.fromEntries(request.headers),
      body: method === 'POST' ? new Uint8Array(await request.arrayBuffer()) : undefined,
      signal: init?.signal ?? request.signal,
    });
    const headers = new Headers(answer.headers);
    // The body is decompressed by now.
    headers.delete('content-encoding');
    headers.delete('content-length');
    const hasBody = ![204, 205, 304].includes(answer.status);
    return new Response(hasBody ? new Uint8Array(answer.body) : null, { status: answer.status, headers });
  };
}
