import { Random } from '../../tools/sample/random.ts';
import type { MastodonMock } from './mastodonMock.ts';
import { cascadesOf, type TrueCascade, type TrueMessage } from './worldTruth.ts';

/** A conversation: its messages stand on one instance, or on both. */
interface Talk {
  /** The campaign must find it: a post or an answer in it holds the hashtag, or is by a followed account. */
  isFound: boolean;
  /** Where it is known, the instance where it began first. */
  places: MastodonMock[];
  messages: Written[];
}

interface Written extends TrueMessage {
  talk: Talk;
  who: string;
  home: MastodonMock;
  /** What each instance calls it. */
  ids: Map<MastodonMock, string>;
  /** What it boosts, quotes or answers. */
  about: Written | undefined;
  isGone: boolean;
  /** Found for itself: it holds the hashtag, or is by a followed account. */
  isFirst: boolean;
}

type Kind = TrueMessage['kind'];
const kinds: Kind[] = ['reply', 'reply', 'reply', 'reshare', 'reshare', 'quote'];
const words = ['sun', '<script>alert(1)</script>', "L'été", '=1+1', '🍦 a,b;c', '../../etc', 'rain & more'];
const tag = '#gelateria';

/** People of the two instances; the first of each are followed by the campaign. */
export const people = [
  ['brand', 'ada', 'bob', 'cleo'],
  ['zoe', 'yan', 'xi', 'wim'],
] as const;

/** A seeded world on two instances of a mock of Mastodon that send each other what they write, and what of it a campaign must find. */
export class MastodonWorld {
  readonly #instances: [MastodonMock, MastodonMock];
  readonly #random: Random;
  readonly #talks: Talk[] = [];

  constructor(instances: [MastodonMock, MastodonMock], seed: number) {
    this.#instances = instances;
    this.#random = new Random(seed, 'mastodon world');
  }

  /** The hashtag, the brand's account and the other followed one, as campaigns write them. */
  get followed(): { hashtag: string; brand: string; account: string } {
    const [home, away] = this.#instances;
    return {
      hashtag: tag.slice(1),
      brand: `${home.url}/@${people[0][0]}`,
      account: `@${people[1][0]}@${away.host}`,
    };
  }

  /** Writes so many messages of new talks through the instances' API, evenly between two ages in milliseconds. */
  async write(count: number, oldest: number, youngest = 0): Promise<void> {
    const now = Date.now();
    const before = this.#talks.length;
    for (let number = 0; number < count; number++) {
      const at = new Date(now - youngest - ((oldest - youngest) * (count - number)) / count).toISOString();
      for (const instance of this.#instances) await instance.setClock(at);
      if (this.#talks.length === before || this.#random.next() < 0.25) await this.#begin();
      else await this.#goOn(this.#talks.slice(before));
    }
    for (const instance of this.#instances) await instance.setClock(undefined);
  }

  /** Deletes messages that nobody answered or quoted, of those that are younger; their boosts go with them. */
  async remove(count: number, since: number): Promise<void> {
    const named = new Set(this.#all().map(({ about, kind }) => (kind === 'reshare' ? undefined : about)));
    const young = this.#found().filter(
      one => one.kind !== 'reshare' && !named.has(one) && Date.parse(one.created_at) >= since,
    );
    for (const one of this.#random.sample(young, count)) {
      await one.home.as(one.who).v1.statuses.$select(one.ids.get(one.home)!).remove();
      for (const place of one.talk.places) if (place !== one.home) await place.forget([one.id]);
      for (const other of this.#all()) {
        if (other === one || (other.about === one && other.kind === 'reshare')) other.isGone = true;
      }
    }
  }

  /** What must be staged in the end, by id; what must not be; and the trees of forwards. */
  truth(): { messages: TrueMessage[]; gone: string[]; cascades: TrueCascade[] } {
    const there = this.#found().filter(({ isGone }) => !isGone);
    const messages = there.map(
      ({ id, author, kind, created_at, parent, root }): TrueMessage => ({
        ...{ id, author, kind, created_at, parent, root, reply_to: null, via: null },
      }),
    );
    const gone = this.#all().filter(one => one.isGone);
    return {
      messages: messages.sort((one, other) => (one.id < other.id ? -1 : 1)),
      gone: gone.map(({ id }) => id).sort(),
      cascades: cascadesOf(messages),
    };
  }

  /** Talks that nothing leads to, too. */
  get size(): number {
    return this.#all().length;
  }

  #all(): Written[] {
    return this.#talks.flatMap(({ messages }) => messages);
  }

  #found(): Written[] {
    return this.#talks.filter(({ isFound }) => isFound).flatMap(({ messages }) => foundOf(messages));
  }

  /** A talk begins with a post; in some that the campaign must find only an answer leads there. */
  async #begin(): Promise<void> {
    const chance = this.#random.next();
    const origin = this.#random.below(2);
    const places = [this.#instances[origin]!];
    if (this.#random.next() < 0.5) places.push(this.#instances[1 - origin]!);
    const talk: Talk = { isFound: chance < 0.75, places, messages: [] };
    this.#talks.push(talk);
    await this.#put(talk, 'post', undefined, chance < 0.5);
    if (chance >= 0.5 && talk.isFound) await this.#put(talk, 'reply', talk.messages[0], true);
  }

  async #goOn(talks: readonly Talk[]): Promise<void> {
    const talk = this.#random.pick(talks);
    const targets = talk.messages.filter(({ kind, isGone }) => kind !== 'reshare' && !isGone);
    if (targets.length === 0) return;
    const about = this.#random.pick(targets);
    await this.#put(talk, this.#random.pick(kinds), about, talk.isFound && this.#random.next() < 0.2);
  }

  async #put(talk: Talk, kind: Kind, about: Written | undefined, hasTag: boolean): Promise<void> {
    const home = about === undefined ? talk.places[0]! : this.#random.pick(talk.places);
    const all = people[this.#instances.indexOf(home)]!;
    const who = this.#random.pick(talk.isFound ? all : all.slice(1));
    if (
      kind === 'reshare' &&
      talk.messages.some(one => one.kind === kind && one.about === about && one.who === who)
    )
      return;
    const text = `${this.#random.pick(words)} ${this.#all().length}${hasTag ? ` ${tag}` : ''}`;
    const target = about?.ids.get(home);
    const { statuses } = home.as(who).v1;
    const status =
      kind === 'reshare'
        ? await statuses.$select(target!).reblog()
        : await statuses.create({
            status: text,
            ...(kind === 'reply' && { inReplyToId: target! }),
            ...(kind === 'quote' && { quotedStatusId: target! }),
          });
    const written: Written = {
      ...{ id: status.uri, author: `${home.url}/@${who}`, kind, talk, who, home, about, isGone: false },
      isFirst: hasTag || who === all[0],
      created_at: new Date(status.createdAt).toISOString(),
      parent: kind === 'reshare' ? null : (about?.id ?? null),
      root: kind === 'reshare' ? about!.id : null,
      reply_to: null,
      via: null,
      ids: new Map([[home, status.id]]),
    };
    talk.messages.push(written);
    for (const place of talk.places) {
      if (place === home) continue;
      const link = kind === 'reshare' ? 'reblog' : kind === 'quote' ? 'quote' : 'in_reply_to';
      const [id] = await place.receive([
        {
          ...{ uri: status.uri, account: [who, home.host], created_at: written.created_at },
          text: kind === 'reshare' ? '' : text,
          ...(about !== undefined && { [link]: about.id }),
        },
      ]);
      written.ids.set(place, id!);
    }
  }
}

/**
 * What of a talk the campaign finds: what is found for itself, what answers, quotes or boosts that, what it answers or
 * boosts, and so on; what is quoted comes along, and what else is said about it is not asked for.
 */
function foundOf(talk: readonly Written[]): Written[] {
  const found = new Set(talk.filter(({ isFirst }) => isFirst));
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const one of talk) {
      const { about, kind } = one;
      if (about === undefined) continue;
      if (found.has(about)) found.add(one);
      if (found.has(one) && kind !== 'quote') found.add(about);
    }
  }
  const along = [...found].flatMap(({ about, kind }) => (kind === 'quote' ? [about!] : []));
  return talk.filter(one => found.has(one) || along.includes(one));
}
