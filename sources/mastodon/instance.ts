import { FatalError } from '../../contracts/errors.ts';
import type { Answer } from '../http/answer.ts';
import { parsedBody } from '../http/parsedBody.ts';
import type { PoliteClient } from '../http/politeClient.ts';
import { asObject } from '../knownFields.ts';
import { Unanswerable } from '../liveSource.ts';
import { nameOf } from '../secrets.ts';

/** Servers that show something to members only, or to its author, say so with any of these, by version. */
const refusals = [401, 403, 422];

const isGone = (status: number) => status === 404 || status === 410;

/** What an instance answered, understood as JSON. */
export interface Told extends Answer {
  /** Undefined where the status is not 200. */
  document: unknown;
}

/** One server, asked with the token that is meant for it. */
export interface Instance {
  /** Name and port, as errors tell it. */
  host: string;
  hasToken: boolean;
  /**
   * @returns 200, 404 and 410; 401, 403 and 422 as well where `mayBeRefused`
   * @throws FatalError where the server wants another token, or one at all; Unanswerable where it refuses the one message
   *   that is asked about (`isOfMessage`)
   */
  get(
    path: string,
    params: URLSearchParams,
    ask: { signal: AbortSignal; mayBeRefused?: boolean; isOfMessage?: boolean },
  ): Promise<Told>;
}

/**
 * @param base address of the server
 * @param token undefined to ask as anybody may
 */
export function instanceAt(
  base: string,
  source: string,
  token: string | undefined,
  client: PoliteClient,
): Instance {
  const { host } = new URL(base);
  const variable = `SILLAGE_${nameOf(source)}_TOKEN_${nameOf(host)}`;
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return {
    host,
    hasToken: token !== undefined,
    async get(path, params, { signal, mayBeRefused = false, isOfMessage = false }) {
      const url = `${base.replace(/\/+$/, '')}${path}${params.size > 0 ? `?${params}` : ''}`;
      const answer = await client.ask({ url, headers, signal });
      const { status } = answer;
      if (refusals.includes(status) && !mayBeRefused) {
        // Without a login that is in force, nothing is answered; all else may be about this message.
        if (isOfMessage && status !== 401)
          throw new Unanswerable(`${host} does not show what was asked about (status ${status})`);
        throw refusal(status);
      }
      if (status !== 200 && !isGone(status) && !refusals.includes(status))
        throw new Error(`${host} answers ${status}`);
      if (status === 200) return { ...answer, document: parsedBody(answer, url) };
      // What some proxy says in the place of the server must not be taken for a deletion.
      if (isGone(status) && asObject(parsedBody(answer, url))?.error === undefined)
        throw new Error(`${host} answers ${status} in another way than Mastodon`);
      return { ...answer, document: undefined };
    },
  };

  function refusal(status: number): FatalError {
    return token === undefined
      ? new FatalError(`${host} wants a login for this (status ${status})`, {
          next: `set ${variable} to the token of an app with the scope read, or leave the instance out`,
        })
      : new FatalError(`${host} does not accept the token (status ${status})`, {
          next: `set ${variable} to a token that is in force and has the scope read`,
        });
  }
}
