import { join } from 'node:path';
import { quoteText, type Session } from '../../engine/engine.ts';
import { account } from './identifiers.ts';
import { memberOf, ringCount, ringSize } from './rings.ts';
import { authorCount, days, type WorldSize } from './rows.ts';
import { drawInterests } from './subjects.ts';
import { topics } from './vocabulary.ts';

/** One order for so many messages; three for each customer; of three customers in ten the account is known. */
const messagesPerOrder = 20;
const ordersPerCustomer = 3;
const knownCustomers = 0.3;

/** A whole number below `count`, always the same for the same thing. */
const chanceOf = (seed: number) => (thing: string, what: string, count: number) =>
  `CAST(hash(${thing} || ' ${what} ${seed}') % ${count} AS INTEGER)`;
const hundredths = (whole: string) => `CAST((${whole}) / 100 AS DECIMAL(9, 2))`;
const instant = (timestamp: string) => `replace(CAST(${timestamp} AS VARCHAR), ' ', 'T') || 'Z'`;

/** What the files are made of, one table after the other. */
function draws(size: WorldSize): Record<string, string> {
  const chance = chanceOf(size.seed);
  const orders = Math.floor(size.rows / messagesPerOrder);
  return {
    people: `SELECT author, row_number() OVER (ORDER BY author) - 1 AS place FROM (SELECT DISTINCT author FROM sorted)`,
    // About one in a hundred: nearly all care about the first topic and are of the fifth that speaks most.
    chosen: `SELECT author FROM people LEFT JOIN cares USING (author)
      WHERE ${chance('author', 'chosen', 1000)} < CASE WHEN topic = 1 AND author < ${Math.floor(authorCount(size) / 5)} THEN 450 ELSE 1 END`,
    coded: `SELECT author, 'C' || author AS code, row_number() OVER (ORDER BY author) - 1 AS place, count(*) OVER () AS codes
      FROM chosen WHERE author % 2 = 0`,
    drawn: `SELECT range AS number, TIMESTAMP '2026-01-01 00:00:00' + to_seconds(${chance('range', 'time', days * 86_400)}) AS ordered_at,
        ${hundredths(`500 + ${chance('range', 'amount', 10_000)}`)} AS amount, ${chance('range', 'refund', 100)} AS refund,
        CASE WHEN ${chance('range', 'with code', 10)} = 0 THEN ${chance('range', 'code', 1_000_000_000)} END AS draw
      FROM range(${orders})`,
  };
}

function files(size: WorldSize): Record<string, string> {
  const chance = chanceOf(size.seed);
  const customers = Math.max(1, Math.floor(size.rows / messagesPerOrder / ordersPerCustomer));
  return {
    candidates: `SELECT ${account('author')} AS author_id, 25 + ${chance('author', 'cost', 400)} AS cost,
        ${hundredths(`10 + ${chance('author', 'acceptance', 80)}`)} AS acceptance
      FROM chosen ORDER BY author`,
    // A tenth of the codes also stands in another campaign.
    codes: `SELECT code, ${account('author')} AS author_id, campaign, '2026-03-01' AS valid_from, valid_to
      FROM coded CROSS JOIN (VALUES ('bench', '2026-03-31', 1), ('spring-sale', '2026-03-15', 10)) other(campaign, valid_to, every)
      WHERE place % every = 0 ORDER BY author, campaign`,
    orders: `SELECT 'o' || number AS order_id, 'c' || ${chance('number', 'customer', customers)} AS customer_id,
        ${instant('ordered_at')} AS ordered_at, amount, 'EUR' AS currency, code,
        CASE WHEN ${chance('number', 'promotion', 100)} < 3 THEN 'bench' END AS promotion,
        'zone-' || ${chance('number', 'geo', 24)} AS geo,
        CASE WHEN refund < 3 THEN ${instant('ordered_at + to_days(1 + refund * 5)')} END AS refunded_at,
        CASE WHEN refund < 2 THEN amount WHEN refund < 3 THEN CAST(amount / 2 AS DECIMAL(9, 2)) END AS refund_amount
      FROM drawn LEFT JOIN coded ON place = draw % (SELECT max(codes) FROM coded) ORDER BY number`,
    customers: `SELECT 'c' || place AS customer_id, ${account('author')} AS author_id,
        ${hundredths(`2000 + ${chance('author', 'value', 20_000)}`)} AS clv, 'EUR' AS currency
      FROM people WHERE place < ${Math.floor(customers * knownCustomers)} ORDER BY place`,
    // One in a hundred accounts belongs to a person of two.
    identities: `SELECT 'p' || (place // 200) AS person_id, ${account('author')} AS author_id
      FROM people WHERE place % 200 < 2 ORDER BY place`,
    optouts: `SELECT ${account('author')} AS author_id, '2026-01-04' AS since, 'asked by mail' AS reason
      FROM people WHERE place % 1000 = 500 ORDER BY place`,
  };
}

/** Writes the campaign's own files into a folder, and what was planted into `truth/` there; `sorted` is the talk. */
export async function writeSheets(session: Session, folder: string, size: WorldSize): Promise<void> {
  await loadTruth(session, size);
  for (const [table, select] of Object.entries(draws(size))) await session.define(table, select);
  for (const [name, select] of Object.entries({ ...files(size), ...truth })) {
    const path = quoteText(join(folder, `${name}.csv`));
    await session.execute(`COPY (${select}) TO ${path} (HEADER)`);
  }
}

/** Who is in a ring, and who cares about what. */
const truth = {
  'truth/rings': `SELECT ring, ${account('author')} AS author_id FROM members ORDER BY author`,
  'truth/interests': `SELECT ${account('author')} AS author_id, name AS topic FROM cares JOIN names USING (topic) ORDER BY author`,
};

async function loadTruth(session: Session, { rows, seed }: WorldSize): Promise<void> {
  const authors = authorCount({ rows, seed });
  const members = Array.from({ length: ringCount(rows) * ringSize }, (_, number) => {
    const ring = Math.floor(number / ringSize);
    return [ring, memberOf(ring, number % ringSize, authors)];
  });
  await session.fill('members', { ring: 'INTEGER', author: 'INTEGER' }, members);
  const interest = drawInterests(authors, seed);
  await session.load('cares', { author: Int32Array.from(interest.keys()), topic: interest });
  await session.fill(
    'names',
    { topic: 'INTEGER', name: 'VARCHAR' },
    Object.keys(topics).map((name, place) => [place + 1, name]),
  );
}
