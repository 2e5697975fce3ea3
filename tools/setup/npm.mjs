import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, delimiter, dirname, join, sep } from 'node:path';
import { cacheFolder } from './cache.mjs';

/**
 * How to call npm: the very one that started us, else the one on the PATH. Never through the project's own
 * `node_modules/.bin`, whose Node is deleted while npm works.
 * @param {string} root
 * @returns {{ command: string, first: string[], env: NodeJS.ProcessEnv }}
 */
function npmOf(root) {
  const path = (process.env.PATH ?? '').split(delimiter);
  const env = { ...process.env, PATH: path.filter(folder => !folder.startsWith(root + sep)).join(delimiter) };
  const { npm_execpath, npm_node_execpath } = process.env;
  if (
    npm_execpath !== undefined &&
    npm_node_execpath !== undefined &&
    /^np[mx]-cli\.js$/.test(basename(npm_execpath))
  ) {
    const script = join(dirname(npm_execpath), 'npm-cli.js');
    if (existsSync(script) && !npm_node_execpath.startsWith(root + sep)) {
      return { command: npm_node_execpath, first: [script], env };
    }
  }
  return { command: 'npm', first: [], env };
}

/** npm keeps its downloads in the home folder; whoever has none gets a place in ours. */
function cacheOptions() {
  const { HOME, npm_config_cache } = process.env;
  const home = npm_config_cache !== undefined || (HOME !== undefined && HOME !== '' && existsSync(homedir()));
  return home ? [] : ['--cache', join(cacheFolder(), 'npm')];
}

/** A user's own npm settings may leave out what the project needs; none of its packages needs an install script. */
const options = [
  '--include=dev',
  '--include=optional',
  '--ignore-scripts',
  '--no-global',
  '--no-engine-strict',
  '--no-dry-run',
  '--package-lock',
  '--bin-links',
  '--no-audit',
  '--no-fund',
  '--no-progress',
  '--loglevel=error',
];

/** npm says first what is wrong, then how it is used, and last where its log lies. */
function gist(/** @type {string} */ output) {
  const lines = output.split('\n').filter(line => line.replace(/^npm (error|warn)/, '').trim() !== '');
  return lines.length <= 20 ? lines.join('\n') : [...lines.slice(0, 18), '…', ...lines.slice(-1)].join('\n');
}

/**
 * `npm ci`, quiet unless it fails.
 * @param {string} root
 * @param {AbortSignal} signal
 * @param {(pid: number) => void} started
 * @throws {Error} with npm's own last words
 */
export async function npmCi(root, signal, started) {
  const { command, first, env } = npmOf(root);
  const npm = spawn(command, [...first, 'ci', ...options, ...cacheOptions()], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [npm.stdout, npm.stderr]) {
    stream.setEncoding('utf8').on('data', text => {
      output += text;
    });
  }
  if (npm.pid !== undefined) started(npm.pid);
  // npm finishes its work on SIGTERM. What it leaves half done now counts as missing: the next start begins anew.
  const stop = () => npm.kill('SIGKILL');
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  /** @type {number | null | Error} */
  const end = await new Promise(resolve => {
    npm.once('error', resolve);
    npm.once('close', resolve);
  });
  signal.removeEventListener('abort', stop);
  signal.throwIfAborted();
  if (end instanceof Error) {
    throw new Error(
      `npm can't be started (${end.message}) — install npm beside Node, or start with \`npm start\``,
    );
  }
  if (end !== 0) throw new Error(`npm ci failed (status ${end}):\n${gist(output)}`);
}
