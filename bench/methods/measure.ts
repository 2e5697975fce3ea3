/**
 * How long the estimators of cascades and influence take at the size of a large night.
 * Run: node bench/methods/measure.ts [messages, in millions; 10] [ties, in millions; 7]
 */
import { expectedResponsibility, forwarderRule } from '../../methods/casin.ts';
import { growForest } from '../../methods/forest.ts';
import { hubbellSum } from '../../methods/hubbell.ts';
import { pageRank } from '../../methods/pagerank.ts';
import type { Ties } from '../../methods/tie-matrix.ts';
import { totalEffects } from '../../methods/total-effects.ts';

const messages = Number(process.argv[2] ?? 10) * 1e6;
const tieCount = Number(process.argv[3] ?? 7) * 1e6;
const sources = 20;

let state = 1;
/** Uniform on [0, 1), the same sequence in every run. */
function uniform(): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
}

function timed<T>(what: string, run: () => T, note: (result: T) => string = () => ''): T {
  const start = performance.now();
  const before = process.cpuUsage();
  const result = run();
  const wall = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  console.log(
    `${what}: ${wall.toFixed(2)} s, processor ${((user + system) / 1e6).toFixed(2)} s ${note(result)}`,
  );
  return result;
}

/** Messages in time order, half of them forwards of one of the 20,000 before, mostly of recent ones. */
function conversations() {
  const parent = new Int32Array(messages);
  const time = new Float64Array(messages);
  for (let node = 0; node < messages; node++) {
    parent[node] =
      node === 0 || uniform() < 0.5 ? -1 : Math.max(0, node - 1 - Math.floor(20_000 * uniform() ** 3));
    time[node] = node * 1e6;
  }
  return { count: messages, unseen: 0, parent, time, weight: new Uint8Array(messages).fill(1) };
}

/** One tie for every 0.14 people, popular ones first; weights sum to between .08 and .95 for each influenced. */
function ties(): Ties {
  const n = Math.max(2, Math.round(tieCount / 7));
  const from = new Int32Array(tieCount);
  const to = new Int32Array(tieCount);
  const weight = new Float64Array(tieCount);
  const received = new Float64Array(n);
  for (let tie = 0; tie < tieCount; tie++) {
    from[tie] = Math.floor(n * uniform() ** 3);
    to[tie] = Math.floor(n * uniform() ** 1.5);
    weight[tie] = 1 + Math.floor(3 * uniform() ** 4);
    received[to[tie]!]! += weight[tie]!;
  }
  const moved = Float64Array.from({ length: n }, () => Math.min(0.95, 0.08 + 0.9 * uniform() ** 2));
  for (let tie = 0; tie < tieCount; tie++) weight[tie]! *= moved[to[tie]!]! / received[to[tie]!]!;
  return { n, from, to, weight };
}

const input = conversations();
const forest = timed(`forest of ${messages} messages`, () => growForest(input));
timed(
  'expected responsibility, every forward inferred',
  () =>
    expectedResponsibility({
      ...input,
      forest,
      rule: new Uint8Array(messages).fill(forwarderRule.inferred),
      followers: Float64Array.from({ length: messages }, () => Math.floor(1000 * uniform() ** 4)),
    }),
  ({ ties: inferred, dropped }) => `(${inferred.responder.length} ties, ${dropped.toFixed(0)} dropped)`,
);

const graph = ties();
const hubbell = timed(
  `Hubbell at ${tieCount} ties`,
  () => hubbellSum({ ...graph, exogenous: 1 }),
  ({ rounds }) => `(${rounds} rounds)`,
);
const influential = Int32Array.from(hubbell.score.keys())
  .sort((a, b) => hubbell.score[b]! - hubbell.score[a]!)
  .slice(0, sources);
timed(`total effects of the ${sources} most influential`, () =>
  totalEffects({ ...graph, sources: influential }),
);
timed(
  `PageRank at ${tieCount} ties`,
  () => pageRank({ ...graph, from: graph.to, to: graph.from }),
  ({ rounds }) => `(${rounds} rounds)`,
);
console.log(`memory: ${(process.memoryUsage().rss / 2 ** 30).toFixed(1)} GiB`);
