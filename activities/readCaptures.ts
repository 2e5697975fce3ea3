import { captureFormats } from '../contracts/collection.ts';
import type { StepResult, StoredTable } from '../contracts/table.ts';
import { sha256 } from '../lake/steps.ts';
import {
  type Content,
  capturesOf,
  mergedTables,
  type Reader,
  readContent,
  readingPlan,
  stagedTables,
} from './readContent.ts';
import { runStep } from './step.ts';
import type { World } from './world.ts';

/**
 * What captures say, staged as a night stages them: the tables `stg_rows`, `stg_accounts`, `stg_reposters`,
 * `stg_counts`, `stg_outcomes`, `stg_summaries`, `stg_refusals` and `stg_findings` over all given bundles. What was read before is not
 * read again: give whole days and, of the day that is being collected, each segment as a bundle of its own.
 *
 * @param captures made by `capturesOf`
 */
export async function readCaptures(
  world: World,
  reader: Reader,
  captures: readonly Content[],
): Promise<StepResult> {
  const reading = await readingPlan();
  const content = captures.map(one => `${one.format} ${one.sha256}`).sort();
  const making = { inputs: { captures: sha256(content.join('\n')) }, code: reading.code, parameters: {} };
  const plan = { stage: 'conversations' as const, step: 'captures', making, outputs: stagedTables };
  return runStep(world, reader, plan, async workshop => {
    const read: StoredTable[][] = [];
    const all = captures.length > 0 ? captures : [capturesOf(captureFormats[0], [])];
    for (const [index, one] of all.entries()) {
      workshop.attempt.signal.throwIfAborted();
      workshop.attempt.progress(index / all.length);
      read.push((await readContent(world, reader, one, reading)).stored);
    }
    return mergedTables(read);
  });
}
