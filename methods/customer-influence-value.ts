import { FatalError } from '../contracts/errors.ts';
import { hubbellSum } from './hubbell.ts';

export interface InfluenceValueInput {
  /** The people are 0..n−1. */
  n: number;
  /** CLV of each person, in one currency; NaN where unknown. */
  clv: Float64Array;
  /** θ, one tie a position: which share of the value of `influenced` is owed to `influencer`. A pair stands once. */
  influencer: Int32Array;
  influenced: Int32Array;
  share: Float64Array;
}

/** One value a person, in the currency of the CLVs. */
export interface InfluenceValue {
  /** Σ_j θ_ij CLV_j over those j whose CLV is known; NaN where i moves people and none of theirs is known. */
  influenceValue: Float64Array;
  /** CIV_i = CLV_i + Σ_j θ_ij CLV_j; NaN where the own CLV is unknown. Counts the same value for several people: never to be summed. */
  gross: Float64Array;
  /** CLV_i (1 − Σ_k θ_ki) + Σ_j θ_ij CLV_j: sums to Σ CLV over all people; NaN where the own CLV is unknown. */
  net: Float64Array;
  /** ((I − Θ)⁻¹ CLV)_i, influence on influence included; NaN where the own CLV is unknown, and everywhere when refused. */
  stacked: Float64Array;
  /** People j with θ_ij > 0, and those of them whose CLV is known. */
  movedPeople: Int32Array;
  movedKnown: Int32Array;
  /** Why nothing is stacked; undefined where it is. */
  stackedRefusal: string | undefined;
}

/** A sum of shares may exceed 1 by what rounding leaves. */
const slack = 1e-9;
/** Far below the smallest coin in any sum of money that a double holds to the coin. */
const tolerance = 1e-15;

/**
 * Customer Influence Value (Kumar et al., Marketing Science 32(2), 2013): what a customer is worth by what they buy and by
 * what others buy because of them.
 *
 * An unknown CLV counts nothing in what is owed to others. Σ net over people of known CLV, and Σ influenceValue over the others,
 * is Σ CLV.
 *
 * @throws FatalError where a share is no number from 0 on, is one's own, or where the shares of one person's value exceed 1
 */
export function customerInfluenceValue(input: InfluenceValueInput): InfluenceValue {
  const { n, clv, influencer, influenced, share } = input;
  const owedToOthers = sharesOwed(input);
  const influenceValue = new Float64Array(n);
  const movedPeople = new Int32Array(n);
  const movedKnown = new Int32Array(n);
  share.forEach((theta, tie) => {
    if (theta === 0) return;
    const value = clv[influenced[tie]!]!;
    const mover = influencer[tie]!;
    movedPeople[mover]!++;
    if (Number.isNaN(value)) return;
    movedKnown[mover]!++;
    influenceValue[mover]! += theta * value;
  });
  const gross = clv.map((own, person) => own + influenceValue[person]!);
  const net = clv.map((own, person) => own * (1 - owedToOthers[person]!) + influenceValue[person]!);
  const { stacked, stackedRefusal } = stack(input);
  for (let person = 0; person < n; person++)
    if (movedPeople[person]! > 0 && movedKnown[person] === 0) influenceValue[person] = Number.NaN;
  return { influenceValue, gross, net, stacked, movedPeople, movedKnown, stackedRefusal };
}

/** Σ_i θ_ij of each person j. */
function sharesOwed({ n, influencer, influenced, share }: InfluenceValueInput): Float64Array {
  const owed = new Float64Array(n);
  for (let tie = 0; tie < share.length; tie++) {
    const theta = share[tie]!;
    const person = influenced[tie]!;
    if (!(theta >= 0 && theta < Infinity))
      throw new FatalError(
        `the share of the value of person ${person} owed to person ${influencer[tie]} is ${theta}`,
      );
    if (influencer[tie] === person)
      throw new FatalError(`person ${person} is owed a share of their own value`);
    owed[person]! += theta;
  }
  const over = owed.findIndex(sum => sum > 1 + slack);
  if (over >= 0)
    throw new FatalError(`of the value of person ${over} more than all is owed to others: ${owed[over]}`, {
      next: 'lower the shares of those who influence them, so that they sum to 1 at most',
    });
  return owed;
}

function stack({
  n,
  clv,
  influencer,
  influenced,
  share,
}: InfluenceValueInput): Pick<InfluenceValue, 'stacked' | 'stackedRefusal'> {
  const exogenous = clv.map(value => (Number.isNaN(value) ? 0 : value));
  try {
    const { score } = hubbellSum({
      n,
      from: influencer,
      to: influenced,
      weight: share,
      exogenous,
      tolerance,
    });
    return {
      stacked: score.map((value, person) => (Number.isNaN(clv[person]!) ? Number.NaN : value)),
      stackedRefusal: undefined,
    };
  } catch (error) {
    if (!(error instanceof FatalError)) throw error;
    return { stacked: new Float64Array(n).fill(Number.NaN), stackedRefusal: error.what };
  }
}
