import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Arm, armsAfter } from '../../activities/arms.ts';
import { smallestEffects } from '../../activities/holdOutPower.ts';
import { certificateOf, nothingChosen } from '../../activities/plannedRecruits.ts';
import { idleQuotas, type Recruitable, recruitsOf } from '../../activities/recruits.ts';
import { smallestEffect } from '../../methods/smallest-effect.ts';

const row = (person_number: number, more: Partial<Recruitable> = {}): Recruitable => ({
  person_number,
  author_id: `${person_number % 2 === 0 ? 'x' : 'mastodon'}:${person_number}`,
  platform: person_number % 2 === 0 ? 'x' : 'mastodon',
  persona_id: person_number % 3 === 0 ? null : `p${person_number % 3}`,
  is_excluded: false,
  cie_beyond_self: person_number / 100,
  followers: null,
  cost: 10.25,
  acceptance: 0.5,
  forwards_before: person_number,
  ...more,
});
const rows = Array.from({ length: 40 }, (_, person) => row(person, { is_excluded: person % 4 === 3 }));
const campaign = {
  seed: 7,
  recruitment: {
    budget: '100 EUR',
    holdout: 0.2,
    quotas: { persona: { 'early birds': 3, p2: 0, ghosts: 1 }, platform: { x: 2, twitter: 1 } },
  },
};
const nobody = new Map<number, boolean>();
const names = new Map([['p1', ['early birds', 'lève-tôt']]]);

describe('recruits', () => {
  const recruits = recruitsOf(rows, campaign, names, nobody);

  it('are numbers of what the campaign says, quotas by any name of a persona', () => {
    expect([...recruits.cost.slice(0, 2)]).toEqual([102_500, 102_500]);
    expect([...recruits.persona.slice(0, 4)]).toEqual([-1, 0, 1, -1]);
    expect([...recruits.personaQuota]).toEqual([3, 0]);
    expect([...recruits.platformQuota]).toEqual([Number.POSITIVE_INFINITY, 2]);
    expect(recruits.followers[0]).toBeNaN();
    expect(idleQuotas(rows, campaign, names)).toEqual(['ghosts', 'twitter']);
  });

  it('are held out by lot: a fifth of who may be asked, nobody else', () => {
    const held = [...recruits.isHeldOut.keys()].filter(place => recruits.isHeldOut[place] === 1);
    expect(held).toHaveLength(6);
    expect(held.filter(place => rows[place]!.is_excluded)).toEqual([]);
    expect(recruitsOf(rows, campaign, names, nobody).isHeldOut).toEqual(recruits.isHeldOut);
    const elsewhere = recruitsOf(rows, { ...campaign, seed: 8 }, names, nobody);
    expect(elsewhere.isHeldOut).not.toEqual(recruits.isHeldOut);
  });

  it('are nobody where the campaign has none', () => {
    expect(recruitsOf([], { seed: 7 }, new Map(), nobody).candidate).toHaveLength(0);
    expect(recruitsOf(rows, { seed: 7 }, new Map(), nobody).isHeldOut).toEqual(new Uint8Array(40));
  });
});

describe('arms', () => {
  /** What one night draws and remembers, given what the night before remembered. */
  const night = (people: Recruitable[], arms: Arm[], seed: number, holdout: number, day: string) => {
    const held = new Map(arms.map(arm => [arm.author_id, arm.is_held_out]));
    const known = people.filter(one => held.has(one.author_id));
    const past = new Map(known.map(one => [one.person_number, held.get(one.author_id)!]));
    const recruits = recruitsOf(people, { seed, recruitment: { budget: '1 EUR', holdout } }, names, past);
    const remembered = armsAfter({ arms, people: past }, people, recruits, day);
    return {
      isHeldOut: (place: number) => recruits.isHeldOut[place] === 1,
      arms: remembered.map(
        ([author_id, is_held_out, drawn_on]) => ({ author_id, is_held_out, drawn_on }) as Arm,
      ),
    };
  };

  it('are kept by everybody, whatever becomes of strata, seed and share, and through nights away', () => {
    const person = fc.record({
      isThere: fc.boolean(),
      is_excluded: fc.boolean(),
      persona_id: fc.constantFrom('p1', 'p2', null),
      platform: fc.constantFrom('x', 'mastodon'),
      cie_beyond_self: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    const nights = fc.array(
      fc.record({
        people: fc.array(person, { minLength: 30, maxLength: 30 }),
        seed: fc.nat(9),
        holdout: fc.constantFrom(0, 0.1, 0.3, 0.5),
      }),
      { minLength: 2, maxLength: 5 },
    );
    fc.assert(
      fc.property(nights, all => {
        const drawn = new Map<string, boolean>();
        const drawnOn = new Map<string, string>();
        let arms: Arm[] = [];
        for (const [place, { people, seed, holdout }] of all.entries()) {
          const day = `2026-03-0${place + 1}`;
          const there = people.flatMap(({ isThere, ...more }, number) =>
            isThere ? [row(number, { author_id: `x:${number}`, ...more })] : [],
          );
          const found = night(there, arms, seed, holdout, day);
          arms = found.arms;
          there.forEach((one, place) => {
            const isDrawn = !one.is_excluded && holdout > 0;
            const arm = isDrawn && (drawn.get(one.author_id) ?? found.isHeldOut(place));
            expect(found.isHeldOut(place)).toBe(arm);
            if (isDrawn) drawn.set(one.author_id, arm);
            if (isDrawn && !drawnOn.has(one.author_id)) drawnOn.set(one.author_id, day);
          });
          expect(new Map(arms.map(arm => [arm.author_id, arm.is_held_out]))).toEqual(drawn);
          expect(new Map(arms.map(arm => [arm.author_id, arm.drawn_on]))).toEqual(drawnOn);
          expect(arms).toHaveLength(drawn.size);
        }
      }),
    );
  });
});

describe('the certificate', () => {
  it('says nothing of the best possible where the plan asks nobody', () => {
    const certificate = {
      ...{ sets: 256, lower: 1e-18, upper: 0.016, ratio: 6e-17 },
      ...{ algorithm: 'greedy', knapsackBound: 0 },
    };
    expect(certificateOf({ ...nothingChosen, certificate }, 0.01)).toEqual([
      ...[256, null, null, 0.99, 'nobody to ask'],
    ]);
    const plan = { ...nothingChosen.plan, candidate: Int32Array.of(3) };
    expect(certificateOf({ ...nothingChosen, plan, certificate }, 0.01)).toEqual([
      ...[256, 0.016, 6e-17, 0.99, 'greedy'],
    ]);
  });
});

describe('the smallest effects', () => {
  const panel = {
    arm: Int32Array.of(1, 1, 1, 1, 1, 0, 0, 0, 0, 0, -1),
    sales: Float64Array.of(10, 20, 30, 40, 50, 10, 20, 30, 40, 50, 9999),
    sales_change: Float64Array.of(1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 9999),
  };
  const people = {
    asked: 5,
    available: 20,
    heldOut: 5,
    forwardsBefore: Float64Array.from({ length: 25 }, (_, place) => place),
  };

  it('are those of the designs, on one who is asked, and in money over the flight', () => {
    const found = smallestEffects(people, panel, 28);
    expect([...found.verdict_number!]).toEqual([0, 0, 0]);
    const ofPeople = smallestEffect({ treated: 20, control: 5, standardDeviation: Math.sqrt(1300 / 24) });
    expect(found.smallest_effect![0]).toBeCloseTo(4 * ofPeople, 10);
    const ofUnits = smallestEffect({ treated: 5, control: 5, standardDeviation: Math.sqrt(2000 / 9) });
    expect(found.smallest_effect![1]).toBeCloseTo(ofUnits, 10);
    expect(found.smallest_total![1]).toBeCloseTo(ofUnits * 5 * 28, 8);
    expect(found.baseline_mean![2]).toBe(30);
    expect(found.smallest_effect![2]).toBeLessThan(ofUnits / 10);
  });

  it('are unknown, with the reason, where nobody is asked, held out, or observed', () => {
    const of = (more: Partial<typeof people>) => {
      const none = { arm: new Int32Array(), sales: new Float64Array(), sales_change: new Float64Array() };
      const found = smallestEffects({ ...people, ...more }, none, 28);
      expect(found.verdict_number).toHaveLength(1);
      expect(found.smallest_effect![0]).toBeNaN();
      return found.verdict_number![0];
    };
    expect(of({ heldOut: 0 })).toBe(1);
    expect(of({ forwardsBefore: new Float64Array(25).fill(Number.NaN) })).toBe(2);
    expect(of({ forwardsBefore: new Float64Array(25).fill(3) })).toBe(3);
    expect(of({ asked: 0 })).toBe(4);
  });
});
