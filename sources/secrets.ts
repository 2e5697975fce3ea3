import { readFileSync, statSync } from 'node:fs';
import { FatalError } from '../contracts/errors.ts';
import { markSecret } from './redaction.ts';

/** What a source may show to the servers that it asks. */
export interface Secrets {
  token: string | undefined;
  /** Of an account: no secret by itself. */
  identifier: string | undefined;
  password: string | undefined;
  /** A token that is meant for one host alone, like `mastodon.example` or `127.0.0.1:3000`. */
  tokenFor(host: string): string | undefined;
}

/**
 * The secrets of a source, from `SILLAGE_<ID>_TOKEN`, `_IDENTIFIER`, `_PASSWORD` and `_TOKEN_<HOST>`: upper case, with
 * _ for whatever is no letter and no digit. Each may stand in a file instead, named by the variable with `_FILE` after it.
 *
 * @throws FatalError on a file that is empty or can't be read
 */
export function secretsOf(source: string, env: NodeJS.ProcessEnv): Secrets {
  const held = (name: string) => secretValue(`SILLAGE_${nameOf(source)}_${name}`, env);
  const secrets = {
    token: held('TOKEN'),
    identifier: held('IDENTIFIER'),
    password: held('PASSWORD'),
    tokenFor: (host: string) => {
      const token = held(`TOKEN_${nameOf(host)}`);
      if (token !== undefined) markSecret(token);
      return token;
    },
  };
  const { token, identifier, password } = secrets;
  if (token !== undefined) markSecret(token);
  if (password !== undefined) {
    markSecret(password);
    // As Basic authentication spells it.
    markSecret(`${identifier ?? ''}:${password}`);
  }
  return secrets;
}

const secretName = /^SILLAGE_([A-Z0-9_]+?)_(TOKEN|PASSWORD)(_[A-Z0-9_]+)?$/;

/** Has all secrets of the environment redacted, before any source asks for its own. */
export function markSecretsIn(env: NodeJS.ProcessEnv): void {
  for (const variable of Object.keys(env)) {
    if (!secretName.test(variable)) continue;
    try {
      const value = secretValue(variable.replace(/_FILE$/, ''), env);
      if (value !== undefined) markSecret(value);
    } catch {
      // Whoever needs it says what is wrong with it.
    }
  }
}

/** The tokens of all sources of the environment, save those that can't be read: whoever needs them says why. */
export function tokensIn(env: NodeJS.ProcessEnv): string[] {
  const named = Object.keys(env).flatMap(name => /^(SILLAGE_\w+_TOKEN)(_FILE)?$/.exec(name)?.[1] ?? []);
  return [...new Set(named)].flatMap(variable => {
    try {
      return secretValue(variable, env) ?? [];
    } catch {
      return [];
    }
  });
}

/** The variables of a source that are set, whatever they hold; with the file, where they name one. */
export function secretVariables(
  source: string,
  env: NodeJS.ProcessEnv,
): { variable: string; file?: string }[] {
  const prefix = `SILLAGE_${nameOf(source)}_`;
  return Object.keys(env)
    .filter(variable => variable.startsWith(prefix) && env[variable])
    .filter(variable => /^(IDENTIFIER|PASSWORD|TOKEN|TOKEN_\w+)(_FILE)?$/.test(variable.slice(prefix.length)))
    .sort()
    .map(variable => (variable.endsWith('_FILE') ? { variable, file: env[variable]! } : { variable }));
}

/** Whether every user of the machine may read a file. */
export function isOpenToOthers(file: string): boolean {
  return (statSync(file).mode & 0o004) !== 0;
}

/** The part of a variable's name that stands for a source or a host. */
export function nameOf(text: string): string {
  return text.toUpperCase().replace(/[^A-Z0-9]/g, '_');
}

function secretValue(variable: string, env: NodeJS.ProcessEnv): string | undefined {
  // An empty variable is one that somebody unset the way shells make easy.
  const value = env[variable]?.trim();
  if (value) return fitForHeaders(variable, value);
  const file = env[`${variable}_FILE`];
  if (!file) return undefined;
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new FatalError(`the file that ${variable}_FILE names can't be read (${code})`, {
      next: 'mend the path, or let this user read it',
    });
  }
  if (text === '') {
    throw new FatalError(`the file that ${variable}_FILE names is empty`, {
      next: 'write the secret into it, or unset the variable',
    });
  }
  return fitForHeaders(`${variable}_FILE`, text);
}

function fitForHeaders(variable: string, value: string): string {
  if (!/\p{Cc}/u.test(value)) return value;
  throw new FatalError(`what ${variable} holds is more than one line`, {
    next: 'leave the secret alone in it',
  });
}
