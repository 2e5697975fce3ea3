import { beforeAll, describe, expect, it } from 'vitest';
import { type PersonaNight, personaNights, plantedPersonas } from './personaNights.ts';

let nights: PersonaNight[];
let last: PersonaNight;

beforeAll(async () => {
  nights = await personaNights(4);
  last = nights.at(-1)!;
}, 300_000);

describe('the personas of the sample', () => {
  it('are the three planted groups: agreement .9 or more on every night', () => {
    expect(nights.map(({ personas }) => personas.length)).toEqual([3, 3, 3, 3]);
    for (const { agreement, found } of nights) {
      expect(agreement).toBeGreaterThanOrEqual(0.9);
      // Two of the 42 do not want to be listed.
      expect(found).toBe(40);
    }
  });

  it('are sure: found again in halves and in bootstrap samples', () => {
    const chosen = last.choice.find(({ is_chosen }) => is_chosen)!;
    expect(chosen.groups).toBe(3);
    expect(chosen.prediction_strength).toBeGreaterThan(0.8);
    expect(chosen.reason).toMatch(/^3 groups: /);
    expect(last.personas.every(({ stability }) => stability > 0.75)).toBe(true);
  });

  it('are told by what was planted: hours, networks and speed of answers', () => {
    const planted = plantedPersonas();
    const kindOf = (persona: string) => {
      const kinds = last.members
        .filter(({ persona_id, author_id }) => persona_id === persona && planted.has(author_id))
        .map(({ author_id }) => planted.get(author_id)!);
      return kinds.sort(
        (a, b) => kinds.filter(kind => kind === b).length - kinds.filter(kind => kind === a).length,
      )[0];
    };
    const of = (kind: string) => last.personas.find(({ persona_id }) => kindOf(persona_id) === kind)!;
    const trait = (kind: string, feature: string) =>
      last.traits.find(one => one.persona_id === of(kind).persona_id && one.feature === feature);
    expect(trait('early birds', 'platform_x')).toMatchObject({ direction: 'high' });
    expect(trait('early birds', 'hour')!.mean).toBeLessThan(10);
    expect(trait('night talkers', 'platform_bluesky')).toMatchObject({ direction: 'high' });
    expect(trait('night talkers', 'response_seconds')).toMatchObject({ direction: 'low' });
    expect(trait('night talkers', 'hour')!.mean).toBeGreaterThan(20);
    expect(trait('weekend tasters', 'platform_mastodon')).toMatchObject({ direction: 'high' });
    expect(trait('weekend tasters', 'weekend_share')).toMatchObject({ direction: 'high' });
    expect(of('weekend tasters').name).toMatch(/Mastodon|weekend/);
    expect(of('weekend tasters').name_fr).toMatch(/Mastodon|week-end/);
  });

  it('have distinct names in both languages, and three exemplars of their own', () => {
    expect(new Set(last.personas.map(({ name }) => name)).size).toBe(3);
    expect(new Set(last.personas.map(({ name_fr }) => name_fr)).size).toBe(3);
    for (const { exemplars, persona_id } of last.personas) {
      const names = exemplars.split(' ');
      expect(names).toHaveLength(3);
      const own = last.members
        .filter(member => member.persona_id === persona_id)
        .map(member => member.author_id);
      expect(own).toEqual(expect.arrayContaining(names));
    }
  });

  it('keep id and name from night to night, and say who moved', () => {
    const names = nights.map(({ personas }) => personas.map(({ persona_id, name }) => [persona_id, name]));
    for (const later of names) expect(later).toEqual(names[0]);
    expect(nights.map(({ changes }) => changes.map(({ change }) => change))).toEqual([
      ['born', 'born', 'born'],
      ['kept', 'kept', 'kept'],
      ['kept', 'kept', 'kept'],
      ['kept', 'kept', 'kept'],
    ]);
    for (const { changes, members } of nights.slice(1)) {
      const moved = members.filter(
        ({ moved_from, persona_id }) => moved_from !== null && persona_id !== null,
      ).length;
      expect(changes.reduce((sum, change) => sum + change.moved_in, 0)).toBe(moved);
      expect(changes.reduce((sum, change) => sum + change.moved_out, 0)).toBe(moved);
    }
  });
});
