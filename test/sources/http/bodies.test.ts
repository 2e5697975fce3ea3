import { createGzip, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { parsedBody } from '../../../sources/http/parsedBody.ts';
import type { Reply } from '../faultServer.ts';
import { asking } from './asking.ts';

const megabyte = Buffer.alloc(1e6, 'x');

/** As much as is taken, up to so many megabytes. */
function endless(megabytes: number, isPacked = false): Reply {
  return (_, response) => {
    response.writeHead(200, isPacked ? { 'content-encoding': 'gzip' } : {});
    const into = isPacked ? createGzip({ level: 1 }) : response;
    if (into !== response) into.pipe(response);
    let written = 0;
    const fill = () => {
      while (written < megabytes) {
        written++;
        if (!into.write(megabyte)) {
          into.once('drain', fill);
          return;
        }
      }
      into.end();
    };
    response.on('close', () => {
      written = megabytes;
    });
    fill();
  };
}

describe('a body that is too long', () => {
  test.each<[string, Reply]>([
    ['a gigabyte', endless(1000)],
    ['without end', endless(Number.POSITIVE_INFINITY)],
    ['a gigabyte in a few kilobytes', endless(1000, true)],
    ['packed beforehand', { headers: { 'content-encoding': 'gzip' }, body: gzipSync(Buffer.alloc(100e6)) }],
  ])('%s, is cut and asked for once', async (_, reply) => {
    global.gc?.();
    const before = process.memoryUsage.rss();
    let most = before;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage.rss());
    }, 5);
    try {
      expect(await asking([reply])).toEqual({
        outcome: 'UnfitAnswer: SERVER/page answers with more than 32 MB',
        times: 1,
      });
    } finally {
      clearInterval(watch);
    }
    expect((most - before) / 1e6).toBeLessThan(150);
  });

  test('by what the asker allows', async () => {
    expect(await asking([{ body: 'x'.repeat(2001) }], {}, { mostBytes: 2000 })).toEqual({
      outcome: 'UnfitAnswer: SERVER/page answers with more than 0.002 MB',
      times: 1,
    });
  });
});

test('a packed body comes out unpacked', async () => {
  const reply: Reply = { headers: { 'content-encoding': 'gzip' }, body: gzipSync('hello') };
  expect(await asking([reply])).toEqual({ outcome: '200 hello', times: 1 });
});

describe('a body as JSON', () => {
  const parse = (text: string) =>
    parsedBody({
      url: 'https://a.example/b?token=secret',
      status: 200,
      headers: new Headers(),
      body: Buffer.from(text),
    });
  const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

  test('keeps ids exact', () => {
    expect(parse('{"id": 12345678901234567890, "n": 3}')).toEqual({ id: '12345678901234567890', n: 3 });
    expect(parse(JSON.stringify({ 'te"xt\\': '[[{'.repeat(500) }))).toEqual({ 'te"xt\\': '[[{'.repeat(500) });
    expect(parse(deep(200))).toHaveLength(1);
  });

  test.each([
    ['', 'answers with nothing'],
    ['<html>secret', 'answers with something that is no JSON'],
    ['{"secret": ', 'answers with something that is no JSON'],
    ['"secret \\', 'answers with something that is no JSON'],
    [deep(201), 'answers with JSON that is nested too deep'],
    [deep(5e6), 'answers with JSON that is nested too deep'],
    ['{"a":'.repeat(1e6), 'answers with JSON that is nested too deep'],
  ])('%.20s: refused in a line without the body', (text, fault) => {
    expect(() => parse(text)).toThrow(new RegExp(`^a\\.example/b ${fault}$`));
  });
});
