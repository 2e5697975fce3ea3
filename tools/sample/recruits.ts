import { dateText, day, talkBegins } from './calendar.ts';
import type { Files } from './files.ts';
import type { Account, Person } from './people.ts';
import { Random } from './random.ts';

/** Who could be asked and at what price, who is one person under several names, and who wants to be left alone. */
export function writeRecruits(
  files: Files,
  people: readonly Person[],
  accounts: readonly Account[],
  seed: number,
): void {
  const random = new Random(seed, 'recruits');
  const several = people.filter(person => person.accounts.length > 1 && person.role !== 'brand');
  files.table(
    'identities.csv',
    ['person_id', 'author_id'],
    several.flatMap(person =>
      person.accounts.map(account => [`p${String(person.number).padStart(4, '0')}`, account.id]),
    ),
  );

  const role = (name: string) => accounts.filter(account => account.person.role === name);
  const influencers = role('influencer').filter(account => account === account.person.accounts[0]);
  const ordinary = random.sample(role('ordinary'), 112);
  const optedOut = [influencers[1]!, influencers[17]!, ...ordinary.slice(0, 13)];
  const reasons = ['asked by mail', 'asked in a message', 'no reason given'];
  files.table(
    'optouts.csv',
    ['author_id', 'since', 'reason'],
    optedOut.map((account, i) => [account.id, dateText(talkBegins + ((i * 5) % 60) * day), reasons[i % 3]!]),
  );

  const popular = [...role('ordinary')]
    .sort((a, b) => b.followers - a.followers || a.number - b.number)
    .slice(0, 15);
  const asked = [
    ...new Set([
      ...influencers,
      ...role('fan'),
      ...role('boosted'),
      ...role('ring').slice(0, 2),
      ...popular,
      ...ordinary.slice(8),
    ]),
  ];
  // Agencies price by followers, so that the famous are dear whatever they move.
  const price = (account: Account) =>
    25 * Math.round((120 + 6 * Math.sqrt(account.followers) * random.between(0.7, 1.4)) / 25);
  files.table(
    'candidates.csv',
    ['author_id', 'cost', 'acceptance'],
    asked.map(account => [account.id, price(account), random.between(0.2, 0.9).toFixed(2)]),
  );
}
