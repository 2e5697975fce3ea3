/** Columns that readers count on, in their order, as documented; a table may have more behind them. */
export const fixed: Record<string, string> = {
  dim_authors:
    'campaign author_id platform followers languages first_seen_at last_seen_at is_brand is_pseudonymised',
  dim_night: 'campaign as_of interval_from interval_to verdict reason messages quarantined',
  dim_personas: 'campaign as_of persona_id name size stability exemplars',
  fct_candidates: 'campaign as_of author_id cie si persona_id score reason is_excluded',
  fct_captures: 'campaign message_id captured_at age_seconds likes views reshares quotes replies',
  fct_cascades:
    'campaign root_id author_id size max_depth max_breadth structural_virality author_count seconds_to_first seconds_to_half flags',
  fct_coordination: 'campaign author_a author_b shared_objects pairs symmetry p_value is_flagged',
  fct_coverage: 'campaign source query hour fetched limited failed unmapped deleted silent',
  fct_credits: 'campaign as_of author_id method orders value currency share',
  fct_incentives: 'campaign entry_id author_id kind amount currency event_id state',
  fct_influence_ties:
    'campaign influencer_id influenced_id responses share weight total_effect is_coordinated',
  fct_influencer_value: 'campaign as_of author_id clv influence_value civ_gross civ_net currency',
  fct_influencers:
    'campaign as_of author_id messages spread influence impact cie_score cie cie_beyond_self cie_low cie_high above_chance cie_without_coordination followers forwards_received pagerank cie_rank cie_rank_low cie_rank_high',
  fct_interests: 'campaign as_of author_id topic topic_tokens tokens share si lift z',
  fct_messages:
    'campaign message_id platform author_id kind parent_id root_id conversation_parent_id conversation_root_id conversation_depth created_at day spread influence jumps impact forwarder_rule',
  fct_persona_changes: 'campaign as_of persona_id',
  fct_persona_choice: 'campaign as_of groups is_chosen reason',
  fct_persona_features: 'campaign as_of persona_id feature direction z',
  fct_persona_members: 'campaign as_of author_id persona_id distance',
  fct_quality: 'campaign table_name source measure value',
  fct_recruitment_alternatives: 'campaign as_of strategy cost reach lower_bound upper_bound',
  fct_recruitment_holdout: 'campaign as_of design',
  fct_recruitment_plan: 'campaign as_of author_id plan_rank cost marginal_reach cumulative_reach arm reason',
  fct_redemptions:
    'campaign order_id code author_id promotion is_ambiguous is_credited reason ordered_at day value currency',
  fct_return_days: 'campaign as_of method day observed expected expected_low expected_high is_flight',
  fct_return_placebos: 'campaign as_of method kind placebo effect effect_low effect_high is_apart',
  fct_returns:
    'campaign as_of scope method incremental incremental_low incremental_high cost currency roi roi_low roi_high iroas iroas_low iroas_high evidence_level verdict reason',
  fct_topic_neighbours: 'campaign as_of topic neighbour',
  fct_topic_words: 'campaign as_of topic word weight',
  fct_topics: 'campaign as_of topic talkers messages',
};
/** What one row of each is: its key, and the order of its files. */
export const grains: Record<string, string[]> = {
  dim_authors: ['author_id'],
  dim_night: ['campaign'],
  dim_personas: ['persona_id'],
  fct_candidates: ['author_id'],
  fct_captures: ['message_id', 'captured_at'],
  fct_cascades: ['root_id'],
  fct_coordination: ['author_a', 'author_b'],
  fct_coverage: ['source', 'query', 'hour'],
  fct_credits: ['author_id', 'method'],
  fct_incentives: ['entry_id'],
  fct_influence_ties: ['influencer_id', 'influenced_id'],
  fct_influencer_value: ['author_id'],
  fct_influencers: ['author_id'],
  fct_interests: ['author_id', 'topic'],
  fct_messages: ['message_id'],
  fct_persona_changes: ['persona_id'],
  fct_persona_choice: ['groups'],
  fct_persona_features: ['persona_id', 'feature'],
  fct_persona_members: ['author_id'],
  fct_quality: ['table_name', 'source', 'measure'],
  fct_recruitment_alternatives: ['strategy'],
  fct_recruitment_holdout: ['design'],
  fct_recruitment_plan: ['author_id'],
  fct_redemptions: ['order_id'],
  fct_return_days: ['method', 'day'],
  fct_return_placebos: ['method', 'kind', 'placebo'],
  fct_returns: ['scope', 'method'],
  fct_topic_neighbours: ['topic', 'neighbour'],
  fct_topic_words: ['topic', 'word', 'language'],
  fct_topics: ['topic'],
};
/** Tables kept in a file a day. */
export const splitByDay = ['fct_cascades', 'fct_messages'];
/** Types that every reader of Parquet understands alike. */
export const contractTypes = /^(BOOLEAN|INTEGER|BIGINT|DOUBLE|VARCHAR|DATE|TIMESTAMP|DECIMAL\(18,4\))$/;
