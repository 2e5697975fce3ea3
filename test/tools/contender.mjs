// A process that takes a lock again and again and, while it holds it, adds one to a number in a file in two steps.
// The last time it is killed while it holds the lock, which the others have to notice.
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { takeLock } from '../../tools/setup/lock.mjs';

const [folder = '', counter = '', rounds = '0'] = process.argv.slice(2);
for (let round = 0; round < Number(rounds); round++) {
  let { lock } = takeLock(folder);
  while (lock === undefined) {
    await delay(1);
    ({ lock } = takeLock(folder));
  }
  const number = Number(readFileSync(counter, 'utf8'));
  await delay(2);
  writeFileSync(counter, String(number + 1));
  if (round === Number(rounds) - 1) process.kill(process.pid, 'SIGKILL');
  lock.release();
}
