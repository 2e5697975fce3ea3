import { isPublished } from '../activities/publish.ts';
import { isWithin, UNKNOWN } from '../activities/step.ts';
import type { World } from '../activities/world.ts';
import { FatalError } from '../contracts/errors.ts';
import type { Night, PageResult } from '../contracts/night.ts';
import type { StepReport, Tables } from '../contracts/table.ts';
import { type Manifest, nightOf } from '../lake/nights.ts';
import { languages } from './language.ts';
import { makePages, pageKeys } from './pages.ts';

/** The last step of a night: its page in every language, from what it published. */
export async function writePage(
  world: World,
  { night, tables }: { night: Night; tables: Tables },
): Promise<PageResult> {
  const started = performance.now();
  const manifest = await nightOf(world.lake, night.campaign, night.interval);
  const result = (outcome: StepReport['outcome'], pages: string[] = []): PageResult => ({
    tables: {},
    pages,
    report: {
      stage: 'report',
      step: 'page',
      outcome,
      seconds: Math.round(performance.now() - started) / 1000,
      rows: {},
      detail: languages.join(', '),
    },
  });
  if (night.scope.dryRun) return result(await wouldBe(world, manifest, tables));
  if (!isWithin(night, 'report')) throw new Error('writePage was called outside the scope of the night');
  if (manifest === undefined) {
    throw new FatalError(`the page needs the night of ${night.interval.from}, and it is not published`, {
      next: 'run the night without --only and --from',
    });
  }
  const { keys, outcome } = await makePages(world, manifest, night.scope.force);
  return result(
    outcome,
    languages.map(language => world.lake.locate(keys[language])),
  );
}

/** What a run would do: the page is there if the night would publish what is published, and it has been made of that. */
async function wouldBe(
  world: World,
  manifest: Manifest | undefined,
  tables: Tables,
): Promise<StepReport['outcome']> {
  const published = Object.values(tables).filter(({ table }) => isPublished(table));
  if (published.some(({ sha256 }) => sha256 === UNKNOWN)) return 'unknown';
  if (manifest === undefined) return 'would compute';
  const isSame = published.every(({ table, sha256 }) => manifest.lineage[table]?.sha256 === sha256);
  const keys = Object.values(await pageKeys(manifest));
  const there = await Promise.all(keys.map(key => world.lake.has(key)));
  return isSame && there.every(Boolean) ? 'reused' : 'would compute';
}
