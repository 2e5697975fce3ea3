import { FatalError } from '../contracts/errors.ts';
import type { Forest } from './forest.ts';

/** How the parent of a forward is known. The order is the order of strength: the weaker the knowledge, the higher. */
export const forwarderRule = {
  /** The platform names the message that was forwarded. */
  observed: 0,
  /** Only the root is named, and it takes the whole credit. */
  root: 1,
  /** Only the root is named; the forwarder is inferred from times and followers. */
  inferred: 2,
} as const;

export type ResponsibilityInput = {
  /** From `growForest`. A forward of which only the root is known has that root as its parent. */
  forest: Pick<Forest, 'count' | 'parent' | 'order'>;
  /** Per seen message: microseconds since 1970, whole numbers. */
  time: Float64Array;
  /** Per seen message: what a forward with an observed or a root parent counts for its ancestors (0 or 1). */
  weight: Uint8Array;
  /** Per seen message: a `forwarderRule`. Ignored at roots. */
  rule: Uint8Array;
  /** Per seen message: followers of its author; NaN where unknown, which counts as none. */
  followers: Float64Array;
  /** How fast attention to a message fades, per second. */
  rate?: number;
  /** Ties of origins with up to this many inferred forwards are listed completely. */
  exactUpTo?: number;
  /** In larger groups, ties less likely than this are dropped. */
  leastShare?: number;
};

/** Who may have forwarded whom: `responder[t]` forwarded `target[t]` with `probability[t]`. */
export type InferredTies = { responder: Int32Array; target: Int32Array; probability: Float64Array };

export type Responsibility = {
  /** Per seen message: expected direct forwards, Σ_k p_ik w_k. */
  spread: Float64Array;
  /** Per seen message: expected forwards further down, φ − 1 − spread. */
  influence: Float64Array;
  /** Per seen message: the weakest knowledge (highest `forwarderRule`) behind its figures. */
  ruleOf: Uint8Array;
  /** Every inferred forward with the messages it may have come from; forwards with a known parent are not listed. */
  ties: InferredTies;
  /** Probability that large groups dropped from `ties`, summed over their forwards. It is in spread and influence. */
  dropped: number;
};

/**
 * Expected responsibility of every message (Cas.In: Rizoiu, Graham, Zhang, Zhang, Ackland, Xie, ICWSM 2018) in forests
 * that mix observed parents with forwards of which only the root is known.
 *
 * The inferred forwards of an origin, in time order after the origin itself, are events 0..m. Event j follows an
 * earlier event i with p_ij = m_i e^(−r(t_j − t_i)) / Σ_{k<j} m_k e^(−r(t_j − t_k)), m = followers + 1, and
 * φ_i = 1 + Σ_k p_ik φ_k over all responses to i, an observed forward being a response with p = 1. Ties in time go by
 * message number; a forward earlier than its origin counts as at the origin's time. Where the origin itself was not
 * seen nothing can be inferred: it takes the credit, and its forwards carry the rule `root`.
 *
 * Time O(messages) beside the sorting of groups and the listing of ties. Everything is normalised by the time of the
 * event before, so that gaps of years and groups of a million events neither overflow nor underflow.
 *
 * @throws FatalError when the arrays disagree in length with the forest.
 */
export function expectedResponsibility(input: ResponsibilityInput): Responsibility {
  const { forest, weight } = input;
  const { count, parent, order } = forest;
  for (const name of ['time', 'weight', 'rule', 'followers'] as const)
    if (input[name].length !== count)
      throw new FatalError(`${count} messages were given ${input[name].length} values of ${name}`);
  const rule = effectiveRules(input);
  const groups = inferredGroups(rule, parent, count);
  const spread = new Float64Array(count);
  const influence = new Float64Array(count);
  const ruleOf = rule.slice();
  const listing = new TieListing(input.exactUpTo ?? 400, input.leastShare ?? 0.005);
  const rate = input.rate ?? 0.000068;

  for (const node of order) {
    if (node >= count) continue;
    // By now every child of the node has the forwards below itself, and so have the members of the node's group.
    const members = groups.of(node);
    if (members.length > 0) creditGroup(input, node, members, rate, spread, influence, listing);
    const above = parent[node]!;
    if (above < 0 || above >= count) continue;
    if (ruleOf[above]! < ruleOf[node]!) ruleOf[above] = ruleOf[node]!;
    if (rule[node] === forwarderRule.inferred) continue;
    spread[above]! += weight[node]!;
    influence[above]! += spread[node]! + influence[node]!;
  }
  return { spread, influence, ruleOf, ties: listing.ties(), dropped: listing.dropped };
}

function effectiveRules({ forest, rule }: ResponsibilityInput): Uint8Array {
  const { count, parent } = forest;
  const effective = new Uint8Array(count);
  for (let node = 0; node < count; node++) {
    if (parent[node]! < 0) continue;
    const originUnseen = parent[node]! >= count && rule[node] === forwarderRule.inferred;
    effective[node] = originUnseen ? forwarderRule.root : rule[node]!;
  }
  return effective;
}

/** The inferred forwards of each origin, by number. */
function inferredGroups(rule: Uint8Array, parent: Int32Array, count: number) {
  const end = new Int32Array(count + 1);
  for (let node = 0; node < count; node++)
    if (rule[node] === forwarderRule.inferred) end[parent[node]! + 1]!++;
  for (let node = 0; node < count; node++) end[node + 1]! += end[node]!;
  const member = new Int32Array(end[count]!);
  const next = end.slice();
  for (let node = 0; node < count; node++)
    if (rule[node] === forwarderRule.inferred) member[next[parent[node]!]!++] = node;
  return { of: (origin: number) => member.subarray(end[origin], end[origin + 1]) };
}

function creditGroup(
  { time, followers }: ResponsibilityInput,
  origin: number,
  members: Int32Array,
  rate: number,
  spread: Float64Array,
  influence: Float64Array,
  listing: TieListing,
): void {
  const at = (node: number) => Math.max(time[node]!, time[origin]!);
  const mass = (node: number) => Math.max(0, followers[node] || 0) + 1;
  members.sort((a, b) => at(a) - at(b) || a - b);
  const count = members.length;

  // fade[j] = e^(−rΔ) from event j−1 to j; total[j] = the mass of events 0..j as seen at event j.
  const fade = new Float64Array(count + 1);
  const total = new Float64Array(count + 1);
  total[0] = mass(origin);
  listing.begin(origin, count);
  for (let event = 1, before = origin; event <= count; event++) {
    const node = members[event - 1]!;
    fade[event] = Math.exp((-rate * (at(node) - at(before))) / 1e6);
    const faded = total[event - 1]! * fade[event]!;
    total[event] = faded + mass(node);
    listing.respond(node, faded / total[event]!, mass(node) / total[event]!);
    before = node;
  }

  // Backwards: expected responses per unit of mass, and what lies below them, as seen at each event.
  let responses = 0;
  let below = 0;
  for (let event = count; event >= 1; event--) {
    const node = members[event - 1]!;
    const earlier = event === 1 ? origin : members[event - 2]!;
    responses = 1 / total[event - 1]! + fade[event]! * responses;
    below = (spread[node]! + influence[node]!) / total[event - 1]! + fade[event]! * below;
    spread[earlier]! += mass(earlier) * responses;
    influence[earlier]! += mass(earlier) * below;
  }
}

/** Collects who may have forwarded whom, group by group. */
class TieListing {
  dropped = 0;
  private responder = new Int32Array(1024);
  private target = new Int32Array(1024);
  private probability = new Float64Array(1024);
  private length = 0;
  private readonly exactUpTo: number;
  private readonly leastShare: number;
  private threshold = 0;
  // The earlier events that may still be listed, with their shares of the total mass. A share stays when time passes
  // and falls when mass arrives, so an event once below the threshold is below it for good.
  private candidate: number[] = [];
  private share: number[] = [];

  constructor(exactUpTo: number, leastShare: number) {
    this.exactUpTo = exactUpTo;
    this.leastShare = leastShare;
  }

  begin(origin: number, forwards: number): void {
    this.threshold = forwards > this.exactUpTo ? this.leastShare : 0;
    this.candidate = [origin];
    this.share = [1];
  }

  /** List the possible sources of `node`, then let it join them: the earlier ones keep `kept` of their shares. */
  respond(node: number, kept: number, own: number): void {
    let left = 0;
    let listed = 0;
    for (let place = 0; place < this.candidate.length; place++) {
      const share = this.share[place]!;
      this.add(node, this.candidate[place]!, share);
      listed += share;
      const next = share * kept;
      if (next <= 0 || next < this.threshold) continue;
      this.candidate[left] = this.candidate[place]!;
      this.share[left++] = next;
    }
    if (this.threshold > 0) this.dropped += Math.max(0, 1 - listed);
    this.candidate.length = this.share.length = left;
    if (own < this.threshold) return;
    this.candidate.push(node);
    this.share.push(own);
  }

  private add(responder: number, target: number, probability: number): void {
    if (this.length === this.responder.length) {
      this.responder = enlarged(this.responder, new Int32Array(2 * this.length));
      this.target = enlarged(this.target, new Int32Array(2 * this.length));
      this.probability = enlarged(this.probability, new Float64Array(2 * this.length));
    }
    this.responder[this.length] = responder;
    this.target[this.length] = target;
    this.probability[this.length++] = probability;
  }

  ties(): InferredTies {
    return {
      responder: this.responder.slice(0, this.length),
      target: this.target.slice(0, this.length),
      probability: this.probability.slice(0, this.length),
    };
  }
}

function enlarged<A extends Int32Array | Float64Array>(full: A, larger: A): A {
  larger.set(full);
  return larger;
}
