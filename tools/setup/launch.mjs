import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';

/** DuckDB's queries hold a thread each; with Node's 4 a file's status waits for seconds behind them. */
const threads = 16;

/**
 * Run a program of the project under its Node, in the foreground, and hand its end through.
 *
 * At a terminal Ctrl-C reaches the child by itself, and npm hands it down once more, so the interrupt is passed on
 * only where there is no terminal. SIGTERM and SIGHUP reach nobody but us and are passed on, once each.
 * @param {string} root
 * @param {string} node
 * @param {string[]} args
 * @returns {Promise<number>} the exit status; 128 + number for a child that a signal ended
 */
export function launch(root, node, args) {
  const env = { ...process.env };
  env.UV_THREADPOOL_SIZE ??= String(threads);
  env.PATH = [join(root, 'node_modules', '.bin'), env.PATH ?? ''].join(delimiter);
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...args], { stdio: 'inherit', env });
  const atTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  const passed = new Set();
  /** @param {NodeJS.Signals} signal */
  const pass = signal => {
    if (signal === 'SIGINT' && atTerminal) return;
    // A second SIGINT a moment later is the same key press on its second way; later it is the user's impatience.
    if (passed.has(signal)) return;
    passed.add(signal);
    setTimeout(() => passed.delete(signal), 1000).unref();
    child.kill(signal);
  };
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, pass);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status, signal) => {
      for (const name of signals) process.removeListener(name, pass);
      resolve(signal === null ? (status ?? 1) : 128 + constants.signals[signal]);
    });
  });
}
