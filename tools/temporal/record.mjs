import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What a state folder holds: `server.json` (this record), `server.log`, `leases/`, `supervisor.lock/` and the
 * server's database. The record is written by the supervisor alone, whole, and stays behind when it has ended, so
 * that the next one can find an orphan and use the same ports again.
 *
 * @typedef {import('../setup/owner.mjs').Owner} Owner
 * @typedef {{ grpc: number, ui: number, http: number, metrics: number }} Ports
 * @typedef {{
 *   state: 'starting' | 'running' | 'stopping' | 'stopped' | 'failed',
 *   supervisor: Owner,
 *   server: Owner,
 *   database: string,
 *   address: string,
 *   uiAddress: string,
 *   ports: Ports,
 *   since: string,
 *   reason?: string,
 * }} ServerRecord
 */

export const lockFolder = (/** @type {string} */ stateDir) => join(stateDir, 'supervisor.lock');
export const logFile = (/** @type {string} */ stateDir) => join(stateDir, 'server.log');
const recordFile = (/** @type {string} */ stateDir) => join(stateDir, 'server.json');

/**
 * @param {string} stateDir
 * @returns {ServerRecord | undefined}
 */
export function readRecord(stateDir) {
  try {
    return JSON.parse(readFileSync(recordFile(stateDir), 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * @param {string} stateDir
 * @param {ServerRecord} record
 */
export function writeRecord(stateDir, record) {
  const draft = `${recordFile(stateDir)}.draft`;
  writeFileSync(draft, `${JSON.stringify(record, null, 2)}\n`);
  renameSync(draft, recordFile(stateDir));
}
