import { afterEach, expect, test } from 'vitest';
import { Unanswerable } from '../../../sources/liveSource.ts';
import { json, type Scripted, scripted } from './scripted.ts';

let scene: Scripted | undefined;
afterEach(() => scene?.close());

test('a handle that nobody has is told of; other accounts are asked for all the same', async () => {
  scene = await scripted((method, parameters) => {
    if (method.endsWith('getAuthorFeed')) return json({ feed: [] });
    return parameters.get('handle') === 'ada.example'
      ? json({ did: 'did:plc:ada' })
      : json({ error: 'InvalidRequest', message: 'Unable to resolve handle' }, 400);
  });
  const fault = await scene.ask('account', ['@Nobody.example']).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(fault).toBeInstanceOf(Unanswerable);
  expect(String(fault)).toMatch(
    /127.0.0.1:\d+ knows no account "@Nobody.example" — mend it among accounts in the campaign file; a DID stays/,
  );
  expect(await scene.ask('account', ['ada.example'])).toMatchObject({ status: 200, posts: 0 });
});
