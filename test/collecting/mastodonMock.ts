import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createRestAPIClient, type mastodon } from 'masto';
import { messageOf } from '../../contracts/errors.ts';
import { ensureMockPackages, type MockPython } from '../../tools/testnet/mastodon/install.ts';

const program = fileURLToPath(new URL('../../tools/testnet/mastodon/mock.py', import.meta.url));

/** The mock's packages, or why they can't be had on this machine. */
export const mock: MockPython | { missing: string } = await ensureMockPackages().catch(error => ({
  missing: `the mock of Mastodon can't be had: ${messageOf(error)}`,
}));

/** A message as another server sends it. */
export interface Sent {
  uri: string;
  account: [name: string, host: string];
  created_at: string;
  /** When it comes; by default now. */
  came_at?: string;
  text: string;
  in_reply_to?: string | undefined;
  reblog?: string | undefined;
  quote?: string | undefined;
}

/** A fault that the mock plays to whoever asks next. */
export interface Fault {
  match: { path?: string; path_regex?: string };
  effect: {
    type: string;
    status?: number;
    headers?: Record<string, string>;
    body?: unknown;
    delay_ms?: number;
  };
  count?: number;
}

/** An instance of the mock of Mastodon: a mock, not the real one. */
export interface MastodonMock {
  url: string;
  host: string;
  tokenOf(account: string): string;
  /** An independent client, in the name of an account. */
  as(account: string): mastodon.rest.Client;
  /** What time it is for what is written from now on; undefined for the real time. */
  setClock(now: string | undefined): Promise<void>;
  /** @returns the ids that this instance gives them */
  receive(sent: Sent[]): Promise<string[]>;
  /** What other servers say is deleted. */
  forget(uris: string[]): Promise<void>;
  fault(fault: Fault): Promise<void>;
  /** Ends it at once and starts it again, with the same address and what it held. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts an instance of its own on 127.0.0.1. */
export async function mastodonMock(accounts: string[]): Promise<MastodonMock> {
  if ('missing' in mock) throw new Error(mock.missing);
  const { python, packages } = mock;
  const folder = mkdtempSync(join(tmpdir(), 'sillage-mastodon-mock-'));
  const tokenOf = (account: string) => `token-of-${account}`;

  async function start(port: number) {
    const options = ['--database', join(folder, 'mock.sqlite'), '--port', String(port)];
    for (const account of accounts) options.push('--account', `${account}:${tokenOf(account)}`);
    const env = { ...process.env, PYTHONPATH: packages, PYTHONDONTWRITEBYTECODE: '1' };
    const child = spawn(python, [program, ...options], { env, stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = createInterface(child.stdout);
    const line = await Promise.race([once(lines, 'line'), once(child, 'exit')]);
    if (typeof line[0] !== 'string') throw new Error(`the mock of Mastodon ended with ${line[0]}`);
    return { child, url: (JSON.parse(line[0]) as { url: string }).url };
  }

  let running = await start(0);
  const { url } = running;
  const end = async () => {
    const ended = once(running.child, 'exit');
    running.child.kill('SIGKILL');
    await ended;
  };
  const tell = async (path: string, body: unknown) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${url}/api/v1/_mock/${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as { ids: string[] };
  };
  return {
    url,
    host: new URL(url).host,
    tokenOf,
    as: account => createRestAPIClient({ url, accessToken: tokenOf(account) }),
    setClock: async now => void (await tell('clock', { now: now ?? null })),
    receive: async sent => (await tell('inbox', sent)).ids,
    forget: async uris => void (await tell('deleted', uris)),
    fault: async fault => void (await tell('faults', fault)),
    async restart() {
      await end();
      running = await start(Number(new URL(url).port));
    },
    async stop() {
      await end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
