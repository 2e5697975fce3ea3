// Writes contracts/campaign.schema.json, by which editors complete and check campaign files, from the schema that reads
// them. To run after every change of contracts/campaign.ts: node tools/schema.ts
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { campaignSchema } from '../contracts/campaign.ts';

/** The JSON Schema of a campaign file as it is written: what has a default may be left out. */
export function campaignJsonSchema(): Record<string, unknown> {
  // Editors' YAML support knows draft 7 best.
  const schema = z.toJSONSchema(campaignSchema, { target: 'draft-7', io: 'input' });
  return { ...schema, title: 'A campaign of Sillage' };
}

if (import.meta.main) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const file = join(root, 'contracts', 'campaign.schema.json');
  writeFileSync(file, `${JSON.stringify(campaignJsonSchema(), null, 2)}\n`);
  const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  execFileSync(process.execPath, [biome, 'format', '--write', file], { cwd: root, stdio: 'inherit' });
}
