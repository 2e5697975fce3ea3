import { FatalError } from '../../contracts/errors.ts';
import type { StandingQuery } from '../liveSource.ts';
import { longestQuery, recentHours } from './limits.ts';
import type { XSettings } from './xSource.ts';

/**
 * What is asked of X again and again: counts first, then searches, then accounts. A count bears the name of the search
 * that it is about.
 *
 * @throws FatalError where a query is too long for any plan, or an account is no number
 */
export function standingOf(settings: XSettings, accounts: readonly string[]): StandingQuery[] {
  const { id, search, archive } = settings;
  const reach = archive ? {} : { reachHours: recentHours };
  const long = search.find(term => term.length > longestQuery);
  if (long !== undefined) {
    throw new FatalError(
      `a query of the source ${id} has ${long.length} characters; X takes ${longestQuery} at most`,
      {
        next: `make \`${long.slice(0, 40)}…\` shorter, or two of it`,
      },
    );
  }
  const numbers = [...new Set([...settings.accounts, ...accounts])];
  const odd = numbers.find(number => !/^[0-9]{1,20}$/.test(number));
  if (odd !== undefined) {
    throw new FatalError(`the source ${id} follows the account "${odd}", which is no number of X`, {
      next: 'give the number of the account, as X’s developer tools show it',
    });
  }
  const byTerm = (kind: 'counts' | 'search') => (term: string) => ({
    query: { kind, label: `search ${term}`, subjects: [term] },
    ...reach,
  });
  return [
    // What there is, and what it will cost, is known before anything is paid.
    ...search.map(byTerm('counts')),
    ...search.map(byTerm('search')),
    ...numbers.map(number => ({
      query: { kind: 'account' as const, label: `account ${number}`, subjects: [number] },
    })),
  ];
}
