import { day, hour, minute, second, talkBegins, talkEnds, windowFrom } from './calendar.ts';
import { behind, type Chronicle, type Message } from './message.ts';
import type { Account, Network } from './people.ts';
import { Random } from './random.ts';
import { answerOn, quoteOn, sentenceOn } from './talk.ts';

/** What is wrong with the world itself, whatever the format: broken trees, wrong clocks, hostile texts. */
export interface Flaws {
  selfForwards: Message[];
  earlyChildren: Message[];
  /** Dated after they were captured. */
  fromTheFuture: Message[];
  cycle: Message[];
  neverSeen: Message[];
  insideOnly: Message[];
  /** Taken down later: their tombstones are in the files. */
  deleted: Message[];
  /** Known by their tombstone alone. */
  deletedUnseen: Message[];
  hostileTexts: Message[];
}

/** Texts that attack careless readers, pages and spreadsheets. They are text, and nothing else. */
const attacks = [
  '<script>alert("glace")</script> <img src=x onerror=alert(1)>',
  "'; DROP TABLE messages; -- sorbet",
  "=cmd|' /C calc'!A0",
  '=HYPERLINK("https://deals.example","gelato")',
  'sorbet \u202Etros\u202C citron',
  'glace 🍨👩‍👩‍👧 pistache \u{1F1EB}\u{1F1F7}',
  'vanille\u0000 et cassis',
  '{{constructor.constructor("return 1")()}} $(7*7) %s %n',
  '"; rm -rf / # cornet "quoted", and\ttabs',
  '\uFEFFsundae \u200Bsans espace\u200B visible',
];
const hostileNames = ['<b>Galet</b>', "Robin'); DROP TABLE authors;--", '=1+1', '\u202Eeman', '🍦🍦🍦'];

export function spoil(accounts: readonly Account[], chronicle: Chronicle, seed: number): Flaws {
  const random = new Random(seed, 'flaws');
  const ordinary = (network: Network) =>
    accounts.filter(account => account.network === network && account.person.role === 'ordinary');
  const existing = [...chronicle.messages];
  const posts = (network: Network) =>
    existing.filter(
      message =>
        message.kind === 'post' &&
        message.account.network === network &&
        message.account.person.role === 'ordinary' &&
        message.at < talkEnds - 2 * day,
    );
  const networks = ['x', 'mastodon', 'bluesky'] as const;

  const selfForwards = networks.flatMap(network =>
    random.sample(posts(network), 4).map(subject =>
      chronicle.write({
        account: subject.account,
        at: subject.at + random.below(day) + minute,
        kind: 'reshare',
        text: '',
        language: subject.language,
        topic: subject.topic,
        subject,
      }),
    ),
  );

  // The author's clock is behind: the answer is dated a quarter of an hour before what it answers.
  const parentOf = (message: Message) =>
    message.kind === 'reshare' ? message.cause : (message.subject ?? message.replyTo);
  const earlyChildren = random.sample(
    existing.filter(message => {
      const { account, cause, subject, replyTo } = message;
      const isQuick = cause !== undefined && message.at - cause.at < 10 * minute;
      return (
        account.network === 'bluesky' &&
        account.person.role === 'ordinary' &&
        isQuick &&
        !(subject && replyTo)
      );
    }),
    8,
  );
  for (const message of earlyChildren) message.shownAt = parentOf(message)!.at - 15 * minute;

  const answered = new Set(existing.flatMap(message => [message.subject, message.replyTo, message.cause]));
  const fromTheFuture = random.sample(
    posts('bluesky').filter(message => !answered.has(message)),
    3,
  );
  for (const message of fromTheFuture) message.shownAt = message.at + 30 * hour;

  const circle = random.sample(ordinary('bluesky'), 3);
  const cycle = circle.map((account, i) =>
    chronicle.write({
      account,
      at: Date.UTC(2026, 1, 11, 12) + i * 40 * minute,
      kind: 'quote',
      topic: 'cinema',
      text: quoteOn('cinema', account.person.language, random),
    }),
  );
  for (const [i, message] of cycle.entries()) message.subject = cycle[(i + 2) % 3];

  const neverSeen = networks.flatMap(network =>
    random.sample(ordinary(network), 7).map(account => {
      const root = chronicle.write({
        account,
        at: talkBegins + 30 * day + random.below(20 * day),
        kind: 'post',
        topic: 'cooking',
        text: '',
        unseen: 'never',
      });
      for (const reader of random.sample(ordinary(network), 1 + random.below(4))) {
        const at = root.at + random.below(2 * day) + minute;
        const given = { account: reader, at, cause: root, topic: 'cooking' as const };
        // A Mastodon reblog always carries its original, so only answers can point nowhere there.
        if (network !== 'mastodon' && random.chance(0.7))
          chronicle.write({ ...given, kind: 'reshare', text: '', subject: root });
        else
          chronicle.write({
            ...given,
            kind: 'reply',
            text: answerOn('cooking', reader.person.language, random),
            replyTo: root,
          });
      }
      return root;
    }),
  );

  const insideOnly = (['x', 'mastodon'] as const).flatMap(network =>
    random.sample(ordinary(network), network === 'x' ? 30 : 20).map((account, i) => {
      // Half of them were written before the window of 90 days begins.
      const at =
        i % 2 === 0 ? windowFrom - 20 * day + random.below(19 * day) : windowFrom + random.below(5 * day);
      const { language } = account.person;
      const root = chronicle.write({
        account,
        at,
        kind: 'post',
        topic: 'ice cream',
        text: sentenceOn('ice cream', language, random),
        unseen: 'only inside others',
      });
      for (const reader of random.sample(ordinary(network), 1 + random.below(3)))
        chronicle.write({
          account: reader,
          at: talkBegins + 25 * day + random.below(50 * day),
          kind: 'reshare',
          text: '',
          language,
          topic: 'ice cream',
          cause: root,
          subject: root,
        });
      return root;
    }),
  );

  const taken = new Set([
    ...earlyChildren.map(message => behind(parentOf(message)!)),
    ...earlyChildren,
    ...fromTheFuture,
    ...selfForwards.map(message => message.subject),
  ]);
  const deleted = random.sample(
    posts('bluesky').filter(message => !taken.has(message)),
    22,
  );
  const deletedUnseen = random.sample(ordinary('bluesky'), 5).map(account =>
    chronicle.write({
      account,
      at: talkBegins + random.below(60 * day),
      kind: 'post',
      text: '',
      unseen: 'never',
    }),
  );

  const hostileTexts = attacks.map((text, i) => {
    const account = random.pick(ordinary(networks[i % 3]!));
    return chronicle.write({
      account,
      at: talkBegins + (20 + 5 * i) * day + random.below(12 * hour) + second,
      kind: 'post',
      topic: 'ice cream',
      text,
    });
  });
  for (const [i, name] of hostileNames.entries()) random.pick(ordinary(networks[i % 2]!)).name = name;

  return {
    selfForwards,
    earlyChildren,
    fromTheFuture,
    cycle,
    neverSeen,
    insideOnly,
    deleted,
    deletedUnseen,
    hostileTexts,
  };
}
