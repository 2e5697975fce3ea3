import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Query, QueryKind } from '../../contracts/collection.ts';
import { openBluesky } from '../../sources/bluesky/blueskySource.ts';
import { politeClient } from '../../sources/http/politeClient.ts';
import type { LiveSource } from '../../sources/liveSource.ts';
import { secretsOf } from '../../sources/secrets.ts';
import { settingsFor } from '../sources/bluesky/settingsFor.ts';
import { askAll } from './askAll.ts';
import { type Account, type BlueskyNetwork, blueskyNetwork, type Written } from './blueskyNetwork.ts';
import { post, removal, repost } from './blueskyWrites.ts';
import { Unavailable } from './networkProcess.ts';

const network = (await blueskyNetwork().catch(error => {
  if (!(error instanceof Unavailable)) throw error;
  console.warn(`NOT TESTED against a real Bluesky network: ${error.message}`);
})) as BlueskyNetwork;
const client = politeClient();
afterAll(() => client.close());

const minute = (number: number) => new Date(Date.UTC(2026, 0, 5, 10, number)).toISOString();
const query = (kind: QueryKind, ...subjects: string[]): Query => ({ kind, label: kind, subjects });

describe.skipIf(network === undefined)('a source on a real Bluesky network', () => {
  let source: LiveSource;
  let ada: Account;
  let ben: Account;
  let cleo: Account;
  const gelati: string[] = [];
  let first: Written;
  let answer: Written;
  let deeper: Written;
  let quote: Written;
  let passed: Written;
  let further: Written;

  beforeAll(async () => {
    ada = await network.createAccount('read-ada');
    ben = await network.createAccount('read-ben');
    cleo = await network.createAccount('read-cleo');
    const { appview: service, plc: directory } = network.addresses;
    const settings = settingsFor(service, { directory, search: ['readgelato'], accounts: [ada.did] });
    source = openBluesky(settings, { client, secrets: secretsOf('bsky', {}), accounts: [ben.did, ada.did] });
    const texts = Array.from({ length: 130 }, (_, number) => post(`readgelato ${number}`, minute(number)));
    for (const written of await network.applyWrites(ada, texts)) gelati.push(written!.uri);
    const write = async (account: Account, ...writes: Parameters<typeof network.applyWrites>[1]) =>
      (await network.applyWrites(account, writes)) as Written[];
    [first] = (await write(ada, post('sorbet', minute(200)))) as [Written];
    [answer] = (await write(ben, post('for me', minute(201), { parent: first }))) as [Written];
    [deeper] = (await write(cleo, post('me too', minute(202), { parent: answer, root: first }))) as [Written];
    [quote] = (await write(cleo, post('look', minute(203), { quoted: first }))) as [Written];
    [passed] = (await write(ben, repost(first, minute(204)))) as [Written];
    [further] = (await write(cleo, repost(first, minute(205), passed))) as [Written];
    await network.processAll();
  });

  test('names what it is asked again and again, and what it can be asked of messages', () => {
    expect(source.standing.map(({ query }) => query.label)).toEqual([
      'search readgelato',
      `account ${ada.did}`,
      `account ${ben.did}`,
    ]);
    expect(source.follows).toEqual({ thread: 1, quotes: 1, reposts: 1, records: 1, refresh: 25 });
  });

  test('finds all posts that hold a term, newest first, over pages', async () => {
    const { rows, pages } = await askAll(source, query('search', 'readgelato'));
    expect(rows.map(row => row.message_id)).toEqual(gelati.toReversed());
    expect(pages.length).toBeGreaterThan(1);
  });

  test('stops searching where a page is older than what is wanted', async () => {
    const span = { from: minute(129), to: minute(400) };
    const { rows, pages } = await askAll(source, query('search', 'readgelato'), { span });
    expect(pages).toHaveLength(2);
    expect(rows).toHaveLength(130);
    const late = { from: minute(300), to: minute(400) };
    expect((await askAll(source, query('search', 'readgelato'), { span: late })).pages).toHaveLength(1);
  });

  test('reads what an account wrote and passed on', async () => {
    const { rows } = await askAll(source, query('account', 'read-ben.test'));
    const told = rows.map(({ kind, message_id, author_id, parent_id, root_id }) => [
      kind,
      message_id,
      author_id,
      parent_id ?? root_id,
    ]);
    expect(told).toEqual([
      ['reshare', passed.uri, ben.did, first.uri],
      ['reply', answer.uri, ben.did, first.uri],
    ]);
  });

  test('reads answers, quotes and who passed a message on', async () => {
    const thread = await askAll(source, query('thread', first.uri));
    expect(thread.rows.map(row => [row.message_id, row.parent_id ?? null])).toEqual([
      [first.uri, null],
      [answer.uri, first.uri],
      [deeper.uri, answer.uri],
    ]);
    const quotes = await askAll(source, query('quotes', first.uri));
    expect(quotes.rows.map(row => [row.message_id, row.kind, row.parent_id])).toEqual([
      [quote.uri, 'quote', first.uri],
    ]);
    const { reposters } = await askAll(source, query('reposts', first.uri));
    expect(reposters.map(({ message, account }) => [message, account]).sort()).toEqual(
      [
        [first.uri, ben.did],
        [first.uri, cleo.did],
      ].sort(),
    );
  });

  test('reads when, and by whose repost, an account passed a message on', async () => {
    const { rows } = await askAll(source, query('records', cleo.did));
    expect(rows.map(row => [row.message_id, row.created_at, row.root_id, row.via_id])).toEqual([
      [further.uri, minute(205), first.uri, passed.uri],
    ]);
  });

  test('reads counts again', async () => {
    const { rows } = await askAll(source, query('refresh', first.uri, gelati[0]!));
    const counts = rows.map(row => [row.message_id, row.likes, row.reshares, row.quotes, row.replies]);
    expect(counts.sort()).toEqual(
      [
        [first.uri, '0', '2', '1', '1'],
        [gelati[0], '0', '0', '0', '0'],
      ].sort(),
    );
  });

  test('tells deleted messages from those of hidden accounts', async () => {
    const dora = await network.createAccount('read-dora');
    const emil = await network.createAccount('read-emil');
    const fay = await network.createAccount('read-fay');
    const gus = await network.createAccount('read-gus');
    const uris: string[] = [];
    for (const account of [dora, emil, fay, gus]) {
      uris.push((await network.applyWrites(account, [post('gone soon', minute(210))]))[0]!.uri);
    }
    const [deleted] = uris as [string];
    await network.applyWrites(dora, [removal(deleted)]);
    await network.deactivate(emil);
    await network.takedown(fay);
    await network.deleteAccount(gus);
    await network.processAll();
    const { rows, accounts } = await askAll(source, query('refresh', ...uris, first.uri));
    expect(rows.filter(row => row.deleted === 'true').map(row => row.message_id)).toEqual([deleted]);
    expect(rows.filter(row => row.deleted == null).map(row => row.message_id)).toEqual([first.uri]);
    const states = Object.fromEntries(accounts.map(({ account, state }) => [account, state]));
    expect(states).toEqual({
      [dora.did]: 'active',
      [emil.did]: 'deactivated',
      [fay.did]: 'suspended',
      [gus.did]: 'deleted',
      [ada.did]: 'active',
    });
    for (const kind of ['thread', 'quotes', 'reposts'] as const) {
      const { pages, rows } = await askAll(source, query(kind, deleted));
      expect([kind, pages.map(page => page.status), rows.map(row => row.deleted)]).toEqual(
        kind === 'thread' ? [kind, [400], ['true']] : [kind, [200], []],
      );
    }
    for (const account of [emil, fay, gus]) {
      for (const kind of ['account', 'records'] as const) {
        const { pages } = await askAll(source, query(kind, account.did));
        expect(pages.map(page => [account.handle, kind, page.status])).toEqual([[account.handle, kind, 400]]);
      }
    }
  });

  test('follows an account when its handle changes', async () => {
    const hana = await network.createAccount('read-hana');
    await network.applyWrites(hana, [post('hello', minute(220))]);
    await hana.agent.com.atproto.identity.updateHandle({ handle: 'read-hanna.test' });
    await network.processAll();
    const { rows } = await askAll(source, query('account', hana.did));
    expect(rows.map(row => row.author_id)).toEqual([hana.did]);
    await expect(askAll(source, query('account', 'read-hana.test'))).rejects.toThrow(
      /knows no account "read-hana.test" — mend it among accounts in the campaign file/,
    );
  });
});
