import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { isPlain, project, sillage } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'sillage-use-'));
const env = { SILLAGE_LAKE: join(folder, 'lake') };
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const commands = (help: string) =>
  [...help.matchAll(/^ {2}([a-z]+)[ \n]/gm)]
    .map(match => match[1]!)
    .filter(name => name !== 'help' && name !== 'sillage');

test('every command says what it is for, how it is called, and gives an example', async () => {
  const all = await sillage(['--help'], env);
  const scheduling = await sillage(['schedule', '--help'], env);
  const known = 'run up worker schedule runs status rerun query plan quarantine check doctor catalog'.split(
    ' ',
  );
  expect(commands(all.stdout)).toEqual(expect.arrayContaining(known));
  expect(commands(scheduling.stdout)).toEqual('apply list pause resume trigger backfill'.split(' '));
  const every = [
    ...commands(all.stdout).map(name => [name]),
    ...commands(scheduling.stdout).map(name => ['schedule', name]),
  ];
  for (const command of every) {
    const { status, stdout, stderr } = await sillage([...command, '--help'], env);
    expect([command, status, stderr]).toEqual([command, 0, '']);
    const [usage, , description] = stdout.split('\n');
    expect(usage).toContain(`Usage: sillage ${command.join(' ')}`);
    expect(description!.length).toBeGreaterThan(15);
    expect(stdout).toMatch(new RegExp(`\nExamples?:\n {2}[A-Z_a-z:=0-9 ]*sillage ${command.join(' ')}`));
    expect(stdout).toContain('--json');
  }
});

test.each<[string[], RegExp]>([
  [[], /Usage: sillage/],
  [['frobnicate'], /unknown command 'frobnicate'/],
  [['run'], /missing required argument 'campaign.yaml'/],
  [['run', 'a.yaml', '--interval', 'tomorrow'], /the interval "tomorrow" can't be read; write two UTC days/],
  [['run', 'a.yaml', '--only', 'cascades', '--from', 'influence'], /cannot be used with option/],
  [['rerun', 'a_1', '--from', 'nonsense'], /none of conversations, cascades, authenticity, influence, /],
  [['query', 'SELECT 1', '--csv', '--json'], /choose one of --json and --csv/],
  [['query', 'SELECT 1', '--as-of', '2026-02-30'], /not a day like 2026-03-28/],
  [['runs', '--limit', '0'], /not a whole number above 0/],
  [['worker', '--queues', 'compute,dance'], /"dance" is none of orchestrate, collect, compute/],
  [['plan', 'export', 'gelato'], /required option '--out <file>' not specified/],
  [['schedule'], /Usage: sillage schedule/],
  [['schedule', 'backfill', 'a.yaml', '2026-03-02'], /the interval "2026-03-02" can't be read/],
])('wrong use ends with 2 and says why on stderr: %j', async (args, why) => {
  const { status, stdout, stderr } = await sillage(args, env);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(why);
  expect(stderr).not.toContain('    at ');
  expect(isPlain(stderr)).toBe(true);
});

test('--version is the one of package.json', async () => {
  const { default: packaged } = await import(join(project, 'package.json'), { with: { type: 'json' } });
  expect(await sillage(['--version'], env)).toEqual({
    status: 0,
    stdout: `${packaged.version}\n`,
    stderr: '',
  });
});
