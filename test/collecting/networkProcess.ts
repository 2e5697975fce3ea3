import { spawn } from 'node:child_process';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';
import { takeLock } from '../../tools/setup/lock.mjs';

const program = fileURLToPath(new URL('../../tools/testnet/bluesky/network.mjs', import.meta.url));

/** The exit status of the program where the network can't be had on this machine. */
const unavailable = 69;

/** That this machine can't run a network, and why. */
export class Unavailable extends Error {}

/** Where the servers of a network answer. */
export interface Addresses {
  plc: string;
  pds: string;
  appview: string;
  control: string;
  /** Of the process that keeps it; it ends with its owner. */
  pid: number;
}

/**
 * The one network of the suite, started by the first test file that wants it; it ends with the suite.
 * @throws {Unavailable} where this machine can't run one
 */
export async function sharedNetwork(): Promise<Addresses> {
  const record = join(inject('scratch'), 'bluesky.json');
  for (;;) {
    if (existsSync(record)) return JSON.parse(readFileSync(record, 'utf8')) as Addresses;
    const { lock } = takeLock(join(inject('scratch'), 'bluesky-lock'));
    if (lock === undefined) {
      await delay(100);
      continue;
    }
    try {
      if (existsSync(record)) continue;
      // Test files run in processes of their own: their parent lives as long as the suite.
      const addresses = await startNetwork(process.ppid);
      writeFileSync(`${record}.draft`, JSON.stringify(addresses));
      renameSync(`${record}.draft`, record);
    } finally {
      lock.release();
    }
  }
}

/**
 * A network of one's own.
 * @param owner process that it ends with
 * @throws {Unavailable} where this machine can't run one
 */
export function startNetwork(owner: number, options: string[] = []): Promise<Addresses> {
  const child = spawn(process.execPath, [program, '--owner', String(owner), ...options], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    let complaints = '';
    let said = '';
    child.stderr.setEncoding('utf8').on('data', text => {
      complaints = (complaints + text).slice(-4000);
    });
    child.once('error', reject);
    child.once('close', status => {
      const said = complaints.trim();
      reject(status === unavailable ? new Unavailable(said) : new Error(said));
    });
    child.stdout.setEncoding('utf8').on('data', text => {
      said += text;
      if (!said.includes('\n')) return;
      child.unref();
      for (const stream of [child.stdout, child.stderr]) stream.destroy();
      resolve(JSON.parse(said) as Addresses);
    });
  });
}
