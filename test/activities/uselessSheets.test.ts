import { describe, expect, it } from 'vitest';
import { csv, headers, judgeSheets } from './sheets.ts';

const rates = csv(headers.rates, ['2026-03-01,GBP,1.15']);

describe('a sheet that can’t be used as a whole is one clear error', () => {
  const told = (contents: Record<string, string | Uint8Array>, hasMoney = true) =>
    judgeSheets(contents, { hasMoney }).then(
      () => 'nothing',
      (error: Error) => `${error.name} ${error.message}`,
    );

  it.each([
    [
      'a missing column',
      { codes: 'code,author_id,valid_from,valid_to\nA,x:1,,\n' },
      'FatalError codes.csv:1: the column campaign is missing; found code, author_id, valid_from, valid_to — rename columns to those of `codes`: code, author_id, campaign, valid_from, valid_to',
    ],
    [
      'no header before the third line',
      { codes: '\n\ncode,author_id\nA,x:1\n' },
      'FatalError codes.csv:3: the columns campaign, valid_from, valid_to are missing; found code, author_id — rename columns to those of `codes`: code, author_id, campaign, valid_from, valid_to',
    ],
    [
      'no header at all, without a word of what stands in it',
      { optouts: 'x:secret,2026-01-01,rude\n' },
      'FatalError optouts.csv:1: the column author_id is missing; found none in the first line: is it a header? — rename columns to those of `optouts`: author_id, since, reason',
    ],
    [
      'a column twice',
      { optouts: 'author_id,Author_ID\nx:1,x:1\n' },
      'FatalError optouts.csv:1: column author_id stands twice — rename one of the two',
    ],
    [
      'an empty file',
      { optouts: '' },
      'FatalError optouts.csv: the file is empty: not even its header is there — export it again; where there is nothing to say, leave the header alone in it',
    ],
    [
      'JSON',
      { orders: '{"order_id": "o1"}\n' },
      'FatalError orders.csv: the file is JSON; a sheet is CSV — export it as CSV, with a header',
    ],
    [
      'a spreadsheet',
      { orders: 'PK\x03\x04abc' },
      'FatalError orders.csv: the file is a ZIP archive or a spreadsheet — unpack it, or export the sheet as CSV',
    ],
    [
      'two currencies without rates',
      {
        orders: csv(headers.orders, [
          'o1,c1,2026-03-01T10:00:00Z,1,EUR,,,,,',
          'o2,c1,2026-03-01T10:00:00Z,1,GBP,,,,,',
        ]),
        costs: csv(headers.costs, [',fee,1,USD,2026-03-01']),
      },
      'FatalError orders.csv:3: amounts are in several currencies (EUR, GBP, USD), and no `rates` are given — name a file of `rates` (date, currency, rate to EUR) in the campaign file, or hand in one currency',
    ],
  ])('%s', async (_, contents, message) => {
    expect(await told(contents)).toBe(message);
  });

  it('two currencies and none that the campaign calls its own', async () => {
    const costs = csv(headers.costs, [
      ',fee,1,USD,2026-03-01',
      ',fee,2,USD,2026-03-01',
      ',fee,1,GBP,2026-03-01',
    ]);
    expect(await told({ costs, rates: rates }, false)).toMatch(
      /^FatalError costs\.csv:4: amounts are in several currencies \(GBP, USD\), and nothing says which is the campaign’s/,
    );
    const one = await judgeSheets(
      { costs: csv(headers.costs, [',fee,1,USD,2026-03-01']) },
      { hasMoney: false },
    );
    expect(one.stg_costs!.map(row => row.value)).toEqual(['1.0000']);
  });

  it('ten rows, none of which can be used, without a word of what stands in them', async () => {
    const rows = Array.from({ length: 10 }, (_, place) => `maria${place},1,1`);
    expect(await told({ candidates: csv(headers.candidates, rows) })).toBe(
      'FatalError candidates.csv: none of its 10 rows can be used: line 2: author_id is not <platform>:<native id>, like x:12345; line 3: author_id is not <platform>:<native id>, like x:12345; line 4: author_id is not <platform>:<native id>, like x:12345 — check that it is a file of `candidates`',
    );
    expect(await told({ candidates: csv(headers.candidates, rows.slice(1)) })).toBe('nothing');
  });

  it.each([
    ['accounts', 'optouts', 'secret is negative,,', 'author_id is not <platform>:<native id>, like x:12345'],
    ['persons', 'identities', 'secret,x:secret', 'author_id stands under several persons'],
    ['orders', 'orders', 'secret,c1,2026-03-01T10:00:00Z,1,EUR,,,,,', 'order stands twice'],
    [
      'refunds',
      'orders',
      'o1,c1,2026-03-01T10:00:00Z,1,EUR,,,,,5',
      'refunded_at is missing beside refund_amount',
    ],
    ['days', 'codes', 'A,x:secret,secret,2026-03-02,2026-03-01', 'valid_to is before valid_from'],
    ['fields', 'codes', 'A,x:secret', 'line has 2 fields, the header 5'],
  ] as const)('tells the kind of fault alone: %s', async (_, sheet, row, kind) => {
    const rows = Array.from({ length: 10 }, (_, place) =>
      sheet === 'identities'
        ? row.replace('secret', `secret${place}`)
        : kind === 'order stands twice'
          ? row.replace(',1,', `,${place},`)
          : row,
    );
    const message = await told({ [sheet]: csv(headers[sheet], rows) });
    expect(message).toContain(`rows can be used: line 2: ${kind}; line 3: ${kind}; line 4: ${kind} —`);
    expect(message).not.toContain('secret');
  });
});
