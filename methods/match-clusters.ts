import { linearSumAssignment } from 'linear-sum-assignment';

/** Two groups of equal size that share half of their people have this Jaccard similarity; with less they are not the same. */
const leastSimilarity = 1 / 3;

export interface Match {
  /** Which of the groups before each group of now continues, −1 where it is new. */
  before: Int32Array;
  /** Jaccard similarity with it, 0 where it is new. */
  similarity: Float64Array;
}

/**
 * Finds groups again after people were grouped anew: one to one, so that the sum of the Jaccard similarities is greatest; a
 * pair below 1/3 is dropped. Only people who are in a group both times count, so that newcomers make no group another one.
 *
 * @param now group of each person now, 0..`groups` − 1, or −1
 * @param before group of the same person before, 0..`groupsBefore` − 1, or −1
 */
export function matchClusters(
  now: Int32Array,
  groups: number,
  before: Int32Array,
  groupsBefore: number,
): Match {
  const match = { before: new Int32Array(groups).fill(-1), similarity: new Float64Array(groups) };
  if (groups === 0 || groupsBefore === 0) return match;
  const shared = Array.from({ length: groups }, () => new Float64Array(groupsBefore));
  const sizes = new Float64Array(groups);
  const sizesBefore = new Float64Array(groupsBefore);
  for (let person = 0; person < now.length; person++) {
    if (now[person]! < 0 || before[person]! < 0) continue;
    shared[now[person]!]![before[person]!]!++;
    sizes[now[person]!]!++;
    sizesBefore[before[person]!]!++;
  }
  const similarity = shared.map((row, group) =>
    row.map((count, other) => count / Math.max(1, sizes[group]! + sizesBefore[other]! - count)),
  );
  const { rowAssignments } = linearSumAssignment(similarity, { maximaze: true });
  for (let group = 0; group < groups; group++) {
    const other = rowAssignments[group]!;
    if (other < 0 || similarity[group]![other]! < leastSimilarity) continue;
    match.before[group] = other;
    match.similarity[group] = similarity[group]![other]!;
  }
  return match;
}
