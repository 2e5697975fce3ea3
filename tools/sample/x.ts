import { figuresOf, typed } from './figures.ts';
import { type Files, json, raw } from './files.ts';
import type { Ledger } from './ledger.ts';
import { conversationRootOf, type Message, shownBy } from './message.ts';
import type { Account } from './people.ts';
import { Random } from './random.ts';

/**
 * The export of X: response pages of API v2, newest first, every fifth gzipped; the oldest posts as one post a
 * line and as one JSON array, the way other tools leave them.
 */
const postsOnPage = 500;
const overlap = 5;
const inLines = 400;
const inArray = 300;

type Post = Record<string, unknown>;

export function writeX(
  files: Files,
  ledger: Ledger,
  all: readonly Message[],
  elsewhere: ReadonlySet<Message>,
  seed: number,
): void {
  const random = new Random(seed, 'x');
  const ours = all.filter(message => message.account.network === 'x');
  const figures = figuresOf(ours, random);
  const rows = ours
    .filter(message => !message.unseen && !elsewhere.has(message))
    .sort((a, b) => b.at - a.at || b.number - a.number);
  for (const message of rows) ledger.stage('x', message);

  const emptied = new Set(
    random.sample(
      rows.filter(message => message.kind === 'post'),
      60,
    ),
  );
  const strange = new Set(random.sample(rows, 12));
  ledger.note('empty_object_for_list', emptied.size);
  ledger.note('unknown_field', strange.size);
  const post = (message: Message): Post => {
    const counts = figures.get(message.kind === 'reshare' ? message.subject! : message)!;
    return {
      ...shape(message),
      public_metrics: {
        retweet_count: counts.reshares,
        reply_count: message.kind === 'reshare' ? 0 : counts.replies,
        like_count: message.kind === 'reshare' ? 0 : counts.likes,
        quote_count: message.kind === 'reshare' ? 0 : counts.quotes,
      },
      ...(emptied.has(message) ? { referenced_tweets: {} } : {}),
      ...(strange.has(message) ? { bookmark_prompt: { shown: true } } : {}),
    };
  };

  const recent = rows.slice(0, rows.length - inLines - inArray);
  const array = rows.slice(recent.length, recent.length + inArray);
  const single = rows.slice(recent.length + inArray);

  // Paging drifts: each page repeats the end of the one before, as it is when new posts arrive meanwhile.
  const broken = brokenPosts(rows, random, ledger);
  for (let start = 0, number = 1; start < recent.length; start += postsOnPage, number++) {
    const drifted = recent.slice(Math.max(0, start - overlap), start);
    for (const _ of drifted) ledger.duplicate('x');
    const onPage = [...drifted, ...recent.slice(start, start + postsOnPage)];
    const data = onPage.map(post);
    const bad = broken[number];
    if (bad) data.splice(17 * number, 0, bad);
    const named = new Set(
      onPage.flatMap(message => [message.subject, message.replyTo]).filter(message => message !== undefined),
    );
    const given = [...named]
      .filter(message => message.unseen !== 'never')
      .sort((a, b) => a.number - b.number);
    for (const message of given) ledger.include('x', message);
    const lost = [...named].filter(message => message.unseen === 'never');
    const users = [...new Set([...onPage, ...given].map(message => message.account))].sort(
      (a, b) => a.number - b.number,
    );
    const last = start + postsOnPage >= recent.length;
    files.put(
      `exports/x/page-${String(number).padStart(2, '0')}.json${number % 5 === 0 ? '.gz' : ''}`,
      page(data, given.map(post), users, lost, last),
    );
  }
  files.put('exports/x/archive-array.json', `[${array.map(message => json(post(message))).join('\n,')}\n]\n`);
  const lines = single.map(message => json(post(message)));
  lines.splice(90, 0, '<html><head><title>502 Bad Gateway</title></head></html>');
  ledger.quarantine('x', 'not JSON');
  const cut = json({ ...post(single[0]!), id: '1999999999999999999' });
  ledger.quarantine('x', 'truncated');
  files.put('exports/x/archive-lines.jsonl', `${lines.join('\n')}\n${cut.slice(0, 120)}`);
}

function shape(message: Message): Post {
  const references: { type: string; id: string }[] = [];
  if (message.subject)
    references.push({
      type: message.kind === 'reshare' ? 'retweeted' : 'quoted',
      id: message.subject.native,
    });
  if (message.replyTo) references.push({ type: 'replied_to', id: message.replyTo.native });
  const text = wording(message);
  return {
    id: message.native,
    author_id: message.account.native,
    created_at: new Date(shownBy(message)).toISOString(),
    text,
    lang: message.language,
    conversation_id: conversationRootOf(message).native,
    ...(message.replyTo ? { in_reply_to_user_id: message.replyTo.account.native } : {}),
    ...(references.length > 0 ? { referenced_tweets: references } : {}),
    ...entities(message, text),
  };
}

/** Links are shortened in the text, and spelled out in `entities`; a repost repeats the first 140 characters. */
function wording(message: Message): string {
  if (message.kind !== 'reshare') return typed(message, shortened(message));
  const repeated = `RT @${message.subject!.account.handle}: ${wording(message.subject!)}`;
  return repeated.length > 140 ? `${repeated.slice(0, 139)}…` : repeated;
}

function shortened(message: Message): string | undefined {
  return (
    message.link &&
    `https://t.co/${new Random(7, message.link).word('abcdefghijkmnopqrstuvwxyz23456789', 10)}`
  );
}

function entities(message: Message, text: string): { entities?: Post } {
  if (message.kind === 'reshare' || (!message.link && message.hashtags.length === 0)) return {};
  const short = shortened(message);
  const place = (part: string) => ({ start: text.indexOf(part), end: text.indexOf(part) + part.length });
  return {
    entities: {
      ...(message.hashtags.length > 0
        ? { hashtags: message.hashtags.map(tag => ({ ...place(`#${tag}`), tag })) }
        : {}),
      ...(short ? { urls: [{ ...place(short), url: short, expanded_url: message.link }] } : {}),
    },
  };
}

function page(data: Post[], tweets: Post[], users: Account[], lost: Message[], last: boolean): string {
  const list = (items: unknown[]) => `[${items.map(json).join('\n,')}\n]`;
  const errors = lost.map(message => ({
    resource_type: 'tweet',
    resource_id: message.native,
    parameter: 'referenced_tweets.id',
    value: message.native,
    title: 'Not Found Error',
    detail: `Could not find tweet with referenced_tweets.id: [${message.native}].`,
    type: 'https://api.twitter.com/2/problems/resource-not-found',
  }));
  const people = users.map(({ native, handle, name, followers }) => ({
    id: native,
    username: handle,
    name,
    public_metrics: { followers_count: followers },
  }));
  const meta = {
    result_count: data.length,
    newest_id: data[0]!.id,
    oldest_id: data.at(-1)!.id,
    ...(last ? {} : { next_token: `b26v89c19zqg8o3f${data.length}` }),
  };
  const parts = [
    `"data":${list(data)}`,
    `"includes":{"users":${list(people)},"tweets":${list(tweets)}}`,
    ...(errors.length > 0 ? [`"errors":${list(errors)}`] : []),
    `"meta":${json(meta)}`,
  ];
  return `{${parts.join(',\n')}}\n`;
}

/** One post that can't be read on each of the first pages. */
function brokenPosts(rows: readonly Message[], random: Random, ledger: Ledger): Record<number, Post> {
  const model = shape(random.pick(rows.filter(message => message.kind === 'post' && !message.link)));
  const without = (key: string) => Object.fromEntries(Object.entries(model).filter(([name]) => name !== key));
  const fresh = (number: number) => ({ id: `20000000000000000${10 + number}` });
  const kinds: [string, Post][] = [
    ['lost digits', { ...model, id: raw('5.70306E+17') }],
    ['missing author', { ...without('author_id'), ...fresh(1) }],
    ['unparsable date', { ...model, ...fresh(2), created_at: 'Sat Jan 32 25:61:00 2026' }],
    ['missing author', { ...model, ...fresh(3), author_id: '' }],
    ['lost digits', { ...model, id: '5.70306E+17' }],
    ['missing id', without('id')],
    ['unparsable date', { ...model, ...fresh(4), created_at: null }],
  ];
  for (const [reason] of kinds) ledger.quarantine('x', reason);
  return Object.fromEntries(kinds.map(([, post], i) => [i + 2, post]));
}
