import { FatalError } from '../../contracts/errors.ts';
import type { PoliteClient } from '../http/politeClient.ts';
import type { LiveSource, Page, PageAsk } from '../liveSource.ts';
import { mastodon } from '../mastodon.ts';
import { nameOf, type Secrets } from '../secrets.ts';
import { accountPage } from './accountPages.ts';
import { type Instance, instanceAt } from './instance.ts';
import { listPage, refreshPage, threadPage } from './messagePages.ts';
import { placeOf } from './place.ts';
import { searchPage } from './searchPages.ts';
import { type MastodonSettings, standingQueries } from './standingQueries.ts';
import { timelinePage } from './timeline.ts';

/**
 * Several instances of Mastodon, each for itself. Messages are known by URI, and asked for by the id that the asked
 * instance gave them: subjects of `thread`, `quotes`, `reposts` and `refresh` are `<id> <uri>` (contracts/localMessage.ts),
 * that of `records` is the account's URI, and `host` is always there.
 *
 * @param accounts URIs of the brand's and the candidates' accounts
 * @throws FatalError where one token is there for several instances, as it would be told to all of them; and where a
 *   search is wanted and no token is there
 */
export function openMastodon(
  settings: MastodonSettings,
  { client, secrets, accounts }: { client: PoliteClient; secrets: Secrets; accounts: readonly string[] },
): LiveSource {
  const { id, instances } = settings;
  if (secrets.token !== undefined && instances.length > 1) {
    const { host } = new URL(instances[0]!);
    throw new FatalError(`SILLAGE_${nameOf(id)}_TOKEN would be told to ${instances.length} instances`, {
      next: `name the one that gave it, like SILLAGE_${nameOf(id)}_TOKEN_${nameOf(host)}`,
    });
  }
  const tokenOf = (instance: string) => secrets.tokenFor(new URL(instance).host) ?? secrets.token;
  const members = instances.filter(instance => tokenOf(instance) !== undefined);
  if (settings.search.length > 0 && members.length === 0) {
    throw new FatalError(`the source ${id} wants to search, and no instance searches for strangers`, {
      next: `set SILLAGE_${nameOf(id)}_TOKEN_${nameOf(new URL(instances[0]!).host)}, or leave search out`,
    });
  }
  const open = new Map<string, Instance>();
  /** Instances that were found to know no way to ask for several statuses at once. */
  const singly = new Set<string>();

  function instanceOf(host: string | undefined): Instance {
    if (host === undefined || !instances.includes(host))
      throw new FatalError(`the source ${id} was to ask an instance that it does not list`);
    const instance = open.get(host) ?? instanceAt(host, id, tokenOf(host), client);
    open.set(host, instance);
    return instance;
  }

  async function page(ask: PageAsk): Promise<Page> {
    const { kind, host, subjects } = ask.query;
    const instance = instanceOf(host);
    const place = placeOf(ask.cursor);
    switch (kind) {
      case 'hashtag':
        return timelinePage(
          instance,
          `/api/v1/timelines/tag/${encodeURIComponent(subjects[0]!)}`,
          ask,
          place,
        );
      case 'account':
      case 'records':
        return accountPage(instance, ask, place);
      case 'search':
        return searchPage(instance, ask, place);
      case 'thread':
        return threadPage(instance, ask);
      case 'quotes':
        return listPage(instance, 'quotes', ask, place);
      case 'reposts':
        return listPage(instance, 'reblogged_by', ask, place);
      case 'refresh':
        return refreshPage(instance, ask, singly);
      default:
        throw new FatalError(`Mastodon can't be asked for ${kind}`);
    }
  }

  return {
    mapper: mastodon,
    standing: standingQueries(settings, accounts, members),
    // Quotes are shown to members only.
    follows: { thread: 1, reposts: 1, records: 1, refresh: 20, ...(members.length > 0 && { quotes: 1 }) },
    page,
    async close() {
      // The client belongs to whoever opened it.
    },
  };
}
