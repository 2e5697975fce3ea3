import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { campaignJsonSchema } from '../../tools/schema.ts';
import { project } from './command.ts';

const read = (path: string) => readFileSync(join(project, path), 'utf8');
const published = JSON.parse(read('contracts/campaign.schema.json'));

test('the published schema is the one that campaign files are read by', () => {
  expect(published, 'write it anew: node tools/schema.ts').toEqual(
    JSON.parse(JSON.stringify(campaignJsonSchema())),
  );
});

test('the published schema takes the sample campaigns and finds what is wrong', () => {
  const schema = z.fromJSONSchema(published);
  for (const name of ['campaign.yaml', 'campaign-undecided.yaml']) {
    // Zod reads the patterns of a JSON Schema without the flag `u` that the one for words needs.
    const { influence: _, ...campaign } = parse(read(`data/sample/${name}`));
    expect(schema.safeParse(campaign).error).toBeUndefined();
    expect(schema.safeParse({ ...campaign, colour: 'red' }).success).toBe(false);
    expect(schema.safeParse({ ...campaign, sources: [] }).success).toBe(false);
    expect(schema.safeParse({ ...campaign, brand: { name: 7 } }).success).toBe(false);
  }
});
