import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sillage } from '../cli/command.ts';
import { plainNight, published, temporaryFolder, worldIn } from '../nights/plain.ts';
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

const pageStep = (steps: { stage: string; outcome: string }[]) =>
  steps.find(step => step.stage === 'report')?.outcome;

describe('the last step of a night', () => {
  it('writes the page in both languages, once for the same night', async () => {
    const folder = temporaryFolder();
    const world = worldIn(join(folder, 'lake'));
    const file = writeCampaign(folder);
    const first = await plainNight(world, file, campaign, interval);
    expect(pageStep(first.steps)).toBe('computed');
    expect(first.pages).toHaveLength(2);
    const [english, french] = first.pages!.map(page => readFileSync(page, 'utf8')) as [string, string];
    expect(first.pages![0]).toMatch(/lake\/reports\/small\/2026-03-02-[0-9a-f]{16}\.en\.html$/);
    expect(english).toContain('<html lang="en">');
    expect(french).toContain('<html lang="fr">');

    const [counted] = await published<{ messages: number; deep: number }>(
      join(folder, 'lake'),
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

    const again = await plainNight(world, file, campaign, interval);
    expect([pageStep(again.steps), again.pages]).toEqual(['reused', first.pages]);
    const forced = await plainNight(world, file, campaign, interval, { scope: { force: true } });
    expect([pageStep(forced.steps), forced.pages]).toEqual(['verified', first.pages]);
  });

  it('has another page for another night, and the old one stays', async () => {
    const folder = temporaryFolder();
    const world = worldIn(join(folder, 'lake'));
    const first = await plainNight(world, writeCampaign(folder), campaign, interval);
    const more = writeCampaign(folder, [{ message_id: 'e', author_id: 'ann', kind: 'post' }]);
    const second = await plainNight(world, more, campaign, interval);
    expect(second.pages).not.toEqual(first.pages);
    expect(parsed(readFileSync(first.pages![0]!, 'utf8')).text).toContain('Messages read 4');
    expect(parsed(readFileSync(second.pages![0]!, 'utf8')).text).toContain('Messages read 5');
  });

  it('runs alone, on the night that is published, and says when there is none', async () => {
    const folder = temporaryFolder();
    const world = worldIn(join(folder, 'lake'));
    const file = writeCampaign(folder);
    const published = await plainNight(world, file, campaign, interval, { scope: { only: 'publish' } }).catch(
      error => error,
    );
    expect(published.message).toContain('--only publish needs');
    const whole = await plainNight(world, file, campaign, interval);
    const alone = await plainNight(world, file, campaign, interval, { scope: { only: 'report' } });
    expect([pageStep(alone.steps), alone.published, alone.pages]).toEqual(['reused', undefined, whole.pages]);
    const dry = await plainNight(world, file, campaign, interval, { scope: { dryRun: true } });
    expect(pageStep(dry.steps)).toBe('reused');
    const publishing = await plainNight(world, file, campaign, interval, { scope: { only: 'publish' } });
    expect([pageStep(publishing.steps), publishing.published?.outcome]).toEqual([undefined, 'unchanged']);
  });

  it('refuses a page that comes out different, and keeps the one that lies there', async () => {
    const folder = temporaryFolder();
    const world = worldIn(join(folder, 'lake'));
    const file = writeCampaign(folder);
    const { pages } = await plainNight(world, file, campaign, interval);
    writeFileSync(pages![0]!, 'another');
    await expect(
      plainNight(world, file, campaign, interval, { scope: { force: true, from: 'report' } }),
    ).rejects.toThrow(/the page is not deterministic: reports\/small\/.*\.en\.html came out different/);
    expect(readFileSync(pages![0]!, 'utf8')).toBe('another');
  });
});

describe('sillage report', () => {
  it('prints where the page lies, makes what is missing, and writes a copy', async () => {
    const folder = temporaryFolder();
    const lake = join(folder, 'lake');
    const { pages } = await plainNight(worldIn(lake), writeCampaign(folder), campaign, interval);
    const env = { SILLAGE_LAKE: lake };
    const shown = await sillage(['report', campaign], env);
    expect(shown).toEqual({ status: 0, stdout: `${pages![0]}\n`, stderr: '' });

    const out = join(folder, 'page.html');
    const copied = await sillage(['report', campaign, '--language', 'fr', '--out', out, '--json'], env);
    expect(JSON.parse(copied.stdout)).toEqual({
      file: out,
      campaign,
      as_of: '2026-03-02',
      language: 'fr',
      outcome: 'reused',
    });
    expect(readFileSync(out, 'utf8')).toBe(readFileSync(pages![1]!, 'utf8'));

    const refused = await sillage(['report', campaign, '--out', out], env);
    expect([refused.status, refused.stderr]).toEqual([
      1,
      expect.stringContaining('the file is there already'),
    ]);
    const day = await sillage(['report', campaign, '--as-of', '2026-01-01'], env);
    expect([day.status, day.stderr]).toEqual([1, expect.stringContaining('published are 2026-03-02')]);
    expect((await sillage(['report', campaign, '--language', 'de'], env)).status).toBe(2);
  });
});
