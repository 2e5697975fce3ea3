export interface HoldOutInput {
  /** Number of the stratum of each unit, from 0. */
  stratum: Int32Array;
  /** Place of each unit in a random order that nothing about the unit could have influenced. */
  lot: Float64Array;
  /** What was drawn for each unit before: 1 held out, 0 not, −1 nothing yet. */
  before: Int8Array;
  /** Share of the units to hold out, 0..1. */
  share: number;
}

/**
 * Stratified randomisation with the method of largest remainders. Who was drawn before keeps what was drawn; of the others as
 * many are held out as bring all who are held out to round(share × n), or as near as they can. Each goes to the stratum that
 * lacks most of its share by then, so that the share holds overall as well as within strata; within a stratum the lot
 * decides, and among strata that lack the same the lowest lot among those who would be next.
 * (Imbens & Rubin 2015, chapter 9, for stratified experiments; Hamilton's method for the remainders.)
 *
 * @returns 1 for each unit that is held out
 */
export function drawHoldOut({ stratum, lot, before, share }: HoldOutInput): Uint8Array {
  const strata = new Map<number, { size: number; heldOut: number; undrawn: number[] }>();
  const isHeldOut = Uint8Array.from(before, drawn => (drawn === 1 ? 1 : 0));
  stratum.forEach((number, unit) => {
    const part = strata.get(number) ?? { size: 0, heldOut: 0, undrawn: [] };
    part.size++;
    part.heldOut += isHeldOut[unit]!;
    if (before[unit] === -1) part.undrawn.push(unit);
    strata.set(number, part);
  });
  const next = [...strata.values()].flatMap(({ size, heldOut, undrawn }) => {
    // In billionths: .1 × 14 leaves as much as .1 × 4, whatever the last bits say.
    const due = Math.round(share * size * 1e9);
    undrawn.sort((a, b) => lot[a]! - lot[b]! || a - b);
    return undrawn.map((unit, place) => ({ unit, lacking: due - (heldOut + place) * 1e9 }));
  });
  next.sort((a, b) => b.lacking - a.lacking || lot[a.unit]! - lot[b.unit]! || a.unit - b.unit);
  const wanted = Math.round(share * stratum.length) - isHeldOut.reduce((sum, one) => sum + one, 0);
  for (const { unit } of next.slice(0, Math.max(0, wanted))) isHeldOut[unit] = 1;
  return isHeldOut;
}
