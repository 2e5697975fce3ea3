import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Account, type BlueskyNetwork, ownBlueskyNetwork } from './blueskyNetwork.ts';
import { Unavailable } from './networkProcess.ts';

const network = (await ownBlueskyNetwork().catch(error => {
  if (!(error instanceof Unavailable)) throw error;
  console.warn(`NOT TESTED against a real Bluesky network: ${error.message}`);
})) as BlueskyNetwork;
afterAll(() => network?.end());
let ada: Account;
let ben: Account;

const post = (text: string) => ({
  $type: 'com.atproto.repo.applyWrites#create' as const,
  collection: 'app.bsky.feed.post',
  value: { $type: 'app.bsky.feed.post', text, createdAt: '2026-01-05T10:00:00.000Z' },
});
const found = async (term: string) => {
  await network.processAll();
  const { data } = await network.reader().app.bsky.feed.searchPosts({ q: term });
  return data.posts.map(({ author, record }) => [author.handle, record.text]).sort();
};

describe.skipIf(network === undefined)('a Bluesky network on this machine', () => {
  beforeAll(async () => {
    ada = await network.createAccount('ada');
    ben = await network.createAccount('ben');
    await network.applyWrites(ada, [post('a gelato in the sun'), post('nothing to say')]);
    await network.applyWrites(ben, [post('gelato again')]);
  });

  test('finds what was written', async () => {
    expect(await found('gelato')).toEqual([
      ['ada.test', 'a gelato in the sun'],
      ['ben.test', 'gelato again'],
    ]);
  });

  test('keeps everything when its servers are restarted', async () => {
    await network.restart();
    await network.applyWrites(ada, [post('gelato at night')]);
    expect(await found('gelato')).toEqual([
      ['ada.test', 'a gelato in the sun'],
      ['ada.test', 'gelato at night'],
      ['ben.test', 'gelato again'],
    ]);
  });

  test('hides the posts of accounts that are deactivated or taken down, and forgets deleted ones', async () => {
    const bens = [['ben.test', 'gelato again']];
    await network.deactivate(ada);
    expect(await found('gelato')).toEqual(bens);
    await network.activate(ada);
    expect(await found('gelato')).toHaveLength(3);
    await network.takedown(ada);
    expect(await found('gelato')).toEqual(bens);
    await network.takedown(ada, false);
    expect(await found('gelato')).toHaveLength(3);
    await network.deleteAccount(ada);
    expect(await found('gelato')).toEqual(bens);
  });
});
