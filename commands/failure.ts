import { CommanderError } from 'commander';
import { FatalError, messageOf } from '../contracts/errors.ts';
import { redacted } from '../sources/redaction.ts';
import { Interrupted } from './interrupt.ts';
import { coloured, visible } from './terminal.ts';

/** Says on stderr why a command failed, and gives its exit code: 1 failed, 2 wrong use, 130 interrupted; 0 for help. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof Interrupted) return 130;
  const failure = failureOf(error);
  process.stderr.write(`${coloured('red', visible(redacted(failure)))}\n`);
  return 1;
}

/** One line (a list of faults may follow it); the stack only for what is our own fault. */
function failureOf(error: unknown): string {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const type = (cause as { type?: unknown }).type;
    if (cause instanceof FatalError || type === 'FatalError' || type === 'NightsFailed') return cause.message;
  }
  const root = rootOf(error);
  const detail = process.env.SILLAGE_LOG === 'debug' && root instanceof Error ? `\n${root.stack}` : '';
  return `${messageOf(root)} — this should not happen; SILLAGE_LOG=debug shows more${detail}`;
}

function rootOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? rootOf(error.cause) : error;
}
