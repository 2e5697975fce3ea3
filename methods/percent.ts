/** A share as a signed percentage for a sentence: .276 is `+28 %`. */
export function signedPercent(share: number, digits = 0): string {
  return `${share > 0 ? '+' : ''}${(share * 100).toFixed(digits)} %`;
}
