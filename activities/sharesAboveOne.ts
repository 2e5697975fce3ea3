import { FatalError } from '../contracts/errors.ts';
import type { Session } from '../engine/engine.ts';

/**
 * Nobody's value can be owed to others more than once: refuses a file of influence shares in which it is. The accounts of one
 * person are one; what a person owes to their own other accounts does not count. The judged sheets must be in the session.
 *
 * @throws FatalError naming the account, by its pseudonym where there are pseudonyms, and the sum
 */
export async function refuseSharesAboveOne(session: Session): Promise<void> {
  const [over] = await session.rows<{ account: string; total: number; first: string; last: string }>(
    `WITH persons AS (SELECT author_id, person_id FROM stg_judged_identities WHERE fate = 'staged'),
     shares AS (
       SELECT
         j.file || ':' || j.line AS place,
         j.file,
         j.line,
         CAST(j.share AS DECIMAL(18, 12)) AS share,
         coalesce(p.pseudonym, j.influenced_id) AS account,
         coalesce('person ' || a.person_id, 'account ' || j.influencer_id) AS influencer,
         coalesce('person ' || b.person_id, 'account ' || j.influenced_id) AS influenced
       FROM stg_judged_influence_shares j
       LEFT JOIN persons a ON a.author_id = j.influencer_id
       LEFT JOIN persons b ON b.author_id = j.influenced_id
       LEFT JOIN est_sheet_pseudonyms p ON p.id = j.influenced_id
       WHERE j.fate = 'staged'
     )
     SELECT min(account) AS account, CAST(sum(share) AS DOUBLE) AS total,
       min_by(place, (file, line)) AS first, max_by(place, (file, line)) AS last
     FROM shares WHERE influencer <> influenced
     GROUP BY influenced HAVING sum(share) > 1.000000001 ORDER BY min_by(file, (file, line)), min(line), account LIMIT 1`,
  );
  if (over === undefined) return;
  const { account, total, first, last } = over;
  throw new FatalError(
    `the shares of ${account}'s value that are owed to others add up to ${Number(total.toPrecision(10))}, which is more than all of it (rows ${first} to ${last})`,
    { where: first, next: 'lower them, so that they add up to 1 at most' },
  );
}
