import type { Answer, HttpRequest } from '../../../sources/http/answer.ts';
import { type Politeness, politeClient } from '../../../sources/http/politeClient.ts';
import { faultServer, type Reply } from '../faultServer.ts';

/** What an ask came to, in a line. */
export async function outcomeOf(answer: Promise<Answer>): Promise<string> {
  try {
    const { status, body } = await answer;
    return `${status} ${body.subarray(0, 100)}`;
  } catch (error) {
    const { name, message } = error as Error;
    return `${name}: ${message}`;
  }
}

/** Asks a server that answers by a script; how it ended, its address written SERVER, and how often it was asked. */
export async function asking(
  replies: Reply[],
  politeness: Politeness = {},
  request: Partial<HttpRequest> = {},
): Promise<{ outcome: string; times: number }> {
  const server = await faultServer(...replies);
  const client = politeClient({ backoffSeconds: 0.01, ...politeness });
  const { signal } = new AbortController();
  try {
    const outcome = await outcomeOf(
      client.ask({ url: `${server.address}/page?q=secret`, signal, ...request }),
    );
    return { outcome: outcome.replaceAll(server.address.slice(7), 'SERVER'), times: server.asked.length };
  } finally {
    await client.close();
    await server.close();
  }
}
