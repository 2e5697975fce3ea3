import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sheet } from '../../contracts/sheets.ts';
import { Random } from '../../tools/sample/random.ts';
import { booksOf, csv, everySheet, headers, judgeSheets, reasonsOf } from './sheets.ts';

/** Good rows of each sheet, among them some that are equal in content. */
const good: Record<Sheet, string[]> = {
  identities: ['p1,x:1', 'p1,mastodon:https://m.example/@a', 'p2,x:2', 'p2,bluesky:did:plc:b'],
  optouts: ['x:1,2026-03-01,asked', 'x:1,2026-02-01,asked again', 'x:9,,'],
  rates: ['2026-03-01,GBP,1.15', '2026-03-01,GBP,1.150', '2026-03-05,GBP,1.2'],
  orders: [
    'o1,c1,2026-03-01T10:00:00Z,20.85,EUR,,,zone-01,,',
    'o2,c1,2026-03-04T10:00:00Z,20,GBP,PIXEL,spring,zone-01,,',
    'o2,c1,2026-03-04T10:00:00Z,20.00,GBP,PIXEL,spring,zone-01,2026-03-06T10:00:00Z,5',
    'o2,c1,2026-03-04T11:00:00+01:00,20.00,GBP,PIXEL,spring,zone-01,2026-03-07T10:00:00Z,7',
    'o3,c2,2026-03-05T10:00:00Z,1,GBP,,,,2026-03-05T10:00:00Z,',
  ],
  customers: ['c1,x:1,78.11,EUR', 'c2,,10,GBP', 'c3,x:3,,', 'c3,x:3,,'],
  codes: ['PIXEL,x:1,spring,2026-03-01,2026-03-28', 'PIXEL,x:1,autumn,,', 'KITE,x:2,spring,2026-03-01,'],
  costs: ['x:1,fee,650.00,EUR,2026-03-05', 'x:1,fee,650,EUR,2026-03-05', ',tooling,10,GBP,2026-03-02'],
  candidates: ['x:1,475,0.56', 'x:2,10.5,1', 'x:2,10.50,1.0'],
  panel: [
    'zone-01,2026-01-04,3950.23,0.00,treated',
    'zone-02,2026-01-04,1,0,control',
    'zone-01,2026-01-05,2,9,treated',
  ],
  influence_shares: ['x:1,x:2,0.5', 'x:3,x:2,0.5', 'x:3,x:2,0.50'],
};
const written = (rows: Record<Sheet, string[]>) =>
  Object.fromEntries(everySheet.map(sheet => [sheet, csv(headers[sheet], rows[sheet])]));

describe('sheets', () => {
  it('are staged in types, money in the currency of the campaign', async () => {
    const tables = await judgeSheets(written(good));
    expect(tables.stg_sheet_refusals).toEqual([]);
    expect(
      tables.stg_orders!.map(row => [row.order_id, row.day, row.value, row.refund_amount, row.refund_value]),
    ).toEqual([
      ['o1', '2026-03-01', '20.8500', null, null],
      ['o2', '2026-03-04', '23.0000', '7.0000', '8.0500'],
      ['o3', '2026-03-05', '1.2000', '1.0000', '1.2000'],
    ]);
    expect(tables.stg_costs!.map(row => [row.cost_number, row.author_id, row.value])).toEqual([
      ['0', null, '11.5000'],
      ['1', 'x:1', '650.0000'],
    ]);
    expect(tables.stg_customers!.map(row => row.value)).toEqual(['78.1100', '12.0000', null]);
    expect(tables.stg_optouts).toContainEqual({
      author_id: 'x:1',
      since: '2026-02-01',
      reason: 'asked again',
    });
  });

  it('shuffled, split in two files and doubled give the same tables', async () => {
    const expected = await judgeSheets(written(good));
    // What is said first in the identities names the person: there the order is content.
    const sorted = Object.fromEntries(
      Object.entries(expected).filter(([table]) => !/^stg_(sheet_|identities)/.test(table)),
    );
    const shuffled = fc.record(
      Object.fromEntries(
        everySheet.map(sheet => {
          const rows = good[sheet].flatMap(row => [row, row]);
          return [
            sheet,
            fc.tuple(fc.shuffledSubarray(rows, { minLength: rows.length }), fc.nat(rows.length)),
          ];
        }),
      ) as Record<Sheet, fc.Arbitrary<[string[], number]>>,
    );
    await fc.assert(
      fc.asyncProperty(shuffled, async drawn => {
        const contents = everySheet.flatMap(sheet => {
          const [rows, cut] = drawn[sheet];
          return [
            [`${sheet}/a.csv`, csv(headers[sheet], rows.slice(0, cut))],
            [`${sheet}/b.csv`, csv(headers[sheet], rows.slice(cut))],
          ];
        });
        const tables = await judgeSheets(Object.fromEntries(contents));
        expect(tables).toMatchObject(sorted);
        expect(tables.stg_identities!.map(row => [row.author_id, row.person_key])).toEqual(
          expected.stg_identities!.map(row => [row.author_id, row.person_key]),
        );
        for (const [rows, ...fates] of Object.values(booksOf(tables))) {
          expect(fates.reduce((sum, count) => sum + count)).toBe(rows);
        }
      }),
      { numRuns: 6 },
    );
  }, 120_000);

  it('may hold anything: every row has one fate, and nothing but a clear error ends the reading', async () => {
    const cell = fc.oneof(
      fc.constantFrom(
        '',
        'x:1',
        'x:2',
        'p1',
        'o1',
        'c1',
        'EUR',
        '2026-03-01',
        '2026-03-01T10:00:00Z',
        '1',
        '-1',
        '0.5',
      ),
      fc.string().map(text => `"${text.replaceAll('"', '""').replace(/[\r\n]/g, ' ')}"`),
      fc.string({ unit: 'binary', maxLength: 5 }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...everySheet),
        fc.array(fc.array(cell, { minLength: 1, maxLength: 10 }), { maxLength: 9 }),
        async (sheet, rows) => {
          const text = csv(
            headers[sheet],
            rows.map(cells => cells.join(',')),
          );
          let tables: Awaited<ReturnType<typeof judgeSheets>>;
          try {
            tables = await judgeSheets({ [sheet]: text });
          } catch (error) {
            expect((error as Error).name).toBe('FatalError');
            return;
          }
          const [rowsRead, ...fates] = booksOf(tables)[`${sheet}/${sheet}.csv`]!;
          expect(fates.reduce((sum, count) => sum + count)).toBe(rowsRead);
          expect(tables[`stg_${sheet}`]!.length).toBe(fates[0]);
          expect(tables.stg_sheet_refusals!.length).toBe(fates[2]);
        },
      ),
      { numRuns: 30 },
    );
  }, 120_000);

  it('are the same packed, with a byte order mark, semicolons, carriage returns and other columns', async () => {
    const rows = good.orders;
    const expected = (
      await judgeSheets({ orders: csv(headers.orders, rows), rates: csv(headers.rates, good.rates) })
    ).stg_orders;
    const semicolons = csv(headers.orders, rows).replaceAll(',', ';').replaceAll('\n', '\r\n');
    const turned = csv(
      `shop,${headers.orders.split(',').toReversed().join(',').toUpperCase()}`,
      rows.map(row => `web,${row.split(',').toReversed().join(',')}`),
    );
    for (const content of [
      gzipSync(csv(headers.orders, rows)),
      zstdCompressSync(csv(headers.orders, rows)),
      `\uFEFF${semicolons}`,
      turned,
    ]) {
      const tables = await judgeSheets({ orders: content, rates: csv(headers.rates, good.rates) });
      expect(tables.stg_orders).toEqual(expected);
      if (content === turned) {
        expect(tables.stg_sheet_measures).toEqual([
          { sheet: 'orders', measure: 'unmapped:shop', value: '5' },
          { sheet: 'orders', measure: 'unmapped_rows', value: '5' },
        ]);
      }
    }
  });

  it('with torn lines keep the others', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${headers.candidates}\nx:1,1,1\nx:2,2\nx:3,3,0.3\nx:4,4,`),
      Buffer.from([0xff]),
      Buffer.from('\nx:5,5,0.5\n"x:6,6,0.6\nx:7,7,0.7\n'),
    ]);
    const tables = await judgeSheets({ candidates: bytes });
    expect(tables.stg_candidates!.map(row => row.author_id)).toEqual(['x:1', 'x:3', 'x:5', 'x:7']);
    expect(reasonsOf(tables, 'candidates')).toEqual({
      3: 'line has 2 fields, the header 3',
      5: expect.stringMatching(/^line is not UTF-8/),
      7: 'a quote opened on this line is never closed',
    });
    expect(booksOf(tables)['candidates/candidates.csv']).toEqual([7, 4, 0, 3]);
  });

  it('agree with a slow judge: which of the rows of an order stands, and at which rate', async () => {
    const random = new Random(7, 'orders');
    const drawn = Array.from({ length: 900 }, (_, place) => {
      const refund = random.below(3);
      return {
        id: `o${Math.floor(place / 3)}`,
        amount: random.chance(0.9) ? 2 : 3,
        day: 1 + (Math.floor(place / 3) % 27),
        currency: place % 6 < 3 ? 'GBP' : 'EUR',
        // The night ends with the 28th.
        refundedOn: refund === 0 ? undefined : 27 + refund,
        refund: random.below(3) / 2,
      };
    });
    const rates = [3, 4, 11, 20].map((day, place) => ({ day, rate: 1.1 + place / 8 }));
    const two = (day: number) => String(day).padStart(2, '0');
    const rows = drawn.map(({ id, amount, day, currency, refundedOn, refund }) => {
      const refunded = refundedOn === undefined ? ',' : `2026-03-${refundedOn}T00:00:00Z,${refund}`;
      return `${id},c1,2026-03-${two(day)}T10:00:00Z,${amount},${currency},,,,${refunded}`;
    });
    const tables = await judgeSheets({
      orders: csv(headers.orders, rows),
      rates: csv(
        headers.rates,
        rates.map(({ day, rate }) => `2026-03-${two(day)},GBP,${rate}`),
      ),
    });
    const expected: unknown[] = [];
    for (const [id, same] of Map.groupBy(drawn, ({ id }) => id)) {
      const [{ amount, day, currency }] = same as [(typeof drawn)[number]];
      if (same.some(row => row.amount !== amount)) continue;
      const rate = currency === 'EUR' ? 1 : rates.filter(one => one.day <= day).at(-1)?.rate;
      if (rate === undefined) continue;
      const known = same.filter(row => row.refundedOn === 28).map(row => row.refund);
      const back = known.length === 0 ? null : (Math.max(...known) * rate).toFixed(4);
      expected.push([id, (amount * rate).toFixed(4), back]);
    }
    expect(expected.length).toBeGreaterThan(100);
    expect(tables.stg_orders!.map(row => [row.order_id, row.value, row.refund_value])).toEqual(
      expected.sort(),
    );
    expect(booksOf(tables)['orders/orders.csv']!.slice(0, 2)).toEqual([900, expected.length]);
  });

  it('of influence share a value once: more than all of it is refused, whichever account of the person it names', async () => {
    const identities = csv(headers.identities, ['p1,x:1', 'p1,mastodon:1', 'p2,x:2']);
    const judged = (rows: string[]) =>
      judgeSheets({ identities, influence_shares: csv(headers.influence_shares, rows) });
    // What the person's other account is owed is their own.
    const whole = ['x:2,x:1,0.7', 'x:3,mastodon:1,0.3', 'mastodon:1,x:1,0.9'];
    expect((await judged(whole)).stg_influence_shares).toHaveLength(3);
    await expect(judged([...whole, 'x:4,x:1,0.000001'])).rejects.toThrow(
      "influence_shares.csv:2: the shares of mastodon:1's value that are owed to others add up to 1.000001, which is more than all of it (rows influence_shares.csv:2 to influence_shares.csv:5) — lower them, so that they add up to 1 at most",
    );
  });

  it('that are not named make their tables empty', async () => {
    const tables = await judgeSheets({});
    for (const rows of Object.values(tables)) expect(rows).toEqual([]);
  });
});
