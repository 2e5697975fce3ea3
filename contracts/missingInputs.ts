import type { Campaign } from './campaign.ts';

/** What a section of the campaign file would make, were it there. */
interface Want {
  isThere: boolean;
  key: string;
  without: string;
}

/**
 * What a night goes without because the campaign file does not name it, one sentence each: an empty table never has to be
 * guessed at.
 */
export function missingInputs(campaign: Campaign): string[] {
  const { topics, recruitment, incentives, codes, orders, customers, identities, flight, panel } = campaign;
  const empty = (...tables: string[]) =>
    `${tables.join(', ')} ${tables.length === 1 ? 'is' : 'are'} empty, because the campaign file has no`;
  const wants: Want[] = [
    {
      isThere: topics !== undefined,
      key: 'topics',
      // Who cares for nothing can't be a candidate.
      without: empty(
        ...['fct_interests', 'fct_topics', 'fct_topic_neighbours', 'fct_topic_words'],
        ...(recruitment === undefined ? [] : ['fct_candidates', 'fct_recruitment_plan']),
      ),
    },
    {
      isThere: recruitment?.candidates !== undefined,
      key: recruitment === undefined ? 'recruitment' : 'recruitment.candidates',
      without: empty('fct_recruitment_plan', 'fct_recruitment_alternatives', 'fct_recruitment_holdout'),
    },
    {
      isThere: orders !== undefined,
      key: 'orders',
      without: empty('fct_redemptions'),
    },
    {
      isThere: orders === undefined || codes !== undefined,
      key: 'codes',
      without: 'every redemption is refused as of an unknown code, because the campaign file has no',
    },
    { isThere: incentives !== undefined, key: 'incentives', without: empty('fct_incentives') },
    {
      isThere: incentives === undefined || codes !== undefined,
      key: 'codes',
      without: empty('fct_incentives'),
    },
    { isThere: customers !== undefined, key: 'customers', without: empty('fct_influencer_value') },
    {
      isThere: flight !== undefined,
      key: 'flight',
      without: empty('fct_returns', 'fct_return_days', 'fct_return_placebos'),
    },
    {
      isThere: flight === undefined || panel !== undefined,
      key: 'panel',
      without: empty('fct_return_days', 'fct_return_placebos'),
    },
    {
      isThere: identities !== undefined,
      key: 'identities',
      without: 'each account counts as a person of its own, because the campaign file has no',
    },
  ];
  return wants.filter(want => !want.isThere).map(want => `${want.without} \`${want.key}\``);
}
