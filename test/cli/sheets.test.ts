import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeCampaign } from './campaign.ts';
import { sillage } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'sillage-check-sheets-'));
const env = { SILLAGE_LAKE: join(folder, 'lake') };
beforeAll(() => void writeCampaign(folder));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function check(file: string) {
  const { status, stdout } = await sillage(['check', file, '--json'], env);
  return { status, found: JSON.parse(stdout) };
}

function campaignOf(name: string, sheets: string): string {
  const file = join(folder, name);
  writeFileSync(
    file,
    `campaign: harbour
brand: { name: Harbour }
sources:
  - { id: talk, type: files, format: messages, path: "talk/talk.ndjson" }
${sheets}`,
  );
  return file;
}

describe('the campaign’s own files', () => {
  test('are tried whole, and what a night would refuse of them is said', async () => {
    writeFileSync(
      join(folder, 'codes.csv'),
      'code,author_id,campaign,valid_from,valid_to\nA,x:1,s,,\nB,2,s,,\n',
    );
    const file = campaignOf('codes.yaml', 'codes: { path: codes.csv }\n');
    const { status, found } = await check(file);
    expect([status, found.faults]).toEqual([0, []]);
    expect(found.sheets).toEqual([
      {
        sheet: 'codes',
        file: 'codes.csv',
        rows: 2,
        duplicates: 0,
        refused: 1,
        refusals: [{ line: 3, reason: 'author_id 2 is not <platform>:<native id>, like x:12345' }],
      },
    ]);
    expect(found.warnings).toContain(
      'codes: codes.csv: 1 of 2 rows would be refused: line 3: author_id 2 is not <platform>:<native id>, like x:12345',
    );
    const { stdout } = await sillage(['check', file], env);
    expect(stdout).toMatch(/^codes +codes\.csv +2 +0 +1$/m);
  });

  test('that can’t be used are told all at once, where the campaign file names them', async () => {
    writeFileSync(join(folder, 'costs.csv'), 'kind,amount\nfee,1\n');
    writeFileSync(join(folder, 'optouts.json'), '{"author_id": "x:1"}\n');
    const more = 'optouts: { path: optouts.json }\ncosts: { path: costs.csv }\n';
    const { status, found } = await check(campaignOf('unusable.yaml', more));
    expect(status).toBe(1);
    const told = found.faults.map(
      (fault: Record<string, unknown>) => `${fault.line} ${fault.path} ${fault.message}`,
    );
    expect(told).toEqual([
      expect.stringMatching(/^5 optouts\.path optouts\.json: the file is JSON; a sheet is CSV/),
      expect.stringMatching(
        /^6 costs\.path costs\.csv:1: the columns author_id, currency, spent_at are missing/,
      ),
    ]);
  });
});
