import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { isAlive } from '../../tools/setup/owner.mjs';
import { readRecord } from '../../tools/temporal/record.mjs';
import { hostileName, interval, writeCampaign } from './campaign.ts';
import { hasTerminal, isPlain, onTerminal, shownText, sillage, start } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'sillage-cli-'));
const lake = join(folder, 'lake');
let file = '';
let env: Record<string, string> = {};
const run = 'harbour_2026-03-02_2026-03-03_1';

/** Runs a command that must succeed, and answers its one JSON document. */
async function json(...args: string[]) {
  const { status, stdout, stderr } = await sillage([...args, '--json'], env);
  expect([status, isPlain(stdout), isPlain(stderr)], stderr).toEqual([0, true, true]);
  return JSON.parse(stdout);
}

const outcomes = (result: { steps: { outcome: string }[] }) => [
  ...new Set(result.steps.map(step => step.outcome)),
];

/** Every file of the lake but the server's. */
function lakeFiles(): string[] {
  const names = readdirSync(lake, { recursive: true, encoding: 'utf8' });
  return names.filter(name => !name.startsWith('temporal')).sort();
}

beforeAll(async () => {
  file = writeCampaign(folder);
  env = { SILLAGE_LAKE: lake, TEMPORAL_ADDRESS: inject('temporal'), SILLAGE_QUEUES: 'cli' };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('run', () => {
  test('takes the last full day, with a server of its own that it stops', async () => {
    const { status, stdout, stderr } = await sillage(['run', file], { SILLAGE_LAKE: lake });
    expect(status, stderr).toBe(0);
    expect([isPlain(stdout), isPlain(stderr)]).toEqual([true, true]);
    // The files were read to find the day: by this start, whatever the run then found done.
    expect(stdout).toMatch(/^conversations\/rows +computed /m);
    expect(stdout).toMatch(/^fct_messages +16 +1 /m);
    expect(stdout).toMatch(/^2026-03-01\/2026-03-02 published as entry 1$/m);
    expect(stdout).toMatch(/^partial: Some rows could not be read/m);
    // Progress goes to stderr, a line a step where there is no terminal, and to stderr alone.
    expect(stderr).toMatch(/^harbour_2026-03-01_2026-03-02_1\n(.+ (computed|reused) in [0-9.]+ s\n)+$/);
    expect(stdout).not.toContain('computed in');
    const { state, supervisor, server } = readRecord(join(lake, 'temporal'))!;
    expect([state, isAlive(supervisor), isAlive(server)]).toEqual(['stopped', false, false]);
  });

  test('publishes an interval, and the second time finds everything done', async () => {
    const first = await json('run', file, '--interval', interval);
    expect(first.run).toBe(run);
    expect(first.published).toMatchObject({ outcome: 'published', verdict: 'partial', entry: 2 });
    expect(
      first.published.tables.find((table: { table: string }) => table.table === 'fct_messages').rows,
    ).toBe(31);
    const before = lakeFiles();
    const second = await json('run', file, '--interval', interval);
    expect(second.run).toBe('harbour_2026-03-02_2026-03-03_2');
    expect(outcomes(second)).toEqual(['reused']);
    expect(second.published).toMatchObject({
      outcome: 'unchanged',
      entry: 2,
      version: first.published.version,
    });
    // Nothing but the record of the run's start.
    const record = 'runs/harbour/harbour_2026-03-02_2026-03-03_2';
    expect(lakeFiles().filter(name => !before.includes(name))).toEqual([
      record,
      expect.stringMatching(new RegExp(`^${record}/[0-9a-f-]+\\.json$`)),
    ]);
  });

  test.runIf(hasTerminal)('shows a bar on a terminal, and none of it in its data', async () => {
    const out = join(folder, 'out.json');
    const { status, screen } = await onTerminal(['run', file, '--interval', interval, '--json'], env, out);
    expect(status).toBe(0);
    const shown = shownText(screen);
    expect(shown).toMatch(/█*░+ [0-9]+\/[0-9]+ [a-z/]+ /);
    expect(shown).not.toContain('reused in');
    expect(JSON.parse(readFileSync(out, 'utf8')).published.outcome).toBe('unchanged');
    // Wrapping of lines, which the bar turned off, is on again.
    expect(screen.lastIndexOf('\u001b[?7h')).toBeGreaterThan(screen.lastIndexOf('\u001b[?7l'));
  });

  test('that can not go on ends with one red line that says what to do', async () => {
    const alone = ['run', file, '--interval', '2026-02-20/2026-02-21', '--only', 'cascades'];
    const { status, stdout, stderr } = await sillage(alone, env);
    expect([status, stdout, isPlain(stderr)]).toEqual([1, '', true]);
    const last = stderr.trimEnd().split('\n').at(-1)!;
    expect(last).toMatch(/^--only cascades needs conversations\/[a-z]+ as it was computed before/);
    expect(last).toContain('run again with --from conversations, or without --only cascades');
    expect(stderr).not.toContain('    at ');
    const failed = await json('status', 'harbour_2026-02-20_2026-02-21_1');
    expect([failed.status, failed.failure]).toEqual(['FAILED', last]);
  });

  test.runIf(hasTerminal)('that fails is red on a terminal, unless NO_COLOR says otherwise', async () => {
    const unknown = ['status', 'nobody_2026-01-01_2026-01-02_1'];
    const line = 'the server remembers no run nobody_2026-01-01_2026-01-02_1 — see `npx sillage runs`';
    const coloured = await onTerminal(unknown, env);
    expect(coloured).toEqual({ status: 1, screen: `\u001b[31m${line}\u001b[39m\r\n` });
    const bare = await onTerminal(unknown, { ...env, NO_COLOR: '1' });
    expect(bare).toEqual({ status: 1, screen: `${line}\r\n` });
  });

  test('of files that are no messages names them', async () => {
    const broken = join(folder, 'broken');
    mkdirSync(broken);
    writeFileSync(join(broken, 'talk.ndjson'), 'this is not json\n'.repeat(20));
    copyFileSync(join(folder, 'optouts.csv'), join(broken, 'optouts.csv'));
    const other = join(broken, 'campaign.yaml');
    writeFileSync(other, readFileSync(file, 'utf8').replace('harbour', 'broken').replace('talk/*', 'talk'));
    const { status, stdout, stderr } = await sillage(['run', other, '--interval', interval], env);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr.trimEnd().split('\n').at(-1)).toMatch(
      /^talk\.ndjson: none of its 20 rows can be used: line 1: line is not JSON/,
    );
  });

  test('is interrupted with 130, and goes on at the next start', async () => {
    const child = start(['run', file, '--interval', '2026-03-03/2026-03-04'], env);
    let stderr = '';
    child.stderr!.on('data', text => {
      stderr += text;
      if (stderr.includes('harbour_2026-03-03')) child.kill('SIGINT');
    });
    const [status] = await once(child, 'close');
    expect([status, stderr.includes('interrupted: what is committed stays, the next start goes on')]).toEqual(
      [130, true],
    );
    const again = await json('run', file, '--interval', '2026-03-03/2026-03-04');
    expect(again.published.outcome).toBe('published');
  });
});

describe('rerun', () => {
  test('--dry-run says what would be done and does nothing', async () => {
    const before = lakeFiles();
    const { steps, published } = await json('rerun', run, '--dry-run');
    expect(new Set(steps.map((step: { outcome: string }) => step.outcome))).toEqual(new Set(['reused']));
    expect(published.tables.map((table: { table: string }) => table.table)).toContain('fct_influencers');
    expect(lakeFiles()).toEqual(before);
  });

  test('--dry-run --force says what would be computed again', async () => {
    const before = lakeFiles();
    const { steps } = await json('rerun', run, '--dry-run', '--force');
    const computed = steps.filter((step: { outcome: string }) => step.outcome === 'would compute');
    expect(computed.map(({ step }: { step: string }) => step)).toEqual(
      expect.arrayContaining(['rows', 'messages', 'network', 'ledger', 'quality']),
    );
    expect(steps.filter((step: { outcome: string }) => step.outcome === 'unknown')).toEqual([]);
    expect(lakeFiles()).toEqual(before);
  });

  test('--only and --from stand on what is committed; --only publishes nothing', async () => {
    const only = await json('rerun', run, '--only', 'influence');
    expect([only.published, outcomes(only)]).toEqual([undefined, ['reused']]);
    const from = await json('rerun', run, '--from', 'influence');
    expect([from.published.outcome, from.mode]).toEqual(['unchanged', 'manual']);
  });

  test('--force computes again and finds the same', async () => {
    const { steps, published } = await json('rerun', run, '--force');
    // The list of files is made again, whatever is asked.
    expect(outcomes({ steps: steps.slice(1) })).toEqual(['verified']);
    expect(published.outcome).toBe('unchanged');
  });

  test('of a run that nobody knows is one line', async () => {
    const { status, stderr } = await sillage(['rerun', 'harbour_2026-03-02_2026-03-03_999'], env);
    expect([status, stderr]).toEqual([
      1,
      'the lake has no record of a run harbour_2026-03-02_2026-03-03_999 — see `npx sillage runs`\n',
    ]);
  });
});

describe('what happened', () => {
  test('is told run by run, the newest first', async () => {
    const all = await json('runs', '--campaign', 'harbour', '--limit', '50');
    expect(all.map((one: { run: string }) => one.run)).toContain(run);
    const started = all.map((one: { started: string }) => one.started);
    expect(started).toEqual([...started].sort().reverse());
    const newest = await json('runs', '--campaign', 'harbour', '--limit', '1');
    expect(newest).toEqual([all[0]]);
    const { stdout } = await sillage(['runs', '--campaign', 'harbour'], env);
    expect(stdout).toMatch(new RegExp(`^${run} +manual +completed +report +2`, 'm'));
  });

  test('is told of one run', async () => {
    const state = await json('status', run);
    expect(state).toMatchObject({
      run,
      campaign: 'harbour',
      status: 'COMPLETED',
      stage: 'report',
      failure: null,
    });
    expect(state.published.tables.length).toBeGreaterThanOrEqual(8);
    const { stdout } = await sillage(['status', run], env);
    expect(stdout).toMatch(
      /^harbour_2026-03-02_2026-03-03_1: completed, manual, 2026-03-02\/2026-03-03, started 2/,
    );
    expect(isPlain(stdout)).toBe(true);
  });

  test('to rows that were refused is told with file, line and reason, and steers no terminal', async () => {
    const refused = await json('quarantine', 'harbour');
    expect(refused).toEqual([
      { source: 'talk', file: `talk/${hostileName}`, line: 2, reason: expect.stringMatching(/^kind shout/) },
      {
        source: 'optouts',
        file: 'optouts.csv',
        line: 3,
        reason: expect.stringMatching(/^author_id maria\?\[2J holds a control character/),
      },
    ]);
    const { stdout } = await sillage(['quarantine', 'harbour'], env);
    expect(stdout).toContain('talk/talk \\u001b]0;owned\\u0007\\u001b[31m.ndjson:2');
    expect(stdout).toMatch(/^optouts +optouts\.csv:3 +author_id maria/m);
    expect(isPlain(stdout)).toBe(true);
  });

  test('to the catalog is told by its path', async () => {
    const [path] = await json('catalog', 'harbour');
    expect(existsSync(path)).toBe(true);
  });
});
