import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { plainNight, temporaryFolder, worldIn } from './plain.ts';
import { campaign, interval, staged, writeShop } from './shop.ts';

const plainly = 'privacy: { pseudonymise: false }\ngates: { max_drop: 1 }';
const names = (...sheets: string[]) => [plainly, ...sheets.map(sheet => `${sheet}: { path: ${sheet}.csv }`)];
/** Runs, each of which pins what it takes. */
const [first, second, third, fourth] = [1, 2, 3, 4].map(
  start => `${campaign}_2026-03-28_2026-03-29_${start}`,
) as [string, string, string, string];

it('a pinned run hears every opt-out, of then and of now, and takes the other sheets as they were', async () => {
  const folder = temporaryFolder();
  const lake = join(folder, 'lake');
  const put = (optouts: string, identities: string) =>
    writeShop(
      folder,
      { 'optouts.csv': `author_id\n${optouts}`, 'identities.csv': `person_id,author_id\n${identities}` },
      names('optouts', 'identities'),
    );
  const night = (run: string, pinned?: string) =>
    plainNight(worldIn(lake), file, campaign, interval, pinned === undefined ? { run } : { run, pinned });
  const out = async () =>
    (
      await staged<{ author_id: string }>(
        lake,
        ['stg_persons'],
        'SELECT author_id FROM stg_persons WHERE is_opted_out ORDER BY author_id',
      )
    ).map(row => row.author_id);

  const file = put('x:ann\n', 'p1,x:bea\np1,x:cem\n');
  await night(first);
  expect(await out()).toEqual(['x:ann']);
  expect((await night(second, first)).published?.outcome).toBe('unchanged');

  put('x:bea\n', 'p1,x:dan\n');
  await night(third, second);
  expect(await out()).toEqual(['x:ann', 'x:bea', 'x:cem']);

  put('x:dan\n', '');
  await night(fourth, third);
  expect(await out()).toEqual(['x:ann', 'x:bea', 'x:cem', 'x:dan']);
  const books = await staged<{ file: string }>(
    lake,
    ['stg_sheet_books'],
    "SELECT file FROM stg_sheet_books WHERE sheet = 'optouts' ORDER BY file",
  );
  expect(books.map(row => row.file.replace(/@[0-9a-f]{12}$/, '@'))).toEqual([
    'optouts.csv',
    'optouts.csv@',
    'optouts.csv@',
  ]);
});

it('a pinned run takes a sheet that the campaign file has named since, and pins it', async () => {
  const folder = temporaryFolder();
  const lake = join(folder, 'lake');
  const file = writeShop(folder, {}, names());
  const night = (run: string, pinned?: string) =>
    plainNight(worldIn(lake), file, campaign, interval, pinned === undefined ? { run } : { run, pinned });
  await night(first);

  writeShop(
    folder,
    { 'costs.csv': 'author_id,kind,amount,currency,spent_at\n,fee,5,EUR,2026-03-01\n' },
    names('costs'),
  );
  await night(second, first);
  const amounts = async () =>
    (await staged<{ amount: string }>(lake, ['stg_costs'], 'SELECT amount FROM stg_costs')).map(
      row => +row.amount,
    );
  expect(await amounts()).toEqual([5]);

  writeFileSync(
    join(folder, 'costs.csv'),
    'author_id,kind,amount,currency,spent_at\n,fee,7,EUR,2026-03-01\n',
  );
  expect((await night(third, second)).published?.outcome).toBe('unchanged');
  expect(await amounts()).toEqual([5]);
});
