import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { FatalError } from '../../contracts/errors.ts';
import { markSecret, redacted, redactedError } from '../../sources/redaction.ts';
import { isOpenToOthers, secretsOf, secretVariables } from '../../sources/secrets.ts';

const folder = mkdtempSync(join(tmpdir(), 'sillage-secrets-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
  writeFileSync(join(folder, name), content, { mode: 0o600 });
  return join(folder, name);
}

test('secrets come from variables, or from the files that they name', () => {
  const env = {
    SILLAGE_MY_NET_TOKEN: ' of all ',
    SILLAGE_MY_NET_IDENTIFIER: 'me.example',
    SILLAGE_MY_NET_PASSWORD: '',
    SILLAGE_MY_NET_PASSWORD_FILE: file('password', 'in a file\n'),
    SILLAGE_MY_NET_TOKEN_MASTO_EXAMPLE: 'of one host',
    SILLAGE_MY_NET_TOKEN_127_0_0_1_3000: 'of a port',
    SILLAGE_MY_TOKEN: 'of another source',
  };
  const { token, identifier, password, tokenFor } = secretsOf('my-net', env);
  expect([token, identifier, password]).toEqual(['of all', 'me.example', 'in a file']);
  expect(['masto.example', '127.0.0.1:3000', 'other.example'].map(tokenFor)).toEqual([
    'of one host',
    'of a port',
    undefined,
  ]);
  expect(secretsOf('other', env).token).toBeUndefined();
  expect(secretVariables('my-net', env).map(({ variable }) => variable)).toEqual([
    'SILLAGE_MY_NET_IDENTIFIER',
    'SILLAGE_MY_NET_PASSWORD_FILE',
    'SILLAGE_MY_NET_TOKEN',
    'SILLAGE_MY_NET_TOKEN_127_0_0_1_3000',
    'SILLAGE_MY_NET_TOKEN_MASTO_EXAMPLE',
  ]);
});

test.each([
  [
    'no such file',
    { SILLAGE_A_TOKEN_FILE: join(folder, 'absent') },
    /^the file that SILLAGE_A_TOKEN_FILE names can't be read \(ENOENT\) — /,
  ],
  [
    'an empty file',
    { SILLAGE_A_TOKEN_FILE: file('empty', '\n') },
    /^the file that SILLAGE_A_TOKEN_FILE names is empty — /,
  ],
  [
    'two lines',
    { SILLAGE_A_TOKEN: 'one\ntwo' },
    /^what SILLAGE_A_TOKEN holds is more than one line — leave the secret alone in it$/,
  ],
])('%s is an error that names the variable and no secret', (_, env, message) => {
  expect(() => secretsOf('a', env)).toThrow(FatalError);
  expect(() => secretsOf('a', env)).toThrow(message);
});

test('a file that others may read is known as such', () => {
  const path = file('mode', 'secret');
  expect(isOpenToOthers(path)).toBe(false);
  chmodSync(path, 0o644);
  expect(isOpenToOthers(path)).toBe(true);
});

test('secrets are redacted in every spelling', () => {
  const password = 'p"w & <k> é/+ü';
  secretsOf('b', { SILLAGE_B_IDENTIFIER: 'me', SILLAGE_B_PASSWORD: password, SILLAGE_B_TOKEN: 'tok' });
  const spellings = [
    password,
    JSON.stringify(password),
    encodeURIComponent(password),
    encodeURIComponent(password).toLowerCase(),
    new URLSearchParams({ password }).toString(),
    `Basic ${Buffer.from(`me:${password}`).toString('base64')}`,
    `<p>p&quot;w &amp; &lt;k&gt; é/+ü</p>`,
  ];
  expect(spellings.map(redacted)).toEqual([
    '[secret]',
    '"[secret]"',
    '[secret]',
    '[secret]',
    'password=[secret]',
    expect.stringMatching(/^Basic \[secret\]=*$/),
    '<p>[secret]</p>',
  ]);
  // What is short would be found everywhere.
  expect(redacted('a token is a token')).toBe('a token is a token');
  markSecret('handed out later');
  expect(redacted('it was handed out later')).toBe('it was [secret]');
});

test('errors are redacted with all their causes, and remain what they are', () => {
  markSecret('hush-hush');
  const cause = new AggregateError([new TypeError('a hush-hush inside')], 'hush-hush below');
  const error = redactedError(
    new FatalError('said hush-hush', { where: 'hush-hush.txt', next: 'hush-hush', cause }),
  );
  expect(error).toBeInstanceOf(FatalError);
  expect([error.message, error.what, error.where, error.next]).toEqual([
    '[secret].txt: said [secret] — [secret]',
    'said [secret]',
    '[secret].txt',
    '[secret]',
  ]);
  expect(error.stack).toContain('said [secret]');
  expect(`${error.stack}${cause.stack}${cause.errors[0].stack}`).not.toContain('hush-hush');
  expect(redactedError('no error')).toBe('no error');
});
