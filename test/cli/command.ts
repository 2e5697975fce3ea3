import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** How a command ended. */
export interface Ended {
  status: number | null;
  stdout: string;
  stderr: string;
}

export const project = fileURLToPath(new URL('../..', import.meta.url));
const escapeCode = String.fromCharCode(27);

/**
 * Starts the real command line as a process of its own, with no settings but the given ones.
 *
 * @param through a program with arguments that starts the command, given after them
 * @param where the product's folder
 */
export function start(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  through: readonly string[] = [],
  where = project,
): ChildProcess {
  const [program, ...rest] = [...through, process.execPath, ...commandLine(args, where)];
  // Not in the project's folder, whose `.env` is the developer's.
  return spawn(program!, rest, { cwd: tmpdir(), env: environment(env) });
}

/** Runs a command to its end. */
export async function sillage(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  through: readonly string[] = [],
  where = project,
): Promise<Ended> {
  const child = start(args, env, through, where);
  child.stdin!.end();
  const [stdout, stderr, [status]] = await Promise.all([
    textOf(child.stdout!),
    textOf(child.stderr!),
    once(child, 'close'),
  ]);
  return { status, stdout, stderr };
}

/** Whether a terminal can be had to run commands on: by util-linux's `script`, which other systems spell otherwise. */
export const hasTerminal =
  spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') === true;

/** Runs a command whose stderr, and stdout where `file` is not given, is a terminal; answers what the terminal got. */
export async function onTerminal(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  file = '',
): Promise<{ status: number | null; screen: string }> {
  const quoted = [process.execPath, ...commandLine(args)].map(word => `'${word.replaceAll("'", `'\\''`)}'`);
  const line = `${quoted.join(' ')}${file === '' ? '' : ` > '${file}'`}`;
  const options = { cwd: tmpdir(), env: { ...environment(env), TERM: 'xterm' } };
  const child = spawn('script', ['--quiet', '--return', '--command', line, '/dev/null'], options);
  child.stdin.end();
  const [screen, [status]] = await Promise.all([textOf(child.stdout), once(child, 'close')]);
  return { status, screen };
}

/** Whether a text holds nothing that could steer a terminal: no control characters but line breaks. */
export function isPlain(text: string): boolean {
  return !/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/.test(text);
}

/** What a terminal shows of a text: without colours and movements of the cursor. */
export function shownText(screen: string): string {
  return screen.replaceAll(new RegExp(`${escapeCode}(\\[[0-9;?]*[A-Za-z]|[78])`, 'g'), '');
}

function commandLine(args: readonly string[], where = project): string[] {
  return ['--disable-warning=ExperimentalWarning', join(where, 'cli.ts'), ...args];
}

function environment(env: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(SILLAGE_|TEMPORAL_|NO_COLOR$|FORCE_COLOR$|CI$)/.test(name),
  );
  // The same files are compiled a hundred times.
  const NODE_COMPILE_CACHE = join(project, 'node_modules', '.cache', 'node-tests');
  return { ...Object.fromEntries(kept), NODE_COMPILE_CACHE, ...env };
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}
