import type { Campaign } from '../contracts/campaign.ts';
import type { StoredTable } from '../contracts/table.ts';
import { idleQuotas, type Recruitable } from './recruits.ts';
import { rowsOf } from './storedRows.ts';
import type { World } from './world.ts';

/** Why a campaign that names candidates may wonder at its plan: nobody to ask, and quotas that limit nobody. */
export async function planWarnings(
  world: World,
  campaign: Campaign,
  stored: StoredTable[],
): Promise<string[]> {
  if (campaign.recruitment?.candidates === undefined) return [];
  const [plan] = await rowsOf<{ asked: number }>(
    world,
    stored,
    'fct_recruitment_plan',
    "SELECT count(*) AS asked FROM fct_recruitment_plan WHERE arm = 'ask'",
  );
  const askable = await rowsOf<Pick<Recruitable, 'persona_id' | 'platform'>>(
    world,
    stored,
    'fct_candidates',
    'SELECT persona_id, platform FROM fct_candidates WHERE cie IS NOT NULL AND cost IS NOT NULL AND acceptance IS NOT NULL',
  );
  const personas = await rowsOf<{ persona_id: string; name: string; name_fr: string }>(
    world,
    stored,
    'dim_personas',
  );
  const names = new Map(personas.map(one => [one.persona_id, [one.name, one.name_fr]]));
  return [
    ...(plan!.asked === 0 ? ['nobody to ask: see fct_candidates.reason'] : []),
    ...idleQuotas(askable, campaign, names).map(
      name => `the quota of "${name}" limits nobody: no candidate with a price is of it`,
    ),
  ];
}
