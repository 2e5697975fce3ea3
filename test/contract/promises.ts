/** Columns that readers count on, in their order, as documented; a table may have more behind them. */
export const fixed: Record<string, string> = {
  dim_authors:
    'campaign author_id platform followers languages first_seen_at last_seen_at is_brand is_pseudonymised',
  dim_night: 'campaign as_of interval_from interval_to verdict reason messages quarantined',
  fct_cascades:
    'campaign root_id author_id size max_depth max_breadth structural_virality author_count seconds_to_first seconds_to_half flags',
  fct_coverage: 'campaign source query hour fetched limited failed unmapped deleted silent',
  fct_influence_ties:
    'campaign influencer_id influenced_id responses share weight total_effect is_coordinated',
  fct_influencers:
    'campaign as_of author_id messages spread influence impact cie_score cie cie_beyond_self cie_low cie_high above_chance cie_without_coordination followers forwards_received pagerank cie_rank cie_rank_low cie_rank_high',
  fct_messages:
    'campaign message_id platform author_id kind parent_id root_id conversation_parent_id conversation_root_id conversation_depth created_at day spread influence jumps impact forwarder_rule',
  fct_quality: 'campaign table_name source measure value',
};
/** What one row of each is: its key, and the order of its files. */
export const grains: Record<string, string[]> = {
  dim_authors: ['author_id'],
  dim_night: ['campaign'],
  fct_cascades: ['root_id'],
  fct_coverage: ['source', 'query', 'hour'],
  fct_influence_ties: ['influencer_id', 'influenced_id'],
  fct_influencers: ['author_id'],
  fct_messages: ['message_id'],
  fct_quality: ['table_name', 'source', 'measure'],
};
/** Tables kept in a file a day. */
export const splitByDay = ['fct_cascades', 'fct_messages'];
/** Types that every reader of Parquet understands alike. */
export const contractTypes = /^(BOOLEAN|INTEGER|BIGINT|DOUBLE|VARCHAR|DATE|TIMESTAMP|DECIMAL\(18,4\))$/;
