import { placeOf } from '../http/askFault.ts';
import { parsedBody } from '../http/parsedBody.ts';
import type { Answer } from '../http/politeClient.ts';
import { asObject } from '../knownFields.ts';

/** Names of errors that say of a message or an account that it is not there, as the lexicons and their servers give them. */
const names = new Set([
  'NotFound',
  'RecordNotFound',
  'AccountNotFound',
  'AccountDeactivated',
  'AccountTakedown',
  'ActorNotFound',
  'RepoNotFound',
  'RepoDeactivated',
  'RepoSuspended',
  'RepoTakendown',
  'BlockedActor',
  'BlockedByActor',
]);
/** Some servers say it by `InvalidRequest`, and in words only. */
const words = /\b(not found|could not (find|locate)|deactivated|suspended|taken ?down)\b/i;

/**
 * Whether an answer says that what was asked about is not there, which is news and no fault. A method that a server
 * does not know is answered with 404 as well, and says nothing of the kind.
 */
export function saysGone(answer: Answer): boolean {
  if (answer.status !== 400 && answer.status !== 404 && answer.status !== 410) return false;
  let body: Record<string, unknown> | undefined;
  try {
    body = asObject(parsedBody(answer));
  } catch {
    return false;
  }
  const { error, message } = body ?? {};
  if (typeof error === 'string' && names.has(error)) return true;
  return error === 'InvalidRequest' && typeof message === 'string' && words.test(message);
}

/** What an answer that is of no use is called in an error: its status, and the name of the fault where it has one. */
export function faultIn(answer: Answer): Error {
  const named = /"error"\s*:\s*"([A-Za-z]{1,60})"/.exec(
    answer.body.subarray(0, 2000).toString('latin1'),
  )?.[1];
  return new Error(
    `${placeOf(new URL(answer.url))} answers ${answer.status}${named === undefined ? '' : ` ${named}`}`,
  );
}
