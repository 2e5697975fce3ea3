import { beforeAll, describe, expect, test } from 'vitest';
import type { QueryKind } from '../../contracts/collection.ts';
import { bluesky } from '../../sources/bluesky.ts';
import { asked, fieldsOf, mapBody } from '../sources/mapping.ts';
import { type Account, type BlueskyNetwork, blueskyNetwork, type Written } from './blueskyNetwork.ts';
import { post, removal, repost } from './blueskyWrites.ts';
import { Unavailable } from './networkProcess.ts';

const network = (await blueskyNetwork().catch(error => {
  if (!(error instanceof Unavailable)) throw error;
  console.warn(`NOT TESTED against a real Bluesky network: ${error.message}`);
})) as BlueskyNetwork;

const at = (minute: number) => new Date(Date.UTC(2026, 0, 5, 11, minute)).toISOString();

/** What a server of the network answers, as it came, and what it is read as. */
async function read(
  server: 'appview' | 'pds',
  method: string,
  params: Record<string, string>,
  kind: QueryKind,
  ...subjects: string[]
) {
  const answer = await fetch(`${network.addresses[server]}/xrpc/${method}?${new URLSearchParams(params)}`);
  const body = (await answer.json()) as Record<string, unknown>;
  const told = mapBody(bluesky, body, {
    ...asked(kind, subjects, answer.status),
    captured_at: new Date().toISOString(),
  });
  expect(Object.keys(told.findings).filter(name => name.startsWith('unmapped'))).toEqual([]);
  expect(told.rows.map(row => row.refused).filter(reason => reason !== undefined)).toEqual([]);
  return { ...told, body };
}

describe.skipIf(network === undefined)('bodies of a real Bluesky network', () => {
  let ada: Account;
  let ben: Account;
  let first: Written;
  let answer: Written;
  let quote: Written;
  let passed: Written;
  let further: Written;

  beforeAll(async () => {
    ada = await network.createAccount('map-ada');
    ben = await network.createAccount('map-ben');
    const write = async (account: Account, made: ReturnType<typeof post>) =>
      (await network.applyWrites(account, [made]))[0]!;
    const facets = [
      {
        index: { byteStart: 11, byteEnd: 27 },
        features: [{ $type: 'app.bsky.richtext.facet#link', uri: 'https://shop.example/lemon' }],
      },
    ];
    first = await write(ada, post('mapgelato: shop.example/…', at(0), { facets }));
    answer = await write(ben, post('for me', at(1), { parent: first }));
    quote = await write(ben, post('look', at(2), { quoted: first }));
    passed = await write(ben, repost(first, at(3)));
    further = await write(ada, repost(first, at(4), passed));
    await network.processAll();
  });

  test('of a thread are its posts with their counts', async () => {
    const { rows } = await read(
      'appview',
      'app.bsky.feed.getPostThread',
      { uri: first.uri },
      'thread',
      first.uri,
    );
    expect(
      fieldsOf(
        rows,
        'message_id',
        'author_id',
        'kind',
        'parent_id',
        'root_id',
        'created_at',
        'reshares',
        'quotes',
        'replies',
      ),
    ).toEqual([
      [first.uri, ada.did, 'post', null, null, at(0), '2', '1', '1'],
      [answer.uri, ben.did, 'reply', first.uri, first.uri, at(1), '0', '0', '0'],
    ]);
    expect(rows[0]!.fields.text).toBe('mapgelato: https://shop.example/lemon');
  });

  test('of searches and quotes are posts, with those that they quote', async () => {
    const search = await read(
      'appview',
      'app.bsky.feed.searchPosts',
      { q: 'mapgelato' },
      'search',
      'mapgelato',
    );
    expect(fieldsOf(search.rows, 'message_id', 'kind')).toEqual([[first.uri, 'post']]);
    const { rows } = await read(
      'appview',
      'app.bsky.feed.getQuotes',
      { uri: first.uri },
      'quotes',
      first.uri,
    );
    expect(
      rows.map(({ fields, isIncluded = false }) => [fields.message_id, fields.parent_id, isIncluded]),
    ).toEqual([
      [quote.uri, first.uri, false],
      [first.uri, undefined, true],
    ]);
  });

  test('of feeds, of records and of reposters tell one repost alike', async () => {
    const feed = await read('appview', 'app.bsky.feed.getAuthorFeed', { actor: ben.did }, 'account', ben.did);
    const reshares = feed.rows.filter(row => row.fields.kind === 'reshare');
    expect(fieldsOf(reshares, 'message_id', 'author_id', 'root_id')).toEqual([
      [passed.uri, ben.did, first.uri],
    ]);
    expect(feed.accounts.map(({ account, state }) => [account, state])).toEqual([[ben.did, 'active']]);
    const kept = { repo: ada.did, collection: 'app.bsky.feed.repost' };
    const records = await read('pds', 'com.atproto.repo.listRecords', kept, 'records', ada.did);
    expect(fieldsOf(records.rows, 'message_id', 'author_id', 'root_id', 'via_id', 'created_at')).toEqual([
      [further.uri, ada.did, first.uri, passed.uri, at(4)],
    ]);
    const { reposters } = await read(
      'appview',
      'app.bsky.feed.getRepostedBy',
      { uri: first.uri },
      'reposts',
      first.uri,
    );
    expect(reposters.map(one => one.account).sort()).toEqual([ada.did, ben.did].sort());
  });

  test('of what is hidden or gone say so', async () => {
    await network.applyWrites(ben, [removal(answer.uri)]);
    await network.processAll();
    const thread = await read(
      'appview',
      'app.bsky.feed.getPostThread',
      { uri: answer.uri },
      'thread',
      answer.uri,
    );
    expect(fieldsOf(thread.rows, 'message_id', 'deleted')).toEqual([[answer.uri, 'true']]);
    const feed: Parameters<typeof read> = [
      'appview',
      'app.bsky.feed.getAuthorFeed',
      { actor: ben.did },
      'account',
      ben.did,
    ];
    const profile: Parameters<typeof read> = [
      'appview',
      'app.bsky.actor.getProfile',
      { actor: ben.did },
      'account',
      ben.did,
    ];
    const kept = { repo: ben.did, collection: 'app.bsky.feed.repost' };
    const records: Parameters<typeof read> = [
      'pds',
      'com.atproto.repo.listRecords',
      kept,
      'records',
      ben.did,
    ];
    const states = async (...asking: Parameters<typeof read>[]) => {
      await network.processAll();
      const told = [];
      for (const one of asking) told.push(...(await read(...one)).accounts.map(({ state }) => state));
      return told;
    };
    await network.deactivate(ben);
    expect(await states(profile, feed, records)).toEqual(['deactivated', 'deactivated', 'deactivated']);
    // The AppView calls a hidden post not found, like a deleted one: the state of its account has to come along.
    const { body } = await read(
      'appview',
      'app.bsky.feed.getPostThread',
      { uri: quote.uri },
      'thread',
      quote.uri,
    );
    expect(body).toEqual({ error: 'NotFound', message: `Post not found: ${quote.uri}` });
    const status = await fetch(`${network.addresses.pds}/xrpc/com.atproto.sync.getRepoStatus?did=${ben.did}`);
    const told = mapBody(
      bluesky,
      { ...body, repos: [await status.json()] },
      asked('thread', [quote.uri], 400),
    );
    expect([told.rows, told.accounts.map(one => one.state)]).toEqual([[], ['deactivated']]);
    await network.activate(ben);
    expect(await states(feed, records)).toEqual(['active', 'active']);
    await network.takedown(ben);
    // Only one of three says why.
    expect(await states(profile, feed, records)).toEqual(['suspended', 'deactivated', 'deactivated']);
  });
});
