import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { plainNight, temporaryFolder, worldIn } from './plain.ts';

const campaign = 'swap';
const nights = 12;

/** A campaign of three days of talk in which every author carries the number of the version. */
function writeVersion(folder: string, version: number): string {
  const rows = Array.from({ length: 300 }, (_, index) => ({
    platform: 'x',
    message_id: `m${version}-${index}`,
    author_id: `v${version}`,
    created_at: `2026-03-0${1 + (index % 3)}T0${index % 10}:00:00Z`,
    kind: 'post',
  }));
  writeFileSync(join(folder, 'talk.ndjson'), rows.map(row => `${JSON.stringify(row)}\n`).join(''));
  const file = join(folder, 'campaign.yaml');
  writeFileSync(
    file,
    `campaign: ${campaign}
brand: { name: B }
privacy: { pseudonymise: false }
gates: { max_drop: 1 }
sources: [{ id: t, type: files, format: messages, path: talk.ndjson }]
`,
  );
  return file;
}

/** What a reader process saw: reads of whole versions, mixtures, and errors that a retry cures. */
interface Seen {
  versions: number[];
  reads: number;
  mixtures: number;
  vanished: number;
}

function startReader(folder: string): { stop(): Promise<Seen> } {
  const script = fileURLToPath(new URL('./reader.ts', import.meta.url));
  const child = spawn(process.execPath, [script, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', chunk => {
    output += chunk;
  });
  const ended = new Promise<void>(resolve => child.on('close', () => resolve()));
  return {
    async stop() {
      child.stdin.end();
      await ended;
      return JSON.parse(output) as Seen;
    },
  };
}

it('a reader that lists and reads in a loop while nights are published never sees a mixture', async () => {
  const folder = temporaryFolder();
  const lake = join(folder, 'lake');
  const inputs = join(folder, 'inputs');
  mkdirSync(inputs);
  const world = worldIn(lake);
  await plainNight(world, writeVersion(inputs, 0), campaign, '2026-03-03/2026-03-04');
  const reader = startReader(join(lake, 'published', campaign));
  for (let version = 1; version < nights; version++) {
    await plainNight(world, writeVersion(inputs, version), campaign, '2026-03-03/2026-03-04');
  }
  const seen = await reader.stop();
  expect(seen.mixtures).toBe(0);
  expect(seen.reads).toBeGreaterThan(nights);
  expect(seen.versions.length).toBeGreaterThan(3);
});
