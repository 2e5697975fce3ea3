import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codes, header, order, shop, writeShop } from './cornerShop.ts';
import { plainNight, published, temporaryFolder, worldIn } from './plain.ts';

describe('redemptions', () => {
  it('of expired, unknown and foreign codes and of oneself are refused with the reason; no customer is named', async () => {
    const folder = temporaryFolder();
    const lake = join(folder, 'lake');
    const orders =
      header +
      order('code', '2026-03-05', '10.00', 'sun5,corner-shop,,,') +
      order('expired', '2026-02-28', '10.00') +
      order('last-day', '2026-03-28', '10.00') +
      order('link', '2026-03-05', '10.00', 'http://corner.example/r/Bea#top,corner-shop,,,') +
      order('other', '2026-03-05', '10.00', 'EGG,corner-shop,,,') +
      order('own', '2026-03-05', '10.00') +
      order('own-account', '2026-03-05', '10.00') +
      order('two-people', '2026-03-05', '10.00', 'STAR,corner-shop,,,') +
      order('unknown', '2026-03-05', '10.00', 'SUN6,corner-shop,,,') +
      order('without', '2026-03-05', '10.00', ',corner-shop,,,');
    const file = writeShop(folder, {
      orders,
      codes: `${codes}
        EGG,x:ann,easter,2026-03-01,2026-03-28
        https://www.corner.example/r/Bea/,x:bea,corner-shop,2026-03-01,2026-03-28
        STAR,x:ann,corner-shop,2026-03-01,2026-03-28
        star,x:bea,corner-shop,2026-03-01,2026-03-28`,
      customers: `customer_id,author_id,clv,currency
        c-own,x:ann,1,EUR
        c-own-account,bluesky:ann,1,EUR
        c-link,x:ann,1,EUR`,
      identities: 'person_id,author_id\np1,x:ann\np1,bluesky:ann',
      incentives: '{ budget: 20 EUR, earns: [{ kind: commission, on: order, rate: 0.1 }] }',
    });
    await plainNight(worldIn(lake), file, shop, '2026-03-28/2026-03-29');
    const rows = await published<Record<string, string | boolean | null>>(
      lake,
      shop,
      'SELECT order_id, author_id, promotion, is_credited, reason FROM fct_redemptions ORDER BY order_id',
    );
    expect(rows.map(row => Object.values(row).join(' ').trim())).toEqual([
      'code x:ann corner-shop true',
      'expired x:ann corner-shop false outside window',
      'last-day x:ann corner-shop true',
      'link x:bea corner-shop true',
      'other x:ann corner-shop false other campaign',
      'own x:ann corner-shop false self-referral',
      'own-account x:ann corner-shop false self-referral',
      'two-people  corner-shop false several people',
      'unknown  corner-shop false unknown code',
    ]);
    for (const table of ['fct_redemptions', 'fct_incentives']) {
      const text = JSON.stringify(await published(lake, shop, `FROM ${table}`));
      expect(text).toContain('last-day');
      expect(text).not.toContain('c-');
    }
  });
});
