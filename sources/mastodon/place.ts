/** Where an ask has come to: what a cursor holds. */
export interface Place {
  /** The account's id on the instance, once it was looked up. */
  account?: string;
  /** Going back: what comes before this id is next. */
  before?: string;
  /** Going forward: what comes after this id is next. */
  after?: string;
  /** The newest id that was there when the ask began, or that was seen since. */
  newest?: string;
  /** How many results of a search lie behind, and the last of them. */
  passed?: string;
  last?: string;
}

const names = ['account', 'before', 'after', 'newest', 'passed', 'last'] as const;

/** @param cursor of our own making; undefined at the beginning */
export function placeOf(cursor: string | undefined): Place {
  const told = new URLSearchParams(cursor);
  return Object.fromEntries(names.filter(name => told.has(name)).map(name => [name, told.get(name)!]));
}

export function cursorOf(place: Place): string {
  const told = new URLSearchParams();
  for (const name of names) if (place[name] !== undefined) told.set(name, place[name]);
  return told.toString();
}
