/**
 * Progress of something slow, as plain lines on stderr: what is being done, and every few seconds for how long.
 * @template T
 * @param {string} what
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withProgress(what, work) {
  const began = performance.now();
  const elapsed = () => `${((performance.now() - began) / 1000).toFixed(1)} s`;
  say(`${what} …`);
  const ticking = setInterval(() => say(`${what} … ${elapsed()}`), 5000);
  try {
    const result = await work();
    say(`${what}: done in ${elapsed()}`);
    return result;
  } finally {
    clearInterval(ticking);
  }
}

/** @param {string} line */
export function say(line) {
  process.stderr.write(`sillage: ${line}\n`);
}
