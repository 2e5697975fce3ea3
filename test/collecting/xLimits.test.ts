import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { expect, inject, onTestFinished, test } from 'vitest';
import { readConfig } from '../../config.ts';
import { limitedQueues } from '../../limitedQueues.ts';
import { startWorkers } from '../../worker.ts';
import { opened, token } from './xReading.ts';

// sha256 of the token, its first 12 digits.
const hash = '6b7f0b0ac7db';
const rates = {
  recent: 450 / 900,
  archive: 300 / 900,
  'recent-counts': 300 / 900,
  'archive-counts': 300 / 900,
  timeline: 10_000 / 900,
  quotes: 75 / 900,
  reposters: 75 / 900,
  lookup: 3500 / 900,
};

test('each endpoint has a queue of its own for each token, as fast as X allows an app', () => {
  const queuesOf = (env: Record<string, string>) =>
    Object.fromEntries(
      limitedQueues(readConfig(env)).map(queue => [queue.taskQueue, queue.maxTaskQueueActivitiesPerSecond]),
    );
  const expected = Object.entries(rates).map(([name, rate]) => [`sillage-limit-x-${hash}-${name}`, rate]);
  expect(queuesOf({ SILLAGE_X_TOKEN: token })).toEqual(Object.fromEntries(expected));
  expect(queuesOf({ SILLAGE_X_TOKEN: token, SILLAGE_X_EU_TOKEN: token, SILLAGE_LIMIT_SHARE: '0.5' })).toEqual(
    Object.fromEntries(expected.map(([name, rate]) => [name, Number(rate) / 2])),
  );
  expect(Object.keys(queuesOf({ SILLAGE_A_TOKEN: 'one', SILLAGE_B_TOKEN: 'two' }))).toHaveLength(16);
  expect(queuesOf({ SILLAGE_A_TOKEN_FILE: '/nowhere', SILLAGE_A_PASSWORD: 'secret' })).toEqual({});
});

test.each([
  ['search', false, 'recent'],
  ['search', true, 'archive'],
  ['thread', false, 'recent'],
  ['records', true, 'archive'],
  ['counts', false, 'recent-counts'],
  ['account', true, 'timeline'],
  ['quotes', false, 'quotes'],
  ['reposts', false, 'reposters'],
  ['refresh', true, 'lookup'],
] as const)('a question of kind %s (archive %s) falls under the limit %s', (kind, archive, name) => {
  const source = opened('http://127.0.0.1:1', { archive });
  expect(source.limitOf!({ kind, label: kind, subjects: ['1'] })).toBe(`x-${hash}-${name}`);
});

test('Temporal is told of the rate by the workers that a token starts', async () => {
  const lake = mkdtempSync(join(tmpdir(), 'sillage-x-limits-'));
  onTestFinished(() => rmSync(lake, { recursive: true, force: true }));
  const config = readConfig({
    SILLAGE_LAKE: lake,
    SILLAGE_X_TOKEN: token,
    SILLAGE_QUEUES: `x-limits-${process.pid}`,
  });
  const address = inject('temporal');
  const native = await NativeConnection.connect({ address });
  const workers = await startWorkers(native, config, ['collect']);
  const client = await Connection.connect({ address });
  onTestFinished(async () => {
    await workers.stop();
    await Promise.all([client.close(), native.close()]);
  });
  const name = `${config.queuePrefix}-limit-x-${hash}-quotes`;
  const told = async () => {
    const { pollers } = await client.workflowService.describeTaskQueue({
      namespace: 'default',
      taskQueue: { name },
      // Activities.
      taskQueueType: 2,
    });
    return pollers?.at(-1)?.ratePerSecond;
  };
  let rate = await told();
  for (let tries = 0; rate === undefined && tries < 100; tries++) {
    await pause(100);
    rate = await told();
  }
  expect(rate).toBeCloseTo(75 / 900, 12);
});
