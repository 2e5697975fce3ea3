import { describe, expect, it } from 'vitest';
import { mastodonSource } from '../../contracts/liveSources.ts';
import { localMessageOf, subjectOf } from '../../contracts/localMessage.ts';
import { accountAddress } from '../../sources/mastodon/accountAddress.ts';
import { pageLinks } from '../../sources/mastodon/pageLinks.ts';
import { idAt, isHigher, timeOfId } from '../../sources/mastodon/snowflake.ts';
import { standingQueries } from '../../sources/mastodon/standingQueries.ts';

describe('Mastodon', () => {
  it.each([
    ['@ada@Home.example', { name: 'ada', host: 'home.example' }],
    ['ada@127.0.0.1:3000', { name: 'ada', host: '127.0.0.1:3000' }],
    ['https://home.example/users/ada', { name: 'ada', host: 'home.example' }],
    ['https://home.example/@ada', { name: 'ada', host: 'home.example' }],
    ['https://home.example/@zoe@away.example', { name: 'zoe', host: 'away.example' }],
    ['https://home.example/ap/users/116', { number: '116', host: 'home.example' }],
    ['https://away.example/users/../../etc', undefined],
    ['https://away.example/9x7y', undefined],
    ['javascript:alert(1)', undefined],
    ['', undefined],
  ])('finds the account %s', (account, address) => {
    expect(accountAddress(account)).toEqual(address);
  });

  it('reads the time in ids of 18 digits, and no other', () => {
    // A status of Mastodon's own documentation: the id was made 13 ms before `created_at`.
    const time = Date.parse('2019-12-05T11:34:47.183Z');
    expect([timeOfId('103254962155278888'), timeOfId(idAt(time))]).toEqual([time, time]);
    expect(['1', '1772357400000', '01HZX', '9'.repeat(30)].map(timeOfId)).toEqual(Array(4).fill(undefined));
    expect([isHigher('1000', '999'), isHigher('116153140838400001', '116153140838400002')]).toEqual([
      true,
      false,
    ]);
  });

  it('follows links by their ids alone', () => {
    const linksOf = (link: string) =>
      pageLinks(
        { status: 200, url: 'https://home.example/', headers: new Headers({ link }), body: Buffer.alloc(0) },
        'home.example',
      );
    expect(
      linksOf('<https://evil.example/a?max_id=12>; rel="next", </b?min_id=34&limit=40>; rel="prev"'),
    ).toEqual({ older: '12', newer: '34' });
    expect(linksOf('<https://home.example/a>; rel="last"')).toEqual({ older: undefined, newer: undefined });
    const faults = [
      '<https://home.example/a>; rel="next"',
      '<a?max_id=../..>; rel="next"',
      'none at all',
    ].map(link => {
      try {
        return linksOf(link);
      } catch (error) {
        return (error as Error).message;
      }
    });
    expect(faults).toEqual([
      'home.example links a page without saying where it begins',
      'home.example links a page without saying where it begins',
      "home.example links its pages in a way that can't be read",
    ]);
  });

  it('asks each instance for hashtags, and an account where it is at home', () => {
    const instances = ['https://one.example', 'https://two.example'];
    const settings = mastodonSource.parse({
      type: 'mastodon',
      instances,
      hashtags: ['gelato', '#ice'],
      accounts: ['@ada@two.example', '@zoe@far.example'],
    });
    const brand = ['https://two.example/users/ada', 'https://one.example/users/brand'];
    const standing = standingQueries({ ...settings, id: 'talk' }, brand, []);
    expect(standing.map(({ query: { label, subjects, host } }) => [label, ...subjects, host])).toEqual([
      ['hashtag #gelato at one.example', 'gelato', instances[0]],
      ['hashtag #gelato at two.example', 'gelato', instances[1]],
      ['hashtag #ice at one.example', 'ice', instances[0]],
      ['hashtag #ice at two.example', 'ice', instances[1]],
      ['account @ada@two.example at two.example', '@ada@two.example', instances[1]],
      ['account @zoe@far.example at one.example', '@zoe@far.example', instances[0]],
      [
        'account https://one.example/users/brand at one.example',
        'https://one.example/users/brand',
        instances[0],
      ],
    ]);
  });

  it('names a message by the id of a server and by its URI', () => {
    const message = { id: '116153140838400000', uri: 'https://home.example/statuses/1' };
    expect(localMessageOf(subjectOf(message))).toEqual(message);
    expect(localMessageOf(message.uri)).toEqual({ id: '', uri: message.uri });
  });
});
