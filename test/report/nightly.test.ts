import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseInterval } from '../../contracts/interval.ts';
import type { NightResult, Scope } from '../../contracts/night.ts';
import { writePage } from '../../report/writePage.ts';
import { sillage } from '../cli/command.ts';
import { plainNight, published, worldIn } from '../nights/plain.ts';
import { parsed } from './elements.ts';

const campaign = 'small';
const interval = '2026-03-02/2026-03-03';

/** A campaign of three people, one of whom is passed on from hand to hand. */
function writeCampaign(folder: string, extra: object[] = []): string {
  const rows = [
    { message_id: 'a', author_id: 'ann', kind: 'post', text: 'sorbet' },
    { message_id: 'b', author_id: 'bea', kind: 'reshare', parent_id: 'a' },
    { message_id: 'c', author_id: 'cem', kind: 'reshare', parent_id: 'b' },
    { message_id: 'd', author_id: '<b>eve</b>', kind: 'reshare', parent_id: 'a' },
    ...extra,
  ];
  const lines = rows.map(row =>
    JSON.stringify({ platform: 'bluesky', created_at: '2026-03-02T10:00:00Z', ...row }),
  );
  writeFileSync(join(folder, 'talk.ndjson'), `${lines.join('\n')}\n`);
  const file = join(folder, 'campaign.yaml');
  writeFileSync(
    file,
    `campaign: ${campaign}
brand: { name: B }
privacy: { pseudonymise: false }
sources: [{ id: t, type: files, format: messages, path: "talk.ndjson" }]
`,
  );
  return file;
}

const pageStep = (result: NightResult) => result.steps.find(step => step.stage === 'report')?.outcome;

const folder = mkdtempSync(join(tmpdir(), 'sillage-pages-'));
const lake = join(folder, 'lake');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the page of a night', () => {
  const world = worldIn(lake);
  const file = writeCampaign(folder);
  const run = (scope: Scope = {}) => plainNight(world, file, campaign, interval, { scope });
  let first: NightResult;
  beforeAll(async () => {
    first = await run();
  });

  it('is written as its last step, in both languages, and tells what was published', async () => {
    expect(pageStep(first)).toBe('computed');
    expect(first.pages).toHaveLength(2);
    const [english, french] = first.pages!.map(page => readFileSync(page, 'utf8')) as [string, string];
    expect(first.pages![0]).toMatch(/lake\/reports\/small\/2026-03-02-[0-9a-f]{16}\.en\.html$/);
    expect(english).toContain('<html lang="en">');
    expect(french).toContain('<html lang="fr">');

    const [counted] = await published<{ messages: number; deep: number }>(
      lake,
      campaign,
      'SELECT (SELECT messages FROM dim_night) AS messages, (SELECT max(max_depth) FROM fct_cascades) AS deep',
    );
    expect(counted).toEqual({ messages: 4, deep: 2 });
    const { text, census } = parsed(english);
    expect(text).toContain('Messages read 4');
    expect(text).toContain('3 times passed on');
    expect(text).toContain('up to 2 people away');
    expect(text.replaceAll(' ', '')).toContain('bluesky:<b>eve</b>');
    expect(census.b).toBeUndefined();
  });

  it('is made once for the same night, and made again by force comes out the same', async () => {
    const again = await run();
    expect([pageStep(again), again.pages]).toEqual(['reused', first.pages]);
    const forced = await run({ force: true, from: 'report' });
    expect([pageStep(forced), forced.published, forced.pages]).toEqual(['verified', undefined, first.pages]);
  });

  it('runs alone on the night that is published, and is left out where publishing alone is asked', async () => {
    const alone = await run({ only: 'report' });
    expect([pageStep(alone), alone.published, alone.pages]).toEqual(['reused', undefined, first.pages]);
    expect(pageStep(await run({ dryRun: true }))).toBe('reused');
    const publishing = await run({ only: 'publish' });
    expect([pageStep(publishing), publishing.published?.outcome]).toEqual([undefined, 'unchanged']);
  });

  it('is shown by `sillage report`, which writes a copy and replaces none unasked', async () => {
    const env = { SILLAGE_LAKE: lake };
    const shown = await sillage(['report', campaign], env);
    expect(shown).toEqual({ status: 0, stdout: `${first.pages![0]}\n`, stderr: '' });
    const out = join(folder, 'page.html');
    const copied = await sillage(['report', campaign, '--language', 'fr', '--out', out, '--json'], env);
    expect(JSON.parse(copied.stdout)).toEqual({
      file: out,
      campaign,
      as_of: '2026-03-02',
      language: 'fr',
      outcome: 'reused',
    });
    expect(readFileSync(out, 'utf8')).toBe(readFileSync(first.pages![1]!, 'utf8'));
    const refused = await sillage(['report', campaign, '--out', out], env);
    expect([refused.status, refused.stderr]).toEqual([
      1,
      expect.stringContaining('the file is there already'),
    ]);
    const day = await sillage(['report', campaign, '--as-of', '2026-01-01'], env);
    expect([day.status, day.stderr]).toEqual([1, expect.stringContaining('published are 2026-03-02')]);
    expect((await sillage(['report', campaign, '--language', 'de'], env)).status).toBe(2);
  });

  it('is made by `sillage report` where it is missing', async () => {
    const before = readFileSync(first.pages![0]!, 'utf8');
    rmSync(first.pages![0]!);
    const { stdout } = await sillage(['report', campaign, '--json'], { SILLAGE_LAKE: lake });
    expect(JSON.parse(stdout)).toMatchObject({ file: first.pages![0], outcome: 'computed' });
    expect(readFileSync(first.pages![0]!, 'utf8')).toBe(before);
  });

  it('is another for another night, and the old one stays', async () => {
    const old = readFileSync(first.pages![0]!, 'utf8');
    writeCampaign(folder, [{ message_id: 'e', author_id: 'ann', kind: 'post' }]);
    const second = await run();
    expect(second.pages).not.toEqual(first.pages);
    expect(readFileSync(first.pages![0]!, 'utf8')).toBe(old);
    expect(parsed(readFileSync(second.pages![0]!, 'utf8')).text).toContain('Messages read 5');
  });

  it('is refused where it comes out different, and what lies there is kept', async () => {
    const { pages } = await run();
    writeFileSync(pages![0]!, 'another');
    await expect(run({ force: true, from: 'report' })).rejects.toThrow(
      /the page is not deterministic: reports\/small\/.*\.en\.html came out different/,
    );
    expect(readFileSync(pages![0]!, 'utf8')).toBe('another');
  });

  it('needs a published night', async () => {
    const elsewhere = worldIn(join(folder, 'empty'));
    await expect(
      writePage(elsewhere, {
        night: {
          campaign,
          interval: parseInterval(interval),
          settings: '',
          run: 'r',
          attempt: 'a',
          mode: 'manual',
          scope: {},
        },
        tables: {},
      }),
    ).rejects.toThrow('the page needs the night of 2026-03-02, and it is not published');
  });
});
