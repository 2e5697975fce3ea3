import { FatalError } from '../../contracts/errors.ts';
import type { Answer } from '../http/politeClient.ts';
import { nameOf } from '../secrets.ts';
import { refusedSignIn, sessionOf } from './session.ts';
import type { BlueskyMeans, BlueskySettings } from './settings.ts';

/** Parameters of a method; those without a value are left out, lists are repeated. */
export type Parameters = Record<string, string | number | boolean | readonly string[] | undefined>;

/** Asks the service a method of XRPC; the body comes as the server sent it. */
export type Xrpc = (method: string, parameters: Parameters, signal: AbortSignal) => Promise<Answer>;

/** Asks the service of a source, with the account of its secrets where there is one. */
export function xrpcOf({ id, service }: BlueskySettings, { client, secrets }: BlueskyMeans): Xrpc {
  const { identifier, password } = secrets;
  if (identifier === undefined && password === undefined) {
    return async (method, parameters, signal) => {
      const url = new URL(pathOf(method, parameters), service);
      const answer = await client.ask({ url: url.href, signal });
      if (answer.status === 401 || answer.status === 403) throw closedDoor(id, url.host, method);
      return answer;
    };
  }
  if (identifier === undefined || password === undefined) throw halfCredentials(id, identifier === undefined);
  const credentials = { source: id, identifier, password };
  return async (method, parameters, signal) => {
    const path = pathOf(method, parameters);
    let session = await sessionOf(service, credentials, client);
    let answer = await session.fetchHandler(path, { signal });
    if (await isRefused(answer)) {
      // Neither the session nor its renewal is accepted; perhaps the account still is.
      session = await sessionOf(service, credentials, client, session);
      answer = await session.fetchHandler(path, { signal });
      if (await isRefused(answer)) throw refusedSignIn(id, session.dispatchUrl.host);
    }
    if (answer.status === 403) throw closedDoor(id, session.dispatchUrl.host, method);
    const { status, headers } = answer;
    const body = Buffer.from(await answer.arrayBuffer());
    return { url: new URL(path, session.dispatchUrl).href, status, headers, body };
  };
}

export function pathOf(method: string, parameters: Parameters): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) query.append(name, String(one));
  }
  return `/xrpc/${method}?${query}`;
}

async function isRefused(answer: Response): Promise<boolean> {
  if (answer.status === 401) return true;
  if (answer.status !== 400) return false;
  return /"error"\s*:\s*"(ExpiredToken|InvalidToken)"/.test(await answer.clone().text());
}

function closedDoor(id: string, host: string, method: string): FatalError {
  const variable = variableOf(id);
  return new FatalError(`${host} does not let this source ask ${method}`, {
    next: `set ${variable}_IDENTIFIER and ${variable}_PASSWORD to an account and an app password of it that may`,
  });
}

function halfCredentials(id: string, isNameless: boolean): FatalError {
  const variable = variableOf(id);
  return new FatalError(
    `source ${id} has ${isNameless ? 'a password without an account' : 'an account without a password'}`,
    {
      next: `set ${variable}_${isNameless ? 'IDENTIFIER' : 'PASSWORD'} too`,
    },
  );
}

function variableOf(id: string): string {
  return `SILLAGE_${nameOf(id)}`;
}
