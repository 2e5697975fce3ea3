import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { committed } from '../sample/talkOfNight.ts';
import {
  campaign,
  campaignFile,
  capturesIn,
  collectDisturbed,
  type Disturbances,
  nightOf,
  publishedCascades,
  stagedMessages,
} from './blueskyFlow.ts';
import { type BlueskyNetwork, ownBlueskyNetwork } from './blueskyNetwork.ts';
import { BlueskyWorld } from './blueskyWorld.ts';
import { CollectorProcess } from './collectorProcess.ts';
import { Unavailable } from './networkProcess.ts';
import type { WorldSize } from './worldPlan.ts';
import type { WorldTruth } from './worldTruth.ts';

const hour = 3_600_000;

/** Tests that a world is collected as it is, whatever happens to the collector and to the servers that it asks. */
export function testFlow(size: WorldSize, disturbances: Disturbances): void {
  let reason = '';
  let folder: string;
  let lake: string;
  let truth: WorldTruth;
  let disturbed: Awaited<ReturnType<typeof collectDisturbed>>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sillage-flow-'));
    lake = join(folder, 'lake');
    const network = await ownBlueskyNetwork().catch((error: unknown) => {
      if (!(error instanceof Unavailable)) throw error;
      reason = error.message;
    });
    if (network !== undefined) await collectAndRun(network);
  }, hour);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function collectAndRun(network: BlueskyNetwork): Promise<void> {
    const options = { lake, temporal: inject('temporal'), queues: `flow-${process.pid}` };
    const collector = new CollectorProcess(options);
    try {
      const world = new BlueskyWorld(network, size);
      await world.begin();
      const file = campaignFile(folder, world);
      disturbed = await collectDisturbed(file, { world, collector, lake }, disturbances);
      await nightOf(file, lake);
      truth = world.truth();
    } finally {
      await collector.kill();
      network.end();
    }
  }

  beforeEach(({ skip }) => skip(reason !== '', reason));

  test('it was disturbed as often as was meant', () => {
    const { kills, restarts } = disturbances;
    expect(disturbed).toEqual({ kills, restarts });
  });

  test('what is staged is the truth, in every column', async () => {
    const staged = await stagedMessages(lake);
    const [there, due] = [staged, truth.messages].map(messages => new Set(messages.map(({ id }) => id)));
    const missing = truth.messages.filter(({ id }) => !there!.has(id));
    const unexpected = staged.filter(({ id }) => !due!.has(id));
    expect({ missing, unexpected }).toEqual({ missing: [], unexpected: [] });
    expect(staged).toEqual(truth.messages);
  });

  test('what was deleted, or went with its account, is gone from all that names messages', async () => {
    const left = await committed<{ id: string }>(
      lake,
      campaign,
      `SELECT message_id AS id FROM stg_messages UNION SELECT message_id FROM fct_messages`,
    );
    const ids = new Set(left.map(({ id }) => id));
    expect(truth.gone.filter(uri => ids.has(`bluesky:${uri}`))).toEqual([]);
    expect(truth.gone.length).toBeGreaterThan(0);
  });

  test('the cascades are the truth', async () => {
    const cascades = await publishedCascades(lake);
    expect(cascades).toEqual(truth.cascades);
  });

  test('the books are balanced', async () => {
    const [books] = await committed<Record<string, number>>(
      lake,
      campaign,
      `SELECT CAST(sum(value) FILTER (measure = 'rows_read') AS INTEGER) AS read,
         CAST(sum(value) FILTER (measure IN ('staged', 'duplicates', 'quarantined', 'deleted')) AS INTEGER) AS booked,
         CAST(sum(value) FILTER (measure = 'quarantined') AS INTEGER) AS quarantined,
         CAST(sum(value) FILTER (measure IN ('staged', 'included')) AS INTEGER) AS there
       FROM fct_quality WHERE table_name = 'stg_messages' AND source = 'bsky'`,
    );
    expect(books).toMatchObject({ booked: books!.read, quarantined: 0 });
  });

  test('no page was kept twice, and nothing that was asked is without an end', async () => {
    const captures = await capturesIn(lake);
    const pages = captures.filter(capture => capture.what === 'page');
    const told = pages.map(({ query, span, body }) => JSON.stringify([query, span, body]));
    expect(told.length - new Set(told).size).toBe(0);
    const asked = (of: typeof captures) =>
      new Set(of.map(({ query, span }) => JSON.stringify([query, span])));
    const ended = asked(captures.filter(({ what }) => what === 'outcome'));
    expect([...asked(pages)].filter(question => !ended.has(question))).toEqual([]);
  });
}
