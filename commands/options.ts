import { InvalidArgumentError, Option } from 'commander';
import { FatalError } from '../contracts/errors.ts';
import { isDay, parseInterval } from '../contracts/interval.ts';
import type { Scope } from '../contracts/night.ts';
import { isStage, type Stage, stages } from '../contracts/stages.ts';
import { type QueueKind, queueKinds } from '../workflows/queues.ts';

// What is written on the command line, understood; what can't be is wrong use.

/** An option that names a stage. */
export function stageOption(flag: string, description: string): Option {
  return new Option(`${flag} <stage>`, `${description} (${stages.join(', ')})`).argParser(word => {
    if (!isStage(word)) throw new InvalidArgumentError(`It is none of ${stages.join(', ')}.`);
    return word;
  });
}

/** What part of a night is asked for. */
export function scopeOf(options: { from?: Stage; only?: Stage; force?: boolean; dryRun?: boolean }): Scope {
  const { from, only, force, dryRun } = options;
  return {
    ...(from === undefined ? {} : { from }),
    ...(only === undefined ? {} : { only }),
    ...(force ? { force } : {}),
    ...(dryRun ? { dryRun } : {}),
  };
}

/** A whole number above 0. */
export function wholeNumber(text: string): number {
  if (!/^[1-9][0-9]{0,8}$/.test(text)) throw new InvalidArgumentError('It is not a whole number above 0.');
  return Number(text);
}

/** An interval as it was written, found readable. */
export function intervalText(text: string): string {
  try {
    parseInterval(text);
  } catch (error) {
    throw error instanceof FatalError ? new InvalidArgumentError(`${error.what}; ${error.next}.`) : error;
  }
  return text;
}

/** A UTC day like 2026-03-28. */
export function day(text: string): string {
  if (!isDay(text)) throw new InvalidArgumentError('It is not a day like 2026-03-28.');
  return text;
}

/** An option that names kinds of queues. */
export function queuesOption(): Option {
  return new Option('--queues <kinds>', `${queueKinds.join(', ')}; separated by commas`)
    .argParser(queueList)
    .default(queueKinds, 'all');
}

function queueList(text: string): QueueKind[] {
  return text.split(',').map(word => {
    const kind = queueKinds.find(candidate => candidate === word.trim());
    if (kind === undefined)
      throw new InvalidArgumentError(`"${word.trim()}" is none of ${queueKinds.join(', ')}.`);
    return kind;
  });
}
