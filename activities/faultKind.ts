/** What reasons of refused rows say of a cell after its value. */
const kinds = [
  'is missing beside refund_amount',
  'is missing',
  'holds a control character',
  'has blanks around it',
  'has lost digits',
  'has more than 4 decimals',
  'is negative',
  'is too large',
  'is not <platform>:<native id>, like x:12345',
  'is not a date and time like 2026-03-01T09:30:00Z',
  'is not a day like 2026-03-01',
  'is not a currency of three letters, like EUR',
  'is not an amount like 1234.50',
  'is not a number above 0',
  'is not a number from 0 to 1',
  'is none of fee, incentive, product, tooling',
  'is neither treated nor control',
  'is larger than the amount',
  'is before ordered_at',
  'is before valid_from',
  'is said of',
  'stands under several persons',
  'stands twice',
  'is not an id',
  'has nothing after its platform',
  'is not of platform',
  'is not made of a-z, 0-9 and -',
  'is neither true nor false',
  'is none of post, reshare, quote, reply, comment',
  'is not a number from -1 to 1',
  'is not a whole number from 0 on',
];

/** Beginnings of reasons that hold no cell. */
const whole =
  /^(line has \d+ fields, the header \d+|line is not UTF-8|line is not JSON|line is cut short: its JSON does not end|line is JSON but not an object|line holds something that is no JSON document|line of \d+ MB is longer than \d+ MB|document is longer than \d+ MB|the file ends in the middle of the document that begins here|a quote opened on this line is never closed|text stands after a closing quote|its value is too large|there is no rate|a second rate|is not a status|is neither a post nor a page of posts|is a user where a post is due|(status|post|page): .*)/;

/**
 * The kind of fault of a refused row of a sheet or an export, without the value of any cell: errors go to logs and to Temporal's history,
 * where the account of a person who opted out must not stand.
 *
 * @param reason as `stg_sheet_refusals` and `stg_refusals` have it: its first word, the name of what is wrong, is never a cell
 */
export function faultKind(reason: string): string {
  const plain = whole.exec(reason);
  if (plain !== null) return plain[0];
  const [subject] = reason.split(' ', 1);
  const kind = kinds.find(one => reason.endsWith(` ${one}`)) ?? kinds.find(one => reason.includes(` ${one}`));
  return `${subject} ${kind ?? 'is refused'}`;
}
