import { afterEach, describe, expect, test } from 'vitest';
import { FatalError } from '../../../contracts/errors.ts';
import { entranceOf } from '../../../sources/bluesky/session.ts';
import { Withheld } from '../../../sources/liveSource.ts';
import { redacted } from '../../../sources/redaction.ts';
import type { Asked } from '../faultServer.ts';
import { json, type Scripted, scripted } from './scripted.ts';

let scene: Scripted | undefined;
afterEach(() => scene?.close());

const env = { SILLAGE_BSKY_IDENTIFIER: 'nina.example', SILLAGE_BSKY_PASSWORD: 'canary-password' };
const session = (number: number) => ({
  did: 'did:plc:nina',
  handle: 'nina.example',
  accessJwt: `access-token-${number}`,
  refreshJwt: `refresh-token-${number}`,
  active: true,
});
const methods = () => scene!.server.asked.map(({ path }) => path.split('?')[0]!.split('.').at(-1));
const bearer = ({ headers }: Asked) => headers.authorization;

describe('a source with an account', () => {
  test('signs in once, and has its session renewed when it expires', async () => {
    let valid = 1;
    scene = await scripted(
      (method, _, asked) => {
        if (method.endsWith('createSession')) return json(session(1));
        if (method.endsWith('refreshSession')) return json(session(++valid));
        if (method.endsWith('getSession')) return json(session(valid));
        const isValid = bearer(asked) === `Bearer access-token-${valid}`;
        if (scene!.server.asked.length === 3) return json({ error: 'ExpiredToken', message: 'expired' }, 400);
        return isValid ? json({ posts: [] }) : json({ error: 'InvalidToken' }, 401);
      },
      { env },
    );
    await scene.ask('search', ['gelato']);
    await scene.ask('search', ['gelato']);
    await scene.ask('search', ['gelato']);
    expect(methods()).toEqual([
      'createSession',
      'searchPosts',
      'searchPosts',
      'refreshSession',
      'getSession',
      'searchPosts',
      'searchPosts',
    ]);
    expect(redacted('access-token-1 refresh-token-1 access-token-2 canary-password')).toBe(
      '[secret] [secret] [secret] [secret]',
    );
  });

  test('signs in again where its session can not be renewed', async () => {
    let sessions = 0;
    scene = await scripted(
      (method, _, asked) => {
        if (method.endsWith('createSession')) return json(session(++sessions * 10));
        if (method.endsWith('refreshSession')) return json({ error: 'ExpiredToken' }, 400);
        return bearer(asked) === 'Bearer access-token-20'
          ? json({ posts: [] })
          : json({ error: 'ExpiredToken' }, 400);
      },
      { env },
    );
    expect((await scene.ask('search', ['gelato'])).status).toBe(200);
    expect(methods().filter(method => method === 'createSession')).toHaveLength(2);
  });

  test.each<[string, number, object, RegExp]>([
    [
      'does not know it',
      401,
      { error: 'AuthenticationRequired', message: 'canary' },
      /^127.0.0.1:\d+ does not accept the account or its password — check SILLAGE_BSKY_IDENTIFIER and SILLAGE_BSKY_PASSWORD; an app password that was revoked has to be replaced$/,
    ],
    [
      'wants a code by mail',
      401,
      { error: 'AuthFactorTokenRequired' },
      /wants a code by mail .* — use an app password/,
    ],
    [
      'has closed it',
      401,
      { error: 'AccountTakedown' },
      /has closed the account that signs in — use another account$/,
    ],
    ['opens no sessions', 501, { error: 'MethodNotImplemented' }, /createSession answers 501$/],
    [
      'opens none, and says so',
      404,
      { error: 'XRPCNotSupported' },
      /^nobody can sign in at 127.0.0.1:\d+ — set service to/,
    ],
  ])('says what to do where the server %s', async (_, status, body, message) => {
    scene = await scripted(() => json(body, status), { env });
    const fault = (await scene.ask('search', ['gelato']).catch((error: unknown) => error)) as Error;
    expect(fault.message).toMatch(message);
    expect(fault instanceof FatalError).toBe(status < 500);
    expect(fault.message).not.toContain('canary');
  });

  test('says until when it may not sign in', async () => {
    const headers = { 'ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 600) };
    scene = await scripted(() => ({ status: 429, headers, body: '{"error":"RateLimitExceeded"}' }), { env });
    await expect(scene.ask('search', ['gelato'])).rejects.toBeInstanceOf(Withheld);
  });

  test('is told when half of its credentials are missing', async () => {
    for (const [name, value] of Object.entries(env)) {
      const other = name.endsWith('PASSWORD') ? 'IDENTIFIER' : 'PASSWORD';
      const opened = scripted(() => json({}), { env: { [name]: value } });
      await expect(opened).rejects.toThrow(`set SILLAGE_BSKY_${other} too`);
    }
  });

  test('signs in at the door of the network that it asks', () => {
    expect(entranceOf('https://public.api.bsky.app').href).toBe('https://bsky.social/');
    expect(entranceOf('https://pds.example').href).toBe('https://pds.example/');
  });
});

test('a source without an account says what to set where one is wanted', async () => {
  scene = await scripted(() => json({ error: 'Forbidden', message: 'canary' }, 403));
  const fault = (await scene.ask('search', ['gelato']).catch((error: unknown) => error)) as Error;
  expect(fault).toBeInstanceOf(FatalError);
  expect(fault.message).toMatch(
    /^127.0.0.1:\d+ does not let this source ask app.bsky.feed.searchPosts — set SILLAGE_BSKY_IDENTIFIER and SILLAGE_BSKY_PASSWORD to an account and an app password of it that may$/,
  );
});
