import { spawn } from 'node:child_process';

/** How a child process is run; its output is kept and shown only when it fails. */
export interface ChildOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  signal?: AbortSignal | undefined;
  /** ms until it is stopped. */
  patience: number;
}

/**
 * Run a program to its end.
 * @returns its standard output
 * @throws Error with the program's name and its last line of output
 */
export function runChild(command: string, args: string[], options: ChildOptions): Promise<string> {
  const { cwd, env, patience, signal } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let complaints = '';
    const stop = () => child.kill('SIGTERM');
    const timer = setTimeout(stop, patience);
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted) stop();
    child.stdout.setEncoding('utf8').on('data', text => {
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', text => {
      complaints = (complaints + text).slice(-4000);
    });
    const finish = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    };
    child.once('error', (error: NodeJS.ErrnoException) => {
      finish();
      reject(new Error(`${command}: ${error.code === 'ENOENT' ? 'not found' : error.message}`));
    });
    child.once('close', (status, ended) => {
      finish();
      if (signal?.aborted) return reject(signal.reason);
      if (status === 0) return resolve(output);
      const last = (complaints.trim() || output.trim()).split('\n').at(-1) ?? '';
      reject(new Error(`${command}: ${last || (ended ?? `status ${status}`)}`));
    });
  });
}
