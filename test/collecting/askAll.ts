import type { Query } from '../../contracts/collection.ts';
import type { LiveSource } from '../../sources/liveSource.ts';
import type { MappedAccount, MappedReposter } from '../../sources/source.ts';
import { type Asked, type Asking, askThrough } from './asking.ts';

/** What the pages of a query told, in the order in which they came. */
export interface Told extends Omit<Asked, 'mapped'> {
  accounts: MappedAccount[];
  reposters: MappedReposter[];
}

/** Asks one source to the end; nothing that it tells may be refused. */
export async function askAll(source: LiveSource, query: Query, asking: Asking = {}): Promise<Told> {
  const { mapped, ...asked } = await askThrough(() => source, query, asking);
  for (const one of mapped) {
    if ('fields' in one && one.refused !== undefined) throw new Error(`refused: ${one.refused}`);
  }
  return {
    ...asked,
    accounts: mapped.flatMap(one => ('account' in one ? [one.account] : [])),
    reposters: mapped.flatMap(one => ('reposter' in one ? [one.reposter] : [])),
  };
}
