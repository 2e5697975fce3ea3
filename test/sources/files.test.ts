import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesOf } from '../../sources/files.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-files-'));
  for (const name of ['campaign', 'campaign/in', 'campaign/in/deep', 'campaign/folder.ndjson'])
    mkdirSync(join(folder, name));
  for (const name of ['in/b.ndjson', 'in/a.ndjson', 'in/c.csv', 'in/deep/d.ndjson', 'e[1].csv', '../f.csv']) {
    writeFileSync(join(folder, 'campaign', name), '');
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('files of a source', () => {
  it.each([
    ['in/*.ndjson', ['in/a.ndjson', 'in/b.ndjson']],
    ['./in/**/*.ndjson', ['in/a.ndjson', 'in/b.ndjson', 'in/deep/d.ndjson']],
    ['*.ndjson', []],
    ['in/c.csv', ['in/c.csv']],
    ['in/{a,c}.*', ['in/a.ndjson', 'in/c.csv']],
    ['e[1].csv', ['e[1].csv']],
    ['../f.csv', ['../f.csv']],
    ['missing.csv', []],
  ])('%s', async (pattern, files) => {
    expect(await filesOf(join(folder, 'campaign'), pattern)).toEqual(files);
  });
});
