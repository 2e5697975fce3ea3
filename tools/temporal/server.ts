import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { FatalError, messageOf } from '../../contracts/errors.ts';
import { holderOf, takeLock } from '../setup/lock.mjs';
import { isAlive, isElsewhere, isSame } from '../setup/owner.mjs';
import { ensureTemporalBinary } from './binary.ts';
import { stopOrphan } from './devserver.mjs';
import { isLeased, takeLease } from './lease.mjs';
import { lastLines } from './log.mjs';
import { isServing } from './probe.mjs';
import { lockFolder, logFile, readRecord } from './record.mjs';
import { temporalVersion } from './release.ts';

/** A server this process may use until it calls `leave` or ends, however it ends. */
export interface JoinedServer {
  /** `host:port` of the gRPC API. */
  address: string;
  /** Address of the web page. */
  uiAddress: string;
  /** Whether the server ran already, for another process. */
  joined: boolean;
  /** Gives the server up. The last one to leave waits until the server has stopped, at most 15 s. May be called twice. */
  leave(): Promise<void>;
}

export interface JoinOptions {
  /** The folder that the server's database, log and record lie in; made when missing. One server runs for a folder. */
  stateDir: string;
  /** Takes lines of progress, for people. */
  log: (line: string) => void;
  /** Gives up waiting, with the signal's reason, and leaves nothing behind. */
  signal?: AbortSignal;
}

const joinPatience = 20_000;
const leavePatience = 15_000;
const supervisor = fileURLToPath(new URL('supervisor.mjs', import.meta.url));

/**
 * Join the embedded Temporal server of a state folder; start it, by a supervisor of its own, when none runs.
 * @throws {FatalError} when no binary can be had, the server can't start, or it does not answer within 20 s
 */
export async function joinServer({ stateDir, log, signal }: JoinOptions): Promise<JoinedServer> {
  const folder = resolve(stateDir);
  mkdirSync(folder, { recursive: true });
  const giveBack = takeLease(folder);
  try {
    const { address, uiAddress, joined } = await waitForServer(folder, log, signal);
    const stopWatching = watchSupervisor(folder, log);
    const end = () => {
      stopWatching();
      return leave(folder, giveBack);
    };
    return { address, uiAddress, joined, leave: end };
  } catch (error) {
    giveBack();
    throw error;
  }
}

async function waitForServer(folder: string, log: (line: string) => void, signal?: AbortSignal) {
  let started: ChildProcess | undefined;
  let binary: string | undefined;
  let until = Date.now() + joinPatience;
  for (;;) {
    signal?.throwIfAborted();
    // The holder is asked before the record is read: what a living holder has not written yet is not mistaken for its word.
    const holder = holderOf(lockFolder(folder));
    const record = readRecord(folder);
    if (holder !== undefined && isElsewhere(holder)) throw inUseElsewhere(folder, holder.pid);
    if (holder !== undefined && record?.state === 'running' && isSame(record.supervisor, holder)) {
      if (await isServing(record.address)) return { ...record, joined: started?.pid !== holder.pid };
    }
    if (holder === undefined && started === undefined) {
      if (binary === undefined) {
        binary = await ensureTemporalBinary(log, signal);
        until = Date.now() + joinPatience;
      }
      started = startSupervisor(folder, binary);
    } else if (started !== undefined && (started.exitCode !== null || started.signalCode !== null)) {
      if (started.exitCode !== 0) throw didNotStart(folder);
      // Another supervisor was quicker, or ours ended between two users; whoever is there now counts.
      started = undefined;
    }
    if (Date.now() > until) throw doesNotAnswer(folder, holder?.pid);
    await delay(20);
  }
}

function startSupervisor(folder: string, binary: string): ChildProcess {
  const database = join(folder, `temporal-${temporalVersion}.db`);
  const { NODE_OPTIONS: _, ...env } = process.env;
  const log = openSync(logFile(folder), 'a');
  const child = spawn(process.execPath, [supervisor, folder, binary, database], {
    // Any folder that stays: the one we stand in may be deleted or unmounted later.
    cwd: '/',
    detached: true,
    env,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  // A process that can't even be made never holds the lock: waiting for it ends with an error of its own.
  child.once('error', () => {});
  child.unref();
  return child;
}

/**
 * A supervisor that was killed is replaced while anybody uses its server; the new one starts the server at the same
 * address. One that ended of itself, because it was told to or could not go on, is not.
 */
function watchSupervisor(folder: string, log: (line: string) => void): () => void {
  const look = async () => {
    const state = readRecord(folder)?.state;
    const ended = state === undefined || state === 'stopped' || state === 'failed';
    if (ended || holderOf(lockFolder(folder)) !== undefined) return;
    log('the Temporal server lost its supervisor; starting both again');
    startSupervisor(folder, await ensureTemporalBinary(log));
  };
  const watching = setInterval(() => look().catch(error => log(messageOf(error))), 1000);
  watching.unref();
  return () => clearInterval(watching);
}

async function leave(folder: string, giveBack: () => void): Promise<void> {
  giveBack();
  const until = Date.now() + leavePatience;
  while (Date.now() < until && !isLeased(folder)) {
    // It lets go of the lock a moment before it ends.
    if (holderOf(lockFolder(folder)) !== undefined || isAlive(readRecord(folder)?.supervisor)) {
      await delay(20);
      continue;
    }
    // Nobody supervises. A supervisor that was killed has left its server behind: that is ours to stop.
    const { lock } = takeLock(lockFolder(folder));
    if (lock === undefined) continue;
    await stopOrphan(readRecord(folder));
    lock.release();
    return;
  }
}

function didNotStart(folder: string): FatalError {
  // Each of its attempts said the same; what the supervisor adds helps only when the server itself said nothing.
  const lines = [...new Set(lastLines(logFile(folder), 12))];
  const own = lines.filter(line => !/^\S+ supervisor \d+: /.test(line));
  const reason = (own.length > 0 ? own : lines).slice(-2).join(' | ');
  return new FatalError(`the Temporal server did not start: ${reason}`, {
    where: logFile(folder),
    next: 'mend what it says there, or set TEMPORAL_ADDRESS to a server of your own',
  });
}

function doesNotAnswer(folder: string, pid: number | undefined): FatalError {
  const who = pid === undefined ? 'no process supervises it' : `process ${pid} supervises it`;
  return new FatalError(`the Temporal server of ${folder} does not answer (${who})`, {
    where: logFile(folder),
    next:
      pid === undefined
        ? 'start again'
        : `look into that file, stop it with \`kill ${pid}\`, and start again`,
  });
}

function inUseElsewhere(folder: string, pid: number): FatalError {
  return new FatalError(`${folder} is in use by process ${pid} in another container or on another machine`, {
    next: 'stop that one first, or give this one a lake of its own',
  });
}
