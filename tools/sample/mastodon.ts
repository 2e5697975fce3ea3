import { type Figures, figuresOf } from './figures.ts';
import { type Files, json } from './files.ts';
import { mastodonNumber } from './identifiers.ts';
import type { Ledger } from './ledger.ts';
import type { Message } from './message.ts';
import type { Account } from './people.ts';
import { Random } from './random.ts';

/**
 * The export of Mastodon: statuses one a line by month (February's file in zstd), the last ones as a timeline
 * (a JSON array), and two `/context` bodies that repeat statuses of the others. A reblog carries the original.
 */
type Status = Record<string, unknown>;

export function writeMastodon(files: Files, ledger: Ledger, all: readonly Message[], seed: number): void {
  const random = new Random(seed, 'mastodon');
  const ours = all.filter(message => message.account.network === 'mastodon');
  const figures = figuresOf(ours, random);
  const rows = ours.filter(message => !message.unseen).sort((a, b) => a.at - b.at || a.number - b.number);
  for (const message of rows) ledger.stage('mastodon', message);
  for (const message of rows)
    if (message.subject && message.subject.unseen !== 'never') ledger.include('mastodon', message.subject);

  const strange = new Set(random.sample(rows, 5));
  ledger.note('unknown_field', strange.size);
  const status = (message: Message) => ({
    ...shape(message, figures),
    ...(strange.has(message) ? { local_reach: 'wide' } : {}),
  });
  const line = (message: Message) => json(status(message));

  const timeline = rows.slice(-120);
  const rest = rows.slice(0, -120);
  const month = (number: number) => rest.filter(message => new Date(message.at).getUTCMonth() === number);
  const [january, february, march] = [month(0).map(line), month(1).map(line), month(2).map(line)];

  const plain = rest.find(message => message.kind === 'post' && message.hashtags.length === 0)!;
  const model = shape(plain, figures);
  const spoiled = (number: number, change: Status) =>
    json({ ...model, id: `9${number}`, uri: `${model.uri}9${number}`, url: null, ...change });
  const quarantine = (lines: string[], place: number, text: string, reason: string) => {
    lines.splice(place, 0, text);
    ledger.quarantine('mastodon', reason);
  };
  quarantine(january, 200, spoiled(1, { account: null }), 'missing author');
  quarantine(february, 300, spoiled(2, { created_at: 'n/a' }), 'unparsable date');
  quarantine(march, 100, 'error: The request timed out', 'not JSON');
  quarantine(march, 400, spoiled(3, { account: undefined }), 'missing author');
  ledger.quarantine('mastodon', 'truncated');
  files.put(
    'exports/mastodon/statuses-2026-01.ndjson',
    `${january.join('\n')}\n${spoiled(4, {}).slice(0, 150)}`,
  );
  files.lines('exports/mastodon/statuses-2026-02.ndjson.zst', february);
  files.lines('exports/mastodon/statuses-2026-03.ndjson', march);

  const repeated = rest.slice(-10);
  for (const _ of repeated) ledger.duplicate('mastodon');
  files.put(
    'exports/mastodon/timeline.json',
    `[${[...repeated, ...timeline].reverse().map(line).join('\n,')}\n]\n`,
  );

  const busy = rest
    .filter(
      message =>
        figures.get(message)!.replies >= 4 && message.replyTo === undefined && message.subject === undefined,
    )
    .slice(0, 2);
  for (const [i, root] of busy.entries()) {
    const answer = rest.find(message => message.replyTo === root)!;
    const below = rest.filter(message => message.replyTo === answer);
    for (const _ of [root, ...below]) ledger.duplicate('mastodon');
    files.put(
      `exports/mastodon/context-${i + 1}.json`,
      `${json({ ancestors: [status(root)], descendants: below.map(status) })}\n`,
    );
  }
}

function shape(message: Message, figures: ReadonlyMap<Message, Figures>, isNested = false): Status {
  const { account, subject, replyTo } = message;
  const isReblog = message.kind === 'reshare';
  const counts = figures.get(isReblog ? subject! : message)!;
  const page = `https://${new URL(account.native).host}/@${account.handle}/${mastodonNumber(message)}`;
  return {
    id: mastodonNumber(message),
    uri: message.native,
    url: isReblog ? null : page,
    created_at: new Date(message.shownAt).toISOString(),
    in_reply_to_id: replyTo && !isReblog ? mastodonNumber(replyTo) : null,
    ...(replyTo && !isReblog ? { in_reply_to_account_id: numberOf(replyTo.account) } : {}),
    language: message.language,
    content: markup(isReblog ? subject! : message),
    replies_count: counts.replies,
    reblogs_count: counts.reshares,
    favourites_count: counts.likes,
    account: actor(account),
    tags: (isReblog ? subject! : message).hashtags.map(name => ({
      name: name.toLowerCase(),
      url: `https://pistache.example/tags/${name.toLowerCase()}`,
    })),
    reblog: isReblog ? shape(subject!, figures, true) : null,
    ...(message.kind === 'quote' ? { quote: quoteOf(subject!, figures, isNested) } : {}),
  };
}

/** A quoted status is whole, but what it quotes in turn is only named. */
function quoteOf(quoted: Message, figures: ReadonlyMap<Message, Figures>, isNested: boolean): Status {
  return isNested
    ? { state: 'accepted', quoted_status_id: mastodonNumber(quoted) }
    : { state: 'accepted', quoted_status: shape(quoted, figures, true) };
}

const numberOf = (account: Account) => `1094${String(account.number).padStart(14, '0')}`;

/** The collecting server is pistache.example: its own people have no host in their `acct`. */
function actor(account: Account): Status {
  const { host } = new URL(account.native);
  return {
    id: numberOf(account),
    username: account.handle,
    acct: host === 'pistache.example' ? account.handle : `${account.handle}@${host}`,
    display_name: account.name,
    bot: account.person.role === 'automaton',
    uri: account.native,
    url: `https://${host}/@${account.handle}`,
    followers_count: account.followers,
  };
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function markup(message: Message): string {
  const tags = message.hashtags.map(
    tag =>
      `<a href="https://pistache.example/tags/${tag.toLowerCase()}" class="mention hashtag" rel="tag">#<span>${tag}</span></a>`,
  );
  const links = message.link ? [`<a href="${message.link}" rel="nofollow noopener">${message.link}</a>`] : [];
  return `<p>${[escaped(message.text), ...tags, ...links].join(' ')}</p>`;
}
