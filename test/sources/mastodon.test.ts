import { describe, expect, it } from 'vitest';
import { htmlText } from '../../sources/htmlText.ts';
import { pick, readBytes } from './reading.ts';

const read = (...bodies: unknown[]) =>
  readBytes('mastodon', 'm.json', bodies.map(body => `${JSON.stringify(body)}\n`).join(''));
const home = { acct: 'ada', uri: 'https://home.example/users/ada', followers_count: 12 };
const away = { acct: 'bob@away.example', url: 'https://away.example/@bob', uri: null };
const status = (id: string, host: string, more: Record<string, unknown> = {}) => ({
  id,
  uri: `https://${host}/statuses/${id}`,
  created_at: '2026-03-01T09:30:00.000Z',
  account: host === 'home.example' ? home : away,
  content: '<p>gelato</p>',
  in_reply_to_id: null,
  reblog: null,
  ...more,
});
const uri = (id: string, host = 'home.example') => `mastodon:https://${host}/statuses/${id}`;

describe('Mastodon', () => {
  it('names messages and people as the whole network does', async () => {
    const { rows, findings } = await read(
      status('1', 'home.example', { language: 'fr', favourites_count: 3, novelty: 1 }),
    );
    expect(pick(rows, 'message_id', 'author_id', 'text', 'language', 'followers', 'likes')).toEqual([
      [uri('1'), 'mastodon:https://home.example/users/ada', 'gelato', 'fr', 12, 3],
    ]);
    expect(findings).toEqual({ 'unmapped:novelty': 1 });
  });

  it('resolves answers within the file, and gives all answers to one unseen status the same parent', async () => {
    const { rows } = await read({
      ancestors: [],
      descendants: [
        status('2', 'away.example', { in_reply_to_id: '1' }),
        status('3', 'home.example', { in_reply_to_id: '2' }),
        status('4', 'away.example', { in_reply_to_id: '1' }),
      ],
    });
    expect(pick(rows, 'message_id', 'kind', 'parent_id', 'author_id')).toEqual([
      [uri('2', 'away.example'), 'reply', 'mastodon:home.example/1', 'mastodon:https://away.example/@bob'],
      [uri('3'), 'reply', uri('2', 'away.example'), 'mastodon:https://home.example/users/ada'],
      [uri('4', 'away.example'), 'reply', 'mastodon:home.example/1', 'mastodon:https://away.example/@bob'],
    ]);
  });

  it('reads boosts and quotes, with what they hold', async () => {
    const { rows } = await read(
      status('2', 'home.example', { reblog: status('1', 'away.example') }),
      status('3', 'home.example', {
        quote: { state: 'accepted', quoted_status: status('1', 'away.example') },
      }),
      status('4', 'home.example', {
        quote: { state: 'accepted', quoted_status: status('1', 'away.example') },
        in_reply_to_id: '3',
      }),
    );
    const direct = rows.filter(row => row.is_included === false);
    expect(pick(direct, 'kind', 'parent_id', 'root_id', 'reply_to_id')).toEqual([
      ['reshare', null, uri('1', 'away.example'), null],
      ['quote', uri('1', 'away.example'), null, null],
      ['quote', uri('1', 'away.example'), null, uri('3')],
    ]);
    expect(pick(rows, 'line', 'item', 'is_included')).toEqual([
      [1, 0, false],
      [1, 1, true],
      [2, 0, false],
      [2, 1, true],
      [3, 0, false],
      [3, 1, true],
    ]);
  });

  it('says which field of a status is missing', async () => {
    const { refusals } = await read({ ...status('1', 'home.example'), uri: undefined }, 'text');
    expect(pick(refusals, 'line', 'reason')).toEqual([
      [1, 'status: uri: expected string, received undefined'],
      [2, 'is not a status'],
    ]);
  });

  it.each([
    [
      '<p>One &amp; two<br />three</p><p>four <a href="https://a.example">a<span class="invisible">.example</span></a></p>',
      'One & two\nthree\n\nfour a.example',
    ],
    ['<ul><li>a</li><li>b</li></ul>', 'a\nb'],
    ['a &lt;b&gt; &#x1F600; <p>unclosed', 'a <b> 😀 \n\nunclosed'],
    ['', ''],
  ])('turns %j into text', (html, text) => {
    expect(htmlText(html)).toBe(text);
  });
});
