import type { ForestInput } from '../../methods/forest.ts';

/** Parents after every cycle is cut at its earliest message, found by walking n steps from each message. */
export function parentsByDefinition({ count, unseen, parent, time }: ForestInput) {
  const cutParent = Array.from({ length: count + unseen }, (_, node) => (node < count ? parent[node]! : -1));
  const cut = new Set<number>();
  for (let node = 0; node < count; node++) {
    const cycle = [node];
    let next = parent[node]!;
    while (next >= 0 && next < count && next !== node && cycle.length <= count) {
      cycle.push(next);
      next = parent[next]!;
    }
    if (next === node) cut.add(cycle.toSorted((a, b) => time[a]! - time[b]! || a - b)[0]!);
  }
  for (const node of cut) cutParent[node] = -1;
  return { parent: cutParent, cut };
}

/** The node's ancestors, nearest first. */
export function ancestors(parent: ArrayLike<number>, node: number): number[] {
  const above: number[] = [];
  for (let next = parent[node]!; next >= 0; next = parent[next]!) above.push(next);
  return above;
}

/** Everything `growForest` says, each from its definition, by pairs of node and ancestor. */
export function forestByDefinition(input: ForestInput) {
  const { count, unseen, weight } = input;
  const nodes = count + unseen;
  const { parent, cut } = parentsByDefinition(input);
  const zero = () => new Array<number>(nodes).fill(0);
  const [root, depth, subtreeSize, height, s1, s2] = [zero(), zero(), zero(), zero(), zero(), zero()];
  const [direct, beyond] = [zero(), zero()];
  const above = root.map((_, node) => ancestors(parent, node));
  above.forEach((chain, node) => {
    root[node] = chain.at(-1) ?? node;
    depth[node] = chain.length;
    for (const ancestor of [node, ...chain]) subtreeSize[ancestor]! += node < count ? 1 : 0;
  });
  above.forEach((chain, node) => {
    chain.forEach((ancestor, steps) => {
      height[ancestor] = Math.max(height[ancestor]!, steps + 1);
      s1[ancestor]! += subtreeSize[node]!;
      s2[ancestor]! += subtreeSize[node]! ** 2;
      (steps === 0 ? direct : beyond)[ancestor]! += weight[node]!;
    });
  });
  const cutFlags = zero().map((_, node) => (cut.has(node) ? 1 : 0));
  return {
    parent,
    root,
    depth,
    subtreeSize,
    height,
    s1,
    s2,
    direct,
    beyond,
    cut: cutFlags,
    cycles: cut.size,
  };
}

/** Mean distance over all pairs of seen nodes of one tree, by breadth-first search from each of them. */
export function meanPairDistance(
  parent: ArrayLike<number>,
  members: number[],
  isSeen: (node: number) => boolean,
) {
  const neighbours = new Map<number, number[]>(members.map(node => [node, []]));
  for (const node of members)
    if (parent[node]! >= 0) {
      neighbours.get(node)!.push(parent[node]!);
      neighbours.get(parent[node]!)!.push(node);
    }
  let sum = 0;
  let pairs = 0;
  for (const from of members.filter(isSeen)) {
    const distance = new Map([[from, 0]]);
    for (const node of distance.keys())
      for (const next of neighbours.get(node)!)
        if (!distance.has(next)) distance.set(next, distance.get(node)! + 1);
    for (const [to, steps] of distance)
      if (to > from && isSeen(to)) {
        sum += steps;
        pairs++;
      }
  }
  return pairs === 0 ? null : sum / pairs;
}

export type Responses = {
  /** Parents after cuts, unseen roots included. */
  parent: ArrayLike<number>;
  count: number;
  time: ArrayLike<number>;
  weight: ArrayLike<number>;
  rule: ArrayLike<number>;
  followers: ArrayLike<number>;
  rate: number;
};

/** p[j] = the messages j may have followed, with their probabilities, straight from the formula. */
export function sourcesByDefinition({ parent, count, time, rule, followers, rate }: Responses) {
  const children = Map.groupBy(Array(count).keys(), node => parent[node]!);
  return Array.from({ length: count }, (_, node): { target: number; probability: number }[] => {
    const origin = parent[node]!;
    if (origin < 0) return [];
    if (rule[node] !== 2 || origin >= count) return [{ target: origin, probability: 1 }];
    const at = (other: number) => Math.max(time[other]!, time[origin]!) / 1e6;
    const earlier = [
      origin,
      ...children
        .get(origin)!
        .filter(other => rule[other] === 2)
        .filter(other => at(other) < at(node) || (at(other) === at(node) && other < node)),
    ];
    // Counted from the last event instead of this one: the common factor cancels, and could be too small to be written.
    const last = Math.max(...earlier.map(at));
    const mass = earlier.map(
      other =>
        (Number.isNaN(followers[other]!) ? 1 : followers[other]! + 1) * Math.exp(-rate * (last - at(other))),
    );
    const total = mass.reduce((sum, value) => sum + value, 0);
    return earlier.map((target, place) => ({ target, probability: mass[place]! / total }));
  });
}

/** What a forward counts for the messages above it: inferred ones 1, the others their weight. */
export function countsFor({ rule, parent, count, weight }: Responses, node: number): number {
  return rule[node] === 2 && parent[node]! < count ? 1 : weight[node]!;
}

/** Expected spread and influence of every message by solving φ over all pairs, latest generation first. */
export function responsibilityByDefinition(input: Responses) {
  const { count } = input;
  const sources = sourcesByDefinition(input);
  const total = new Map<number, number>();
  const responders = (target: number) => responses.get(target) ?? [];
  const responses = Map.groupBy(
    sources.flatMap((list, node) =>
      list.map(({ target, probability }) => ({ target, node, p: probability })),
    ),
    response => response.target,
  );
  const below = (node: number): number => {
    if (!total.has(node))
      total.set(
        node,
        responders(node).reduce(
          (sum, { node: next, p }) => sum + p * (countsFor(input, next) + below(next)),
          0,
        ),
      );
    return total.get(node)!;
  };
  const spread = Array.from({ length: count }, (_, node) =>
    responders(node).reduce((sum, { node: next, p }) => sum + p * countsFor(input, next), 0),
  );
  return { spread, influence: spread.map((direct, node) => below(node) - direct) };
}

/** The same by drawing every possible tree, weighted with its probability. */
export function responsibilityByEnumeration(input: Responses) {
  const { count } = input;
  const sources = sourcesByDefinition(input);
  const spread = new Array<number>(count).fill(0);
  const influence = new Array<number>(count).fill(0);
  const chosen = Array.from({ length: count }, () => -1);
  const draw = (node: number, probability: number): void => {
    if (node === count) {
      for (let message = 0; message < count; message++)
        ancestors(chosen, message).forEach((above, steps) => {
          (steps === 0 ? spread : influence)[above]! += probability * countsFor(input, message);
        });
      return;
    }
    const possible = sources[node]!.filter(source => source.target < count);
    if (possible.length === 0) draw(node + 1, probability);
    for (const source of possible) {
      chosen[node] = source.target;
      draw(node + 1, probability * source.probability);
    }
    chosen[node] = -1;
  };
  draw(0, 1);
  return { spread, influence };
}
