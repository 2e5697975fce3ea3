import { accountsInTurn, accountsOnX } from './rows.ts';

/** Numbers as ids in SQL, as platforms write them: a multiplication modulo 2^32 is a bijection, so that ids follow no order of ours. */
const scrambled = (number: string) => `((CAST(${number} AS UBIGINT) * 2654435761) % 4294967296)`;
const isOnX = (author: string) => `${author} % ${accountsInTurn} < ${accountsOnX}`;

/** The native id of an author number. */
export const person = (author: string) =>
  `CASE WHEN ${isOnX(author)} THEN CAST(${scrambled(author)} AS VARCHAR)
   ELSE 'did:plc:' || left(md5('author ' || ${author}), 24) END`;

/** The id of an author number as files that name an author have it. */
export const account = (author: string) =>
  `CASE WHEN ${isOnX(author)} THEN 'x:' ELSE 'bluesky:' END || ${person(author)}`;

/** The native id of a message by its number and its author's; `network` is a column of the row that names it. */
export const message = (number: string, author: string) =>
  `CASE network WHEN 0 THEN 'at://did:plc:' || left(md5('author ' || ${author}), 24) || '/app.bsky.feed.post/3' || left(md5('post ' || ${number}), 12)
   ELSE CAST(1500000000000000000 + ${scrambled(number)} * 10007 AS VARCHAR) END`;
