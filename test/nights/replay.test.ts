import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { describe, expect, it } from 'vitest';
import { startLogging } from '../../log.ts';
import { workflowBundle } from '../../worker.ts';

const folder = fileURLToPath(new URL('../histories/', import.meta.url));
const names = readdirSync(folder).filter(name => name.endsWith('.json'));
const read = (name: string) => JSON.parse(readFileSync(folder + name, 'utf8'));

async function replay(history: unknown): Promise<Error | undefined> {
  const options = {
    workflowBundle: { code: await workflowBundle() },
    dataConverter: {
      payloadConverterPath: fileURLToPath(new URL('../../workflows/converter.ts', import.meta.url)),
    },
  };
  const histories = [{ workflowId: 'replayed', history: historyFromJSON(history) }];
  for await (const { error } of Worker.runReplayHistories(options, histories)) return error;
  throw new Error('nothing was replayed');
}

startLogging('silent');

describe('committed histories replay: workflows that were running when the code changed go on', () => {
  it.each(names)('%s', async name => {
    expect(await replay(read(name))).toBeUndefined();
  });

  it('and a history of other code is noticed', async () => {
    const history = read('night.json');
    const scheduled = history.events.find(
      (event: { activityTaskScheduledEventAttributes?: { activityType: { name: string } } }) =>
        event.activityTaskScheduledEventAttributes?.activityType.name === 'growForest',
    );
    scheduled.activityTaskScheduledEventAttributes.activityType.name = 'growShrubs';
    expect(await replay(history)).toBeInstanceOf(DeterminismViolationError);
  });
});
