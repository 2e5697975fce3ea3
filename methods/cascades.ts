import { noInteger } from '../contracts/columns.ts';
import { expectedResponsibility } from './casin.ts';
import { type Forest, growForest } from './forest.ts';
import { conversationEdges, type Edges, spreadEdges, type Talk } from './talk.ts';

export interface CascadesInput {
  talk: Talk;
  whenUnknown: 'cas-in' | 'root';
}

/** The columns of the `est_` tables of the cascades, one typed array each. */
export interface Cascades {
  forest: Record<string, Int32Array | Float64Array | Uint8Array>;
  conversation: Record<string, Int32Array | Float64Array | Uint8Array>;
  inferredForwards: Record<string, Int32Array | Float64Array>;
  findings: Record<string, number>;
}

/** Grows the trees of forwards and of answers, and credits forwards whose forwarder is unknown. */
export function growCascades({ talk, whenUnknown }: CascadesInput): Cascades {
  const edges = spreadEdges(talk, whenUnknown);
  const weight = weightsOf(talk, edges);
  const spread = grow(talk, edges, weight);
  const credit = expectedResponsibility({
    forest: spread,
    time: talk.created_micros,
    weight,
    rule: edges.rule,
    followers: talk.followers,
  });
  const answers = conversationEdges(talk);
  const conversation = grow(talk, answers, new Uint8Array(answers.count).fill(1));
  return {
    forest: {
      ...shapeOf(spread, edges),
      subtree_size: spread.subtreeSize,
      height: spread.height,
      size_sum: spread.s1,
      square_sum: spread.s2,
      spread: padded(credit.spread, edges),
      influence: padded(credit.influence, edges),
      rule: ruleOfNodes(credit.ruleOf, spread, edges),
      own_rule: ownRules(edges),
    },
    conversation: shapeOf(conversation, answers),
    inferredForwards: {
      responder_number: credit.ties.responder.map(node => edges.number[node]!),
      target_number: credit.ties.target.map(node => edges.number[node]!),
      probability: credit.ties.probability,
    },
    // In whole millionths, because the books count in integers.
    findings: { ties_dropped_micros: Math.round(credit.dropped * 1_000_000) },
  };
}

function grow(talk: Talk, { count, unseen, parent }: Edges, weight: Uint8Array): Forest {
  return growForest({ count, unseen, parent, time: talk.created_micros, weight });
}

/** A forward of one's own message moves nobody: it counts 0. */
function weightsOf(talk: Talk, { count, parent }: Edges): Uint8Array {
  const weight = new Uint8Array(count).fill(1);
  for (let message = 0; message < count; message++) {
    const above = parent[message]!;
    if (above >= 0 && above < count && talk.author_number[above] === talk.author_number[message]) {
      weight[message] = 0;
    }
  }
  return weight;
}

function shapeOf(forest: Forest, edges: Edges) {
  const seen = new Uint8Array(edges.number.length).fill(1, 0, edges.count);
  return {
    message_number: edges.number,
    is_seen: seen,
    parent_number: forest.parent.map(node => (node < 0 ? noInteger : edges.number[node]!)),
    root_number: forest.root.map(node => edges.number[node]!),
    depth: forest.depth,
    is_cycle_cut: forest.cut,
  };
}

function padded(values: Float64Array, edges: Edges): Float64Array {
  const all = new Float64Array(edges.number.length);
  all.set(values);
  return all;
}

/** The weakest rule behind each node's figures; an unseen root takes that of its children. */
function ruleOfNodes(seen: Uint8Array, forest: Forest, edges: Edges): Int32Array {
  const rules = new Int32Array(edges.number.length);
  rules.set(seen);
  for (let node = 0; node < edges.count; node++) {
    const above = forest.parent[node]!;
    if (above >= edges.count) rules[above] = Math.max(rules[above]!, rules[node]!);
  }
  return rules;
}

function ownRules(edges: Edges): Int32Array {
  const rules = new Int32Array(edges.number.length);
  rules.set(edges.rule);
  return rules;
}
