import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { campaignsOf, largest, nameOf, read, redeemed, windows, writeGrocer } from './grocer.ts';
import { plainNight, published, worldIn } from './plain.ts';
import { hasRealData } from './realInputs.ts';

describe.skipIf(!hasRealData)('a grocer’s coupons as orders and codes [needs ../shared/data]', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sillage-coupons-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const lakeOf = (kind: string) => join(folder, kind, 'lake');

  /** Campaigns of the coupon that were open on the day: the one that began last first, then by name. */
  const fitting = ({ coupon, day }: { coupon: string; day: string }) =>
    [...campaignsOf.get(coupon)!]
      .filter(name => windows.get(name)!.from <= day && day <= windows.get(name)!.to)
      .sort((a, b) => {
        const [first, second] = [windows.get(a)!.from, windows.get(b)!.from];
        if (first !== second) return first > second ? -1 : 1;
        return a < b ? -1 : 1;
      });

  const campaign = largest;

  async function runNight(kind: 'recorded' | 'unrecorded'): Promise<void> {
    const home = mkdtempSync(join(folder, `${kind}-`));
    writeGrocer(home, kind === 'recorded');
    writeFileSync(
      join(home, 'talk.ndjson'),
      '{"platform":"x","message_id":"1","author_id":"1","created_at":"2017-12-01T10:00:00Z","kind":"post"}\n',
    );
    writeFileSync(
      join(home, 'campaign.yaml'),
      `campaign: ${campaign}
brand: { name: Grocer }
sources: [{ id: talk, type: files, format: messages, path: talk.ndjson }]
orders: { path: orders.csv, currency: USD, margin: 0.3 }
codes: { path: codes.csv }
incentives:
  budget: 350 USD
  earns: [{ kind: commission, on: order, rate: 0.075, cap: 25 USD }]
privacy: { pseudonymise: false }
`,
    );
    await plainNight(worldIn(lakeOf(kind)), join(home, 'campaign.yaml'), campaign, '2018-03-01/2018-03-02');
  }

  const ask = <Row>(kind: string, sql: string) => published<Row>(lakeOf(kind), campaign, sql);
  interface Redemption {
    order_id: string;
    promotion: string;
    author_id: string;
    is_ambiguous: boolean;
    is_credited: boolean;
  }
  const redemptionsOf = (kind: string) =>
    ask<Redemption>(
      kind,
      'SELECT order_id, promotion, author_id, is_ambiguous, is_credited FROM fct_redemptions ORDER BY order_id',
    );

  beforeAll(async () => {
    await runNight('recorded');
    await runNight('unrecorded');
  }, 120_000);

  it('[README of the data] 2,102 redemptions of 410 households, all credited to the campaign that was recorded', async () => {
    const rows = await redemptionsOf('recorded');
    expect(rows).toHaveLength(2102);
    expect(rows).toEqual(
      redeemed.map(({ order_id, promotion, coupon }) => ({
        order_id,
        promotion,
        author_id: `shop:till-${Number(coupon) % 50}`,
        is_ambiguous: false,
        is_credited: true,
      })),
    );
    const households = new Map(redeemed.map(({ order_id, household }) => [order_id, household]));
    expect(new Set(rows.map(({ order_id }) => households.get(order_id))).size).toBe(410);
  });

  it('[README of the data] 107 of 491 coupons belong to several campaigns; 33 redemptions fit two by window, 26 still by household', async () => {
    expect(campaignsOf.size).toBe(491);
    expect([...campaignsOf.values()].filter(names => names.size > 1)).toHaveLength(107);
    const rows = await redemptionsOf('unrecorded');
    const ambiguous = rows.filter(row => row.is_ambiguous);
    expect(ambiguous).toHaveLength(33);
    const counted =
      "SELECT measure, value::INT AS value FROM fct_quality WHERE table_name = 'fct_redemptions'";
    expect(await ask('unrecorded', `${counted} ORDER BY measure`)).toEqual([
      { measure: 'ambiguous', value: 33 },
      { measure: 'refused', value: 0 },
    ]);
    const twofold = redeemed.filter(row => fitting(row).length > 1);
    expect(ambiguous.map(row => row.order_id)).toEqual(twofold.map(row => row.order_id));
    const members = new Set(
      read('cj_campaigns.csv').map(row => `${nameOf(row.campaign_id!)} ${row.household_id}`),
    );
    const still = twofold.filter(
      row => fitting(row).filter(name => members.has(`${name} ${row.household}`)).length > 1,
    );
    expect(still).toHaveLength(26);
  });

  it('credits each to exactly one campaign when none was recorded: the one that began last, then the smallest name', async () => {
    const rows = await redemptionsOf('unrecorded');
    expect(
      rows.map(({ order_id, promotion, is_credited }) => ({ order_id, promotion, is_credited })),
    ).toEqual(
      redeemed.map(row => ({ order_id: row.order_id, promotion: fitting(row)[0], is_credited: true })),
    );
  });

  it('pays this campaign’s alone, in order of time, up to the cap of each and the budget', async () => {
    const entries = await ask<{ event_id: string; amount: number }>(
      'recorded',
      'SELECT event_id, CAST(amount * 10000 AS BIGINT) AS amount FROM fct_incentives ORDER BY entry_number',
    );
    const ours = redeemed.filter(row => row.promotion === campaign);
    const inTime = ours.toSorted((a, b) => (`${a.day} ${a.order_id}` < `${b.day} ${b.order_id}` ? -1 : 1));
    let left = 3_500_000;
    const theirs = new Map<number, number>();
    const expected = inTime.map(({ order_id, coupon, amount }) => {
      const till = Number(coupon) % 50;
      // 7.5 % of whole dollars in whole cents, halves up; then what the cap and the budget leave.
      const due = Math.floor((Number(amount) * 75 + 5) / 10) * 100;
      const given = Math.min(due, left, 250_000 - (theirs.get(till) ?? 0));
      left -= given;
      theirs.set(till, (theirs.get(till) ?? 0) + given);
      return { event_id: order_id, amount: given };
    });
    expect(ours.length).toBeGreaterThan(500);
    expect(entries).toEqual(expected);
    expect(left).toBe(0);
  });
});
