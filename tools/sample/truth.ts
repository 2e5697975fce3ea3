import { dateText, nightFrom, nightTo, windowFrom } from './calendar.ts';
import type { CommerceTruth } from './commerce.ts';
import type { Operation } from './coordination.ts';
import type { Files } from './files.ts';
import type { Flaws } from './flaws.ts';
import { hostileProbability } from './follows.ts';
import type { Ledger } from './ledger.ts';
import { conversationRootOf, idOf, type Message, rootOf, shownBy } from './message.ts';
import { cents, type PanelTruth } from './panel.ts';
import type { Account } from './people.ts';
import { writeTruthTables } from './truthTables.ts';

export interface World {
  seed: number;
  accounts: readonly Account[];
  messages: readonly Message[];
  enemies: ReadonlyMap<Account, ReadonlySet<Account>>;
  operations: readonly Operation[];
  moments: readonly (readonly Message[])[];
  flaws: Flaws;
  ledger: Ledger;
  panel: PanelTruth;
  commerce: CommerceTruth;
}

const margin = 0.42;

/** What was planted: truth.json for the summary, truth/*.csv for what goes by author, tie, message or order. */
export function writeTruth(files: Files, world: World): void {
  const { accounts, ledger, flaws, panel, commerce, messages } = world;
  const of = (role: string) => accounts.filter(account => account.person.role === role);
  const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id);
  const messageIds = (list: readonly Message[]) => list.map(idOf);
  const caused = causedBy(messages);
  const touched = commerce.orders.filter(
    order => order.touch !== '' && order.touch !== 'unknown code' && order.touch !== 'other campaign',
  );
  const total = (orders: { eur_net: number }[]) => ({
    orders: orders.length,
    revenue_eur_net: cents(orders.reduce((sum, order) => sum + order.eur_net, 0)),
  });
  const roi = (panel.incremental * margin - panel.cost) / panel.cost;

  const truth = {
    note: 'Written by tools/sample/generate.ts together with the files: what a right reading must find in them.',
    seed: world.seed,
    night: {
      interval: { from: dateText(nightFrom), to: dateText(nightTo) },
      window: { from: dateText(windowFrom), to: dateText(nightTo) },
      newest_created_at: new Date(
        Math.max(...[...ledger.staged.values()].map(({ message }) => shownBy(message))),
      ).toISOString(),
      published_messages: ledger.count(windowFrom, nightTo),
      outside_window: messagesIn(ledger.count(0, windowFrom), ledger.count(nightTo, Number.MAX_SAFE_INTEGER)),
    },
    absent_roots: absentRoots(messages, ledger),
    books: Object.fromEntries(ledger.books),
    oddities: ledger.oddities,
    flaws: {
      self_forwards: messageIds(flaws.selfForwards),
      children_earlier_than_their_parent: messageIds(flaws.earlyChildren),
      cycle: messageIds(flaws.cycle),
      dated_after_capture: messageIds(flaws.fromTheFuture),
      parents_in_no_file: messageIds(flaws.neverSeen),
      seen_only_inside_others: messageIds(flaws.insideOnly),
      deleted: messageIds([...flaws.deleted, ...flaws.deletedUnseen]),
      hostile_texts: messageIds(flaws.hostileTexts),
    },
    brand_accounts: ids(of('brand')),
    influencers: of('influencer').map(account => ({
      author_id: account.id,
      person: account.person.number,
      persona: account.person.persona,
      recruited: commerce.recruited.includes(account.id),
      caused_messages: caused.get(account) ?? 0,
    })),
    fan: {
      author_id: of('fan')[0]!.id,
      followers: of('fan')[0]!.followers,
      caused_messages: caused.get(of('fan')[0]!) ?? 0,
    },
    boosted: {
      author_id: of('boosted')[0]!.id,
      caused_messages_without_ring: caused.get(of('boosted')[0]!) ?? 0,
    },
    ring: ids(of('ring')),
    moments: world.moments.map(messageIds),
    automata: ids(of('automaton')),
    personas: Object.fromEntries(
      [...new Set(of('influencer').map(account => account.person.persona!))].map(name => [
        name,
        ids(of('influencer').filter(account => account.person.persona === name)),
      ]),
    ),
    ties: { hostile_probability: hostileProbability },
    tables: {
      'truth/authors.csv':
        'every account with its role, persona, shares of topics, and how many messages of other people it set off, near and far',
      'truth/ties.csv':
        'by the account numbers of authors.csv: the probability that one message of the influencer moves the reader, before topic (0.2 + 3.6 × the reader’s share of it) and form (reshare × 0.5, reply × 0.1) are counted in; a hostile reader only answers, with hostile_probability',
      'truth/forwarders.csv':
        'reposts of X and Mastodon that came through another repost, which the network hides',
      'truth/homonyms.csv': 'messages that use a seed word of “ice cream” in another sense',
      'truth/hostile.csv': 'answers and quotes that are hostile',
      'truth/ring.csv': 'pairs of the ring, and how often they acted together',
      'truth/orders.csv':
        'orders that influence caused or a code touched; net of refunds before the night, in EUR',
    },
    returns: {
      panel: {
        treated: panel.units.filter(unit => unit.group === 'treated').length,
        control: panel.units.filter(unit => unit.group === 'control').length,
        incremental_eur: panel.incremental,
        cost_eur: panel.cost,
        iroas: rounded(panel.iroas),
        margin,
        roi: rounded(roi),
      },
      orders: {
        caused: total(commerce.orders.filter(order => order.caused_by !== '')),
        caused_with_code: total(
          commerce.orders.filter(order => order.caused_by !== '' && order.touch === 'caused'),
        ),
        touched_by_code: total(touched),
        touched_but_not_caused: total(touched.filter(order => order.caused_by === '')),
        refused: Object.fromEntries(
          ['self-referral', 'outside window', 'unknown code', 'other campaign'].map(touch => [
            touch,
            commerce.orders.filter(order => order.touch === touch).length,
          ]),
        ),
      },
      undecided: {
        verdict: 'cannot_tell',
        reason: 'the campaign ran in every zone at once: there is no control',
      },
    },
  };
  files.put('truth.json', `${JSON.stringify(truth, null, 2)}\n`);
  writeTruthTables(files, world, caused);
}

const rounded = (value: number) => Math.round(value * 1e6) / 1e6;

function messagesIn(...counts: Record<string, Record<string, number>>[]): number {
  return counts
    .flatMap(count => Object.values(count).flatMap(row => Object.values(row)))
    .reduce((sum, n) => sum + n, 0);
}

/** Origins that published forwards or answers name, and that are not published themselves: why, and how many. */
function absentRoots(messages: readonly Message[], ledger: Ledger): Record<string, Record<string, number>> {
  const isPublished = (message: Message) =>
    ledger.staged.get(idOf(message))?.message === message &&
    message.shownAt >= windowFrom &&
    message.shownAt < nightTo;
  const count = (isEdge: (message: Message) => boolean, origin: (message: Message) => Message) => {
    const origins = new Set(messages.filter(message => isPublished(message) && isEdge(message)).map(origin));
    const absent = [...origins].filter(message => !isPublished(message));
    const outside = absent.filter(message => ledger.staged.has(idOf(message)));
    return { in_no_file_or_deleted: absent.length - outside.length, outside_window: outside.length };
  };
  return {
    of_forwards: count(message => message.subject !== undefined, rootOf),
    of_answers: count(message => message.replyTo !== undefined, conversationRootOf),
  };
}

/** How many messages of other people each account set off, near and far, by the true causes. The ring's are not counted: it needs no cause. */
function causedBy(messages: readonly Message[]): Map<Account, number> {
  const result = new Map<Account, number>();
  for (const message of messages) {
    if (message.account.person.role === 'ring') continue;
    const credited = new Set<Account>();
    for (let cause = message.cause; cause; cause = cause.cause)
      if (cause.account.person !== message.account.person) credited.add(cause.account);
    for (const account of credited) result.set(account, (result.get(account) ?? 0) + 1);
  }
  return result;
}
