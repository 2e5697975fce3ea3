/**
 * How long the choice of whom to ask takes at the size of a large night, in a thread as in the night itself.
 *
 * Run: node bench/spread.ts [people, in thousands; 1000] [ties, in thousands; 10000] [candidates; 1000] [shape; learned]
 * Shapes: `learned` (each person's message is forwarded .6 times in the mean, mostly by few), `cascade` (1 / ties into the
 * person, as papers have it: one expected influencer each), `crowded` (a reached person reaches several: most sets are huge).
 * `--target` is the share of the best at which drawing stops (.9), `--sets` the most sets in each pool (2^24).
 * With `--ties FILE` the ties are written as `influencer influenced probability`, and every candidate costs 1 and accepts,
 * for programs of others that know neither costs nor acceptance; the budget is then 50 of them.
 */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { parseArgs } from 'node:util';
import { inThread } from '../activities/thread.ts';
import { type Random, seededRandom } from '../methods/random.ts';
import type { RecruitmentInput, RecruitmentOutput } from '../methods/recruitment.ts';
import { cpuSecondsSoFar, forgetPeak, peakSoFar } from './measure.ts';

const { values, positionals } = parseArgs({
  options: {
    ties: { type: 'string' },
    sets: { type: 'string', default: String(2 ** 24) },
    target: { type: 'string', default: '0.9' },
  },
  allowPositionals: true,
});
const people = Number(positionals[0] ?? 1000) * 1000;
const tieCount = Number(positionals[1] ?? 10_000) * 1000;
const candidates = Math.min(people, Number(positionals[2] ?? 1000));
const shape = positionals[3] ?? 'learned';
const seats = 50;

const isPlain = values.ties !== undefined;

/** Popular people have most ties out, and some have many ties in; no pair twice. */
function network(random: Random) {
  const pairs = new Float64Array(tieCount);
  for (let tie = 0; tie < tieCount; tie++) {
    const from = Math.floor(people * random.next() ** 3);
    pairs[tie] = from * people + Math.floor(people * random.next() ** 1.5);
  }
  pairs.sort();
  const distinct = pairs.filter((pair, place) => place === 0 || pair !== pairs[place - 1]);
  const influencer = new Int32Array(distinct.length);
  const influenced = new Int32Array(distinct.length);
  const into = new Int32Array(people);
  distinct.forEach((pair, tie) => {
    influencer[tie] = Math.floor(pair / people);
    influenced[tie] = pair - influencer[tie]! * people;
    into[influenced[tie]!]!++;
  });
  const weight = Float64Array.from(influencer, () => random.next() ** 4);
  const weights = new Float64Array(people);
  for (let tie = 0; tie < weight.length; tie++) weights[influencer[tie]!]! += weight[tie]!;
  const forwards = Float64Array.from(weights, () => 0.2 + 3 * random.next() ** 6);
  const chanceOf: Record<string, (tie: number) => number> = {
    learned: tie => Math.min(1, (forwards[influencer[tie]!]! * weight[tie]!) / weights[influencer[tie]!]!),
    cascade: tie => 1 / into[influenced[tie]!]!,
    crowded: tie => 0.3 * weight[tie]!,
  };
  const chance = chanceOf[shape];
  if (chance === undefined) throw new Error(`the shapes are ${Object.keys(chanceOf).join(', ')}`);
  return { influencer, influenced, probability: Float64Array.from(influencer, (_, tie) => chance(tie)) };
}

function personOf(candidate: number): number {
  return Math.floor((candidate * people) / candidates);
}

function asked(random: Random) {
  const each = <T>(draw: () => T) => Array.from({ length: candidates }, draw);
  // Every k-th person, so that some are popular and most are not.
  const candidate = Int32Array.from({ length: candidates }, (_, place) => personOf(place));
  return {
    candidate,
    cost: Float64Array.from(
      each(() => (isPlain ? 10_000 : 250_000 * (1 + Math.floor(20 * random.next() ** 3)))),
    ),
    acceptance: Float64Array.from(each(() => (isPlain ? 1 : 0.2 + 0.7 * random.next()))),
    followers: Float64Array.from(each(() => Math.floor(10 / (random.next() + 1e-4)))),
    persona: Int32Array.from(each(() => random.below(4))),
    platform: Int32Array.from(each(() => random.below(3))),
  };
}

const random = seededRandom(1, 'bench', 'spread');
const ties = network(random);
const ask = asked(random);
const input: RecruitmentInput = {
  seed: 1,
  peopleCount: people,
  ...ties,
  ...ask,
  group: ask.platform.slice(),
  personaQuota: new Float64Array(4).fill(Number.POSITIVE_INFINITY),
  platformQuota: new Float64Array(3).fill(Number.POSITIVE_INFINITY),
  isHeldOut: new Uint8Array(candidates),
  budget: isPlain ? seats * 10_000 : 200_000_000,
  delta: 0.001,
  targetRatio: Number(values.target),
  maxSets: Number(values.sets),
  value: new Float64Array(people).fill(1),
};
if (values.ties !== undefined) {
  const file = createWriteStream(values.ties);
  for (let tie = 0; tie < ties.influencer.length; tie++) {
    const line = `${ties.influencer[tie]} ${ties.influenced[tie]} ${ties.probability[tie]}\n`;
    if (!file.write(line)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
}

forgetPeak();
const began = performance.now();
const before = cpuSecondsSoFar();
const transfer = Object.values(input).flatMap(value =>
  ArrayBuffer.isView(value) ? [value.buffer as ArrayBuffer] : [],
);
const { certificate, strategies, plan } = await inThread<RecruitmentInput, RecruitmentOutput>(
  new URL('../methods/recruitment.ts', import.meta.url),
  'choosePeople',
  input,
  { transfer },
);
console.log(
  JSON.stringify({
    shape,
    people,
    ties: tieCount,
    candidates,
    seconds: Number(((performance.now() - began) / 1000).toFixed(1)),
    processorSeconds: Number((cpuSecondsSoFar() - before).toFixed(1)),
    peakGB: Number((peakSoFar() / 2 ** 30).toFixed(2)),
    ...certificate,
    members: plan.candidate.length,
    reach: [...strategies.reach].map(Math.round),
    plan: isPlain ? [...plan.candidate].map(personOf).join() : undefined,
  }),
);
