/** How sentences of the tables write figures: in English, with the currency behind the amount. */

/** A whole amount from ten on, cents below: 76,752 EUR. */
export function amountText(amount: number, currency: string | undefined): string {
  const digits = Math.abs(amount) < 10 ? 2 : 0;
  const text = numberText(amount, digits);
  return currency === undefined ? text : `${text} ${currency}`;
}

/** From one amount to another, the currency once. */
export function amountsText(low: number, high: number, currency: string | undefined): string {
  return `${amountText(low, undefined)} to ${amountText(high, currency)}`;
}

/** A share as percent: 34 %; with one decimal below ten percent. */
export function percentText(share: number): string {
  return `${numberText(100 * share, Math.abs(share) < 0.1 ? 1 : 0)} %`;
}

/** A number with so many decimals at most; never −0. */
export function numberText(value: number, digits = 0): string {
  return (Number(value.toFixed(digits)) + 0).toLocaleString('en-GB', { maximumFractionDigits: digits });
}

/** `1 unit`, `12 units`. */
export function countText(count: number, one: string, many = `${one}s`): string {
  return `${numberText(count)} ${count === 1 ? one : many}`;
}

/** A sentence from clauses: the first begins with a capital, the others follow a semicolon, a full stop ends it. */
export function sentenceOf(clauses: readonly (string | undefined)[]): string {
  const text = clauses.filter(clause => clause !== undefined && clause !== '').join('; ');
  const closed = /[.!?]$/.test(text) ? text : `${text}.`;
  return closed.charAt(0).toUpperCase() + closed.slice(1);
}
