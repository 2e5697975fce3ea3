import { day, hour, minute, second, talkBegins, talkDays } from './calendar.ts';
import type { Chronicle, Message } from './message.ts';
import type { Account } from './people.ts';
import { Random } from './random.ts';
import { sentenceOn } from './talk.ts';

/** One act of the ring: who shared the same thing within ten seconds. */
export interface Operation {
  object: 'repost' | 'link' | 'hashtags' | 'text';
  messages: Message[];
}

/**
 * The ring acts every second day: its accounts, each with a chance of 0.85, share one thing within ten
 * seconds. Links, hashtag sets and texts go out on both networks at once, reposts within one.
 */
export function coordinate(accounts: readonly Account[], chronicle: Chronicle, seed: number): Operation[] {
  const random = new Random(seed, 'ring');
  const ring = accounts.filter(account => account.person.role === 'ring');
  const boosted = accounts.find(account => account.person.role === 'boosted')!;
  const operations: Operation[] = [];
  for (let number = 0; number < 42; number++) {
    const at = talkBegins + Math.floor(((number + 0.5) * talkDays * day) / 42) + random.below(9 * hour);
    const object = (['repost', 'link', 'repost', 'hashtags', 'text'] as const)[number % 5]!;
    const network = number % 10 < 5 ? 'x' : 'bluesky';
    const members = random
      .sample(object === 'repost' ? ring.filter(account => account.network === network) : ring, 12)
      .filter(() => random.chance(0.85));
    const moment = () => at + random.below(10 * second);
    if (object === 'repost') {
      const wanted = (message: Message) =>
        message.kind === 'post' &&
        message.account.network === network &&
        message.at < at - 5 * minute &&
        message.account.person.role !== 'ring';
      const candidates = chronicle.messages.filter(message => wanted(message) && message.at > at - 4 * day);
      const subject =
        candidates.filter(message => message.account === boosted).at(-1) ?? random.pick(candidates);
      const again = members.map(account =>
        chronicle.write({
          account,
          at: moment(),
          kind: 'reshare',
          text: '',
          language: subject.language,
          topic: subject.topic,
          cause: subject,
          subject,
        }),
      );
      operations.push({ object, messages: again });
      continue;
    }
    const text = sentenceOn('ice cream', 'en', random)
      .replace(/[#@]HokeyPokey/, '')
      .trim();
    const link =
      object === 'link' ? `https://deals.example/${random.word('abcdefghjkmnpqrstuvwxyz', 6)}` : undefined;
    const hashtags =
      object === 'hashtags'
        ? random.sample(['gelatodeal', 'sweetweek', 'icedaily', 'scoopnow', 'freshcone'], 3).sort()
        : [];
    const messages = members.map(account =>
      chronicle.write({
        account,
        at: moment(),
        kind: 'post',
        topic: 'ice cream',
        text: nearlyThe(text, random),
        link,
        hashtags,
      }),
    );
    operations.push({ object, messages });
  }
  return operations;
}

/**
 * Moments: the brand announces something, and sixteen followers who have its notifications on share it within
 * ten seconds. It happens to each of them once, so that no two of them ever look like a ring.
 */
export function coincide(accounts: readonly Account[], chronicle: Chronicle, seed: number): Message[][] {
  const random = new Random(seed, 'moments');
  const seen = new Set<Account>();
  return (['x', 'bluesky', 'x', 'mastodon'] as const).map((network, number) => {
    const brand = accounts.find(account => account.person.role === 'brand' && account.network === network)!;
    const at = talkBegins + (12 + 19 * number) * day + 17 * hour;
    const subject = chronicle.write({
      account: brand,
      at,
      kind: 'post',
      topic: 'ice cream',
      text: sentenceOn('ice cream', 'fr', random),
    });
    const near = brand.followedBy.filter(account => account.person.role === 'ordinary' && !seen.has(account));
    return random.sample(near, 16).map(account => {
      seen.add(account);
      const { language, topic } = subject;
      const share = at + 6 * second + random.below(9 * second);
      return chronicle.write({
        account,
        at: share,
        kind: 'reshare',
        text: '',
        language,
        topic,
        cause: subject,
        subject,
      });
    });
  });
}

/** The same text with a mark or a word changed. */
function nearlyThe(text: string, random: Random): string {
  return `${random.pick(['', 'Wow, ', 'Hey, '])}${text}${random.pick(['', '!', ' !!', '…'])}`;
}

/** Automata post on the stroke of the hour, the same few words, and act with nobody. */
export function automate(accounts: readonly Account[], chronicle: Chronicle, seed: number): void {
  const random = new Random(seed, 'automata');
  const automata = accounts.filter(account => account.person.role === 'automaton');
  for (const [number, account] of automata.entries()) {
    // Different offsets keep two automata from ever looking like a ring.
    for (
      let at = talkBegins + number * 17 * minute;
      at < talkBegins + talkDays * day - 5 * hour;
      at += (13 + number) * hour
    ) {
      const degrees = random.below(24) - 3;
      const text =
        account.person.language === 'fr'
          ? `Relevé automatique : ${degrees} degrés, vent ${random.below(60)} km/h`
          : `Automatic reading: ${degrees} degrees, wind ${random.below(60)} km/h`;
      chronicle.write({ account, at, kind: 'post', text });
    }
  }
}
