import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shop, writeShop } from '../nights/cornerShop.ts';
import { plainNight, worldIn } from '../nights/plain.ts';
import { sillage } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'sillage-payments-'));
const env = { SILLAGE_LAKE: join(folder, 'lake') };
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const pay = (...args: string[]) => sillage(['incentives', 'export', shop, ...args], env);

const order = (id: string, day: string, code: string, amount: string, refund = ',') =>
  `\n${id},c-${id},2026-03-${day}T12:00:00Z,${amount},EUR,${code},${shop},${refund}`;
const orders =
  'order_id,customer_id,ordered_at,amount,currency,code,promotion,refunded_at,refund_amount' +
  order('o1', '01', 'SUN5', '100.00') +
  order('o2', '02', 'MOON', '20.50') +
  order('o3', '02', 'STAR', '30.00');
const codes = `code,author_id,campaign,valid_from,valid_to
  SUN5,x:ann,${shop},2026-03-01,2026-03-28
  MOON,bluesky:ann,${shop},2026-03-01,2026-03-28
  STAR,-2:bea,${shop},2026-03-01,2026-03-28`;

beforeAll(async () => {
  const rest = {
    codes,
    identities: 'person_id,author_id\np1,x:ann\np1,bluesky:ann',
    incentives: '{ budget: 200 EUR, earns: [{ kind: commission, on: order, rate: 0.1 }] }',
    pseudonymise: true,
  };
  const world = worldIn(env.SILLAGE_LAKE);
  await plainNight(world, writeShop(folder, { ...rest, orders }), shop, '2026-03-02/2026-03-03');
  const later =
    orders.replace('SUN5,corner-shop,,', 'SUN5,corner-shop,2026-03-03T10:00:00Z,100.00') +
    order('o4', '03', 'STAR', '10.00');
  // Bea's code is no longer listed on the third day: her name is in the files of the night before.
  const fewer = codes.replace(/\n.*STAR.*/, '');
  const file = writeShop(folder, { ...rest, codes: fewer, orders: later });
  await plainNight(world, file, shop, '2026-03-03/2026-03-04');
});

describe('the export of incentives for payment', () => {
  test('is one row a person with the real handle, refunds taken off, for its owner alone', async () => {
    const out = join(folder, 'payments.csv');
    const { status, stdout, stderr } = await pay('--out', out);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toBe(`${out}: 2 people, 5.05 EUR, as the night of 2026-03-03 has it\n`);
    const [header, ...rows] = readFileSync(out, 'utf8').trim().split('\n');
    expect(header).toBe('author_id,amount,currency,entries,first_entered_on,last_entered_on');
    expect(rows).toHaveLength(2);
    // A handle that a spreadsheet would run as a formula is marked as text.
    expect(rows[0]).toBe("'-2:bea,3,EUR,1,2026-03-02,2026-03-02");
    expect(rows[1]).toBe('bluesky:ann,2.05,EUR,3,2026-03-02,2026-03-03');
    expect(statSync(out).mode & 0o777).toBe(0o600);
  });

  test('since a day holds what its night and later ones entered, below 0 where more was taken back', async () => {
    const out = join(folder, 'since.csv');
    const { stdout } = await pay('--out', out, '--since', '2026-03-03', '--json');
    expect(JSON.parse(stdout)).toEqual({
      file: out,
      people: 1,
      amount: -10,
      currency: 'EUR',
      as_of: '2026-03-03',
    });
    expect(readFileSync(out, 'utf8').split('\n')[1]).toBe('x:ann,-10,EUR,1,2026-03-03,2026-03-03');
  });

  test('replaces no file without --force, and keeps what it replaces private', async () => {
    const out = join(folder, 'there.csv');
    writeFileSync(out, 'mine', { mode: 0o644 });
    const refused = await pay('--out', out);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain('there.csv: the file is there already — give another --out, or --force');
    expect(readFileSync(out, 'utf8')).toBe('mine');
    expect((await pay('--out', out, '--force')).status).toBe(0);
    expect(readFileSync(out, 'utf8')).toContain('bluesky:ann');
    expect(statSync(out).mode & 0o777).toBe(0o600);
  });

  test('says in a line what is wrong: no such campaign, no such folder, a folder, no --out', async () => {
    const absent = await sillage(['incentives', 'export', 'nobody', '--out', join(folder, 'a.csv')], env);
    expect([absent.status, absent.stderr]).toEqual([
      1,
      expect.stringContaining('nothing is published for nobody'),
    ]);
    const nowhere = await pay('--out', join(folder, 'nowhere', 'a.csv'));
    expect([nowhere.status, nowhere.stderr]).toEqual([
      1,
      expect.stringContaining("can't be written (ENOENT)"),
    ]);
    mkdirSync(join(folder, 'directory'));
    const directory = await pay('--out', join(folder, 'directory'), '--force');
    expect([directory.status, directory.stderr]).toEqual([1, expect.stringContaining('it is not a file')]);
    expect((await pay()).status).toBe(2);
  });
});
