import {
  flightBegins,
  flightEnds,
  hour,
  isWeekend,
  minute,
  momentFor,
  parisHour,
  talkBegins,
  talkEnds,
} from './calendar.ts';
import { hostileProbability, tieProbability } from './follows.ts';
import { behind, type Chronicle, type Message } from './message.ts';
import type { Account } from './people.ts';
import { Random } from './random.ts';
import { answerOn, homonymIn, hostileAnswer, quoteOn, sentenceOn } from './talk.ts';
import { topics } from './words.ts';

/** Posts that people write of their own accord, in time order; nothing has moved anybody yet. */
export function postsOfTheirOwn(accounts: readonly Account[], chronicle: Chronicle, seed: number): void {
  const random = new Random(seed, 'posts');
  const drafts: { account: Account; at: number; campaign: boolean }[] = [];
  for (const account of accounts) {
    const { habit, recruited } = account.person;
    for (let i = 0; i < account.posts; i++)
      drafts.push({ account, at: momentFor(habit, random), campaign: false });
    if (recruited && account === account.person.accounts[0])
      for (let i = 0; i < 9; i++)
        drafts.push({ account, at: momentFor(habit, random, flightBegins, flightEnds), campaign: true });
  }
  drafts.sort((a, b) => a.at - b.at || a.account.number - b.account.number);
  for (const { account, at, campaign } of drafts) {
    const { person } = account;
    const topic = campaign
      ? 'ice cream'
      : topics[random.weighted(topics.map(name => person.interests[name]))]!;
    if (campaign) {
      const link = `https://hokeypokey.example/r/${account.handle}`;
      chronicle.write({
        account,
        at,
        kind: 'post',
        topic,
        text: sentenceOn(topic, person.language, random),
        link,
        hashtags: ['HokeySpring'],
      });
    } else if (topic !== 'ice cream' && person.role === 'ordinary' && random.chance(0.05)) {
      const { sense, text } = homonymIn(person.language, random);
      chronicle.write({ account, at, kind: 'post', text, homonym: sense });
    } else {
      const hashtags = random.chance(0.06)
        ? [random.pick(['dimanche', 'bonjour', 'weekend', 'detente'])]
        : [];
      chronicle.write({
        account,
        at,
        kind: 'post',
        topic,
        text: sentenceOn(topic, person.language, random),
        hashtags,
      });
    }
  }
}

/** How much more a person is moved by a topic of theirs: 1 on average over the topics. */
function affinity(reader: Account, message: Message): number {
  return message.topic ? 0.2 + 3.6 * reader.person.interests[message.topic] : 0.2;
}

/** Influencers answer in their hours only, others sleep over it. Undefined: the moment has passed. */
function momentOfAnswer(reader: Account, after: number, random: Random): number | undefined {
  const at = after + Math.max(4000, Math.round(random.skewed(reader.person.delay, 1) * minute));
  const { habit, role } = reader.person;
  if (role === 'influencer') {
    const share =
      (habit.hours[parisHour(at)]! / 10) * (habit.weekend > 2 && !isWeekend(at) ? 1 / habit.weekend : 1);
    return random.chance(share) ? at : undefined;
  }
  const asleep = parisHour(at) >= 1 && parisHour(at) < 6;
  return asleep ? at + (6 - parisHour(at)) * hour + random.below(90 * minute) : at;
}

/**
 * The independent cascade: every message moves each follower of its author once, with the tie's probability
 * times the follower's affinity to the topic; the first to move a reader is the cause. Replies travel a tenth
 * as far, reshares half.
 */
export function spread(
  chronicle: Chronicle,
  enemies: ReadonlyMap<Account, ReadonlySet<Account>>,
  seed: number,
): void {
  const random = new Random(seed, 'spread');
  const roots = [...chronicle.messages];
  const earlier = new Map<string, Message[]>();

  for (const root of roots) {
    const acted = new Set<Account>([root.account]);
    const pending: { at: number; reader: Account; cause: Message; hostile: boolean }[] = [];
    const expose = (message: Message) => {
      const form = message.kind === 'reply' ? 0.1 : message.kind === 'reshare' ? 0.5 : 1;
      for (const reader of message.account.followedBy) {
        const hostile = message.kind !== 'reshare' && (enemies.get(message.account)?.has(reader) ?? false);
        const probability = hostile
          ? hostileProbability
          : tieProbability(message.account, reader) * affinity(reader, message) * form;
        if (!random.chance(probability)) continue;
        const at = momentOfAnswer(reader, message.at, random);
        if (at !== undefined && at < talkEnds) pending.push({ at, reader, cause: message, hostile });
      }
    };
    expose(root);
    while (pending.length > 0) {
      const next = pending.reduce((first, one) =>
        one.at < first.at || (one.at === first.at && one.reader.number < first.reader.number) ? one : first,
      );
      pending.splice(pending.indexOf(next), 1);
      if (acted.has(next.reader)) continue;
      acted.add(next.reader);
      const message = answer(next, root, earlier, chronicle, random);
      expose(message);
      if (message.kind === 'reply' && !message.hostile) answerBack(message, chronicle, random);
    }
    const place = `${root.account.network} ${root.topic}`;
    earlier.set(place, [...(earlier.get(place) ?? []).slice(-20), root]);
  }
}

function answer(
  moved: { at: number; reader: Account; cause: Message; hostile: boolean },
  root: Message,
  earlier: ReadonlyMap<string, Message[]>,
  chronicle: Chronicle,
  random: Random,
): Message {
  const { at, reader, cause, hostile } = moved;
  const { language, actions } = reader.person;
  const subject = behind(cause);
  const topic = root.topic;
  const action = random.weighted(hostile ? [0, 0.3, 0.7] : actions);
  const about = topic ?? 'cooking';
  const given = { account: reader, at, cause, topic, hostile };
  if (action === 0)
    return chronicle.write({ ...given, kind: 'reshare', text: '', language: subject.language, subject });
  if (action === 2) {
    const text = hostile ? hostileAnswer(language, random) : answerOn(about, language, random);
    return chronicle.write({ ...given, kind: 'reply', text, replyTo: subject });
  }
  const text = hostile ? hostileAnswer(language, random) : quoteOn(about, language, random);
  // One quote in eight answers the message that moved its author and quotes an earlier one.
  const others =
    earlier.get(`${root.account.network} ${topic}`)?.filter(post => post.account !== reader) ?? [];
  const quoted = random.pick(others.length > 0 ? others : [subject]);
  if (!hostile && quoted.at > talkBegins && random.chance(0.12))
    return chronicle.write({ ...given, kind: 'quote', text, subject: quoted, replyTo: subject });
  return chronicle.write({ ...given, kind: 'quote', text, subject });
}

/** Who was answered thanks one time in five, and now and then the two go on for a while. */
function answerBack(reply: Message, chronicle: Chronicle, random: Random): void {
  let [last, other] = [reply, reply.replyTo!.account];
  let probability = 0.22;
  while (other !== last.account && random.chance(probability)) {
    const at = momentOfAnswer(other, last.at, random);
    if (at === undefined || at >= talkEnds || other.person.role === 'fan' || other.person.role === 'brand')
      return;
    const text = answerOn(reply.topic ?? 'cooking', other.person.language, random);
    const message = chronicle.write({
      account: other,
      at,
      kind: 'reply',
      text,
      topic: reply.topic,
      cause: last,
      replyTo: last,
    });
    [last, other] = [message, last.account];
    probability = 0.4;
  }
}
