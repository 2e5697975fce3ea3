import { asObject } from '../knownFields.ts';
import type { StreamEvent } from './streamEvent.ts';
import { wanted } from './streamEvent.ts';
import { holdsTerm } from './terms.ts';

/** As many messages as are remembered; about 10 MB. */
const mostSeen = 100_000;

export interface Interests {
  search: readonly string[];
  isKnown?: (uri: string) => boolean;
}

/** Tells what of a stream concerns a campaign, and remembers what did. */
export class Concerns {
  readonly #seen = new Set<string>();
  readonly #hasTerm: (record: Record<string, unknown>) => boolean;
  readonly #isKnown: ((uri: string) => boolean) | undefined;

  constructor({ search, isKnown }: Interests) {
    this.#hasTerm = holdsTerm(search);
    this.#isKnown = isKnown;
  }

  /**
   * Posts that hold a term, or answer or quote a known message; reposts of known messages; whatever the accounts write,
   * or is said to it; what becomes of accounts; and all deletions. These name a key only, and whoever knows what is
   * staged now does not know what another question brings while this stream is read.
   *
   * @param accounts DIDs of those all of whose posts and reposts are wanted
   */
  keeps({ kind, did, commit }: StreamEvent, accounts: ReadonlySet<string>): boolean {
    // Few, and each may hide messages that are staged, or show them again.
    if (kind === 'account') return true;
    if (kind === 'identity') return accounts.has(did);
    if (commit === undefined || !wanted.includes(commit.collection)) return false;
    const uri = `at://${did}/${commit.collection}/${commit.rkey}`;
    if (commit.operation === 'delete') return true;
    const record = asObject(commit.record);
    const isKept =
      accounts.has(did) ||
      this.#knows(uri) ||
      (record !== undefined &&
        (this.#hasTerm(record) ||
          namedIn(record).some(named => this.#knows(named) || accounts.has(accountIn(named)))));
    if (isKept) this.#remember(uri);
    return isKept;
  }

  #knows(uri: string): boolean {
    return this.#seen.has(uri) || this.#isKnown?.(uri) === true;
  }

  #remember(uri: string): void {
    this.#seen.add(uri);
    if (this.#seen.size > mostSeen) this.#seen.delete(this.#seen.values().next().value!);
  }
}

/** The messages that a record answers, quotes or passes on. */
function namedIn(record: Record<string, unknown>): string[] {
  const reply = asObject(record.reply);
  const embed = asObject(asObject(record.embed)?.record);
  return [reply?.parent, reply?.root, embed, embed?.record, record.subject, record.via]
    .map(reference => asObject(reference)?.uri)
    .filter(uri => typeof uri === 'string');
}

function accountIn(uri: string): string {
  return uri.split('/')[2] ?? '';
}
