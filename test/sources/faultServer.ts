import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a server answers, or how it misbehaves. */
export type Reply =
  | { status?: number; headers?: Record<string, string>; body?: string | Uint8Array }
  | ((request: IncomingMessage, response: ServerResponse) => void);

export interface Asked {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

export interface FaultServer {
  /** Without a slash at the end. */
  address: string;
  /** All that it was asked. */
  asked: Asked[];
  close(): Promise<void>;
}

/** A real HTTP server that answers by a script: the replies in their order, the last one again and again. */
export function faultServer(...replies: Reply[]): Promise<FaultServer> {
  let next = 0;
  return scriptedServer(() => replies[Math.min(next++, replies.length - 1)]!);
}

/** A real HTTP server that answers as it is told for each request. */
export async function scriptedServer(answer: (asked: Asked) => Reply): Promise<FaultServer> {
  const asked: Asked[] = [];
  const listener: RequestListener = async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const one = {
      method: request.method!,
      path: request.url!,
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
    };
    asked.push(one);
    const reply = answer(one);
    if (typeof reply === 'function') reply(request, response);
    else response.writeHead(reply.status ?? 200, reply.headers).end(reply.body ?? '');
  };
  const server = createServer(listener);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
