import type { Campaign } from '../contracts/campaign.ts';
import { missingInputs } from '../contracts/missingInputs.ts';
import type { StoredTable } from '../contracts/table.ts';
import { planWarnings } from './planWarnings.ts';
import { rowsOf } from './storedRows.ts';
import type { World } from './world.ts';

/** Tables that are not published and warned from. */
export const warnedFrom = ['est_seed_conflicts'];

/**
 * What an operator should hear about although the night is published.
 *
 * @param stored the published tables and those of `warnedFrom`
 */
export async function warningsOf(world: World, campaign: Campaign, stored: StoredTable[]): Promise<string[]> {
  const rows = await rowsOf<{ measure: string; value: number }>(
    world,
    stored,
    'fct_quality',
    "SELECT measure, CAST(sum(value) AS BIGINT) AS value FROM fct_quality WHERE measure IN ('quarantined', 'outside_window', 'cycles') GROUP BY measure",
  );
  const value = (measure: string) => rows.find(row => row.measure === measure)?.value ?? 0;
  const warnings: string[] = [];
  const quarantined = value('quarantined');
  if (quarantined > 0) {
    const rows = quarantined === 1 ? '1 row is' : `${quarantined} rows are`;
    warnings.push(`${rows} in quarantine: \`npx sillage quarantine ${campaign.campaign}\``);
  }
  const outside = value('outside_window');
  if (outside > 0)
    warnings.push(`${outside} ${outside === 1 ? 'message lies' : 'messages lie'} outside the window`);
  const cycles = value('cycles');
  if (cycles > 0)
    warnings.push(`${cycles} ${cycles === 1 ? 'cycle of forwards was' : 'cycles of forwards were'} cut`);
  return [
    ...warnings,
    ...(await uselessExclusions(world, stored)),
    ...(await whyNoPersonas(world, stored)),
    ...(await planWarnings(world, campaign, stored)),
    ...missingInputs(campaign),
  ];
}

/** "No personas" is an answer, and has a reason. */
async function whyNoPersonas(world: World, stored: StoredTable[]): Promise<string[]> {
  const rows = await rowsOf<{ reason: string }>(
    world,
    stored,
    'fct_persona_choice',
    'SELECT reason FROM fct_persona_choice WHERE is_chosen AND groups = 1',
  );
  return rows.map(({ reason }) => `no personas: ${reason}`);
}

/** Words that exclude nothing in a language, because they are the same word as a seed there. */
async function uselessExclusions(world: World, stored: StoredTable[]): Promise<string[]> {
  const rows = await rowsOf<{ topic: string; seed: string; excluded: string; language: string }>(
    world,
    stored,
    'est_seed_conflicts',
    'SELECT * FROM est_seed_conflicts ORDER BY topic, excluded, seed, language',
  );
  return rows.map(({ topic, seed, excluded, language }) => {
    const where = language === '' ? 'without a language' : `in ${language}`;
    return `topic ${topic}: the excluded word "${excluded}" is the same word as the seed "${seed}" in messages ${where}, and excludes nothing there`;
  });
}
