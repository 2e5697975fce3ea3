import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasRealData, realData } from './realInputs.ts';

type Cells = Record<string, string>;

/** A plain reading of a CSV without quotes, beside the project. */
export function read(name: string): Cells[] {
  const [header, ...lines] = readFileSync(join(realData, name), 'utf8').trim().split('\n');
  const names = header!.trim().split(',');
  return lines.map(line =>
    Object.fromEntries(
      line
        .trim()
        .split(',')
        .map((cell, column) => [names[column]!, cell]),
    ),
  );
}

const dayOf = (number: string) => new Date(Number(number) * 86_400_000).toISOString().slice(0, 10);
export const nameOf = (id: string) => `cj-${id}`;

/** The campaign of the grocer's with the most redemptions. */
export const largest = nameOf('18');

/** A grocer's redeemed coupons, as orders of a few whole dollars each. */
export const redeemed = hasRealData
  ? read('cj_coupon_redemptions.csv').map((row, place) => ({
      order_id: `r${String(place + 1).padStart(4, '0')}`,
      household: row.household_id!,
      coupon: row.coupon_upc!,
      promotion: nameOf(row.campaign_id!),
      day: dayOf(row.redemption_date!),
      amount: `${1 + (place % 40)}.00`,
    }))
  : [];

/** First and last day of each of the grocer's campaigns. */
export const windows = new Map(
  (hasRealData ? read('cj_campaign_descriptions.csv') : []).map(row => [
    nameOf(row.campaign_id!),
    { from: dayOf(row.start_date!), to: dayOf(row.end_date!) },
  ]),
);

/** The campaigns of each coupon. */
export const campaignsOf = new Map<string, Set<string>>();
for (const row of hasRealData ? read('cj_coupons_redeemed_only.csv') : []) {
  const known = campaignsOf.get(row.coupon_upc!) ?? new Set();
  campaignsOf.set(row.coupon_upc!, known.add(nameOf(row.campaign_id!)));
}

/** Writes orders.csv and codes.csv; a coupon belongs to one of fifty tills. */
export function writeGrocer(folder: string, isRecorded: boolean): void {
  const table = (name: string, lines: (string | undefined)[][]) =>
    writeFileSync(join(folder, name), lines.map(line => `${line.join(',')}\n`).join(''));
  table('orders.csv', [
    ['order_id', 'customer_id', 'ordered_at', 'amount', 'currency', 'code', 'promotion'],
    ...redeemed.map(({ order_id, household, day, amount, coupon, promotion }) => [
      order_id,
      household,
      `${day}T12:00:00Z`,
      amount,
      'USD',
      coupon,
      isRecorded ? promotion : '',
    ]),
  ]);
  table('codes.csv', [
    ['code', 'author_id', 'campaign', 'valid_from', 'valid_to'],
    ...[...campaignsOf].flatMap(([coupon, names]) =>
      [...names].map(name => [
        coupon,
        `shop:till-${Number(coupon) % 50}`,
        name,
        windows.get(name)!.from,
        windows.get(name)!.to,
      ]),
    ),
  ]);
}
