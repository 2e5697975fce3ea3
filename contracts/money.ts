/** Money is counted in whole units of 1/10000 of its currency, so that no sum is ever rounded. */
export const unitsPerOne = 10_000;

/** The largest amount, in units: every whole number up to it is exact. */
export const mostUnits = Number.MAX_SAFE_INTEGER;

export interface Money {
  /** In 1/10000 of the currency; beyond `mostUnits` no longer exact. */
  units: number;
  currency: string;
}

/** An amount as campaign files write it, like `20000 EUR`, with at most four decimals. */
export function readMoney(text: string): Money {
  const [amount, currency] = text.split(' ');
  const [whole, decimals = ''] = amount!.split('.');
  return { units: Number(`${whole}${decimals.padEnd(4, '0')}`), currency: currency! };
}

/** The smallest amount that can be paid in a currency (ISO 4217), in units: a cent of a euro is 100, a yen 10000. */
export function smallestPayment(currency: string): number {
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  return unitsPerOne / 10 ** Math.min(maximumFractionDigits, 4);
}
