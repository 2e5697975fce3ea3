export interface HoldOutInput {
  /** Number of the stratum of each unit, from 0. */
  stratum: Int32Array;
  /** Place of each unit in a random order that nothing about the unit could have influenced. */
  lot: Float64Array;
  /** Share of the units to hold out, 0..1. */
  share: number;
}

/**
 * Stratified randomisation with the method of largest remainders: round(share × n) units are held out, of each stratum its
 * share rounded down and one more where the remainder is largest, so that the share holds overall as well as within
 * strata; within a stratum the lot decides, and among equal remainders the lowest lot among those who would be next.
 * (Imbens & Rubin 2015, chapter 9, for stratified experiments; Hamilton's method for the remainders.)
 *
 * @returns 1 for each unit that is held out
 */
export function drawHoldOut({ stratum, lot, share }: HoldOutInput): Uint8Array {
  const strata = new Map<number, number[]>();
  stratum.forEach((number, unit) => {
    const units = strata.get(number) ?? [];
    units.push(unit);
    strata.set(number, units);
  });
  const parts = [...strata.values()].map(units => {
    units.sort((a, b) => lot[a]! - lot[b]! || a - b);
    // In billionths: .1 × 14 leaves as much as .1 × 4, whatever the last bits say.
    const due = Math.round(share * units.length * 1e9);
    const taken = Math.floor(due / 1e9);
    return { units, taken, remainder: due - taken * 1e9 };
  });
  const isHeldOut = new Uint8Array(stratum.length);
  for (const { units, taken } of parts) for (const unit of units.slice(0, taken)) isHeldOut[unit] = 1;
  const wanted = Math.round(share * stratum.length);
  const missing = wanted - parts.reduce((sum, part) => sum + part.taken, 0);
  const next = parts
    .filter(part => part.taken < part.units.length)
    .map(part => ({ unit: part.units[part.taken]!, remainder: part.remainder }))
    .sort((a, b) => b.remainder - a.remainder || lot[a.unit]! - lot[b.unit]! || a.unit - b.unit);
  for (const { unit } of next.slice(0, Math.max(0, missing))) isHeldOut[unit] = 1;
  return isHeldOut;
}
