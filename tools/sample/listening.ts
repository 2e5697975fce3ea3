import { type Elsewhere, type Row, rowOf } from './bluesky.ts';
import { day } from './calendar.ts';
import { figuresOf } from './figures.ts';
import type { Files } from './files.ts';
import type { Ledger } from './ledger.ts';
import type { Message } from './message.ts';
import { Random } from './random.ts';

/**
 * The sheet of a listening tool in the `messages` format, saved by a French spreadsheet: semicolons, a byte
 * order mark, carriage returns, decimal commas, narrow spaces in numbers, ids that lost their digits.
 */
const columns = [
  'platform',
  'message_id',
  'author_id',
  'created_at',
  'kind',
  'parent_id',
  'root_id',
  'reply_to_id',
  'via_id',
  'text',
  'language',
  'sentiment',
  'followers',
  'captured_at',
  'likes',
  'views',
  'deleted',
];

const cell = (value: unknown) => {
  const text = value === undefined || value === null ? '' : String(value);
  return /[";\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
const lineOf = (row: Row) => columns.map(column => cell(row[column])).join(';');

export function writeListening(
  files: Files,
  ledger: Ledger,
  all: readonly Message[],
  elsewhere: Elsewhere,
  seed: number,
): void {
  const random = new Random(seed, 'listening');
  const figures = figuresOf(all, random);
  const row = (message: Message): Row => rowOf(message, figures.get(message)!, random);
  const later = (given: Row, days: number) => ({
    ...given,
    captured_at: new Date(Date.parse(String(given.captured_at)) + days * day).toISOString(),
  });
  const numeric = new Set(elsewhere.numeric);
  const moved = [...elsewhere.moved].filter(message => !numeric.has(message));

  const rows: { at: number; line: string }[] = [];
  const add = (message: Message, given: Row) => rows.push({ at: message.at, line: lineOf(given) });
  for (const [i, message] of moved.entries()) {
    const given = { ...row(message), views: random.below(4000) } as Row;
    if (i % 60 === 1) {
      given.text = `${given.text}\r\n"Merci ; à bientôt"`;
      ledger.note('line_break_in_cell');
    }
    if (i % 150 === 2) {
      given.text = `=cmd|' /C calc'!A${i}`;
      ledger.note('formula_in_cell');
    }
    add(message, given);
    ledger.stage('listening', message);
    if (i % 50 === 3) {
      add(message, later(given, -0.1));
      ledger.duplicate('listening');
    }
  }
  for (const [message, capture] of elsewhere.repeated) {
    add(message, later(row(message), capture === 'newer' ? 8 : -0.1));
    if (capture === 'newer') ledger.stage('listening', message);
    else ledger.duplicate('listening');
  }
  for (const message of elsewhere.tombstones) {
    add(message, { ...later(row(message), 12), text: undefined, likes: undefined, deleted: 'true' });
    ledger.remove('listening');
  }
  rows.sort((a, b) => a.at - b.at || (a.line < b.line ? -1 : 1));
  const lines = rows.map(({ line }) => line);

  const model = row(moved.find(message => message.kind === 'post' && message.account.network === 'x')!);
  let number = 0;
  const bad = (reason: string, change: Row, tail = '') => {
    number++;
    lines.splice(
      13 * number,
      0,
      lineOf({ ...model, message_id: `20100000000000000${10 + number}`, ...change }) + tail,
    );
    ledger.quarantine('listening', reason);
  };
  for (const message_id of ['5.70306E+17', '5,70306E+17', '1.99E+18', '2,0266E+18', '5.70306e17'])
    bad('lost digits', { message_id });
  for (const created_at of ['03/02/2026 10:11', 'hier', '46056,42', '2026-02-30T10:00:00Z'])
    bad('unparsable date', { created_at });
  for (const kind of ['boost', 'j’aime']) bad('unknown kind', { kind });
  for (const author_id of ['', undefined]) bad('missing author', { author_id });
  for (const sentiment of ['-0,8', '0,35', '0,6', '-0,75']) bad('not a number', { sentiment });
  for (const followers of ['12\u202F450', '3\u00A0800', '1,2 k']) bad('not a number', { followers });
  for (const tail of [';;extra', ';too;many;cells']) bad('malformed', {}, tail);
  ledger.quarantine('listening', 'truncated');
  const cut = lineOf({ ...model, message_id: '2010000000000000099' })
    .split(';')
    .slice(0, 4)
    .join(';');
  files.put('messages/listening.csv', `\uFEFF${[columns.join(';'), ...lines].join('\r\n')}\r\n${cut}`);
}
