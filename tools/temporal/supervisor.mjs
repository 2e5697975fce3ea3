// Keeps one Temporal development server running for a state folder as long as a living process holds a lease on it.
// Started detached, with the state folder, the binary and the database file as arguments; plain Node, no packages.
import { setTimeout as delay } from 'node:timers/promises';
import { takeLock } from '../setup/lock.mjs';
import { ownerOf } from '../setup/owner.mjs';
import { addressOf, choosePorts, startDevServer, stopOrphan, stopProcess } from './devserver.mjs';
import { isLeased } from './lease.mjs';
import { boundedLog } from './log.mjs';
import { isServing } from './probe.mjs';
import { lockFolder, logFile, readRecord, writeRecord } from './record.mjs';

/** A server that has run this long has recovered: earlier crashes no longer count. */
const recovered = 60_000;
const mostRestarts = 10;
/** A server that never came up is tried again only in case another process took one of its ports. */
const mostFirstStarts = 3;
const startPatience = 20_000;

const [stateDir = '', binary = '', database = ''] = process.argv.slice(2);
const append = boundedLog(logFile(stateDir));
const note = (/** @type {string} */ line) =>
  append(`${new Date().toISOString()} supervisor ${process.pid}: ${line}\n`);

const { lock } = takeLock(lockFolder(stateDir));
if (lock === undefined) process.exit(0);

let asked = false;
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => (asked = true));
process.on('SIGHUP', () => note('the terminal is gone; the server stays while it has users'));

const before = readRecord(stateDir);
await stopOrphan(before);
// Users of a server whose supervisor was killed still know it by its address.
const wasKilled = before !== undefined && before.state !== 'stopped' && before.state !== 'failed';
let ports = await choosePorts(before?.ports, wasKilled ? 5000 : 0);
let server = start();
announce();
let ready = false;
let everReady = false;
let crashes = 0;
/** @type {string | undefined} */
let failure;

try {
  failure = await supervise();
} catch (error) {
  failure = `supervisor: ${error instanceof Error ? error.message : error}`;
}
if (failure !== undefined) note(failure);
await stopProcess(server.pid, () => server.running);
try {
  publish(failure === undefined ? 'stopped' : 'failed', failure);
  lock.release();
} catch (error) {
  note(`the record can't be written: ${error}`);
}
note('ended');
process.exit(failure === undefined ? 0 : 1);

function start() {
  const child = startDevServer(binary, database, ports);
  const pid = child.pid ?? 0;
  const state = {
    pid,
    owner: ownerOf(pid),
    running: pid !== 0,
    since: Date.now(),
    address: addressOf(ports.grpc),
  };
  child.stdout.on('data', append);
  child.stderr.on('data', append);
  child.once('error', error => {
    note(`${binary}: ${error.message}`);
    state.running = false;
  });
  child.once('exit', (status, signal) => {
    note(`server ${pid} ended (${signal ?? `status ${status}`})`);
    state.running = false;
  });
  return state;
}

function announce() {
  publish('starting');
  note(`server ${server.pid} started at ${server.address}`);
}

/**
 * @param {import('./record.mjs').ServerRecord['state']} state
 * @param {string} [reason]
 */
function publish(state, reason) {
  writeRecord(stateDir, {
    state,
    supervisor: ownerOf(process.pid),
    server: server.owner,
    database,
    address: server.address,
    uiAddress: `http://${addressOf(ports.ui)}`,
    ports,
    since: new Date(server.since).toISOString(),
    ...(reason === undefined ? {} : { reason }),
  });
}

/** @returns {Promise<string | undefined>} why it gave up; undefined when nobody needs the server any more */
async function supervise() {
  for (;;) {
    if (asked) return undefined;
    if (ready && Date.now() - server.since > recovered) crashes = 0;
    if (!server.running) {
      crashes += 1;
      if (crashes > (everReady ? mostRestarts : mostFirstStarts - 1)) {
        return `the server ended ${crashes} times; the lines above say why`;
      }
      await delay(Math.min(50 * 2 ** crashes, 5000));
      if (!everReady) ports = await choosePorts(undefined);
      ready = false;
      server = start();
      announce();
    }
    if (!ready) {
      if (await isServing(server.address)) {
        ready = everReady = true;
        publish('running');
      } else if (server.running && Date.now() - server.since > startPatience) {
        note(`server ${server.pid} does not answer; stopping it`);
        await stopProcess(server.pid, () => server.running);
      }
    }
    if (!isLeased(stateDir)) {
      // A newcomer writes its lease first and then reads the record; here the record is written first and then the
      // leases are read. So one of the two sees the other, and nobody is left with a server about to stop.
      publish('stopping');
      if (!isLeased(stateDir)) return undefined;
      publish(ready ? 'running' : 'starting');
    }
    lock?.touch();
    await delay(ready ? 200 : 20);
  }
}
