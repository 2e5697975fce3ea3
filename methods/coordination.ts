import { falseDiscoveryRates } from './false-discovery.ts';
import { poissonTail } from './poisson-tail.ts';

export interface CoordinationInput {
  /** Pairs of authors, sorted by a, then b; `pairs` = coincident pairs of messages, the weight of the edge. */
  edges: { author_a: Int32Array; author_b: Int32Array; pairs: Int32Array };
  /** On how many occasions the two coincided, by kind of object, sorted the same way. */
  occasions: {
    author_a: Int32Array;
    author_b: Int32Array;
    kind_number: Int32Array;
    occasions: Int32Array;
  };
  /** Shares of each author in each stratum, sorted by author, then stratum. */
  degrees: { author_number: Int32Array; stratum_number: Int32Array; shares: Int32Array };
  /** Strata 0, 1, … with their kind, and the chance that two shares in it by different authors coincide. */
  strata: { kind_number: Int32Array; chance: Float64Array };
  /** How many authors could have coincided: every two of them are a test. */
  authors: number;
  /** The weight that an edge must be above to be flagged. */
  threshold: number;
  /** Share of false discoveries among the flagged that is put up with, 0..1. */
  falseDiscoveryRate: number;
}

/** One value for each edge. */
export interface Coordination {
  p_value: Float64Array;
  q_value: Float64Array;
  is_flagged: Uint8Array;
}

/**
 * Which pairs of authors act in concert: coordinated sharing as CooRTweet defines it (Righetti & Balluff, weight strictly
 * above a quantile of the weights), where it is also more than chance gives.
 *
 * Chance keeps how often each author shared and when each object was shared: within a stratum, whoever wrote a share might
 * have written any other. Two authors with d_a and d_b shares then coincide chance·d_a·d_b times on average. Occasions, not
 * pairs, are compared with that, because a burst of one object makes many pairs at once; they are never more. A pair has a
 * test for each kind in which it could have coincided; the least p-value counts, times the number of kinds (Bonferroni),
 * because one message may share objects of several kinds. q-values count every two of the authors as a test.
 */
export function judgeCoordination(input: CoordinationInput): Coordination {
  const { edges, occasions, authors } = input;
  const count = edges.pairs.length;
  const p_value = new Float64Array(count).fill(1);
  const means = meansOf(input);
  let row = 0;
  for (let edge = 0; edge < count; edge++) {
    const [a, b] = [edges.author_a[edge]!, edges.author_b[edge]!];
    const byKind = means(a, b);
    while (row < occasions.occasions.length && isBefore(occasions, row, a, b)) row++;
    for (; occasions.author_a[row] === a && occasions.author_b[row] === b; row++) {
      const mean = byKind.get(occasions.kind_number[row]!) ?? 0;
      const p = byKind.size * poissonTail(occasions.occasions[row]!, mean);
      p_value[edge] = Math.min(p_value[edge]!, p);
    }
  }
  const q_value = falseDiscoveryRates(p_value, (authors * (authors - 1)) / 2);
  const is_flagged = Uint8Array.from(edges.pairs, (pairs, edge) =>
    pairs > input.threshold && q_value[edge]! <= input.falseDiscoveryRate ? 1 : 0,
  );
  return { p_value, q_value, is_flagged };
}

/** A function that gives the mean number of chance coincidences of two authors, by kind, for the kinds that both shared. */
function meansOf({ degrees, strata }: CoordinationInput): (a: number, b: number) => Map<number, number> {
  const { author_number, stratum_number, shares } = degrees;
  const first = new Int32Array((author_number.at(-1) ?? -1) + 2);
  for (const author of author_number) first[author + 1]!++;
  for (let author = 1; author < first.length; author++) first[author]! += first[author - 1]!;
  return (a, b) => {
    const means = new Map<number, number>();
    let [i, j] = [first[a] ?? 0, first[b] ?? 0];
    const [endOfA, endOfB] = [first[a + 1] ?? 0, first[b + 1] ?? 0];
    while (i < endOfA && j < endOfB) {
      const apart = stratum_number[i]! - stratum_number[j]!;
      if (apart === 0) {
        const kind = strata.kind_number[stratum_number[i]!]!;
        const mean = strata.chance[stratum_number[i]!]! * shares[i]! * shares[j]!;
        means.set(kind, (means.get(kind) ?? 0) + mean);
      }
      if (apart <= 0) i++;
      if (apart >= 0) j++;
    }
    return means;
  };
}

function isBefore(
  { author_a, author_b }: { author_a: Int32Array; author_b: Int32Array },
  row: number,
  a: number,
  b: number,
): boolean {
  return author_a[row]! < a || (author_a[row] === a && author_b[row]! < b);
}
