import { expect, test } from 'vitest';
import type { Fixture, Made } from './fixture.ts';
import { making, type Network, serve } from './network.ts';
import { askFor, expected, mapPages, told, type Walk, walk, withSource } from './walk.ts';

/** Rows in are rows out, whatever the pages look like and whoever asks for them. */
export function completeness(fixture: Fixture): void {
  const pages = [making(fixture, 1, 3), making(fixture, 4, 6), making(fixture, 7, 7)];

  test('gives every message of every page, as it was written', async () => {
    const { rows, walked } = await walkThrough(fixture, { pages });
    expect(walked.fault).toBeUndefined();
    expect(walked.pages).toHaveLength(3);
    expect(rows).toEqual(expected(fixture, pages.flat()));
  });

  test('goes on from any cursor, in another process', async () => {
    const server = await serve(fixture, { pages });
    try {
      const once = await walk(fixture, server.address);
      const fresh = await walk(fixture, server.address, true);
      expect(fresh.fault).toBeUndefined();
      const bodies = ({ pages }: Walk) => pages.map(page => page.body.toString());
      expect(bodies(fresh)).toEqual(bodies(once));
      expect(fresh.cursors).toEqual(once.cursors);
      const query = fixture.query(server.address);
      const again = await withSource(fixture, server.address, source =>
        askFor(source, fixture, query, once.cursors[0]),
      );
      expect([again.body.toString(), again.next]).toEqual([bodies(once)[1], once.cursors[1]]);
    } finally {
      await server.close();
    }
  });

  test.each<[string, Made[][]]>([
    [
      'messages that stand on two pages',
      [making(fixture, 1, 4), making(fixture, 3, 6), making(fixture, 6, 7)],
    ],
    ['a page in the middle that is empty', [making(fixture, 1, 3), [], making(fixture, 4, 5)]],
    ['nothing at all', [[]]],
  ])('withstands %s', async (_, overlapping) => {
    const { rows, walked } = await walkThrough(fixture, { pages: overlapping });
    expect(walked.fault).toBeUndefined();
    const once = [...new Map(overlapping.flat().map(made => [made.number, made])).values()];
    expect(rows).toEqual(expected(fixture, once));
  });

  test('ends where a cursor leads to its own page', async () => {
    const { walked, rows } = await walkThrough(fixture, { pages, next: page => Math.min(page + 1, 1) });
    expect(walked.pages.length).toBeLessThanOrEqual(3);
    expect(rows.length).toBeGreaterThanOrEqual(3);
  });

  test('tells apart the cursors of a list without end, so that it can be bounded', async () => {
    const { walked } = await walkThrough(fixture, { pages: [making(fixture, 1, 2)], next: page => page + 1 });
    const cursors = walked.cursors.filter(cursor => cursor !== undefined);
    expect(new Set(cursors).size).toBe(cursors.length);
  });

  test('leaves hostile texts as they are', async () => {
    const hostile = [
      '<script>alert(1)</script> & "quotes"',
      "'; DROP TABLE stg_rows; --",
      '../../etc/passwd',
      '=HYPERLINK("http://evil.example")',
      'a\u0007b \u202Eright to left',
      '{"text": "json"} ${jndi}',
    ].map((text, index) => ({ ...making(fixture, index + 1, index + 1)[0]!, text, name: text }));
    const { rows } = await walkThrough(fixture, { pages: [hostile] });
    expect(rows).toEqual(expected(fixture, hostile));
  });

  if (fixture.refresh !== undefined) testRefresh(fixture, fixture.refresh.bind(fixture));
}

function testRefresh(fixture: Fixture, refresh: NonNullable<Fixture['refresh']>): void {
  test('tells which messages are gone', async () => {
    const made = making(fixture, 1, 4);
    const there = made.filter(({ number }) => number % 2 === 1);
    const server = await serve(fixture, { pages: [made], there });
    try {
      const deleted = await withSource(fixture, server.address, async source => {
        const most = source.follows.refresh!;
        const ids = made.map(one => fixture.idOf(one));
        const rows = [];
        for (let first = 0; first < ids.length; first += most) {
          const query = refresh(ids.slice(first, first + most), server.address);
          for (
            let cursor: string | undefined, isFirst = true;
            isFirst || cursor !== undefined;
            isFirst = false
          ) {
            const page = await askFor(source, fixture, query, cursor);
            rows.push(...mapPages(source, query, [page]).rows);
            cursor = page.next;
          }
        }
        return rows.map(({ fields }) => [fields.message_id, fields.deleted === 'true']);
      });
      expect(deleted.sort()).toEqual(made.map(one => [fixture.idOf(one), !there.includes(one)]).sort());
    } finally {
      await server.close();
    }
  });
}

/** A walk through a network, and what its pages tell. */
export async function walkThrough(
  fixture: Fixture,
  network: Network,
): Promise<{ walked: Walk; rows: string[][]; asked: number }> {
  const server = await serve(fixture, network);
  try {
    const walked = await walk(fixture, server.address);
    const rows = await withSource(fixture, server.address, async source =>
      told(mapPages(source, fixture.query(server.address), walked.pages).rows),
    );
    return { walked, rows, asked: server.asked.length };
  } finally {
    await server.close();
  }
}
