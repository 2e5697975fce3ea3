import { expect, test } from 'vitest';
import type { Reply } from '../faultServer.ts';
import { walkThrough } from './completeness.ts';
import type { Fixture } from './fixture.ts';
import { making, serve, stranger } from './network.ts';
import { askFor, canary, expected, kindOf, walk, withSource } from './walk.ts';

const cut: Reply = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  response.write('{"half":');
  setTimeout(() => response.destroy(), 10);
};
const stalling: Reply = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"half":');
};

/** Servers that fail, redirect or refuse. */
export function faults(fixture: Fixture): void {
  const pages = [making(fixture, 1, 2), making(fixture, 3, 4)];

  test.each<[string, Reply, number]>([
    ['a server that fails three times', { status: 500, body: 'oops' }, 3],
    ['a gateway that fails', { status: 502, body: '<html>' }, 1],
    ['a cut connection', cut, 1],
    ['a body that does not go on', stalling, 1],
  ])('withstands %s', async (_, reply, often) => {
    const { walked, rows } = await walkThrough(fixture, {
      pages,
      fault: (page, times) => (page === 1 && times < often ? reply : undefined),
    });
    expect(walked.fault).toBeUndefined();
    expect(rows).toEqual(expected(fixture, pages.flat()));
  });

  test('reports a server that fails for good as what may pass, and keeps the pages before', async () => {
    const { walked, rows } = await walkThrough(fixture, {
      pages,
      fault: page => (page === 1 ? { status: 500, body: canary } : undefined),
    });
    expect(kindOf(walked.fault)).toBe('passing');
    expectHarmless(walked.fault);
    expect(rows).toEqual(expected(fixture, pages[0]!));
  });

  test('follows a redirect at home', async () => {
    const { walked, rows } = await walkThrough(fixture, {
      pages,
      fault: (page, times, asked) =>
        page === 1 && times === 0 ? { status: 307, headers: { location: asked.path } } : undefined,
    });
    expect(walked.fault).toBeUndefined();
    expect(rows).toEqual(expected(fixture, pages.flat()));
  });

  test('follows no redirect elsewhere, and shows nothing there', async () => {
    const other = await stranger();
    try {
      const { walked } = await walkThrough(fixture, {
        pages,
        fault: (_page, _times, asked) => ({
          status: 302,
          headers: { location: `${other.address}${asked.path}` },
        }),
      });
      expect(kindOf(walked.fault)).toBe('fatal');
      expect(other.asked).toEqual([]);
    } finally {
      await other.close();
    }
  });

  test.each([401, 403])('reports wrong credentials (%i) in a line without them', async status => {
    const { walked } = await walkThrough(fixture, {
      pages,
      refuse: ({ headers, body }) => ({
        status,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          error: 'AuthenticationRequired',
          message: `${headers.authorization} ${body} ${canary}`,
        }),
      }),
    });
    expect(kindOf(walked.fault)).toBe('fatal');
    expectHarmless(walked.fault);
  });

  test('reports credentials that are revoked in the middle, and keeps the pages before', async () => {
    const { walked, rows } = await walkThrough(fixture, {
      pages,
      fault: page => (page === 1 ? { status: 401, body: JSON.stringify({ error: canary }) } : undefined),
    });
    expect(kindOf(walked.fault)).toBe('fatal');
    expectHarmless(walked.fault);
    expect(rows).toEqual(expected(fixture, pages[0]!));
  });

  test('ends when it is told to', async () => {
    const server = await serve(fixture, { pages, fault: () => stalling });
    const end = new AbortController();
    try {
      const page = withSource(fixture, server.address, source => {
        const asked = askFor(source, fixture, fixture.query(server.address), undefined, end.signal);
        setTimeout(() => end.abort(new Error('told to')), 100);
        return asked;
      });
      await expect(page).rejects.toThrow();
      expect(server.asked.length).toBeGreaterThan(0);
    } finally {
      await server.close();
    }
  });

  test('reports a server that is not there as what may pass', async () => {
    const server = await serve(fixture, { pages });
    await server.close();
    const walked = await walk(fixture, server.address);
    expect(kindOf(walked.fault)).toBe('passing');
    expectHarmless(walked.fault);
  });
}

/** One line, in which nothing secret stands. */
export function expectHarmless(fault: Error | undefined): void {
  for (let cause: unknown = fault; cause instanceof Error; cause = cause.cause) {
    expect(cause.message).not.toContain(canary);
    expect(cause.message).not.toMatch(/\n/);
  }
}
