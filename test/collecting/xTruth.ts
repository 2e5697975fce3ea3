import type { WorldPost, XWorld } from './xWorld.ts';

/**
 * What a campaign must come to know of a world: all that its search and its brand's timeline give, what those answer,
 * quote or pass on, and then whatever answers, quotes or passes on something that is known.
 */
export function reached(world: XWorld, since: number): Set<string> {
  const all = [...world.posts.values()];
  const direct = all.filter(
    ({ text, at, author }) => at >= since && (/\bgelato\b/i.test(text) || author === world.brand),
  );
  const known = new Set(direct.flatMap(({ id, references }) => [id, ...references.map(to => to.id)]));
  const follows = ({ references }: WorldPost) => references.some(({ id }) => known.has(id));
  for (let before = -1; before !== known.size; ) {
    before = known.size;
    for (const post of all) if (follows(post)) known.add(post.id);
  }
  return known;
}
