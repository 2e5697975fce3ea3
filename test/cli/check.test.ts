import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeCampaign } from './campaign.ts';
import { sillage } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'sillage-check-test-'));
const env = { SILLAGE_LAKE: join(folder, 'lake') };
const check = async (file: string) => {
  const { status, stdout } = await sillage(['check', file, '--json'], env);
  return { status, found: JSON.parse(stdout) };
};
beforeAll(() => void writeCampaign(folder));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.concurrent('a campaign file', () => {
  test('with many faults is told them all at once, each with path and line', async () => {
    const file = join(folder, 'faulty.yaml');
    writeFileSync(
      file,
      `campaign: Harbour Days
brand: { name: Harbour, accounts: ["x1"] }
timezone: Mars/Olympus
colour: red
window: { conversations: 90 }
sources:
  - { id: a, type: files, format: messages, path: "nowhere/*.ndjson" }
  - { id: a, type: files, format: excel, path: talk/talk.ndjson, sheet: 1 }
orders: { path: orders.csv, margin: 42 }
`,
    );
    const { status, found } = await check(file);
    expect(status).toBe(1);
    expect(found.faults.map(({ path, line }: { path: string; line: number }) => `${line} ${path}`)).toEqual([
      '1 campaign',
      '2 brand.accounts[0]',
      '3 timezone',
      '4 colour',
      '5 window.conversations',
      '7 sources[0].path',
      '8 sources[1].format',
      '8 sources[1].sheet',
      '8 sources[1].id',
      '9 orders.currency',
      '9 orders.margin',
      '9 orders.path',
    ]);
    const messages = Object.fromEntries(
      found.faults.map(({ path, message }: Record<string, string>) => [path, message]),
    );
    expect(messages).toMatchObject({
      colour: 'unknown key',
      'window.conversations': 'must be a text',
      'sources[0].path': 'no file matches "nowhere/*.ndjson"',
      'sources[1].format': expect.stringMatching(/^must be one of messages, x-api-v2, /),
      'sources[1].id': 'the id "a" is used twice',
      'orders.currency': 'is missing: a text is due',
      'orders.margin': 'must be a share of the revenue, at most 1: 42 % is written 0.42',
      'orders.path': 'there is no file "orders.csv"',
    });
    // A run says the same, on stderr, before it touches anything.
    for (const command of ['check', 'run', 'up']) {
      const { status, stdout, stderr } = await sillage([command, file], env);
      expect([command, status, stdout]).toEqual([command, 1, '']);
      expect(stderr).toContain('the campaign file has 12 faults\n');
      expect(stderr).toContain(
        `${file}:9: orders.margin: must be a share of the revenue, at most 1: 42 % is written 0.42\n`,
      );
      expect(stderr).toContain(`mend it, then \`npx sillage check ${file}\``);
    }
    expect(existsSync(env.SILLAGE_LAKE)).toBe(false);
  });

  test.each([
    ['a: [1\nb: 2\n', 2, /sufficiently indented/],
    ['campaign: a\n---\ncampaign: b\n', 2, /a second document begins/],
    ['- a\n- b\n', 1, /must be a mapping/],
    ['campaign: a\ncampaign: b\n', 2, /keys must be unique/],
    [
      `a: &a [1,1,1,1,1,1,1,1]\n${'bcdef'.replace(/./g, letter => `${letter}: &${letter} [*${String.fromCharCode(letter.charCodeAt(0) - 1)}${`,*${String.fromCharCode(letter.charCodeAt(0) - 1)}`.repeat(9)}]\n`)}`,
      1,
      /alias/,
    ],
  ])('that is no campaign is one clear fault: %#', async (text, line, message) => {
    const file = join(folder, `odd-${createHash('sha256').update(text).digest('hex').slice(0, 8)}.yaml`);
    writeFileSync(file, text);
    const { status, found } = await check(file);
    expect([status, found.faults.length, found.faults[0].line]).toEqual([1, 1, line]);
    expect(found.faults[0].message).toMatch(message);
  });

  test('with a file that is missing and one that is useless is told both in one round', async () => {
    const file = join(folder, 'both.yaml');
    writeFileSync(join(folder, 'headless.csv'), 'x:secret,1,1\n');
    writeFileSync(join(folder, 'useless.ndjson'), 'no json\n'.repeat(20));
    writeFileSync(
      file,
      `campaign: both
brand: { name: Harbour }
sources:
  - { id: a, type: files, format: messages, path: nowhere.ndjson }
  - { id: b, type: files, format: messages, path: useless.ndjson }
optouts: { path: headless.csv }
`,
    );
    const { status, found } = await check(file);
    expect(status).toBe(1);
    expect(found.faults.map(({ path }: { path: string }) => path)).toEqual([
      'sources[0].path',
      'sources[1].path',
      'optouts.path',
    ]);
    expect(JSON.stringify(found)).not.toContain('secret');
  });

  test('is told the form of a budget that is a number', async () => {
    const file = join(folder, 'budget.yaml');
    writeFileSync(
      file,
      'campaign: b\nbrand: { name: B }\nsources:\n  - { id: a, type: files, format: messages, path: talk/talk.ndjson }\nrecruitment: { budget: 20000 }\n',
    );
    const { found } = await check(file);
    expect(found.faults).toEqual([
      { path: 'recruitment.budget', line: 5, message: 'must be an amount and a currency, like 20000 EUR' },
    ]);
  });

  test('that is not there, or a folder, is one line', async () => {
    const [absent, directory] = await Promise.all([
      sillage(['check', join(folder, 'absent.yaml')], env),
      sillage(['check', folder], env),
    ]);
    expect([absent.status, directory.status]).toEqual([1, 1]);
    expect(absent.stderr).toMatch(
      /absent\.yaml: there is no such campaign file — give the path of a campaign\.yaml\n$/,
    );
    expect(directory.stderr).toMatch(/can't be read \(EISDIR\)/);
  });
});
