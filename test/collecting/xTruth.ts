import type { XWorld } from './xWorld.ts';

/**
 * What a campaign must come to know of a world: all that its search and its brand's timeline give, and then whatever
 * answers, quotes or passes on something that was found. What was only shown beside a found post is known, and nothing
 * more is asked about it.
 *
 * @returns ids of both
 */
export function reached(world: XWorld, since: number): { found: Set<string>; shown: Set<string> } {
  const all = [...world.posts.values()];
  const direct = all.filter(
    ({ text, at, author }) => at >= since && (/\bgelato\b/i.test(text) || author === world.brand),
  );
  const found = new Set(direct.map(({ id }) => id));
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const { id, references } of all) if (references.some(to => found.has(to.id))) found.add(id);
  }
  const shown = direct.flatMap(({ references }) => references.map(({ id }) => id));
  return { found, shown: new Set(shown.filter(id => !found.has(id))) };
}
