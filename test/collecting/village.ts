import type { Query, Span } from '../../contracts/collection.ts';
import { type Random, seededRandom } from '../../methods/random.ts';
import { bluesky } from '../../sources/bluesky.ts';
import type { LiveSource, Page, PageAsk } from '../../sources/liveSource.ts';
import type { Networks } from '../../sources/networks.ts';

/** One message of the village. */
export interface Word {
  uri: string;
  did: string;
  kind: 'post' | 'reply' | 'quote' | 'reshare';
  parent: string | undefined;
  created: string;
  text: string;
  isDeleted: boolean;
}

/**
 * A tiny network that answers like Bluesky and knows everything about itself: what a collector must find is computed
 * from its words, not from its answers. It shows pages of three, so that there are many places to be interrupted at.
 */
export class Village {
  readonly words: Word[] = [];
  /** Every page that was asked for, by what was asked. */
  readonly asked: string[] = [];
  now: Date;
  readonly #random: Random;

  constructor(seed: number, now: string) {
    this.#random = seededRandom(seed, 'test', 'village');
    this.now = new Date(now);
  }

  /** Adds words about gelato, and others, over the hours before now. */
  talk(count: number, hours: number): void {
    for (let index = 0; index < count; index++) {
      const did = `did:plc:${'abcdefghij'[Math.floor(this.#random.next() * 10)]}`;
      const created = new Date(this.now.getTime() - this.#random.next() * hours * 3600_000).toISOString();
      const earlier = this.words.filter(
        word => word.created < created && !word.isDeleted && word.kind !== 'reshare',
      );
      const parent = earlier[Math.floor(this.#random.next() * earlier.length)];
      const draw = this.#random.next();
      const kind =
        parent === undefined || draw < 0.4
          ? 'post'
          : draw < 0.65
            ? 'reply'
            : draw < 0.8
              ? 'quote'
              : 'reshare';
      const collection = kind === 'reshare' ? 'app.bsky.feed.repost' : 'app.bsky.feed.post';
      this.words.push({
        uri: `at://${did}/${collection}/${this.words.length}`,
        did,
        kind,
        parent: kind === 'post' ? undefined : parent!.uri,
        created,
        text: this.#random.next() < 0.5 ? 'such gelato' : 'such weather',
        isDeleted: false,
      });
    }
  }

  /** What the search for gelato, and all that follows from it, leads to. */
  reached(since: string): Set<string> {
    const alive = this.words.filter(word => !word.isDeleted);
    const reached = new Set(
      alive
        .filter(word => word.kind !== 'reshare' && word.text.includes('gelato') && word.created >= since)
        .map(word => word.uri),
    );
    for (let before = -1; before !== reached.size; ) {
      before = reached.size;
      for (const word of alive) {
        if (word.parent !== undefined && reached.has(word.parent)) reached.add(word.uri);
        // What an answer answers is shown beside it.
        if (word.kind === 'reply' && reached.has(word.uri) && this.#find(word.parent!) !== undefined)
          reached.add(word.parent!);
      }
    }
    return reached;
  }

  networks(): Networks {
    return { open: () => this.#source(), now: () => this.now, redacted: text => text };
  }

  #source(): LiveSource {
    const search: Query = { kind: 'search', label: 'search gelato', subjects: ['gelato'] };
    return {
      mapper: bluesky,
      standing: [{ query: search }],
      follows: { thread: 1, quotes: 1, reposts: 1, records: 1, refresh: 5 },
      page: async ask => this.#page(ask),
      close: async () => undefined,
    };
  }

  #page(ask: PageAsk): Page {
    const { query, cursor } = ask;
    this.asked.push(`${query.kind} ${query.subjects.join(' ')} ${ask.span.from} ${cursor ?? ''}`);
    const [subject = ''] = query.subjects;
    switch (query.kind) {
      case 'search':
        return this.#pageOf(
          ask,
          this.#newest(ask.span).map(word => this.#view(word)),
          'posts',
        );
      case 'quotes':
        return this.#pageOf(
          ask,
          this.#children(subject, 'quote').map(word => this.#view(word)),
          'posts',
        );
      case 'reposts':
        return this.#pageOf(
          ask,
          this.#children(subject, 'reshare').map(word => ({ did: word.did, handle: 'handle.invalid' })),
          'repostedBy',
          { uri: subject },
        );
      case 'records':
        return this.#pageOf(
          ask,
          this.words
            .filter(word => word.did === subject && word.kind === 'reshare' && !word.isDeleted)
            .map(word => ({ uri: word.uri, cid: 'c', value: this.#record(word) })),
          'records',
        );
      case 'refresh':
        return answer(200, { posts: query.subjects.flatMap(uri => this.#views(uri)) });
      default:
        return this.#thread(subject);
    }
  }

  #thread(uri: string): Page {
    const word = this.#find(uri);
    if (word === undefined) return answer(400, { error: 'NotFound', message: 'Post not found' });
    const parent = word.kind === 'reply' ? this.#views(word.parent!)[0] : undefined;
    const node = (post: object, more: object) => ({
      $type: 'app.bsky.feed.defs#threadViewPost',
      post,
      ...more,
    });
    return answer(200, {
      thread: node(this.#view(word), {
        ...(parent === undefined ? {} : { parent: node(parent, {}) }),
        replies: this.#children(uri, 'reply').map(reply => node(this.#view(reply), {})),
      }),
    });
  }

  #pageOf({ cursor }: PageAsk, items: readonly object[], name: string, more: object = {}): Page {
    const first = Number(cursor ?? 0);
    const next = first + 3 < items.length ? String(first + 3) : undefined;
    const page = items.slice(first, first + 3);
    return answer(200, { ...more, [name]: page, cursor: next }, next, page.length);
  }

  #newest({ from, to }: Span): Word[] {
    return this.words
      .filter(word => word.kind !== 'reshare' && !word.isDeleted && word.text.includes('gelato'))
      .filter(word => word.created >= from && word.created < to)
      .sort((a, b) => (a.created < b.created ? 1 : -1));
  }

  #find(uri: string): Word | undefined {
    return this.words.find(word => word.uri === uri && !word.isDeleted);
  }

  #children(uri: string, kind: Word['kind']): Word[] {
    return this.words.filter(word => word.parent === uri && word.kind === kind && !word.isDeleted);
  }

  #views(uri: string): object[] {
    const word = this.#find(uri);
    return word === undefined ? [] : [this.#view(word)];
  }

  #view(word: Word): object {
    return {
      uri: word.uri,
      cid: 'c',
      author: { did: word.did, handle: 'handle.invalid' },
      record: this.#record(word),
      indexedAt: word.created,
      likeCount: 0,
      replyCount: this.#children(word.uri, 'reply').length,
      quoteCount: this.#children(word.uri, 'quote').length,
      repostCount: this.#children(word.uri, 'reshare').length,
    };
  }

  #record({ kind, parent, created, text }: Word): object {
    const subject = { uri: parent, cid: 'c' };
    if (kind === 'reshare') return { $type: 'app.bsky.feed.repost', subject, createdAt: created };
    return {
      $type: 'app.bsky.feed.post',
      text,
      createdAt: created,
      ...(kind === 'reply' && { reply: { parent: subject, root: subject } }),
      ...(kind === 'quote' && { embed: { $type: 'app.bsky.embed.record', record: subject } }),
    };
  }
}

function answer(status: number, body: object, next?: string, posts = 1): Page {
  return { body: Buffer.from(JSON.stringify(body)), status, next, posts };
}
