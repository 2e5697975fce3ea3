import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CollectingState, Task } from '../../contracts/collection.ts';
import type { Lake } from '../../lake/lake.ts';
import { sha256 } from '../../lake/steps.ts';
import { rawKey } from '../rawKey.ts';

/** Keeps a list of tasks; its key is its content, so that a plan once begun never changes. */
export async function keepPlan(lake: Lake, tasks: readonly Task[]): Promise<string> {
  const text = tasks.map(task => `${JSON.stringify(task)}\n`).join('');
  const key = rawKey(sha256(text));
  await lake.withScratch(async scratch => {
    const path = join(scratch, 'plan');
    await writeFile(path, text);
    await lake.put([{ key, path }]);
  });
  return key;
}

/** The tasks of the plan that is being worked. */
export async function tasksOf(lake: Lake, state: CollectingState): Promise<Task[]> {
  if (state.plan === undefined) return [];
  const bytes = await lake.read(state.plan.key);
  if (bytes === undefined) throw new Error(`the lake has no plan under ${state.plan.key}`);
  return bytes
    .toString('utf8')
    .split('\n')
    .flatMap(line => (line === '' ? [] : [JSON.parse(line) as Task]));
}
