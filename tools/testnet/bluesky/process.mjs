import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('servers.mjs', import.meta.url));
const loopback = new URL('loopback.mjs', import.meta.url).href;

/**
 * The process of the servers, which can be ended and started again.
 * @param {import('./servers.mjs').Settings} settings
 */
export function serversOf(settings) {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child;
  const env = {
    ...process.env,
    TMPDIR: join(settings.folder, 'tmp'),
    NODE_ENV: 'test',
    LOG_ENABLED: 'false',
    NODE_COMPILE_CACHE: join(settings.packages, 'compiled'),
  };
  const running = () => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null)
      throw new Error('it does not run');
    return child;
  };
  /** @param {(message: any) => boolean} isIt @returns {Promise<any>} */
  const answer = isIt =>
    new Promise((resolve, reject) => {
      const asked = running();
      const end = (/** @type {number | null} */ status) =>
        reject(new Error(`the servers ended (${status}): ${said}`));
      const look = (/** @type {unknown} */ message) => {
        if (!isIt(message)) return;
        asked.off('message', look).off('exit', end);
        resolve(message);
      };
      asked.on('message', look).once('exit', end);
    });
  let said = '';
  return {
    /** @returns {Promise<{ urls: { plc: string, pds: string, appview: string } }>} */
    start: () => {
      child = fork(program, [JSON.stringify(settings)], {
        execArgv: ['--disable-warning=ExperimentalWarning', '--import', loopback],
        env,
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      });
      child.stderr?.setEncoding('utf8').on('data', text => {
        said = (said + text).slice(-2000);
      });
      return answer(message => message.urls !== undefined);
    },
    settle: () => {
      const settled = answer(message => message === 'settled');
      running().send('settle');
      return settled;
    },
    stop: async () => {
      const ended = once(running(), 'exit');
      running().send('stop');
      await ended;
    },
    kill: async () => {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}
