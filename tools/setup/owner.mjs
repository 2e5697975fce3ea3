import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * Who holds a lock or a lease: a process, told apart from a later one that was given the same number.
 * @typedef {{ pid: number, started: string, machine: string }} Owner
 */

/** A number means another process in another container, even when both see the same folder. */
const machine = (() => {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
})();

/** Holders seen from another machine can't be asked; they show that they live by touching their lock. */
const silenceOfTheDead = 15_000;

/**
 * State and start time (clock ticks since boot) of a process, where the system has /proc.
 * @param {number} pid
 */
function statusOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The command stands in brackets and may itself hold brackets and spaces.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', started: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}

/**
 * @param {number} pid of a process that is alive now
 * @returns {Owner}
 */
export function ownerOf(pid) {
  return { pid, started: statusOf(pid)?.started ?? '', machine };
}

/**
 * Whether the process still runs. A zombie, or another process under the same number, counts as dead.
 * @param {Owner | null | undefined} owner
 * @param {number} [touched] when the owner last showed itself (ms), for owners on another machine
 */
export function isAlive(owner, touched = 0) {
  if (owner === undefined || owner === null || !Number.isInteger(owner.pid)) return false;
  if (owner.machine !== machine) return Date.now() - touched < silenceOfTheDead;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EPERM') return false;
  }
  const status = statusOf(owner.pid);
  if (status === undefined) return true;
  if (status.started !== owner.started) return false;
  return status.state === 'Z' ? hasThreads(owner.pid) : status.state !== 'X';
}

/**
 * A killed process shows as a zombie while its last threads are still ending, and with them its ports and files.
 * @param {number} pid
 */
function hasThreads(pid) {
  try {
    return readdirSync(`/proc/${pid}/task`).length > 1;
  } catch {
    return false;
  }
}

/**
 * @param {Owner} one
 * @param {Owner} other
 */
export function isSame(one, other) {
  return one.pid === other.pid && one.started === other.started && one.machine === other.machine;
}

/** @param {Owner} owner */
export function isElsewhere(owner) {
  return owner.machine !== machine;
}
