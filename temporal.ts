import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Attempt } from './activities/world.ts';
import { FatalError } from './contracts/errors.ts';
import { redactedError } from './sources/redaction.ts';

/** The running activity as an attempt of ours: its cancellation, its heartbeat. */
export function temporalAttempt(): Attempt {
  const context = Context.current();
  return {
    signal: context.cancellationSignal,
    progress: share => context.heartbeat({ share: share ?? null }),
  };
}

/**
 * Activities as Temporal runs them: they beat while they work, so that a cancellation arrives and a dead worker is
 * noticed; a FatalError ends the run at once; whatever else is thrown is retried. No secret gets into the history.
 */
export function underTemporal<All extends object>(activities: All): All {
  return Object.fromEntries(
    Object.entries(activities).map(([name, act]) => [
      name,
      async (input: never) => {
        const beat = setInterval(() => Context.current().heartbeat(), 1000);
        try {
          return await (act as (input: never) => Promise<unknown>)(input);
        } catch (error) {
          throw failureOf(redactedError(error));
        } finally {
          clearInterval(beat);
        }
      },
    ]),
  ) as unknown as All;
}

function failureOf(error: unknown): unknown {
  if (!(error instanceof FatalError)) return error;
  const { message, what, where, next } = error;
  return ApplicationFailure.create({
    message,
    type: 'FatalError',
    nonRetryable: true,
    details: [{ what, where: where ?? null, next: next ?? null }],
  });
}
