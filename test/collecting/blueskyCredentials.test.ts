import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Query } from '../../contracts/collection.ts';
import { FatalError } from '../../contracts/errors.ts';
import { openBluesky } from '../../sources/bluesky/blueskySource.ts';
import { politeClient } from '../../sources/http/politeClient.ts';
import { Withheld } from '../../sources/liveSource.ts';
import { secretsOf } from '../../sources/secrets.ts';
import { settingsFor } from '../sources/bluesky/settingsFor.ts';
import { askAll } from './askAll.ts';
import { type Account, type BlueskyNetwork, ownBlueskyNetwork } from './blueskyNetwork.ts';
import { post } from './blueskyWrites.ts';
import { Unavailable } from './networkProcess.ts';

const network = (await ownBlueskyNetwork({ bypass: 'of-the-test' }).catch(error => {
  if (!(error instanceof Unavailable)) throw error;
  console.warn(`NOT TESTED against a real server of accounts: ${error.message}`);
})) as BlueskyNetwork;
const client = politeClient({ patienceSeconds: 1 });
afterAll(async () => {
  await client.close();
  network?.end();
});

const query: Query = { kind: 'search', label: 'search gelato', subjects: ['gelato'] };

describe.skipIf(network === undefined)('a source with an account of a real Bluesky network', () => {
  let ada: Account;
  let uri: string;

  const search = (identifier: string, password: string) => {
    const { pds, plc: directory } = network.addresses;
    const secrets = secretsOf('bsky', {
      SILLAGE_BSKY_IDENTIFIER: identifier,
      SILLAGE_BSKY_PASSWORD: password,
    });
    const source = openBluesky(settingsFor(pds, { directory }), { client, secrets, accounts: [] });
    return askAll(source, query);
  };
  const refusal = async (asked: Promise<unknown>) => {
    const fault = await asked.then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(fault).toBeInstanceOf(FatalError);
    return (fault as Error).message.replace(/localhost:\d+/, 'the server');
  };

  beforeAll(async () => {
    ada = await network.createAccount('ada');
    [uri] = (await network.applyWrites(ada, [post('gelato', '2026-01-05T10:00:00.000Z')])).map(
      one => one!.uri,
    ) as [string];
    await network.processAll();
  });

  test('asks through the server of its account, with an app password', async () => {
    const { data } = await ada.agent.com.atproto.server.createAppPassword({ name: 'collecting' });
    expect((await search('ada.test', data.password)).rows.map(row => row.message_id)).toEqual([uri]);
  });

  test('says which variables hold a password that is wrong or was revoked', async () => {
    const advice =
      'the server does not accept the account or its password — check SILLAGE_BSKY_IDENTIFIER and SILLAGE_BSKY_PASSWORD; ' +
      'an app password that was revoked has to be replaced';
    expect(await refusal(search('ada.test', 'not-the-password'))).toBe(advice);
    const { data } = await ada.agent.com.atproto.server.createAppPassword({ name: 'revoked' });
    await ada.agent.com.atproto.server.revokeAppPassword({ name: 'revoked' });
    expect(await refusal(search('ada.test', data.password))).toBe(advice);
    expect(await refusal(search('nobody.test', 'not-the-password'))).toBe(advice);
  });

  test('says that the account was closed', async () => {
    const ben = await network.createAccount('ben');
    await network.takedown(ben);
    expect(await refusal(search('ben.test', network.password))).toBe(
      'the server has closed the account that signs in — use another account',
    );
  });

  test('says until when it has signed in too often', async () => {
    const begin = Date.now();
    const { pds: service } = network.addresses;
    // A server lets somebody sign in thirty times in five minutes.
    const body = JSON.stringify({ identifier: 'cleo.test', password: 'x' });
    const headers = { 'content-type': 'application/json' };
    const url = `${service}/xrpc/com.atproto.server.createSession`;
    await Promise.all(Array.from({ length: 30 }, () => fetch(url, { method: 'POST', headers, body })));
    const fault = await search('cleo.test', 'x').catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(Withheld);
    const until = (fault as Withheld).until!.getTime();
    expect(until).toBeGreaterThan(begin);
    expect(until).toBeLessThanOrEqual(Date.now() + 301_000);
  });
});
