import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Query } from '../../contracts/collection.ts';
import { FatalError } from '../../contracts/errors.ts';
import { mastodonSource } from '../../contracts/liveSources.ts';
import { politeClient } from '../../sources/http/politeClient.ts';
import { Unanswerable } from '../../sources/liveSource.ts';
import { openMastodon } from '../../sources/mastodon/mastodonSource.ts';
import { secretsOf } from '../../sources/secrets.ts';
import { type Asking, always, askThrough } from './asking.ts';
import { type Fault, type MastodonMock, mastodonMock, mock } from './mastodonMock.ts';

const missing = 'missing' in mock ? mock.missing : undefined;
const client = politeClient({ backoffSeconds: 0.02, patienceSeconds: 5 });
let home: MastodonMock;
let away: MastodonMock;

describe('Mastodon in trouble, a mock of it', () => {
  beforeEach(({ skip }) => skip(missing !== undefined, missing));
  beforeAll(async () => {
    if (missing !== undefined) return;
    [home, away] = await Promise.all([mastodonMock(['ada']), mastodonMock(['bob'])]);
    for (const text of ['one #gelato', 'two #gelato'])
      await home.as('ada').v1.statuses.create({ status: text });
  });
  afterAll(async () => {
    await client.close();
    await Promise.all([home?.stop(), away?.stop()]);
  });

  const open = (env: NodeJS.ProcessEnv = {}, more = {}) => {
    const settings = mastodonSource.parse({ type: 'mastodon', instances: [home.url, away.url], ...more });
    return openMastodon(
      { ...settings, id: 'talk' },
      { client, secrets: secretsOf('talk', env), accounts: [] },
    );
  };
  const hashtag = (host = home.url): Query => ({
    kind: 'hashtag',
    label: '#gelato',
    subjects: ['gelato'],
    host,
  });
  const texts = async (asking?: Asking) =>
    (await askThrough(() => open(), hashtag(), asking)).rows.map(({ text }) => text);
  const faultOf = (ask: () => unknown) =>
    Promise.resolve()
      .then(ask)
      .then(
        () => undefined,
        error => error,
      );
  const everything = ['two #gelato', 'one #gelato'];

  it.each<[string, Omit<Fault, 'match'>]>([
    ['a server that fails twice', { effect: { type: 'status', status: 503 }, count: 2 }],
    ['a limit in the spelling of Mastodon', { effect: { type: 'status', status: 429 }, count: 1 }],
  ])('goes on after %s', async (_, fault) => {
    const reset = new Date(Date.now() + 1000).toISOString();
    const headers = { 'X-RateLimit-Limit': '300', 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': reset };
    const limited = fault.effect.status === 429 ? { headers } : {};
    await home.fault({
      ...fault,
      match: { path_regex: 'timelines' },
      effect: { ...fault.effect, ...limited },
    });
    expect(await texts()).toEqual(everything);
  });

  it('says until when a long limit lasts', async () => {
    const reset = new Date(Math.ceil(Date.now() / 1000) * 1000 + 200_000).toISOString();
    const headers = { 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': reset };
    const effect = { type: 'status', status: 429, headers };
    await away.fault({ match: { path_regex: 'timelines' }, effect, count: 1 });
    const fault = await faultOf(() => askThrough(() => open(), hashtag(away.url)));
    expect([fault.name, fault.message.startsWith(away.host)]).toEqual(['Withheld', true]);
    expect(Math.abs(fault.until.getTime() - Date.parse(reset))).toBeLessThan(3000);
    // What one instance withholds, the other gives.
    expect(await texts()).toEqual(everything);
  });

  it.each([
    [401, {}, 'wants a login for this (status 401)', 'set SILLAGE_TALK_TOKEN_'],
    [422, {}, 'wants a login for this (status 422)', 'set SILLAGE_TALK_TOKEN_'],
    [
      403,
      { token: 'revoked-token' },
      'does not accept the token (status 403)',
      'to a token that is in force',
    ],
  ])(
    'asks a person where an instance answers %i',
    async (status, { token }: { token?: string }, what, next) => {
      await home.fault({ match: { path_regex: 'timelines' }, effect: { type: 'status', status }, count: 1 });
      const name = `SILLAGE_TALK_TOKEN_${home.host.replace(/[.:]/g, '_')}`;
      const fault = await faultOf(() => askThrough(() => open({ [name]: token }), hashtag()));
      expect(fault).toBeInstanceOf(FatalError);
      expect([fault.what, fault.next]).toEqual([`${home.host} ${what}`, expect.stringContaining(next)]);
      expect(fault.message).not.toContain('revoked-token');
    },
  );

  it.each([403, 422])('asks about others where an instance refuses one message (%i)', async status => {
    const query = (kind: 'thread' | 'reposts' | 'refresh'): Query => ({
      kind,
      label: kind,
      subjects: ['1 https://home.example/1'],
      host: home.url,
    });
    for (const kind of ['thread', 'reposts', 'refresh'] as const) {
      await home.fault({ match: { path_regex: 'statuses' }, effect: { type: 'status', status }, count: 1 });
      const fault = await faultOf(() => askThrough(() => open(), query(kind)));
      expect(fault).toBeInstanceOf(Unanswerable);
      expect(fault.message).toBe(`${home.host} does not show what was asked about (status ${status})`);
    }
    await home.fault({ match: { path_regex: 'context' }, effect: { type: 'status', status: 401 }, count: 1 });
    expect(await faultOf(() => askThrough(() => open(), query('thread')))).toBeInstanceOf(FatalError);
  });

  it('says which account an instance does not know', async () => {
    const query: Query = { kind: 'account', label: 'a', subjects: [`@nobody@${home.host}`], host: home.url };
    const fault = await faultOf(() => askThrough(() => open(), query));
    expect(fault).toBeInstanceOf(Unanswerable);
    expect(fault.message).toBe(
      `${home.host} knows no account "@nobody@${home.host}" — mend it among accounts in the campaign file, or list the instance where it is at home`,
    );
  });

  it('takes for a deletion only what Mastodon says, not what stands in its place', async () => {
    const query: Query = {
      kind: 'thread',
      label: 'thread',
      subjects: ['1 https://home.example/1'],
      host: home.url,
    };
    const asked = await askThrough(() => open(), query);
    expect(asked.rows.map(({ deleted }) => deleted)).toEqual(['true']);
    const effect = { type: 'status', status: 404, body: { message: 'no such route' } };
    await home.fault({ match: { path_regex: 'context' }, effect, count: 1 });
    const fault = await faultOf(() => askThrough(() => open(), query));
    expect(fault.message).toBe(`${home.host} answers 404 in another way than Mastodon`);
  });

  it('tells no instance the token of another', async () => {
    const fault = await faultOf(() => open({ SILLAGE_TALK_TOKEN: 'token-of-home' }));
    expect(fault.message).toBe(
      `SILLAGE_TALK_TOKEN would be told to 2 instances — name the one that gave it, like SILLAGE_TALK_TOKEN_${home.host.replace(/[.:]/g, '_')}`,
    );
  });

  it('wants a token for searches, and asks those that it has one of', async () => {
    const fault = await faultOf(() => open({}, { search: ['gelato'] }));
    expect(fault.what).toBe('the source talk wants to search, and no instance searches for strangers');
    const env = { [`SILLAGE_TALK_TOKEN_${away.host.replace(/[.:]/g, '_')}`]: 'token-of-bob' };
    const { standing } = open(env, { search: ['gelato'] });
    expect(standing.map(({ query }) => [query.label, query.host])).toEqual([
      [`search gelato at ${away.host}`, away.url],
    ]);
  });

  it('names the instance that is down, and reads the others', async () => {
    const client = politeClient({ backoffSeconds: 0.02, tries: 2 });
    const gone = 'http://127.0.0.1:9';
    const settings = mastodonSource.parse({ type: 'mastodon', instances: [gone, home.url] });
    const source = openMastodon(
      { ...settings, id: 'talk' },
      { client, secrets: secretsOf('talk', {}), accounts: [] },
    );
    const ask = { span: always, cursor: undefined, resume: undefined, signal: AbortSignal.timeout(20_000) };
    const fault = await faultOf(() => source.page({ query: hashtag(gone), ...ask }));
    expect(fault.message).toContain('127.0.0.1:9');
    expect((await source.page({ query: hashtag(), ...ask })).posts).toBe(2);
    expect((await faultOf(() => source.page({ query: hashtag('http://evil.example'), ...ask }))).what).toBe(
      'the source talk was to ask an instance that it does not list',
    );
    await client.close();
  });

  it('reads who passed on in pages', async () => {
    const root = await home.as('ada').v1.statuses.create({ status: 'for all' });
    const at = new Date().toISOString();
    const boosts = Array.from({ length: 90 }, (_, number) => ({
      uri: `https://away.example/boosts/${number}`,
      account: [`fan${number}`, 'away.example'] as [string, string],
      created_at: at,
      text: '',
      reblog: root.uri,
    }));
    await home.receive(boosts);
    const query: Query = {
      kind: 'reposts',
      label: 'reposts',
      subjects: [`${root.id} ${root.uri}`],
      host: home.url,
    };
    const { mapped, pages } = await askThrough(() => open(), query);
    expect([mapped.length, new Set(mapped.map(one => JSON.stringify(one))).size, pages.length]).toEqual([
      90, 90, 3,
    ]);
  });

  it('finds what other servers sent late', async () => {
    const first = await askThrough(() => open(), hashtag(), {});
    const at = new Date(Date.now() - 20 * 60_000).toISOString();
    await home.setClock(undefined);
    const late = {
      account: ['zoe', 'away.example'] as [string, string],
      created_at: at,
      text: 'late #gelato',
    };
    await home.receive([{ ...late, uri: 'https://away.example/late', came_at: at }]);
    const asked = await askThrough(() => open(), hashtag(), { resume: first.resume });
    expect(asked.rows.map(({ message_id }) => message_id)).toContain('https://away.example/late');
    expect(asked.resume).toBe(first.resume);
  });
});
