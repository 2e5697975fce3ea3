import { FatalError } from '../contracts/errors.ts';

/** Messages as nodes: the seen ones are numbered 0..count−1, the unseen roots count..count+unseen−1. */
export type ForestInput = {
  /** How many messages were seen. */
  count: number;
  /** How many roots are known only because seen messages name them as their parent. */
  unseen: number;
  /** Length `count`: the number of the message forwarded, −1 for none. A message may name itself. */
  parent: Int32Array;
  /** Length `count`: microseconds since 1970, whole numbers. Decides where a cycle is cut. */
  time: Float64Array;
  /** Length `count`: what this forward counts for its ancestors: 1, or 0 for a self-forward. */
  weight: Uint8Array;
};

/** One value per node (`count + unseen` of them) in every array. */
export type Forest = {
  count: number;
  unseen: number;
  /** The parents after the cuts, −1 at every root. */
  parent: Int32Array;
  /** The root of the node's tree. */
  root: Int32Array;
  /** Forwards between the node and its root; 0 at a root, seen or not. */
  depth: Int32Array;
  /** Seen messages in the node's subtree, itself included if it was seen. */
  subtreeSize: Int32Array;
  /** Forwards between the node and the deepest message below it (jumps). */
  height: Int32Array;
  /** Sum of `subtreeSize` over the proper descendants. */
  s1: Float64Array;
  /** Sum of `subtreeSize`² over the proper descendants. */
  s2: Float64Array;
  /** Sum of the weights of the children (spread). */
  direct: Int32Array;
  /** Sum of the weights of the descendants two or more forwards below (influence). */
  beyond: Int32Array;
  /** 1 where the edge to the parent was removed because it closed a cycle. */
  cut: Uint8Array;
  /** All nodes, every child before its parent. */
  order: Int32Array;
  /** How many cycles were cut. */
  cycles: number;
};

/**
 * Grow the forest of forwards from parent pointers, in O(nodes) time and without recursion.
 *
 * Leaves are peeled: from each leaf the walk goes up for as long as the parent has no child left to wait for.
 * What is never peeled lies on a cycle. A cycle is cut at its earliest message (time, then number), which becomes a
 * root with `cut` set; the rest of the cycle hangs below it. A child earlier than its parent keeps its edge.
 *
 * @throws FatalError when a parent is not a node or the arrays disagree in length.
 */
export function growForest(input: ForestInput): Forest {
  const { count, unseen, time } = input;
  const nodes = count + unseen;
  refuseMalformed(input);
  const parent = new Int32Array(nodes).fill(-1);
  parent.set(input.parent);
  const pending = new Int32Array(nodes);
  for (let node = 0; node < count; node++) if (parent[node]! >= 0) pending[parent[node]!]!++;

  const order = new Int32Array(nodes);
  let peeled = 0;
  // A peeled node waits for −1 children, so that no node is taken twice.
  const peelFrom = (leaf: number) => {
    for (let node = leaf; node >= 0 && pending[node] === 0; ) {
      pending[node] = -1;
      order[peeled++] = node;
      node = parent[node]!;
      if (node >= 0) pending[node]!--;
    }
  };
  for (let node = 0; node < nodes; node++) peelFrom(node);

  const cut = new Uint8Array(nodes);
  let cycles = 0;
  for (let node = 0; node < count && peeled < nodes; node++) {
    if (pending[node]! < 0) continue;
    let earliest = node;
    for (let next = parent[node]!; next !== node; next = parent[next]!) {
      if (time[next]! < time[earliest]! || (time[next] === time[earliest] && next < earliest))
        earliest = next;
    }
    const above = parent[earliest]!;
    parent[earliest] = -1;
    cut[earliest] = 1;
    cycles++;
    pending[above]!--;
    peelFrom(above);
  }
  return {
    count,
    unseen,
    parent,
    cut,
    order,
    cycles,
    ...sumUp(input, parent, order),
    ...descend(parent, order),
  };
}

function sumUp({ count, weight }: ForestInput, parent: Int32Array, order: Int32Array) {
  const nodes = order.length;
  const subtreeSize = new Int32Array(nodes).fill(1, 0, count);
  const height = new Int32Array(nodes);
  const s1 = new Float64Array(nodes);
  const s2 = new Float64Array(nodes);
  const direct = new Int32Array(nodes);
  const beyond = new Int32Array(nodes);
  for (let place = 0; place < nodes; place++) {
    const node = order[place]!;
    const above = parent[node]!;
    if (above < 0) continue;
    const size = subtreeSize[node]!;
    subtreeSize[above]! += size;
    if (height[above]! <= height[node]!) height[above] = height[node]! + 1;
    s1[above]! += s1[node]! + size;
    s2[above]! += s2[node]! + size * size;
    direct[above]! += weight[node]!;
    beyond[above]! += beyond[node]! + direct[node]!;
  }
  return { subtreeSize, height, s1, s2, direct, beyond };
}

function descend(parent: Int32Array, order: Int32Array) {
  const root = new Int32Array(order.length);
  const depth = new Int32Array(order.length);
  for (let place = order.length - 1; place >= 0; place--) {
    const node = order[place]!;
    const above = parent[node]!;
    root[node] = above < 0 ? node : root[above]!;
    depth[node] = above < 0 ? 0 : depth[above]! + 1;
  }
  return { root, depth };
}

function refuseMalformed({ count, unseen, parent, time, weight }: ForestInput): void {
  if (parent.length !== count || time.length !== count || weight.length !== count)
    throw new FatalError(
      `a forest of ${count} messages was given ${parent.length} parents, ${time.length} times and ${weight.length} weights`,
    );
  for (let node = 0; node < count; node++)
    if (parent[node]! < -1 || parent[node]! >= count + unseen)
      throw new FatalError(`message ${node} names parent ${parent[node]}, outside −1..${count + unseen - 1}`);
}
