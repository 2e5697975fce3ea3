import type { Files } from './files.ts';
import { hostileProbability, tieProbability } from './follows.ts';
import { idOf, type Message } from './message.ts';
import type { Account } from './people.ts';
import type { World } from './truth.ts';
import { topics } from './words.ts';

/** What was planted by author, tie, message and order: truth/*.csv; truth.json says what each table means. */
export function writeTruthTables(files: Files, world: World, caused: ReadonlyMap<Account, number>): void {
  const { accounts, messages, ledger } = world;
  files.table(
    'truth/authors.csv',
    [
      'account',
      'author_id',
      'person',
      'role',
      'persona',
      'language',
      'caused_messages',
      ...topics.map(topic => `interest_${topic.replace(' ', '_')}`),
      'is_interested_in_ice_cream',
    ],
    accounts.map(({ number, id, person }, i) => [
      number,
      id,
      person.number,
      person.role,
      person.persona ?? '',
      person.language,
      caused.get(accounts[i]!) ?? 0,
      ...topics.map(topic => person.interests[topic].toFixed(4)),
      String(person.interests['ice cream'] > 0.4),
    ]),
  );
  const ties = accounts
    .filter(account => account.person.role === 'influencer')
    .flatMap(by =>
      by.followedBy.map(reader => [
        by.number,
        reader.number,
        (world.enemies.get(by)?.has(reader) ? hostileProbability : tieProbability(by, reader)).toFixed(4),
        String(world.enemies.get(by)?.has(reader) ?? false),
      ]),
    );
  files.table('truth/ties.csv', ['influencer', 'influenced', 'probability', 'is_hostile'], ties);

  const isStaged = (message: Message) => ledger.staged.get(idOf(message))?.message === message;
  const hidden = messages.filter(
    message =>
      message.kind === 'reshare' &&
      message.account.network !== 'bluesky' &&
      message.cause?.kind === 'reshare' &&
      isStaged(message),
  );
  files.table(
    'truth/forwarders.csv',
    ['message_id', 'forwarder_message_id'],
    hidden.map(message => [idOf(message), idOf(message.cause!)]),
  );
  files.table(
    'truth/homonyms.csv',
    ['message_id', 'sense'],
    messages
      .filter(message => message.homonym && isStaged(message))
      .map(message => [idOf(message), message.homonym!]),
  );
  files.table(
    'truth/hostile.csv',
    ['message_id'],
    messages.filter(message => message.hostile && isStaged(message)).map(message => [idOf(message)]),
  );
  files.table(
    'truth/orders.csv',
    ['order_id', 'caused_by', 'touch', 'eur_net'],
    world.commerce.orders.map(order => [
      order.order_id,
      order.caused_by,
      order.touch,
      order.eur_net.toFixed(2),
    ]),
  );

  const together = new Map<string, number>();
  for (const { messages: acts } of world.operations) {
    const members = acts.map(message => message.account.id).sort();
    for (const [i, a] of members.entries())
      for (const b of members.slice(i + 1)) together.set(`${a},${b}`, (together.get(`${a},${b}`) ?? 0) + 1);
  }
  files.table(
    'truth/ring.csv',
    ['author_a', 'author_b', 'operations'],
    [...together].sort(([a], [b]) => (a < b ? -1 : 1)).map(([pair, count]) => [...pair.split(','), count]),
  );
}
