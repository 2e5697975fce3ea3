import { FatalError } from '../../contracts/errors.ts';
import type { Answer } from '../http/answer.ts';
import type { PoliteClient } from '../http/politeClient.ts';
import { nameOf } from '../secrets.ts';

/** One server, asked with the token that is meant for it. */
export interface Instance {
  /** Name and port, as errors tell it. */
  host: string;
  hasToken: boolean;
  /** The environment variable that a token belongs into. */
  variable: string;
  /**
   * @returns 2xx, 404 and 410
   * @throws FatalError where the server wants another token, or one at all
   */
  get(path: string, params: URLSearchParams, signal: AbortSignal): Promise<Answer>;
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
    variable,
    async get(path, params, signal) {
      const url = `${base.replace(/\/+$/, '')}${path}${params.size > 0 ? `?${params}` : ''}`;
      const answer = await client.ask({ url, headers, signal });
      const { status } = answer;
      if ([401, 403, 422].includes(status)) throw refusal(status);
      if (status >= 400 && status !== 404 && status !== 410) throw new Error(`${host} answers ${status}`);
      return answer;
    },
  };

  /** Servers that show nothing to strangers say so with any of the three, by version. */
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
