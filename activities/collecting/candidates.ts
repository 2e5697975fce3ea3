import type { Campaign } from '../../contracts/campaign.ts';
import { FatalError } from '../../contracts/errors.ts';
import type { Night } from '../../contracts/night.ts';
import { sheetNames } from '../../contracts/sheets.ts';
import { sha256 } from '../../lake/steps.ts';
import { keepSheets } from '../collect.ts';
import { attachTables } from '../modelPlan.ts';
import { storeLists } from '../nightLists.ts';
import { readSheets } from '../readSheets.ts';
import type { Settings } from '../settings.ts';
import { inWorkshop } from '../step.ts';
import type { World } from '../world.ts';

/** Accounts that a campaign could ask, as the networks name them: what they say is followed. */
export interface Candidates {
  accounts: string[];
  /** Why they are not known, where their sheet can't be used: collecting goes on without them. */
  note?: string;
}

/** Reads the sheet of candidates as a night reads it, but for their pseudonyms: networks know none. */
export async function candidatesOf(world: World, settings: Settings): Promise<Candidates> {
  if (settings.campaign.recruitment?.candidates === undefined) return { accounts: [] };
  const alone: Settings = { ...settings, campaign: withCandidatesAlone(settings.campaign) };
  const text = JSON.stringify(alone);
  const key = `campaigns/${alone.campaign.campaign}/${sha256(text).slice(0, 32)}.json`;
  await world.lake.commit(key, text);
  const night: Night = {
    campaign: alone.campaign.campaign,
    settings: key,
    // Who is a candidate depends on no interval.
    interval: { from: '1970-01-01', to: '1970-01-02' },
    run: 'collecting',
    attempt: 'only',
    mode: 'manual',
    scope: {},
  };
  try {
    const lists = await storeLists(world, night, alone, await keepSheets(world, alone));
    const { tables } = await readSheets(world, { night, tables: lists.tables });
    return await inWorkshop(world, async ({ session }) => {
      await attachTables(world.lake, session, tables, ['stg_candidates']);
      const rows = await session.rows<{ id: string }>(
        'SELECT DISTINCT author_id AS id FROM stg_candidates ORDER BY author_id',
      );
      return { accounts: rows.map(({ id }) => id) };
    });
  } catch (error) {
    if (!(error instanceof FatalError)) throw error;
    return { accounts: [], note: `the candidates are not followed: ${error.what}` };
  }
}

function withCandidatesAlone(campaign: Campaign): Campaign {
  const alone: Campaign = { ...campaign, privacy: { ...campaign.privacy, pseudonymise: false } };
  for (const sheet of sheetNames) if (sheet !== 'candidates') alone[sheet] = undefined;
  return alone;
}
