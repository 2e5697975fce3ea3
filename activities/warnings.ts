import type { Campaign } from '../contracts/campaign.ts';
import { missingInputs } from '../contracts/missingInputs.ts';
import type { StoredTable } from '../contracts/table.ts';
import { rowsOf } from './storedRows.ts';
import type { World } from './world.ts';

/** What an operator should hear about although the night is published. */
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
  return [...warnings, ...(await whyNoPersonas(world, stored)), ...missingInputs(campaign)];
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
