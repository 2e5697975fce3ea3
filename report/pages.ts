import { readFile } from 'node:fs/promises';
import { methodVersion } from '../activities/methodVersion.ts';
import { inWorkshop } from '../activities/step.ts';
import type { World } from '../activities/world.ts';
import { FatalError } from '../contracts/errors.ts';
import type { Manifest } from '../lake/nights.ts';
import { canonical, sha256 } from '../lake/steps.ts';
import { type Language, languages } from './language.ts';
import { pageOf } from './page.ts';
import { readPage } from './read.ts';

/** The pages of a night as they lie in the lake. */
export interface Pages {
  keys: Readonly<Record<Language, string>>;
  /** Computed now, reused as they lay there, or made again and found the same. */
  outcome: 'computed' | 'reused' | 'verified';
}

/**
 * Makes the pages of a published night, or finds them made: they depend on what the night published and on the code that writes
 * them, and stand under a name that says so. The same night has the same bytes.
 *
 * @param verify makes them again where they are there, and compares
 */
export async function makePages(world: World, manifest: Manifest, verify = false): Promise<Pages> {
  const keys = await pageKeys(manifest);
  const there = await Promise.all(languages.map(language => world.lake.has(keys[language])));
  const isMade = there.every(Boolean);
  if (isMade && !verify) return { keys, outcome: 'reused' };
  const night = await inWorkshop(world, ({ session }) => readPage(world.lake, session, manifest));
  for (const language of languages) {
    const text = pageOf(night, language);
    world.attempt().signal.throwIfAborted();
    const isNew = await world.lake.commit(keys[language], text);
    if (!isNew && verify) await compare(world, keys[language], text);
  }
  return { keys, outcome: isMade ? 'verified' : 'computed' };
}

/** Where the pages of a night stand, made or not. */
export async function pageKeys({
  campaign,
  as_of,
  content,
}: Manifest): Promise<Readonly<Record<Language, string>>> {
  const hash = sha256(canonical({ content, code: await codeVersion() })).slice(0, 16);
  return Object.fromEntries(
    languages.map(language => [language, `reports/${campaign}/${as_of}-${hash}.${language}.html`]),
  ) as Record<Language, string>;
}

/** Hash over the report's code, its style sheet, and what draws charts and writes numbers for it. */
async function codeVersion(): Promise<string> {
  const [code, style, ...packages] = await Promise.all([
    methodVersion(new URL('./pages.ts', import.meta.url)),
    readFile(new URL('./page.css', import.meta.url), 'utf8'),
    readFile(new URL('../package.json', import.meta.url), 'utf8'),
  ]);
  const { dependencies } = JSON.parse(packages[0]!) as { dependencies: Record<string, string> };
  const { '@observablehq/plot': plot, linkedom } = dependencies;
  return sha256(canonical([code, style, plot, linkedom, process.versions.icu]));
}

async function compare(world: World, key: string, text: string): Promise<void> {
  const before = (await world.lake.read(key))?.toString('utf8');
  if (before === text) return;
  throw new FatalError(`the page is not deterministic: ${key} came out different`, {
    next: 'the one that lies there stays; report this with the run id',
  });
}
