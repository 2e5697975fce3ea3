import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { FatalError } from '../contracts/errors.ts';

/** What one process took from its start to its end. */
export interface Use {
  seconds: number;
  /** Of all threads, in user and system mode: steadier than seconds where others use the machine too. */
  cpuSeconds: number;
  /** Highest resident memory. */
  peakBytes: number;
}

export function cpuSecondsSoFar(): number {
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  return (userCPUTime + systemCPUTime) / 1e6;
}

/** Begins a part of a process whose own peak of memory is wanted; elsewhere than on Linux there is one peak for the whole. */
export function forgetPeak(): void {
  if (process.platform === 'linux') writeFileSync('/proc/self/clear_refs', '5');
}

/** Highest resident memory since `forgetPeak`, in bytes. */
export function peakSoFar(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))!;
  return Number(kilobytes) * 1024;
}

/**
 * Runs a program to its end and reads the JSON document on the last line of its output: a process of its own, so that
 * its memory is its alone.
 */
export async function runAlone<Answer>(
  program: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Answer> {
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = () => child.kill('SIGTERM');
  process.once('exit', stop);
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.once('error', reject);
  child.once('close', resolve);
  const code = await promise.finally(() => process.off('exit', stop));
  if (code !== 0) {
    throw new FatalError(
      `${program} ${args[0]} ended with ${code === null ? 'a signal' : `exit code ${code}`}`,
      {
        next: 'what it said stands above',
      },
    );
  }
  return JSON.parse(output.trimEnd().split('\n').at(-1)!) as Answer;
}
