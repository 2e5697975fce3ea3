import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { isAlive } from '../setup/owner.mjs';

/**
 * @typedef {import('./record.mjs').Ports} Ports
 * @typedef {import('./record.mjs').ServerRecord} ServerRecord
 */

const host = '127.0.0.1';

/** How long a server may take to close its database after SIGTERM (1 s when idle) before it is killed. */
const stopPatience = 10_000;

/**
 * The server polls its queues 20 times a second and rounds timers up to a second unless told otherwise: with these
 * settings a workflow step costs 12 ms instead of 101 ms (two idle cores; busy ones: 24 ms instead of 67 ms). Unknown
 * keys and pragmas are taken in silence: measure again after a change of release.
 */
const tuning = [
  ['--sqlite-pragma', 'journal_mode=WAL'],
  ['--sqlite-pragma', 'synchronous=NORMAL'],
  ['--dynamic-config-value', 'history.transferProcessorMaxPollRPS=1000'],
  ['--dynamic-config-value', 'history.timerProcessorMaxPollRPS=1000'],
  ['--dynamic-config-value', 'history.visibilityProcessorMaxPollRPS=200'],
  ['--dynamic-config-value', 'history.timerProcessorMaxTimeShift="10ms"'],
];

/**
 * Start the development server in its own process group, so that Ctrl-C at the terminal does not reach it.
 * @param {string} binary
 * @param {string} database the SQLite file
 * @param {Ports} ports
 */
export function startDevServer(binary, database, ports) {
  const args = ['server', 'start-dev', '--db-filename', database, '--ip', host, '--port', String(ports.grpc)];
  args.push(
    '--ui-port',
    String(ports.ui),
    '--http-port',
    String(ports.http),
    '--metrics-port',
    String(ports.metrics),
  );
  args.push('--ui-disable-news-fetch', '--log-level', 'warn', ...tuning.flat());
  // The user's own settings for the Temporal CLI are about some other server.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('TEMPORAL_')),
  );
  return spawn(binary, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env });
}

/**
 * Ports to listen on: the ones wanted, where nobody has them, else free ones.
 * @param {Ports | undefined} wanted
 * @param {number} [patience] ms to wait for the ones wanted: a killed server's are not free at once
 * @returns {Promise<Ports>}
 */
export async function choosePorts(wanted, patience = 0) {
  const until = Date.now() + patience;
  const held = [];
  const chosen = [];
  for (const port of wanted ? [wanted.grpc, wanted.ui, wanted.http, wanted.metrics] : [0, 0, 0, 0]) {
    let listener = await listenOn(port);
    while (listener === undefined && Date.now() < until) {
      await delay(20);
      listener = await listenOn(port);
    }
    listener ??= await listenOn(0);
    if (listener === undefined) throw new Error(`no port can be opened on ${host}`);
    held.push(listener);
    const at = listener.address();
    chosen.push(typeof at === 'object' && at !== null ? at.port : 0);
  }
  for (const listener of held) await new Promise(resolve => listener.close(resolve));
  const [grpc = 0, ui = 0, http = 0, metrics = 0] = chosen;
  return { grpc, ui, http, metrics };
}

/**
 * @param {number} port
 * @returns {Promise<import('node:net').Server | undefined>}
 */
function listenOn(port) {
  return new Promise(resolve => {
    const listener = createServer();
    listener.once('error', () => resolve(undefined));
    listener.listen(port, host, () => resolve(listener));
  });
}

export const addressOf = (/** @type {number} */ port) => `${host}:${port}`;

/**
 * Stop a server whose supervisor was killed. Only a process that is certainly the recorded one is touched.
 * @param {ServerRecord | undefined} record
 */
export async function stopOrphan(record) {
  if (record === undefined || !isAlive(record.server)) return;
  try {
    const command = readFileSync(`/proc/${record.server.pid}/cmdline`, 'utf8').split('\0');
    if (!command.includes(record.database)) return;
  } catch {
    // No /proc on this system: number and record are all there is to go by.
  }
  await stopProcess(record.server.pid, () => isAlive(record.server));
}

/**
 * SIGTERM, and SIGKILL for a server that does not close in time.
 * @param {number} pid
 * @param {() => boolean} isRunning
 */
export async function stopProcess(pid, isRunning) {
  if (!isRunning()) return;
  signal(pid, 'SIGTERM');
  const until = Date.now() + stopPatience;
  while (isRunning() && Date.now() < until) await delay(20);
  if (isRunning()) signal(pid, 'SIGKILL');
  while (isRunning()) await delay(20);
}

/** @param {number} pid @param {NodeJS.Signals} name */
function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended already.
  }
}
