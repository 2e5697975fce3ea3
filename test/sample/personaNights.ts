import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addDays } from '../../contracts/interval.ts';
import { adjustedRand } from '../methods/personas/adjusted-rand.ts';
import { plainNight, published, worldIn } from '../nights/plain.ts';

const sample = fileURLToPath(new URL('../../data/sample/', import.meta.url));
const campaign = 'gelato-spring';
const lastDay = '2026-03-28';

/** What a night published of personas. */
export interface PersonaNight {
  day: string;
  personas: {
    persona_id: string;
    name: string;
    name_fr: string;
    size: number;
    stability: number;
    exemplars: string;
  }[];
  members: { author_id: string; persona_id: string | null; moved_from: string | null }[];
  changes: { persona_id: string; change: string; moved_in: number; moved_out: number }[];
  traits: { persona_id: string; feature: string; direction: string; mean: number }[];
  choice: { groups: number; is_chosen: boolean; prediction_strength: number; reason: string | null }[];
  /** Agreement with the planted groups, over the influencers that were found. */
  agreement: number;
  found: number;
}

/** So many nights of the sample, one after the other, the last one ending as the sample does. */
export async function personaNights(count: number): Promise<PersonaNight[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sillage-personas-'));
  try {
    const nights: PersonaNight[] = [];
    for (let back = count - 1; back >= 0; back--) {
      const day = addDays(lastDay, -back);
      const lake = join(folder, 'lake');
      await plainNight(worldIn(lake), join(sample, 'campaign.yaml'), campaign, `${day}/${addDays(day, 1)}`);
      nights.push(await readNight(lake, day));
    }
    return nights;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function readNight(lake: string, day: string): Promise<PersonaNight> {
  const query = <Row>(sql: string) => published<Row>(lake, campaign, sql);
  const members = await query<PersonaNight['members'][number]>(
    'SELECT author_id, persona_id, moved_from FROM fct_persona_members ORDER BY author_id',
  );
  const planted = plantedPersonas();
  const known = members.filter(({ author_id }) => planted.has(author_id));
  const labels = known.map(({ persona_id }) => Number(persona_id?.split('-')[1] ?? 0));
  const truth = [...new Set(planted.values())];
  const kinds = known.map(({ author_id }) => truth.indexOf(planted.get(author_id)!));
  return {
    day,
    personas: await query('SELECT * FROM dim_personas ORDER BY persona_id'),
    members,
    changes: await query('SELECT * FROM fct_persona_changes ORDER BY persona_id'),
    traits: await query('SELECT * FROM fct_persona_features WHERE is_defining ORDER BY persona_id, feature'),
    choice: await query('SELECT * FROM fct_persona_choice ORDER BY groups'),
    agreement: adjustedRand(labels, kinds),
    found: known.length,
  };
}

/** The planted group of each influencer's account. */
export function plantedPersonas(): Map<string, string> {
  const [header, ...rows] = readFileSync(join(sample, 'truth/authors.csv'), 'utf8').trim().split('\n');
  const [author, persona] = ['author_id', 'persona'].map(name => header!.split(',').indexOf(name));
  return new Map(
    rows
      .map(row => row.split(','))
      .filter(cells => cells[persona!] !== '')
      .map(cells => [cells[author!]!, cells[persona!]!]),
  );
}
