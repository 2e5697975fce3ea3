import { dateText, day, hour, minute } from './calendar.ts';
import { type Figures, figuresOf, typed } from './figures.ts';
import { type Files, json, raw } from './files.ts';
import type { Flaws } from './flaws.ts';
import type { Ledger } from './ledger.ts';
import { conversationRootOf, type Message, rootOf } from './message.ts';
import { Random } from './random.ts';

/**
 * The talk on Bluesky in the project's own `messages` shape, one JSON object a line, a file a month (January's
 * gzipped). A reshare names the message it came through; hostility shows in `sentiment`.
 */
export type Row = Record<string, unknown>;

const capturedAt = (message: Message, days = 1) =>
  new Date(Date.parse(`${dateText(message.at)}T03:00:00Z`) + days * day).toISOString();

/** A message as a row of the `messages` format; ids are native, the platform stands beside them. */
export function rowOf(message: Message, figures: Figures, random: Random): Row {
  const { account, kind, subject, replyTo, cause } = message;
  const row: Row = {
    platform: account.network,
    message_id: message.native,
    author_id: account.native,
    created_at: new Date(message.shownAt).toISOString(),
    kind,
  };
  if (kind === 'reply') {
    row.parent_id = replyTo!.native;
    row.root_id = conversationRootOf(message).native;
  } else if (subject) {
    const via = kind === 'reshare' && cause?.kind === 'reshare' ? cause.native : undefined;
    row.parent_id = via ?? subject.native;
    // Said only where it is another; in a circle of quotes there is no first one to name.
    const root = rootOf(message);
    if (!root.subject && root.native !== row.parent_id) row.root_id = root.native;
    if (via) row.via_id = via;
    if (replyTo) row.reply_to_id = replyTo.native;
  }
  if (kind !== 'reshare') row.text = typed(message);
  row.language = message.language;
  if (replyTo || kind === 'quote')
    row.sentiment = (message.hostile ? -60 - random.below(38) : 10 + random.below(80)) / 100;
  row.followers = account.followers;
  row.captured_at = capturedAt(message);
  row.likes = figures.likes;
  return row;
}

export function writeBluesky(
  files: Files,
  ledger: Ledger,
  all: readonly Message[],
  flaws: Flaws,
  elsewhere: Elsewhere,
  seed: number,
): void {
  const random = new Random(seed, 'bluesky');
  const ours = all.filter(message => message.account.network === 'bluesky');
  const figures = figuresOf(all, random);
  const deleted = new Set(flaws.deleted);
  const rows = ours
    .filter(message => !message.unseen && !elsewhere.moved.has(message))
    .sort((a, b) => a.at - b.at || a.number - b.number);
  const numeric = elsewhere.numeric;

  const months: string[][] = [[], [], []];
  const add = (at: number, row: unknown) =>
    months[new Date(at).getUTCMonth()]!.push(typeof row === 'string' ? row : json(row));
  const again = new Set(
    random.sample(
      rows.filter(
        message =>
          !deleted.has(message) && !elsewhere.repeated.has(message) && !flaws.fromTheFuture.includes(message),
      ),
      25,
    ),
  );
  const corrected = new Set(
    random.sample(
      rows.filter(
        message => message.kind === 'reshare' && message.cause?.kind === 'reshare' && !again.has(message),
      ),
      3,
    ),
  );
  ledger.note('several_parents', corrected.size);
  const strange = new Set(random.sample(rows, 10));
  const offset = new Set(random.sample(rows, 8));
  ledger.note('unknown_field', strange.size);
  ledger.note('time_with_offset', offset.size);
  for (const message of rows) {
    const row = rowOf(message, figures.get(message)!, random);
    if (strange.has(message)) row.client = 'skyline 2.1';
    if (offset.has(message))
      row.created_at = new Date(message.shownAt + hour).toISOString().replace('Z', '+01:00');
    add(message.at, row);
    // The tombstone, or a newer capture in the spreadsheet, pushes the live row out.
    if (deleted.has(message) || elsewhere.repeated.get(message) === 'newer') ledger.duplicate('talk');
    else ledger.stage('talk', message);
    if (corrected.has(message)) {
      // An older capture that did not know whom it came through: two parents are named, the newer stands.
      const { via_id: _, ...older } = row;
      const captured_at = new Date(Date.parse(capturedAt(message)) - 2 * hour).toISOString();
      add(message.at, { ...older, parent_id: message.subject!.native, captured_at });
      ledger.duplicate('talk');
    }
    if (again.has(message)) {
      add(message.at, { ...row, likes: Number(row.likes) + 3, captured_at: capturedAt(message, 6) });
      ledger.duplicate('talk');
    }
  }
  for (const message of [...flaws.deleted, ...flaws.deletedUnseen]) {
    if (elsewhere.tombstones.has(message)) continue;
    const { text: _, likes: __, ...row } = rowOf(message, figures.get(message)!, random);
    add(message.at, { ...row, captured_at: capturedAt(message, 9), deleted: true });
    ledger.remove('talk');
  }
  for (const message of numeric) {
    // Ids of X as bare JSON numbers beyond 2^53: every digit counts.
    const row = rowOf(message, figures.get(message)!, random);
    add(message.at, { ...row, message_id: raw(message.native), author_id: raw(message.account.native) });
    ledger.stage('talk', message);
    ledger.note('number_beyond_doubles');
  }

  const model = rowOf(rows.find(message => message.kind === 'post')!, figures.get(rows[0]!)!, random);
  let spoiled = 0;
  const bad = (reason: string, change: Row) => {
    spoiled++;
    const row = { ...model, message_id: `${model.message_id}x${spoiled}`, ...change };
    months[spoiled % 3]!.splice(40 * spoiled, 0, json(row));
    ledger.quarantine('talk', reason);
  };
  for (const kind of ['like', 'boost', '', 'Posting']) bad('unknown kind', { kind });
  for (const author_id of [null, '', undefined]) bad('missing author', { author_id });
  for (const created_at of ['yesterday', '2026-02-30T10:00:00Z', '']) bad('unparsable date', { created_at });
  bad('lost digits', { platform: 'x', message_id: raw('5.70306E+17') });
  bad('lost digits', { platform: 'x', message_id: '1.98877E+18' });
  for (const [i, text] of [
    '{"platform": "bluesky", "message_id": ',
    '<!doctype html><title>504</title>',
  ].entries()) {
    months[i + 1]!.splice(77, 0, text);
    ledger.quarantine('talk', 'not JSON');
  }
  ledger.quarantine('talk', 'truncated');
  const cut = json({ ...model, message_id: `${model.message_id}cut` }).slice(0, 133);
  files.lines('messages/talk-2026-01.ndjson.gz', months[0]!);
  files.put('messages/talk-2026-02.ndjson', `${months[1]!.join('\n')}\n${cut}`);
  files.lines('messages/talk-2026-03.ndjson', months[2]!);
}

/** What stands in the spreadsheet instead of, or as well as, in the files of the networks. */
export interface Elsewhere {
  /** Only in the spreadsheet. */
  moved: ReadonlySet<Message>;
  /** In both; whether the spreadsheet's capture is newer or older. */
  repeated: ReadonlyMap<Message, 'newer' | 'older'>;
  /** Deleted messages whose tombstone is in the spreadsheet. */
  tombstones: ReadonlySet<Message>;
  /** Posts of X that the talk's files carry with ids as numbers. */
  numeric: readonly Message[];
}

/** Which messages go where. Moved ones have no answers, so that every tree stays with its network's file. */
export function allot(all: readonly Message[], flaws: Flaws, seed: number): Elsewhere {
  const random = new Random(seed, 'elsewhere');
  const named = new Set(all.flatMap(message => [message.subject, message.replyTo, message.cause]));
  const special = new Set([
    ...flaws.deleted,
    ...flaws.hostileTexts,
    ...flaws.selfForwards,
    ...flaws.earlyChildren,
    ...flaws.fromTheFuture,
  ]);
  const free = (network: string) =>
    all.filter(
      message =>
        message.account.network === network &&
        !message.unseen &&
        !named.has(message) &&
        !special.has(message) &&
        !message.link &&
        (message.kind === 'post' || message.kind === 'reply') &&
        message.account.person.role === 'ordinary' &&
        !message.replyTo?.unseen,
    );
  const x = random.sample(free('x'), 336);
  const bluesky = random.sample(
    free('bluesky').filter(message => message.at % minute > 0),
    84,
  );
  return {
    moved: new Set([...x, ...bluesky.slice(30)]),
    numeric: x.slice(330),
    repeated: new Map(bluesky.slice(0, 30).map((message, i) => [message, i < 15 ? 'newer' : 'older'])),
    tombstones: new Set(flaws.deleted.slice(0, 5)),
  };
}
