import type { Child } from './element.ts';
import { unknown } from './formats.ts';
import type { NightTables } from './nightTables.ts';
import { note, type Paper, person, section, sourceLine } from './paper.ts';
import { table } from './table.ts';
import { influenceTexts } from './texts/influence.ts';
import { type InfluencerValue, influenceValue, readValues } from './value.ts';

/** `fct_influencers`, one row a person. */
export interface Influencer {
  person_id: string;
  person_cie: number;
  cie_rank: number;
  cie_rank_low: number | null;
  cie_rank_high: number | null;
  above_chance: boolean | null;
  cie_without_coordination: number | null;
  followers: number | null;
  forwards_received: number | null;
  pagerank: number | null;
}

export interface Influence {
  /** Those who move most, in order. */
  top: Influencer[];
  people: number;
  /** How many of them are among as many people with most followers; undefined where nobody else is there, or too few followers are known. */
  alsoMostFollowed: number | undefined;
  /** Pairs of accounts that are flagged as acting in concert, and the accounts in them. */
  flaggedPairs: number;
  flaggedAccounts: number;
  values: InfluencerValue[];
}

const columns = [
  ...[
    'author_id',
    'person_id',
    'person_cie',
    'cie_rank',
    'cie_rank_low',
    'cie_rank_high',
    'above_chance',
    'cie',
  ],
  ...['cie_without_coordination', 'followers', 'forwards_received', 'pagerank'],
];
const shown = 12;

export async function readInfluence({ from, rows }: NightTables): Promise<Influence> {
  const ranked = `SELECT * FROM ${from('fct_influencers', columns)} WHERE cie_rank IS NOT NULL`;
  // Accounts of one person share person_cie and the place; what the network says of each account is added up.
  const top = await rows<Influencer>(
    `SELECT person_id, max(person_cie) AS person_cie, min(cie_rank) AS cie_rank,
       min(cie_rank_low) AS cie_rank_low, min(cie_rank_high) AS cie_rank_high, bool_or(above_chance) AS above_chance,
       sum(cie_without_coordination) / nullif(sum(cie), 0) * max(person_cie) AS cie_without_coordination,
       CAST(sum(followers) AS BIGINT) AS followers, CAST(sum(forwards_received) AS BIGINT) AS forwards_received,
       sum(pagerank) AS pagerank
     FROM (${ranked}) WHERE cie_rank <= ${shown} GROUP BY person_id ORDER BY cie_rank, person_id LIMIT ${shown}`,
  );
  const [count] = await rows<{ people: number }>(
    `SELECT count(DISTINCT person_id) AS people FROM (${ranked})`,
  );
  const followed = await rows<{ person_id: string }>(
    `SELECT person_id FROM (${ranked}) WHERE followers IS NOT NULL GROUP BY person_id
     ORDER BY sum(followers) DESC, person_id LIMIT ${top.length}`,
  );
  const isComparable = count!.people > top.length && followed.length === top.length;
  const flagged = `SELECT * FROM ${from('fct_coordination', ['author_a', 'author_b', 'is_flagged'])} WHERE is_flagged`;
  const [pairs] = await rows<{ pairs: number; accounts: number }>(
    `SELECT (SELECT count(*) FROM (${flagged})) AS pairs,
       (SELECT count(*) FROM (SELECT author_a FROM (${flagged}) UNION SELECT author_b FROM (${flagged}))) AS accounts`,
  );
  return {
    top,
    people: count!.people,
    alsoMostFollowed: isComparable
      ? followed.filter(row => top.some(({ person_id }) => person_id === row.person_id)).length
      : undefined,
    flaggedPairs: pairs!.pairs,
    flaggedAccounts: pairs!.accounts,
    values: await readValues({ from, rows }),
  };
}

/** Who moves others: the share of all influence, what is left of it without concert, and the usual measures beside it. */
export function influenceSection(paper: Paper, influence: Influence): Child {
  const { make, format, language } = paper;
  const texts = influenceTexts[language];
  const { top, people, flaggedPairs, flaggedAccounts } = influence;
  if (top.length === 0) return section(paper, { id: 'influence', title: texts.title, lead: texts.empty });
  // Without intervals nothing says that one is really before the other: no places then.
  const hasIntervals = top.some(row => row.cie_rank_low !== null && row.cie_rank_high !== null);
  const place = (row: Influencer) =>
    row.cie_rank_low === null || row.cie_rank_high === null
      ? unknown
      : row.cie_rank_low === row.cie_rank_high
        ? format.number(row.cie_rank_low)
        : `${format.number(row.cie_rank_low)}–${format.number(row.cie_rank_high)}`;
  const share = top.reduce((sum, row) => sum + row.person_cie, 0);
  return section(
    paper,
    {
      id: 'influence',
      title: texts.title,
      lead: texts.lead(
        top.length,
        format.number(people),
        format.percent(share, 1),
        format.percent(top.length / people, 1),
      ),
    },
    note(paper, hasIntervals ? texts.tested : texts.untested),
    table(paper, {
      caption: texts.caption,
      columns: [
        { head: texts.person },
        ...(hasIntervals ? [{ head: texts.place, isNumber: true }] : []),
        { head: texts.cie, isNumber: true },
        { head: texts.without, isNumber: true },
        { head: texts.forwards, isNumber: true },
        { head: texts.pagerank, isNumber: true },
        { head: texts.followers, isNumber: true },
      ],
      rows: top.map(row => [
        person(paper, row.person_id),
        ...(hasIntervals ? [place(row)] : []),
        format.percent(row.person_cie, 3),
        format.percent(row.cie_without_coordination, 3),
        format.number(row.forwards_received),
        format.percent(row.pagerank, 2),
        format.number(row.followers),
      ]),
    }),
    sourceLine(paper, { table: 'fct_influencers' }),
    influence.alsoMostFollowed === undefined
      ? undefined
      : make('p', {}, texts.mostFollowed(top.length, influence.alsoMostFollowed)),
    note(paper, texts.gloss),
    concert(paper, flaggedPairs, flaggedAccounts),
    influenceValue(paper, influence.values),
  );
}

function concert(paper: Paper, pairs: number, accounts: number): Child {
  const { make, format, language } = paper;
  const texts = influenceTexts[language];
  return [
    make(
      'p',
      {},
      pairs === 0 ? texts.noConcert : texts.concert(format.number(pairs), format.number(accounts)),
    ),
    sourceLine(paper, { table: 'fct_coordination', key: 'is_flagged' }),
  ];
}
