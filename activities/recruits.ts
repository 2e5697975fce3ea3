import type { Campaign } from '../contracts/campaign.ts';
import { unitsPerOne } from '../contracts/money.ts';
import { sha256 } from '../lake/steps.ts';
import { drawHoldOut } from '../methods/hold-out.ts';

/** A row of `int_recruitable`. */
export interface Recruitable {
  person_number: number;
  author_id: string;
  platform: string;
  persona_id: string | null;
  is_excluded: boolean;
  cie_beyond_self: number;
  followers: number | null;
  /** In the currency of the budget. */
  cost: number;
  acceptance: number;
  forwards_before: number | null;
}

/** Names as numbers from 0 in order of the alphabet; −1 for none. */
function numbered(names: readonly (string | null)[]): { number: Int32Array; names: string[] } {
  const known = [...new Set(names.filter(name => name !== null))].sort();
  const places = new Map(known.map((name, place) => [name, place]));
  return { number: Int32Array.from(names, name => (name === null ? -1 : places.get(name)!)), names: known };
}

/** At most so many people, by group number; Infinity where the campaign sets no quota. */
function quotaOf(
  names: readonly string[],
  quotas: Readonly<Record<string, number>> | undefined,
): Float64Array {
  return Float64Array.from(names, name => quotas?.[name] ?? Number.POSITIVE_INFINITY);
}

/** What the choice needs of everybody who could be asked, by candidate. */
export interface Recruits {
  candidate: Int32Array;
  cost: Float64Array;
  acceptance: Float64Array;
  followers: Float64Array;
  persona: Int32Array;
  platform: Int32Array;
  personaQuota: Float64Array;
  platformQuota: Float64Array;
  isExcluded: Uint8Array;
  isHeldOut: Uint8Array;
  /** 1 for whom a lot was drawn, tonight or before: who may be asked, where the campaign holds anybody out. */
  isDrawn: Uint8Array;
  /** Among which equal split divides the budget: the networks, as budgets are usually divided. */
  group: Int32Array;
}

/**
 * Turns the recruitable into numbers and draws who is held out. The hold-out is of those who may be asked, drawn before
 * anybody is chosen, by lot within persona, network and half by influence: the lot is sha256 of the seed and the author's id.
 * What was drawn before stays, whatever has become of persona and influence.
 *
 * @param rows sorted by person number
 * @param personaNames other names of each persona, by which a quota may name it
 * @param before whether people are held out, of those for whom earlier nights drew
 */
export function recruitsOf(
  rows: readonly Recruitable[],
  campaign: Pick<Campaign, 'seed' | 'recruitment'>,
  personaNames: ReadonlyMap<string, readonly string[]>,
  before: ReadonlyMap<number, boolean>,
): Recruits {
  const { quotas, holdout: share = 0 } = campaign.recruitment ?? {};
  const persona = numbered(rows.map(row => row.persona_id));
  const platform = numbered(rows.map(row => row.platform));
  const personaQuota = Float64Array.from(persona.names, name =>
    Math.min(...quotaOf([name, ...(personaNames.get(name) ?? [])], quotas?.persona)),
  );
  const isExcluded = Uint8Array.from(rows, row => (row.is_excluded ? 1 : 0));
  const eligible = share === 0 ? [] : [...rows.keys()].filter(place => isExcluded[place] === 0);
  const influence = eligible.map(place => rows[place]!.cie_beyond_self).sort((a, b) => a - b);
  const middle = influence[Math.floor(influence.length / 2)]!;
  const stratum = numbered(
    eligible.map(place => {
      const half = rows[place]!.cie_beyond_self >= middle ? 'upper' : 'lower';
      return `${persona.number[place]} ${platform.number[place]} ${half}`;
    }),
  );
  const lots = eligible.map(place => lotOf(campaign.seed, rows[place]!.author_id));
  const drawn = drawHoldOut({
    stratum: stratum.number,
    lot: Float64Array.from(lots),
    before: Int8Array.from(eligible, place => Number(before.get(rows[place]!.person_number) ?? -1)),
    share,
  });
  const [isHeldOut, isDrawn] = [new Uint8Array(rows.length), new Uint8Array(rows.length)];
  eligible.forEach((place, unit) => {
    isHeldOut[place] = drawn[unit]!;
    isDrawn[place] = 1;
  });
  return {
    candidate: Int32Array.from(rows, row => row.person_number),
    cost: Float64Array.from(rows, row => Math.round(row.cost * unitsPerOne)),
    acceptance: Float64Array.from(rows, row => row.acceptance),
    followers: Float64Array.from(rows, row => row.followers ?? Number.NaN),
    persona: persona.number,
    platform: platform.number,
    personaQuota,
    platformQuota: quotaOf(platform.names, quotas?.platform),
    isExcluded,
    isHeldOut,
    isDrawn,
    group: platform.number,
  };
}

/** Quotas of the campaign file that limit nobody, because no candidate is of that persona or network: misspelt, perhaps. */
export function idleQuotas(
  rows: readonly Pick<Recruitable, 'persona_id' | 'platform'>[],
  { recruitment }: Pick<Campaign, 'recruitment'>,
  personaNames: ReadonlyMap<string, readonly string[]>,
): string[] {
  const { persona = {}, platform = {} } = recruitment?.quotas ?? {};
  const personas = new Set(
    rows.flatMap(({ persona_id: id }) => (id === null ? [] : [id, ...(personaNames.get(id) ?? [])])),
  );
  const platforms = new Set(rows.map(row => row.platform));
  return [
    ...Object.keys(persona).filter(name => !personas.has(name)),
    ...Object.keys(platform).filter(name => !platforms.has(name)),
  ];
}

/** 48 bits of sha256: a number that depends on nothing but the seed and the person. */
function lotOf(seed: number, author: string): number {
  return Number.parseInt(sha256(`${seed}/recruitment/hold-out/${author}`).slice(0, 12), 16);
}
