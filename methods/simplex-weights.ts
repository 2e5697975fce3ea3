import type { CrossProducts } from './cross-products.ts';
import { GrowingFactor } from './growing-factor.ts';

export interface SimplexProblem {
  /** Number of the series to be told by the others. */
  target: number;
  /** Numbers of the series that may tell it, at least one. */
  donors: Int32Array;
  /** What the sum of squared weights costs, in the unit of the products. */
  ridge: number;
  /** Weights to begin with, by place in `donors`; the answer is the same, sooner. */
  start?: Float64Array;
}

/**
 * Below this share of the donors' mean square a ridge is lost in rounding. It is always put on, so that among weights that tell the
 * target equally well the most even ones are the answer, and there is one answer.
 */
const leastRidge = 1e-9;

/** Where no series' gradient is below the weighted mean by more than this share of the donors' mean square, nothing is left to gain. */
const gapTolerance = 1e-11;

/**
 * Least squares over the simplex: weights ≥ 0 that sum to 1 and minimise ‖target − Σ weight · donor‖² + ridge · Σ weight².
 * An exact active-set method (Wolfe 1976, "Finding the nearest point in a polytope", Mathematical Programming 11, with the ridge of
 * Arkhangelsky et al. 2021): it solves for the donors in use, drops those whose weight would be negative, takes in the one that helps
 * most, until the Frank–Wolfe duality gap is rounding. Deterministic; ties go to the first donor.
 *
 * @returns weights by place in `donors`
 */
export function simplexWeights(products: CrossProducts, problem: SimplexProblem): Float64Array {
  const { donors } = problem;
  const { count, values } = products;
  const scale = donors.reduce((sum, donor) => sum + values[donor * count + donor]!, 0) / donors.length;
  if (donors.length === 1 || !(scale > 0)) return new Float64Array(donors.length).fill(1 / donors.length);
  return new ActiveSet(products, problem, scale).solved();
}

class ActiveSet {
  readonly #products: CrossProducts;
  readonly #problem: SimplexProblem;
  readonly #scale: number;
  readonly #ridge: number;
  readonly #weights: Float64Array;
  readonly #gradient: Float64Array;
  readonly #inUse: Uint8Array;
  /** Places in `donors` of those in use, in the order of the factor's rows. */
  readonly #active: number[] = [];
  /** Of the products of those in use + ridge + scale · 11ᵀ; the last changes nothing where weights sum to 1 and keeps it definite. */
  readonly #factor: GrowingFactor;

  constructor(products: CrossProducts, problem: SimplexProblem, scale: number) {
    const size = problem.donors.length;
    this.#products = products;
    this.#problem = problem;
    this.#scale = scale;
    this.#ridge = Math.max(problem.ridge, leastRidge * scale);
    this.#weights = new Float64Array(size);
    this.#gradient = new Float64Array(size);
    this.#inUse = new Uint8Array(size);
    this.#factor = new GrowingFactor(size);
  }

  solved(): Float64Array {
    this.#begin();
    this.#settle();
    // Each round takes one donor in and lowers the objective; the limit is for rounding that would go round in circles.
    for (let round = 0; round < 20 * this.#weights.length; round++) {
      const { place, gap } = this.#steepest();
      if (gap <= gapTolerance * this.#scale || !this.#take(place)) break;
      this.#settle();
      if (this.#inUse[place] === 0) break;
    }
    return this.#weights;
  }

  #begin(): void {
    const { start } = this.#problem;
    if (start !== undefined) {
      for (let place = 0; place < start.length; place++) {
        if (start[place]! > 0 && this.#take(place)) this.#weights[place] = start[place]!;
      }
      const sum = this.#weights.reduce((total, weight) => total + weight, 0);
      if (sum > 0) {
        for (const place of this.#active) this.#weights[place]! /= sum;
        return;
      }
    }
    let best = 0;
    for (let place = 1; place < this.#weights.length; place++) {
      if (this.#alone(place) < this.#alone(best)) best = place;
    }
    this.#take(best);
    this.#weights[best] = 1;
  }

  /** Half the squared distance, but for a constant, if this donor had all the weight. */
  #alone(place: number): number {
    return this.#product(place, place) / 2 - this.#towards(place);
  }

  #product(one: number, other: number): number {
    const { donors } = this.#problem;
    return this.#products.values[donors[one]! * this.#products.count + donors[other]!]!;
  }

  #towards(place: number): number {
    const { donors, target } = this.#problem;
    return this.#products.values[target * this.#products.count + donors[place]!]!;
  }

  #take(place: number): boolean {
    const row = Float64Array.from(
      [...this.#active, place],
      other => this.#product(place, other) + this.#scale + (other === place ? this.#ridge : 0),
    );
    if (!this.#factor.append(row)) return false;
    this.#active.push(place);
    this.#inUse[place] = 1;
    return true;
  }

  /** Goes to the best weights of those in use; on the way those drop out that would fall below 0. */
  #settle(): void {
    const weights = this.#weights;
    for (;;) {
      const wanted = this.#unbounded();
      let step = 1;
      let first = -1;
      for (let row = 0; row < wanted.length; row++) {
        const weight = weights[this.#active[row]!]!;
        if (wanted[row]! > 0) continue;
        const reach = weight / (weight - wanted[row]!);
        if (first === -1 || reach < step) [step, first] = [reach, row];
      }
      for (let row = 0; row < wanted.length; row++) {
        const place = this.#active[row]!;
        weights[place]! += (first === -1 ? 1 : step) * (wanted[row]! - weights[place]!);
      }
      if (first === -1) return;
      const place = this.#active[first]!;
      weights[place] = 0;
      this.#inUse[place] = 0;
      this.#active.splice(first, 1);
      this.#factor.remove(first);
    }
  }

  /** Best weights of those in use if they only had to sum to 1. */
  #unbounded(): Float64Array {
    const wanted = this.#factor.solve(Float64Array.from(this.#active, place => this.#towards(place)));
    const even = this.#factor.solve(new Float64Array(this.#active.length).fill(1));
    let sum = 0;
    let evenSum = 0;
    for (let row = 0; row < wanted.length; row++) {
      sum += wanted[row]!;
      evenSum += even[row]!;
    }
    for (let row = 0; row < wanted.length; row++) wanted[row]! += ((1 - sum) / evenSum) * even[row]!;
    return wanted;
  }

  /** The donor not in use that would help most, and how far the optimum may still be (the duality gap). */
  #steepest(): { place: number; gap: number } {
    const { donors } = this.#problem;
    const { count, values } = this.#products;
    const gradient = this.#gradient;
    for (let place = 0; place < gradient.length; place++) gradient[place] = -this.#towards(place);
    let level = 0;
    for (const place of this.#active) {
      const weight = this.#weights[place]!;
      const row = donors[place]! * count;
      for (let other = 0; other < gradient.length; other++) {
        gradient[other]! += weight * values[row + donors[other]!]!;
      }
      gradient[place]! += weight * this.#ridge;
    }
    for (const place of this.#active) level += this.#weights[place]! * gradient[place]!;
    let best = -1;
    for (let place = 0; place < gradient.length; place++) {
      if (this.#inUse[place] === 0 && (best === -1 || gradient[place]! < gradient[best]!)) best = place;
    }
    return { place: best, gap: best === -1 ? 0 : level - gradient[best]! };
  }
}
