import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FatalError } from '../../contracts/errors.ts';
import { isBlank } from '../../sources/lines.ts';
import { line, pick, readBytes } from './reading.ts';

const read = (content: string | Uint8Array) => readBytes('messages', 'm.ndjson', content);

describe('messages as NDJSON', () => {
  it('types every field and puts ids under their platform', async () => {
    const { rows, refusals } = await read(
      line({
        message_id: 0,
        kind: 'quote',
        parent_id: 'x:5',
        reply_to_id: 'mastodon:https://a.example/1',
        text: 'glace',
        language: 'fr-CA',
        sentiment: -0.5,
        followers: '12.0',
        captured_at: '2026-03-02 00:00:00+02:00',
        likes: 3,
        views: '40',
        reshares: 4,
        quotes: '5.0',
        replies: 6,
      }).replace('"message_id":0', '"message_id":1219780709600124929'),
    );
    expect(refusals).toEqual([]);
    expect(rows).toEqual([
      {
        line: 1,
        item: 0,
        is_included: false,
        unmapped_fields: 0,
        platform: 'x',
        message_id: 'x:1219780709600124929',
        author_id: 'x:7',
        created_at: '2026-03-01 09:30:00',
        kind: 'quote',
        parent_id: 'x:5',
        root_id: null,
        reply_to_id: 'mastodon:https://a.example/1',
        via_id: null,
        text: 'glace',
        language: 'fr',
        sentiment: -0.5,
        followers: 12,
        captured_at: '2026-03-01 22:00:00',
        likes: 3,
        views: 40,
        reshares: 4,
        quotes: 5,
        replies: 6,
        is_deleted: false,
      },
    ]);
  });

  it('accepts times of 1970 and 2100, with and without zone, to the microsecond', async () => {
    const times = [
      '1970-01-01T00:00:00Z',
      '2100-01-01T00:00:00Z',
      '2026-03-01T01:30+02:00',
      '2026-03-01 00:00:00.123456789',
    ];
    const { rows } = await read(
      times.map((created_at, n) => line({ created_at, message_id: `${n}` })).join(''),
    );
    expect(pick(rows, 'created_at').flat()).toEqual([
      '1970-01-01 00:00:00',
      '2100-01-01 00:00:00',
      '2026-02-28 23:30:00',
      '2026-03-01 00:00:00.123456',
    ]);
  });

  it('keeps every good line of a bad file, with true line numbers', async () => {
    const content = [
      `\ufeff${line({ message_id: '1' })}`,
      '\n   \n',
      '{"platform": "x"\n',
      `${line({ message_id: '5' }).trimEnd()}\r\n`,
      '[1]\n{}\n{"a":1}{"b":2}\n\r\n',
      line({ message_id: '5.70306E+17' }),
      line({}).replace('"1"', '1.2e18'),
      line({ message_id: '12' }).replace('"post"', '"post","text":"a\0b"'),
      line({ message_id: '13', text: 'a\0b' }),
      line({ message_id: '14' }).replace('"post"', '"post","text":"\\ud83d"'),
      line({ message_id: '15', extra: 1, other: null }).trimEnd(),
    ].join('');
    const { rows, refusals, findings } = await read(content);
    expect(pick(rows, 'line', 'message_id', 'text', 'unmapped_fields')).toEqual([
      [1, 'x:1', null, 0],
      [5, 'x:5', null, 0],
      [12, 'x:12', 'ab', 0],
      [13, 'x:13', 'ab', 0],
      [14, 'x:14', '\ufffd', 0],
      [15, 'x:15', null, 2],
    ]);
    expect(pick(refusals, 'line', 'reason')).toEqual([
      [4, 'line is cut short: its JSON does not end'],
      [6, 'line is JSON but not an object'],
      [7, 'platform is missing'],
      [8, 'line is not JSON'],
      [10, 'message_id 5.70306E+17 has lost digits'],
      [11, 'message_id 1.2e+18 has lost digits'],
    ]);
    expect(findings).toEqual({ nul_removed: 2, 'unmapped:extra': 1, 'unmapped:other': 1 });
  });

  it('refuses a line of 200 MB without holding it, and reads what is around it', async () => {
    const long = Buffer.concat([Buffer.from('{"text":"'), Buffer.alloc(200 << 20, 'x'), Buffer.from('"}\n')]);
    const { rows, refusals } = await read(
      Buffer.concat([Buffer.from(line({})), long, Buffer.from(line({}))]),
    );
    expect(pick(rows, 'line').flat()).toEqual([1, 3]);
    expect(pick(refusals, 'line', 'reason')).toEqual([[2, 'line of 200 MB is longer than 16 MB']]);
  });

  it('keeps both rows of an id that stands twice: which counts is decided later', async () => {
    const { rows } = await read(line({}) + line({ likes: 2 }));
    expect(pick(rows, 'message_id', 'likes')).toEqual([
      ['x:1', null],
      ['x:1', 2],
    ]);
  });

  it('reads a tombstone that has nothing but its id', async () => {
    const { rows } = await read('{"platform":"x","message_id":"9","deleted":true}\n');
    expect(pick(rows, 'message_id', 'author_id', 'created_at', 'is_deleted')).toEqual([
      ['x:9', null, null, true],
    ]);
  });

  it('says when nothing of a file can be used', async () => {
    const wrong = Array.from({ length: 12 }, (_, n) => line({ kind: 'toot', message_id: `${n}` })).join('');
    await expect(read(wrong)).rejects.toThrow(
      'm.ndjson: none of its 12 rows can be used: line 1: kind is none of post, reshare, quote, reply, comment; line 2',
    );
  });

  it('never throws anything but FatalError, and gives each filled line one fate', async () => {
    const good = Array.from({ length: 3 }, (_, n) => line({ message_id: `${n}` })).join('');
    const mutation = fc.record({
      at: fc.nat(good.length),
      cut: fc.nat(20),
      put: fc.uint8Array({ maxLength: 12 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 3 }), async mutations => {
        let bytes = Buffer.from(line({ message_id: 'whole' }) + good);
        for (const { at, cut, put } of mutations) {
          bytes = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + cut)]);
        }
        await oneFateEach(bytes);
      }),
      { numRuns: 30 },
    );
  });

  it('survives any bytes', async () => {
    const part = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.constantFrom('\n', '{', '"', '\r\n', ' \n', line({})),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 12 }), async parts => {
        await oneFateEach(Buffer.concat(parts.map(text => Buffer.from(text))));
      }),
      { numRuns: 30 },
    );
  });
});

async function oneFateEach(bytes: Buffer): Promise<void> {
  try {
    const { rows, refusals } = await read(bytes);
    const filled: number[] = [];
    let number = 1;
    let from = 0;
    while (from < bytes.length) {
      const end = bytes.indexOf(10, from);
      const content = bytes.subarray(from, end === -1 ? bytes.length : end);
      if (!isBlank({ number, bytes: content, length: content.length })) filled.push(number);
      from = end === -1 ? bytes.length : end + 1;
      number += 1;
    }
    expect(
      pick([...rows, ...refusals], 'line')
        .flat()
        .sort((a, b) => Number(a) - Number(b)),
    ).toEqual(filled);
  } catch (error) {
    if (!(error instanceof FatalError)) throw error;
  }
}
