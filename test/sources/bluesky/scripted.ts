import type { Query, QueryKind } from '../../../contracts/collection.ts';
import { openBluesky } from '../../../sources/bluesky/blueskySource.ts';
import type { BlueskySettings } from '../../../sources/bluesky/settings.ts';
import { politeClient } from '../../../sources/http/politeClient.ts';
import type { LiveSource, Page, PageAsk } from '../../../sources/liveSource.ts';
import { secretsOf } from '../../../sources/secrets.ts';
import { type Asked, type FaultServer, type Reply, scriptedServer } from '../faultServer.ts';
import { settingsFor } from './settingsFor.ts';

export interface Scripted {
  server: FaultServer;
  source: LiveSource;
  /** One page. */
  ask(kind: QueryKind, subjects: string[], some?: Partial<PageAsk>): Promise<Page>;
  close(): Promise<void>;
}

export const span = { from: '2026-03-01T00:00:00.000Z', to: '2026-03-08T00:00:00.000Z' };

export function json(body: object, status = 200): Reply {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** A source on a server that answers by a script: `method` is the last part of the path. */
export async function scripted(
  answer: (method: string, parameters: URLSearchParams, asked: Asked) => Reply,
  { settings = {}, env = {} }: { settings?: Partial<BlueskySettings>; env?: NodeJS.ProcessEnv } = {},
): Promise<Scripted> {
  const server = await scriptedServer(asked => {
    const { pathname, searchParams } = new URL(asked.path, 'http://x');
    return answer(pathname.split('/').at(-1)!, searchParams, asked);
  });
  const client = politeClient({ patienceSeconds: 1, backoffSeconds: 0.02 });
  const means = { client, secrets: secretsOf('bsky', env), accounts: [] };
  const source = openBluesky(settingsFor(server.address, settings), means);
  return {
    server,
    source,
    ask(kind, subjects, some = {}) {
      const query: Query = { kind, label: kind, subjects };
      const signal = AbortSignal.timeout(20_000);
      return source.page({ query, span, cursor: undefined, resume: undefined, signal, ...some });
    },
    async close() {
      await client.close();
      await server.close();
    },
  };
}

/** A post as the AppView shows it. */
export function view(at: string, indexedAt = at): object {
  return { uri: 'at://did:plc:nina/app.bsky.feed.post/1', record: { createdAt: at }, indexedAt };
}
