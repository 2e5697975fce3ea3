import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ownBlueskyNetwork } from './blueskyNetwork.ts';
import { readNetwork } from './blueskyReading.ts';
import { BlueskyWorld, largeWorld, smallWorld, tinyWorld } from './blueskyWorld.ts';
import { Unavailable } from './networkProcess.ts';
import { planWorld, term } from './worldPlan.ts';

describe('a world of Bluesky accounts', () => {
  let world: BlueskyWorld | undefined;
  let reason = '';
  beforeAll(async () => {
    try {
      const network = await ownBlueskyNetwork();
      world = new BlueskyWorld(network, tinyWorld);
      await world.begin();
      for (const step of world.later(3)) await step();
      await network.processAll();
      return () => network.end();
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      reason = error.message;
    }
  }, 300_000);
  beforeEach(({ skip }) => skip(world === undefined, reason));

  test('read back by bare calls of the API is the truth', async () => {
    const { network, followed } = world!;
    const read = await readNetwork(network, { term, accounts: followed });
    expect(read).toEqual(world!.truth().messages);
  });
});

describe('the plan of a world', () => {
  test.each([
    ['tiny', tinyWorld],
    ['small', smallWorld],
    ['large', largeWorld],
  ])('%s: holds whatever can happen', (_, size) => {
    const { records, fates } = planWorld(size);
    const count = (isMeant: (record: (typeof records)[number]) => boolean) => records.filter(isMeant).length;
    const kinds = new Set(records.map(({ kind }) => kind));
    expect(records).toHaveLength(size.records + size.later);
    expect([...kinds].sort()).toEqual(['answering quote', 'like', 'post', 'quote', 'reply', 'repost']);
    expect(fates.filter(fate => fate !== 'stays').sort()).toEqual([
      'deactivated',
      'deleted',
      'returns',
      'takendown',
    ]);
    const happenings = [
      count(({ via }) => via !== undefined),
      count(({ isNoise }) => isNoise),
      count(({ deleted }) => deleted === 'before'),
      count(({ deleted, kind }) => deleted === 'later' && kind === 'repost'),
      count(({ answers }) => answers !== undefined && records[answers]!.deleted !== undefined),
      ...(['deactivated', 'returns', 'takendown', 'deleted'] as const).map(fate =>
        count(({ author }) => fates[author] === fate),
      ),
    ];
    expect(happenings.filter(number => number === 0)).toEqual([]);
  });
});
