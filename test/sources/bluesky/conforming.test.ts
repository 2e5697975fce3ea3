import { openBluesky } from '../../../sources/bluesky/blueskySource.ts';
import type { Body, Made } from '../conformance/fixture.ts';
import { conforms } from '../conformance/suite.ts';
import { settingsFor } from './settingsFor.ts';

const did = 'did:plc:nina';
const uriOf = (number: number) => `at://${did}/app.bsky.feed.post/post${number}`;
const json = (body: object, status = 200): Body => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

function view({ number, at, text, name }: Made): object {
  return {
    uri: uriOf(number),
    cid: `cid${number}`,
    author: { did, handle: 'nina.example', displayName: name },
    record: { $type: 'app.bsky.feed.post', text, createdAt: at },
    indexedAt: at,
    likeCount: 0,
    repostCount: 0,
    quoteCount: 0,
    replyCount: 0,
  };
}

const session = { did, handle: 'nina.example', accessJwt: 'access', refreshJwt: 'refresh', active: true };
const searching = 'app.bsky.feed.searchPosts';

conforms('Bluesky', {
  open: (service, client, secrets) =>
    openBluesky(settingsFor(service, { search: ['gelato'] }), { client, secrets, accounts: [] }),
  query: () => ({ kind: 'search', label: 'search gelato', subjects: ['gelato'] }),
  span: { from: '2026-03-01T00:00:00.000Z', to: '2026-03-08T00:00:00.000Z' },
  item: view,
  idOf: ({ number }) => uriOf(number),
  pageOf: ({ path }) => {
    const { pathname, searchParams } = new URL(path, 'http://x');
    return pathname === `/xrpc/${searching}` ? Number(searchParams.get('cursor') ?? 0) : undefined;
  },
  page: (posts, next) => json({ posts, ...(next !== undefined && { cursor: String(next) }) }),
  besides: ({ path }, there) => {
    const { pathname, searchParams } = new URL(path, 'http://x');
    switch (pathname.split('/').at(-1)) {
      case 'com.atproto.server.createSession':
      case 'com.atproto.server.refreshSession':
      case 'com.atproto.server.getSession':
        return json(session);
      case 'app.bsky.feed.getPosts': {
        const asked = new Set(searchParams.getAll('uris'));
        return json({ posts: there.filter(({ number }) => asked.has(uriOf(number))).map(view) });
      }
      case 'app.bsky.actor.getProfiles':
        return json({ profiles: [{ did, handle: 'nina.example' }] });
      default:
        return json({ error: 'MethodNotImplemented' }, 404);
    }
  },
  required: 'uri',
  refresh: subjects => ({ kind: 'refresh', label: 'refresh', subjects }),
});
