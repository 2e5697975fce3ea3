import { forwarderRule } from './casin.ts';

/** The messages of a window as numbers; every array has one value a message, −1 stands for none. */
export interface Talk {
  /** Ascending, unique. */
  message_number: Int32Array;
  author_number: Int32Array;
  /** Microseconds since 1970, whole numbers. */
  created_micros: Float64Array;
  /** 1 for a reshare or a quote. */
  is_forward: Int32Array;
  /** The forward through which it was found. */
  via_number: Int32Array;
  parent_number: Int32Array;
  root_number: Int32Array;
  /** The message that it answers. */
  conversation_number: Int32Array;
  /** Of its author; NaN where unknown. */
  followers: Float64Array;
}

/** Edges to parents among `count` seen messages and `unseen` others, by dense node number. */
export interface Edges {
  count: number;
  unseen: number;
  /** Message number of each node. */
  number: Int32Array;
  /** Node of the parent, −1 for none. */
  parent: Int32Array;
  /** How the parent is known: a `forwarderRule`. */
  rule: Uint8Array;
}

/**
 * Finds for every forward whose message it passes on.
 *
 * Best first: the forward it came through, the parent it names, the root it names. Where only the root is known, or the
 * forward it came through was not seen, the true forwarder is unknown and `whenUnknown` applies. A parent outside the
 * window counts as unseen; children of one unseen parent share one unseen node.
 */
export function spreadEdges(talk: Talk, whenUnknown: 'cas-in' | 'root'): Edges {
  const unknown = whenUnknown === 'root' ? forwarderRule.root : forwarderRule.inferred;
  const nodes = new Nodes(talk.message_number);
  return nodes.edges(message => {
    if (talk.is_forward[message] !== 1) return undefined;
    const via = talk.via_number[message]!;
    const parent = talk.parent_number[message]!;
    const root = talk.root_number[message]!;
    if (nodes.isSeen(via)) return { target: via, rule: forwarderRule.observed };
    if (via < 0 && nodes.isSeen(parent)) return { target: parent, rule: forwarderRule.observed };
    const origin = [parent, root].find(number => nodes.isSeen(number));
    if (origin !== undefined) return { target: origin, rule: unknown };
    if (parent >= 0) return { target: parent, rule: forwarderRule.observed };
    if (root >= 0) return { target: root, rule: forwarderRule.root };
    return via >= 0 ? { target: via, rule: forwarderRule.observed } : undefined;
  });
}

/** Finds for every message which one it answers. */
export function conversationEdges(talk: Talk): Edges {
  return new Nodes(talk.message_number).edges(message => {
    const target = talk.conversation_number[message]!;
    return target < 0 ? undefined : { target, rule: forwarderRule.observed };
  });
}

/** Dense node numbers: the seen messages in order, then the unseen ones as they are named. */
class Nodes {
  readonly #seen: Int32Array;
  readonly #nodeOf: Int32Array;
  readonly #unseen = new Map<number, number>();

  constructor(seen: Int32Array) {
    this.#seen = seen;
    this.#nodeOf = new Int32Array((seen.at(-1) ?? -1) + 1).fill(-1);
    for (let node = 0; node < seen.length; node++) this.#nodeOf[seen[node]!] = node;
  }

  isSeen(number: number): boolean {
    return number >= 0 && number < this.#nodeOf.length && this.#nodeOf[number]! >= 0;
  }

  edges(edgeOf: (message: number) => { target: number; rule: number } | undefined): Edges {
    const count = this.#seen.length;
    const parent = new Int32Array(count).fill(-1);
    const rule = new Uint8Array(count);
    for (let message = 0; message < count; message++) {
      const edge = edgeOf(message);
      if (edge === undefined) continue;
      parent[message] = this.#node(edge.target);
      rule[message] = edge.rule;
    }
    const number = new Int32Array(count + this.#unseen.size);
    number.set(this.#seen);
    for (const [unseen, node] of this.#unseen) number[node] = unseen;
    return { count, unseen: this.#unseen.size, number, parent, rule };
  }

  #node(number: number): number {
    if (this.isSeen(number)) return this.#nodeOf[number]!;
    const known = this.#unseen.get(number);
    if (known !== undefined) return known;
    const node = this.#seen.length + this.#unseen.size;
    this.#unseen.set(number, node);
    return node;
  }
}
