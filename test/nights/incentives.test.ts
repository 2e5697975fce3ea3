import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { codes, header, ledgerAfter as ledgerOf, order, type Shop, shop, writeShop } from './cornerShop.ts';
import { temporaryFolder, worldIn } from './plain.ts';
import { shortNight } from './shortNight.ts';

const tenth = '{ budget: 20 EUR, earns: [{ kind: commission, on: order, rate: 0.1 }] }';

let folder: string;
let lake: string;
beforeEach(() => {
  folder = temporaryFolder();
  lake = join(folder, 'lake');
});
const ledgerAfter = (day: number, what: Shop, name = shop) => ledgerOf(folder, lake, day, what, name);

describe('the ledger of incentives, from night to night', () => {
  it('goes on where the night before ended: late orders are appended, nothing is entered twice', async () => {
    const base = { codes, incentives: tenth };
    const first = header + order('o2', '2026-03-02', '30.00');
    expect(await ledgerAfter(2, { ...base, orders: first })).toEqual(['o2 earned 3 02']);
    const second = first + order('o1', '2026-03-01', '10.00') + order('o3', '2026-03-03', '50.00');
    expect(await ledgerAfter(3, { ...base, orders: second })).toEqual([
      'o2 earned 3 02',
      'o1 earned 1 03',
      'o3 earned 5 03',
    ]);
    // An export that begins later takes nothing back.
    expect(await ledgerAfter(4, { ...base, orders: header + order('o4', '2026-03-04', '10.00') })).toEqual([
      'o2 earned 3 02',
      'o1 earned 1 03',
      'o3 earned 5 03',
      'o4 earned 1 04',
    ]);
  });

  it('sees nothing at or after the end of its interval', async () => {
    const orders =
      header +
      order('o1', '2026-03-02', '30.00', 'SUN5,corner-shop,,2026-03-04T00:00:00Z,30.00') +
      order('o2', '2026-03-03', '30.00');
    expect(await ledgerAfter(2, { codes, orders, incentives: tenth })).toEqual(['o1 earned 3 02']);
    expect(await ledgerAfter(3, { codes, orders, incentives: tenth })).toHaveLength(2);
    expect(await ledgerAfter(4, { codes, orders, incentives: tenth })).toEqual([
      'o1 earned 3 02',
      'o2 earned 3 03',
      'o1 reversed -3 04 the order was refunded',
    ]);
  });

  it('takes back in proportion, and frees budget for what comes later', async () => {
    const base = { codes, incentives: tenth };
    const first = header + order('o1', '2026-03-01', '190.00') + order('o2', '2026-03-02', '30.00');
    expect(await ledgerAfter(2, { ...base, orders: first })).toEqual([
      'o1 earned 19 02',
      'o2 capped 1 02 the budget is spent',
    ]);
    const refunded = order('o1', '2026-03-01', '190.00', 'SUN5,corner-shop,,2026-03-03T00:00:00Z,95.00');
    const second =
      header + refunded + order('o2', '2026-03-02', '30.00') + order('o3', '2026-03-03', '30.00');
    expect(await ledgerAfter(3, { ...base, orders: second })).toEqual([
      'o1 earned 19 02',
      'o2 capped 1 02 the budget is spent',
      'o1 reversed -9.5 03 the order was refunded',
      'o3 earned 3 03',
    ]);
  });

  it('keeps what was published when the same night runs again with more, and is reused when it runs with the same', async () => {
    const base = {
      codes,
      incentives: '{ budget: 3 EUR, earns: [{ kind: commission, on: order, rate: 0.1 }] }',
    };
    const late = header + order('o2', '2026-03-02', '30.00');
    expect(await ledgerAfter(2, { ...base, orders: late })).toEqual(['o2 earned 3 02']);
    // o1 came first in time, but o2 may be paid by now.
    const whole = late + order('o1', '2026-03-01', '30.00');
    const expected = ['o2 earned 3 02', 'o1 refused 0 02 the budget is spent'];
    expect(await ledgerAfter(2, { ...base, orders: whole })).toEqual(expected);
    const file = join(folder, 'campaign.yaml');
    const again = await shortNight(worldIn(lake), file, shop, '2026-03-02/2026-03-03');
    expect(again.published?.outcome).toBe('unchanged');
    expect(again.steps.find(({ step }) => step === 'ledger')?.outcome).toBe('reused');
    const forced = await shortNight(worldIn(lake), file, shop, '2026-03-02/2026-03-03', {
      force: true,
    });
    expect(forced.steps.find(({ step }) => step === 'ledger')?.outcome).toBe('verified');
    expect(await ledgerAfter(3, { ...base, orders: whole })).toEqual(expected);
  });

  it('lets a backfill begin with the night before it, and the shown ledger go on untouched', async () => {
    const base = { codes, incentives: tenth };
    const orders = header + order('o1', '2026-03-01', '10.00') + order('o5', '2026-03-05', '20.00');
    const shown = await ledgerAfter(5, { ...base, orders });
    expect(shown).toEqual(['o1 earned 1 05', 'o5 earned 2 05']);
    expect(await ledgerAfter(2, { ...base, orders })).toEqual(['o1 earned 1 02']);
    expect(await ledgerAfter(6, { ...base, orders })).toEqual(shown);
  });

  it('refuses an interval that overlaps nights with entries, which it would pay again, and says how to go on', async () => {
    const orders = [1, 2, 3, 4].map(day => order(`o${day}`, `2026-03-0${day}`, '10.00'));
    const base = { codes, incentives: tenth, orders: header + orders.join('') };
    await ledgerAfter(1, base);
    await ledgerAfter(2, base);
    const night = (interval: string) =>
      shortNight(worldIn(lake), join(folder, 'campaign.yaml'), shop, interval);
    await expect(night('2026-03-01/2026-03-04')).rejects.toMatchObject({
      message: expect.stringMatching(/the night 2026-03-02\/2026-03-03 has entries .*would be paid again/),
      next: expect.stringContaining('or give 2026-03-03/2026-03-04,'),
    });
    await expect(night('2026-03-02/2026-03-05')).rejects.toThrow(/overlaps 2026-03-02\/2026-03-05/);
    await expect(night('2026-03-01/2026-03-03')).rejects.toMatchObject({
      next: expect.stringContaining('run 2026-03-02/2026-03-03 again'),
    });
    // The same interval again, and one that begins where the last night ended, go on.
    const daily = ['o1 earned 1 01', 'o2 earned 1 02'];
    expect(await ledgerAfter(2, base)).toEqual(daily);
    await night('2026-03-03/2026-03-05');
    expect(await ledgerAfter(5, base)).toEqual([...daily, 'o3 earned 1 04', 'o4 earned 1 04']);
    await expect(ledgerAfter(4, base)).rejects.toThrow(/the night 2026-03-03\/2026-03-05 has entries/);
  });

  it('lets a longer interval begin where the nights inside it have no entries', async () => {
    const base = { codes, orders: header + order('o1', '2026-03-01', '10.00') };
    await ledgerAfter(1, base);
    const file = writeShop(folder, { ...base, incentives: tenth });
    const wide = await shortNight(worldIn(lake), file, shop, '2026-03-01/2026-03-03');
    expect(wide.steps.find(({ step }) => step === 'ledger')?.detail).toBe('1 entries appended to 0');
    // Its own ledger is empty: it has nothing to go on from, and would pay again.
    await expect(ledgerAfter(2, { ...base, incentives: tenth })).rejects.toThrow(/would be paid again/);
  });

  it('enters a rule that came later for new events and old ones, and keeps the entries of a rule that went', async () => {
    const orders = header + order('o1', '2026-03-01', '10.00');
    await ledgerAfter(2, { codes, orders, incentives: tenth });
    const both =
      '{ budget: 20 EUR, earns: [{ kind: naming, on: order }, { kind: commission, on: order, rate: 0.5 }] }';
    expect(await ledgerAfter(3, { codes, orders, incentives: both })).toEqual([
      'o1 earned 1 02',
      'o1 earned 0 03',
    ]);
    const more = orders + order('o2', '2026-03-04', '10.00');
    const other = '{ budget: 20 EUR, earns: [{ kind: fee, on: mention, amount: 1 EUR }] }';
    expect(await ledgerAfter(4, { codes, orders: more, incentives: other })).toHaveLength(2);
    expect(await ledgerAfter(5, { codes, orders: more })).toHaveLength(2);
  });

  it('holds the cap of a person over all accounts that the identities join', async () => {
    const orders =
      header + order('o1', '2026-03-01', '40.00') + order('o2', '2026-03-02', '30.00', 'MOON,corner-shop,,,');
    const incentives =
      '{ budget: 20 EUR, cap_per_person: 5 EUR, earns: [{ kind: commission, on: order, rate: 0.1 }] }';
    const identities = 'person_id,author_id\np1,x:ann\np1,x:bea';
    const apart = ['o1 earned 4 02', 'o2 earned 3 02'];
    expect(await ledgerAfter(2, { codes, orders, incentives })).toEqual(apart);
    // Who turns out to be one person has one cap from then on; what was entered stays.
    const more = orders + order('o3', '2026-03-03', '10.00', 'MOON,corner-shop,,,');
    expect(await ledgerAfter(3, { codes, orders: more, incentives, identities })).toEqual([
      ...apart,
      'o3 refused 0 03 the cap of the person is reached',
    ]);
    lake = join(folder, 'another lake');
    expect(await ledgerAfter(2, { codes, orders, incentives, identities })).toEqual([
      'o1 earned 4 02',
      'o2 capped 1 02 the cap of the person is reached',
    ]);
  });

  it('refuses to go on in another currency, or under other pseudonyms', async () => {
    const base = { codes, orders: header + order('o1', '2026-03-01', '10.00') };
    await ledgerAfter(2, { ...base, incentives: tenth });
    const pounds = '{ budget: 20 GBP, earns: [{ kind: fee, on: order, amount: 1 GBP }] }';
    await expect(ledgerAfter(3, { ...base, incentives: pounds })).rejects.toThrow(
      /the ledger of incentives is kept in EUR, and incentives.budget is now in GBP/,
    );
    await expect(ledgerAfter(3, { ...base, incentives: tenth, pseudonymise: true })).rejects.toThrow(
      /names people by other pseudonyms than this night/,
    );
  });

  it('does not take pseudonyms that a dry run can not know for other ones', async () => {
    const base = { codes, orders: header + order('o1', '2026-03-01', '10.00'), incentives: tenth };
    await ledgerAfter(2, { ...base, pseudonymise: true });
    const talk = [{ message_id: 'late', author_id: 'dan', kind: 'post', text: 'Bonsoir' }];
    const file = writeShop(folder, { ...base, pseudonymise: true, talk });
    const dry = await shortNight(worldIn(lake), file, shop, '2026-03-02/2026-03-03', { dryRun: true });
    expect(dry.steps.find(({ step }) => step === 'pseudonyms')?.outcome).toBe('unknown');
    expect(dry.steps.find(({ step }) => step === 'ledger')?.outcome).toBe('unknown');
  });

  it('is empty without codes and without orders', async () => {
    const orders = header + order('o1', '2026-03-01', '10.00');
    expect(await ledgerAfter(2, { orders, incentives: tenth })).toEqual([]);
    expect(await ledgerAfter(3, { codes, incentives: tenth })).toEqual([]);
  });
});
