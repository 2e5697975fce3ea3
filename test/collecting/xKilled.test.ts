import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, inject, onTestFinished, test } from 'vitest';
import { Random } from '../../tools/sample/random.ts';
import { sillage, start } from '../cli/command.ts';
import { worldIn } from '../nights/plain.ts';
import { collected } from './plain.ts';
import { token } from './xReading.ts';
import { xReplay } from './xReplay.ts';
import { reached } from './xTruth.ts';
import { xWorld } from './xWorld.ts';

test('a replay of X is collected whole within its quota, though the command is killed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sillage-x-killed-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const to = Math.floor(Date.now() / 1000) * 1000 - 120_000;
  const world = xWorld({ seed: 33, accounts: 25, posts: 60, to, days: 1 / 12 });
  const replay = await xReplay({ world, token, allowed: 100_000 });
  onTestFinished(() => replay.close());
  const quota = 6_000;
  const file = join(folder, 'campaign.yaml');
  // Every minute is an age at which messages are read again, so that deletions are found soon.
  const ages = Array.from({ length: 240 }, (_, minute) => `${minute + 1}m`);
  writeFileSync(
    file,
    `campaign: harbour
brand: { name: Harbour, accounts: ["x:${world.brand}"] }
privacy: { pseudonymise: false }
sources:
  - id: x
    type: x
    service: ${replay.service}
    search: [gelato]
    refresh: [${ages.join(', ')}]
    quota: { posts_per_month: ${quota} }
`,
  );
  const lake = join(folder, 'lake');
  const env = {
    SILLAGE_LAKE: lake,
    SILLAGE_X_TOKEN: token,
    // As by a contract with X: else a page of a search would be handed out every two seconds.
    SILLAGE_LIMIT_SHARE: '10000',
    SILLAGE_QUEUES: `x-killed-${process.pid}`,
    SILLAGE_HEARTBEAT_SECONDS: '2',
    TEMPORAL_ADDRESS: inject('temporal'),
  };
  const collect = async () => {
    const { status, stderr } = await sillage(['collect', file], env);
    expect(status, stderr).toBe(0);
  };
  const ids = (where: string) =>
    collected<{ id: string }>(
      worldIn(lake),
      file,
      `SELECT DISTINCT substr(message_id, 3) AS id FROM stg_rows WHERE ${where} ORDER BY 1`,
    ).then(rows => rows.map(({ id }) => id));

  const random = new Random(33, 'kills');
  let kills = 0;
  for (let kill = 0; kill < 3; kill++) {
    const child = start(['collect', file], env);
    const ended = once(child, 'exit');
    // At work, wherever that is: when another few answers were given.
    const enough = replay.ledger.asked.length + random.between(1, 12);
    while (child.exitCode === null && replay.ledger.asked.length < enough) await pause(20);
    if (child.exitCode === null) kills += 1;
    child.kill('SIGKILL');
    await ended;
  }
  expect(kills).toBeGreaterThan(0);
  // What there is, and what it will cost, is known before anything is paid.
  expect(replay.ledger.asked[0]).toBe('/2/tweets/counts/recent');
  await collect();
  const { found, shown } = reached(world, 0);
  const truth = [...found, ...shown].sort();
  expect(await ids('NOT is_deleted')).toEqual(truth);

  const isRepost = (id: string) => world.posts.get(id)!.references.some(({ type }) => type === 'retweeted');
  // What was only shown beside a found post is not read again, and of reposts X's counts tell.
  const gone = [...found].sort().filter((id, place) => place % 4 === 0 && !isRepost(id));
  world.remove(gone);
  // A round finds those that have come of the next age meanwhile.
  for (let round = 0; round < 12; round++) {
    await collect();
    if ((await ids('is_deleted')).length === gone.length) break;
    await pause(5000);
  }
  expect(await ids('is_deleted')).toEqual(gone);
  expect(replay.ledger.delivered).toBeLessThanOrEqual(quota);
  expect(replay.ledger.delivered).toBeGreaterThan(truth.length);
});
