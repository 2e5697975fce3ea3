import { expect, it } from 'vitest';
import { collectingActivities } from '../../activities/collecting/activities.ts';
import type { World } from '../../activities/world.ts';
import { FatalError } from '../../contracts/errors.ts';
import { captureLog } from '../../lake/captureLog.ts';
import { type PageAsk, Unanswerable } from '../../sources/liveSource.ts';
import { collectRound } from '../../workflows/collectRound.ts';
import { worldIn } from '../nights/plain.ts';
import { campaignOf, collected, folderOfTest } from './plain.ts';
import { Village } from './village.ts';

const source = '  - { id: bsky, type: bluesky, search: [gelato], lookback: 2d }';
const account = (name: string) => ({
  query: { kind: 'account' as const, label: `account ${name}`, subjects: [name] },
});
const empty = { body: Buffer.from('{"feed":[]}'), status: 200, next: undefined, posts: 0 };

/** A village whose source follows accounts too, of which those named `gone` are refused by an error. */
async function round(refusal: Error) {
  const village = new Village(1, '2026-03-10T12:00:00.000Z');
  village.talk(60, 20);
  const folder = folderOfTest();
  const file = campaignOf(folder, source);
  const networks = village.networks();
  const open: World['networks']['open'] = (...of) => {
    const living = networks.open(...of);
    const names = ['gone.1', 'gone.2', 'gone.3', 'gone.4', 'there.1'];
    return {
      ...living,
      standing: [...names.map(account), ...living.standing],
      async page(ask: PageAsk) {
        if (ask.query.kind !== 'account') return living.page(ask);
        if (ask.query.subjects[0]!.startsWith('gone')) throw refusal;
        return empty;
      },
    };
  };
  const world = { ...worldIn(folder), networks: { ...networks, open } };
  const result = await collectRound({ file, campaign: 'village' }, collectingActivities(world), {
    refusal: error => String(error),
    pause: async () => undefined,
  });
  const { state } = (await captureLog(world.lake, 'village', 'bsky').last())!;
  const outcomes = await collected<{ query: string; outcome: string; reason: string | null }>(
    world,
    file,
    "SELECT query, outcome, reason FROM stg_outcomes WHERE kind = 'account' ORDER BY query",
  );
  const ids = 'SELECT DISTINCT message_id FROM stg_rows WHERE NOT is_deleted';
  return {
    lane: result.lanes[0]!,
    standing: Object.keys(state.standing).sort(),
    outcomes: outcomes.map(({ query, outcome, reason }) => [query, outcome, reason ?? '']),
    found: (await collected(world, file, ids)).length,
    there: village.reached('2026-03-08T12:00:00.000Z').size,
  };
}

it('questions that are refused are told, and keep no other from being asked', async () => {
  const refused = 'village.example knows no such account — mend it';
  const { lane, standing, outcomes, found, there } = await round(
    new Unanswerable('village.example knows no such account', 'mend it'),
  );
  expect(outcomes).toEqual([
    ...[1, 2, 3, 4].map(number => [`account gone.${number}`, 'failed', refused]),
    ['account there.1', 'covered', ''],
  ]);
  expect(standing).toEqual(['account  there.1', 'search  gelato']);
  expect([lane.failed, lane.trouble, lane.refused]).toEqual([4, refused, undefined]);
  expect(found).toBe(there);
  expect(there).toBeGreaterThan(10);
});

it('what a person must mend first keeps all of a lane', async () => {
  const { lane, outcomes, found } = await round(new FatalError('the password is wrong'));
  expect(outcomes.map(([, outcome]) => outcome)).toEqual(Array(5).fill('failed'));
  expect([lane.refused, found]).toEqual(['FatalError: the password is wrong', 0]);
});
