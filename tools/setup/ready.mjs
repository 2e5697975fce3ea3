import { readStamp } from './stamp.mjs';

/**
 * The Node to run the project with; sets up first when that is not done. The usual case costs a few milliseconds.
 * Ends the process with one clear line when set-up can't be done, and quietly when it is interrupted.
 * @param {string} root
 * @returns {Promise<string>}
 */
export async function readyNode(root) {
  const ready = readStamp(root);
  if (ready !== undefined) return ready;
  const { installPackages } = await import('./packages.mjs');
  const { say } = await import('./progress.mjs');
  const interruption = new AbortController();
  let status = 1;
  /** @param {NodeJS.Signals} _name @param {number} number */
  const interrupt = (_name, number) => {
    status = 128 + number;
    interruption.abort();
  };
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const name of signals) process.on(name, interrupt);
  try {
    return await installPackages(root, interruption.signal);
  } catch (error) {
    if (interruption.signal.aborted) say('set-up interrupted; the next start goes on');
    else say(error instanceof Error ? error.message : String(error));
    return process.exit(status);
  } finally {
    for (const name of signals) process.removeListener(name, interrupt);
  }
}
