import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { isPublished } from '../activities/publish.ts';
import { campaignSchema } from '../contracts/campaign.ts';
import { stages } from '../contracts/stages.ts';
import { models } from '../engine/models.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(`${root}README.md`, 'utf8');
const blocks = [...readme.matchAll(/```([a-z]*)\n([\s\S]*?)```/g)].map(([, language, text]) => ({
  language,
  text: text!,
}));
const publishedModels = [...models.values()].filter(model => isPublished(model.table));

describe('the README', () => {
  it('names only commands that there are, with options that they have', () => {
    const lines = blocks
      .flatMap(block => block.text.split('\n'))
      .filter(line => line.startsWith('npx sillage '));
    expect(lines.length).toBeGreaterThan(15);
    for (const line of lines) {
      const words = line
        .replace(/\s+#.*$/, '')
        .split(/\s+/)
        .slice(2);
      const command = words.slice(
        0,
        ['schedule', 'plan', 'incentives', 'retention'].includes(words[0]!) ? 2 : 1,
      );
      const help = execFileSync(process.execPath, [`${root}cli.ts`, ...command, '--help'], {
        encoding: 'utf8',
      });
      expect(help).toContain(`sillage ${command.join(' ')}`);
      for (const option of words.filter(word => word.startsWith('--'))) expect(help).toContain(option);
    }
  });

  it('names every command', () => {
    const help = execFileSync(process.execPath, [`${root}cli.ts`, '--help'], { encoding: 'utf8' });
    const commands = [...help.slice(help.indexOf('Commands:')).matchAll(/^ {2}([a-z]+) /gm)].map(
      match => match[1]!,
    );
    expect(commands.length).toBeGreaterThan(10);
    for (const command of commands.filter(name => name !== 'help')) {
      expect(readme).toContain(`npx sillage ${command}`);
    }
  });

  it('lists every published table with the question it answers', () => {
    const rows = [...readme.matchAll(/^\| `((?:dim|fct)_[a-z_]+)` \| (.*) \|$/gm)].map(
      ([, table, question]) => [table, question],
    );
    expect(rows).toEqual(publishedModels.map(model => [model.table, model.sentence]).sort());
  });

  it('has a row for every stage, and a folder of sql/ for each', () => {
    for (const stage of stages) {
      expect(readme).toMatch(new RegExp(`^\\| ${stage} \\|`, 'm'));
      // The report makes no table.
      if (stage !== 'report') expect(readdirSync(`${root}sql/${stage}`).length).toBeGreaterThan(0);
    }
  });

  it('draws the house as it stands', () => {
    const house = blocks.find(block => block.text.includes('workflows/  '))!;
    const places = [...house.text.matchAll(/^([a-z/]+\/) /gm)].map(match => match[1]!);
    expect(places.length).toBeGreaterThan(8);
    for (const place of places) expect(existsSync(root + place), place).toBe(true);
  });

  it('shows a campaign file that is right', () => {
    const example = blocks.find(block => block.language === 'yaml')!;
    expect(campaignSchema.safeParse(parse(example.text)).error).toBeUndefined();
  });

  it('shows the output of the sample night, table by table', () => {
    const output = blocks.find(block => block.text.includes('published as entry'))!;
    for (const { table } of publishedModels) expect(output.text).toContain(table);
  });

  it('names every variable of the environment', () => {
    const config = readFileSync(`${root}config.ts`, 'utf8');
    for (const [name] of config.matchAll(/SILLAGE_[A-Z_]+/g)) expect(readme).toContain(name);
  });
});
