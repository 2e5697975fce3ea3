import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Query } from '../../contracts/collection.ts';
import { openBluesky } from '../../sources/bluesky/blueskySource.ts';
import { politeClient } from '../../sources/http/politeClient.ts';
import type { LiveSource } from '../../sources/liveSource.ts';
import { secretsOf } from '../../sources/secrets.ts';
import { settingsFor } from '../sources/bluesky/settingsFor.ts';
import { askAll, type Told } from './askAll.ts';
import { type Account, type BlueskyNetwork, ownBlueskyNetwork, type Written } from './blueskyNetwork.ts';
import { post, removal, repost } from './blueskyWrites.ts';
import { Unavailable } from './networkProcess.ts';

const network = (await ownBlueskyNetwork().catch(error => {
  if (!(error instanceof Unavailable)) throw error;
  console.warn(`NOT TESTED against a real firehose: ${error.message}`);
})) as BlueskyNetwork;
const client = politeClient();
afterAll(async () => {
  await client.close();
  network?.end();
});

const at = '2026-01-05T10:00:00.000Z';

describe.skipIf(network === undefined)('the firehose of a real Bluesky network', () => {
  let query: Query;
  let ada: Account;
  let ben: Account;
  let cleo: Account;
  let first: Written;

  const open = (isKnown?: (uri: string) => boolean): LiveSource => {
    const { appview, plc: directory } = network.addresses;
    const settings = settingsFor(appview, {
      directory,
      stream: network.firehose,
      search: ['#gelato', 'hokeypokey'],
    });
    const means = { client, secrets: secretsOf('bsky', {}), accounts: [ada.did], quietSeconds: 0.5 };
    return openBluesky(settings, { ...means, ...(isKnown && { isKnown }) });
  };
  const write = async (account: Account, ...writes: Parameters<typeof network.applyWrites>[1]) =>
    (await network.applyWrites(account, writes)) as Written[];
  const messages = ({ rows }: Told) =>
    rows.map(row => (row.deleted === 'true' ? ['deleted', row.message_id] : [row.kind, row.message_id]));

  beforeAll(async () => {
    ada = await network.createAccount('ada');
    ben = await network.createAccount('ben');
    cleo = await network.createAccount('cleo');
    query = { kind: 'stream', label: 'stream', subjects: [], host: network.firehose };
  });

  test('tells what concerns the campaign from the beginning on, and nothing else', async () => {
    const link = [{ $type: 'app.bsky.richtext.facet#link', uri: 'https://hokeypokey.example/menu' }];
    const facets = [{ index: { byteStart: 0, byteEnd: 4 }, features: link }];
    [first] = (await write(ada, post('whatever the brand says', at))) as [Written];
    const [noise] = (await write(ben, post('gelatology, no hokeypokeys', at))) as [Written];
    const [tagged] = await write(ben, post('mmm #Gelato!', at));
    const [linked] = await write(ben, post('menu', at, { facets }));
    const [answer] = (await write(ben, post('yes', at, { parent: first }))) as [Written];
    const [deeper] = await write(cleo, post('no', at, { parent: answer, root: first }));
    const [quote] = await write(cleo, post('see', at, { quoted: first }));
    const [passed] = (await write(cleo, repost(first, at))) as [Written];
    const [further] = await write(ben, repost(first, at, passed));
    await write(cleo, repost(noise, at), post('what?', at, { parent: noise }));
    const told = await askAll(open(), query);
    expect(messages(told)).toEqual([
      ['post', first.uri],
      ['post', tagged!.uri],
      ['post', linked!.uri],
      ['reply', answer.uri],
      ['reply', deeper!.uri],
      ['quote', quote!.uri],
      ['reshare', passed.uri],
      ['reshare', further!.uri],
    ]);
    expect(told.rows.at(-1)).toMatchObject({
      author_id: ben.did,
      root_id: first.uri,
      via_id: passed.uri,
      created_at: at,
    });
    expect(told.accounts.map(({ account, state }) => [account, state])).toEqual([
      [ada.did, 'active'],
      [ben.did, 'active'],
      [cleo.did, 'active'],
    ]);
    expect(told.pages.map(page => page.hole)).toEqual([undefined]);
  });

  test('goes on with exactly what was missed, in another process, and after a restart of the servers', async () => {
    const { resume } = await askAll(open(), query);
    expect((await askAll(open(), query, { resume })).rows).toEqual([]);
    const [missed] = (await write(cleo, post('#gelato again', at))) as [Written];
    await write(cleo, removal(missed.uri));
    await network.restart();
    const [last] = await write(ben, post('hokeypokey', at));
    const told = await askAll(open(), query, { resume });
    expect(messages(told)).toEqual([
      ['post', missed.uri],
      ['deleted', missed.uri],
      ['post', last!.uri],
    ]);
    expect((await askAll(open(), query, { resume: told.resume })).pages.map(page => page.posts)).toEqual([0]);
  });

  test('tells what becomes of accounts', async () => {
    const { resume } = await askAll(open(), query);
    const dora = await network.createAccount('dora');
    await network.deactivate(dora);
    await network.activate(dora);
    await network.takedown(dora);
    const emil = await network.createAccount('emil');
    await network.deleteAccount(emil);
    await ada.agent.com.atproto.identity.updateHandle({ handle: 'adda.test' });
    const told = await askAll(open(), query, { resume });
    // Of a deleted account a server keeps no event but that.
    expect(told.accounts.map(({ account, state }) => [account, state])).toEqual([
      [dora.did, 'active'],
      [dora.did, 'deactivated'],
      [dora.did, 'active'],
      [dora.did, 'suspended'],
      [emil.did, 'deleted'],
    ]);
    expect(told.pages[0]!.body.toString()).toContain('adda.test');
  });

  test('pages, so that what is kept becomes durable on the way', async () => {
    const { resume } = await askAll(open(), query);
    const texts = Array.from({ length: 600 }, (_, number) => post(`#gelato ${number}`, at));
    const written = await write(ben, ...texts);
    const told = await askAll(open(), query, { resume });
    expect(told.pages.map(page => page.posts)).toEqual([500, 100]);
    expect(told.rows.map(row => row.message_id)).toEqual(written.map(one => one.uri));
    const again = await askAll(open(), query, { resume: told.pages[0]!.resume });
    expect(again.rows).toEqual(told.rows.slice(500));
  });

  test('ends a page where the wanted time is over', async () => {
    const { resume } = await askAll(open(), query);
    await write(ben, post('#gelato early', at));
    const to = new Date(Date.now() + 1).toISOString();
    await new Promise(resolve => setTimeout(resolve, 20));
    const [after] = await write(ben, post('#gelato late', at));
    await write(ben, post('#gelato later', at));
    const span = { from: at, to };
    const told = await askAll(open(), query, { resume, span });
    expect(told.rows.map(row => row.text)).toEqual(['#gelato early', '#gelato late']);
    expect(told.rows.at(-1)!.message_id).toBe(after!.uri);
  });

  test('keeps what concerns messages that are staged, where somebody knows them', async () => {
    const { resume } = await askAll(open(), query);
    const [known, unknown] = (await write(cleo, post('quiet', at), post('silent', at))) as [Written, Written];
    const [answer] = (await write(ben, post('pst', at, { parent: known }))) as [Written];
    await write(ben, post('sh', at, { parent: unknown }));
    await write(cleo, removal(known.uri), removal(unknown.uri));
    const told = await askAll(
      open(uri => uri === known.uri),
      query,
      { resume },
    );
    expect(messages(told)).toEqual([
      ['post', known.uri],
      ['reply', answer.uri],
      ['deleted', known.uri],
      ['deleted', unknown.uri],
    ]);
  });

  test('says what is lost where the server counts anew, and begins at its oldest', async () => {
    const whole = await askAll(open(), query);
    const time = '2026-01-01T00:00:00.000Z';
    const told = await askAll(open(), query, { resume: `999999@${time}` });
    expect(told.rows.length).toBe(whole.rows.length);
    const [page] = told.pages;
    expect(page!.hole!.from).toBe(time);
    expect(Date.parse(page!.hole!.to)).toBeGreaterThan(Date.parse(time));
    expect(told.resume).toBe(whole.resume);
  });
});
