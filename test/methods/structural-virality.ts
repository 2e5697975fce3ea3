/**
 * Structural virality: the mean distance over all pairs of messages of a tree (Goel, Anderson, Hofman, Watts 2016),
 * from the sums at its top: ν = 2(size·S1 − S2)/(size(size − 1)).
 *
 * The same formula serves a tree under an unseen root, which is in no pair while its edges are walked:
 * `size` is then the seen messages, and S1 and S2 run over all of them, as `growForest` gives them.
 *
 * The night computes it in SQL, in fct_cascades.
 *
 * @returns null where there is no pair (size 1 or 0).
 */
export function structuralVirality(size: number, s1: number, s2: number): number | null {
  return size < 2 ? null : (2 * (size * s1 - s2)) / (size * (size - 1));
}
