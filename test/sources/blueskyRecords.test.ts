import { describe, expect, it } from 'vitest';
import { bluesky } from '../../sources/bluesky.ts';
import { withFacetLinks } from '../../sources/blueskyText.ts';
import { timeOfMicros, writtenAt } from '../../sources/blueskyTime.ts';
import { Findings } from '../../sources/findings.ts';
import {
  ada,
  bob,
  eve,
  post,
  quote,
  quoteWithPictures,
  record,
  reply,
  repost,
  repostRecord,
} from './blueskyBodies.ts';
import { asked, fieldsOf, mapBody } from './mapping.ts';
import { pick, readBytes } from './reading.ts';

const kept = (uri: string, value: unknown) => ({ uri, cid: 'bafyrei', value });
const edges = ['message_id', 'author_id', 'kind', 'parent_id', 'root_id', 'reply_to_id', 'via_id'] as const;

describe('records of Bluesky', () => {
  it('are posts, replies, quotes and reposts', async () => {
    const records = [
      kept(post('1'), record()),
      kept(post('2', bob), record(reply(post('1')))),
      kept(post('3', bob), record(quote(post('1')))),
      kept(post('4', bob), record(quoteWithPictures(post('1')))),
      kept(post('5', bob), record({ ...reply(post('2', bob), post('1')), ...quote(post('3', bob)) })),
      kept(post('6'), record(quote(`at://${ada}/app.bsky.graph.list/1`))),
      kept(repost('7'), repostRecord(post('1'), repost('8', eve))),
      kept(repost('9'), repostRecord(post('1'))),
      kept(`at://${bob}/app.bsky.feed.like/1`, { $type: 'app.bsky.feed.like', subject: { uri: post('1') } }),
      kept(`at://${bob}/app.bsky.graph.follow/1`, { $type: 'app.bsky.graph.follow', subject: ada }),
    ];
    const { rows, refusals, findings } = await readBytes(
      'bluesky',
      'r.json',
      JSON.stringify({ cursor: '9', records }),
    );
    const named = (...ids: (string | null)[]) =>
      ids.map(id => (id === null || /^[a-z]+$/.test(id) ? id : `bluesky:${id}`));
    expect(pick(rows, ...edges)).toEqual([
      named(post('1'), ada, 'post', null, null, null, null),
      named(post('2', bob), bob, 'reply', post('1'), post('1'), null, null),
      named(post('3', bob), bob, 'quote', post('1'), null, null, null),
      named(post('4', bob), bob, 'quote', post('1'), null, null, null),
      named(post('5', bob), bob, 'quote', post('3', bob), null, post('2', bob), null),
      named(post('6'), ada, 'post', null, null, null, null),
      named(repost('7'), bob, 'reshare', null, post('1'), null, repost('8', eve)),
      named(repost('9'), bob, 'reshare', null, post('1'), null, null),
    ]);
    expect([refusals, findings]).toEqual([[], { likes_not_staged: 1, other_records: 1 }]);
  });

  it('are read one by one, too, and tell that their account is there', () => {
    expect(fieldsOf(mapBody(bluesky, kept(post('1'), record())).rows, 'message_id', 'likes')).toEqual([
      [post('1'), null],
    ]);
    const { rows, accounts } = mapBody(bluesky, { records: [] }, asked('records', [bob]));
    expect([rows, accounts]).toEqual([
      [],
      [{ platform: 'bluesky', account: bob, state: 'active', at: null }],
    ]);
  });

  it('may hold fields of anybody, which say nothing of the network', () => {
    const { rows, findings } = mapBody(bluesky, kept(post('1'), record({ mood: 'sunny', tags: ['gelato'] })));
    expect([rows.map(row => row.unmapped ?? 0), findings]).toEqual([[0], { 'unmapped:record.mood': 1 }]);
  });

  it.each([
    [
      post('1'),
      { $type: 'app.bsky.feed.post', text: 5, createdAt: '2026-03-01T09:30:00Z' },
      'post: text: expected string, received number',
    ],
    [
      post('1'),
      record({ reply: { root: { uri: post('1') } } }),
      'post: reply.parent: expected object, received undefined',
    ],
    [repost('1'), { $type: 'app.bsky.feed.repost' }, 'repost: subject: expected object, received undefined'],
    [post('1'), repostRecord(post('2')), 'record: is of another type than its place'],
    ['at://ada.example/app.bsky.feed.post/1', record(), 'uri: expected an at-URI of a DID'],
    [7, record(), 'record: uri: expected text'],
    [post('1'), 'text', 'post: expected object, received string'],
  ])('are refused where %j is %j', (uri, value, reason) => {
    expect(mapBody(bluesky, { records: [{ uri, value }] }).rows.map(row => row.refused)).toEqual([reason]);
  });
});

describe('the links of a post', () => {
  const link = (byteStart: unknown, byteEnd: unknown, uri: unknown) => ({
    index: { byteStart, byteEnd },
    features: [
      { $type: 'app.bsky.richtext.facet#mention', did: ada },
      { $type: 'app.bsky.richtext.facet#link', uri },
    ],
  });
  const shop = 'https://www.shop.example/gelato?$&';

  it.each([
    ['eat shop.example/gel... now', [link(4, 23, shop)], `eat ${shop} now`],
    ['🍦é shop.example/g…', [link(7, 24, shop)], `🍦é ${shop}`],
    ['here and here', [link(9, 13, shop), link(0, 4, shop)], `here ${shop} and here ${shop}`],
    ['bank.example', [link(0, 12, shop)], `bank.example ${shop}`],
    ['🍦', [link(1, 4, shop)], '🍦'],
    [
      'abc',
      [
        link(0, 9, shop),
        link(2, 1, shop),
        link(-1, 2, shop),
        link('0', 1, shop),
        link(0, 1, 'javascript:a'),
        7,
      ],
      'abc',
    ],
    ['abc', [link(0, 2, shop), link(1, 3, shop)], `ab ${shop}c`],
    ['abc', { index: {} }, 'abc'],
    ['\ud800 a.example', [link(4, 13, 'https://a.example/long')], '\ufffd https://a.example/long'],
  ])('%j are spelled out: %#', (text, facets, spelled) => {
    expect(withFacetLinks(text, facets)).toBe(spelled);
  });

  it('stand in its row', () => {
    const { rows } = mapBody(
      bluesky,
      kept(post('1'), record({ text: 'a.example/x', facets: [link(0, 11, 'https://a.example/xyz')] })),
    );
    expect(fieldsOf(rows, 'text')).toEqual([['https://a.example/xyz']]);
  });
});

describe('the time of a record', () => {
  const seen = '2026-03-01T09:30:01.000Z';
  it.each([
    ['2026-03-01T09:30:00.123456789Z', seen, '2026-03-01T09:30:00.123456Z', {}],
    ['2026-03-01T11:30:00+02:00', seen, '2026-03-01T11:30:00+02:00', {}],
    ['2026-03-01T09:30:01.000999Z', seen, '2026-03-01T09:30:01.000999Z', {}],
    ['2099-01-01T00:00:00Z', seen, seen, { created_at_doubtful: 1 }],
    ['2026-02-30T00:00:00Z', seen, seen, { created_at_doubtful: 1 }],
    ['yesterday', seen, seen, { created_at_doubtful: 1 }],
    [5, seen, seen, { created_at_doubtful: 1 }],
    ['0001-01-01T00:00:00Z', seen, '0001-01-01T00:00:00Z', {}],
    ['2099-01-01T00:00:00Z', null, '2099-01-01T00:00:00Z', {}],
    ['yesterday', 'today', 'yesterday', { created_at_doubtful: 1 }],
    [undefined, null, null, { created_at_doubtful: 1 }],
  ])('said to be %j, seen at %j, is %j', (said, bound, time, found) => {
    const findings = new Findings();
    expect(writtenAt(said, bound, findings)).toBe(time);
    expect(Object.fromEntries(findings.entries())).toEqual(found);
  });

  it.each([
    [1_772_357_400_000_001, '2026-03-01T09:30:00.000001Z'],
    ['1772357400999999', '2026-03-01T09:30:00.999999Z'],
    [-1, undefined],
    [Number.MAX_SAFE_INTEGER, '2255-06-05T23:47:34.740991Z'],
    [1e300, undefined],
    ['soon', undefined],
    [null, undefined],
  ])('in microseconds %j is %j', (micros, time) => {
    expect(timeOfMicros(micros)).toBe(time);
  });
});
