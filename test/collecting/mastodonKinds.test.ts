import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Query } from '../../contracts/collection.ts';
import { mastodonSource } from '../../contracts/liveSources.ts';
import { subjectOf } from '../../contracts/localMessage.ts';
import { politeClient } from '../../sources/http/politeClient.ts';
import { openMastodon } from '../../sources/mastodon/mastodonSource.ts';
import { secretsOf } from '../../sources/secrets.ts';
import { type Asking, askThrough } from './asking.ts';
import { type MastodonMock, mastodonMock, mock } from './mastodonMock.ts';

const missing = 'missing' in mock ? mock.missing : undefined;
const client = politeClient({ backoffSeconds: 0.02 });
let home: MastodonMock;

describe('Mastodon, a mock of it', () => {
  beforeEach(({ skip }) => skip(missing !== undefined, missing));
  beforeAll(async () => {
    if (missing === undefined) home = await mastodonMock(['ada', 'bob', 'cleo']);
  });
  afterAll(async () => {
    await client.close();
    await home?.stop();
  });

  const secrets = () => secretsOf('talk', { SILLAGE_TALK_TOKEN: home.tokenOf('cleo') });
  const open = () => {
    const settings = mastodonSource.parse({ type: 'mastodon', instances: [home.url], search: ['gelato'] });
    return openMastodon({ ...settings, id: 'talk' }, { client, secrets: secrets(), accounts: [] });
  };
  const ask = (query: Omit<Query, 'label' | 'host'>, asking?: Asking) =>
    askThrough(open, { ...query, label: query.kind, host: home.url }, asking);
  const told = (rows: Awaited<ReturnType<typeof ask>>['rows']) =>
    rows.map(({ message_id, kind, text }) => [message_id, kind, text]);
  const post = (who: string, status: string, more = {}) =>
    home.as(who).v1.statuses.create({ status, ...more });

  it('reads a hashtag to its end, pages of 40 by the Link header', async () => {
    const written = [];
    for (let number = 0; number < 90; number++) written.push(await post('ada', `number ${number} #many`));
    const { rows, pages } = await ask({ kind: 'hashtag', subjects: ['many'] });
    expect(pages.map(({ posts }) => posts)).toEqual([40, 40, 10]);
    expect(told(rows)).toEqual(
      written.reverse().map(({ uri }, index) => [uri, 'post', `number ${89 - index} #many`]),
    );
  });

  it('goes on from where it ended without a gap, while others write', async () => {
    const uris = new Set<string>();
    const write = async (text: string) => uris.add((await post('bob', `${text} #busy`)).uri);
    const sent = async (count: number, text: string) => {
      const at = new Date().toISOString();
      const account: [string, string] = ['zoe', 'away.example'];
      const messages = Array.from({ length: count }, (_, number) => {
        const uri = `https://away.example/${text}/${number}`;
        uris.add(uri);
        return { uri, account, created_at: at, text: `${text} ${number} #busy` };
      });
      await home.receive(messages);
    };
    await sent(50, 'before');
    const seen = new Set<string | null | undefined>();
    let resume: string | undefined;
    for (let round = 0; round < 4; round++) {
      const asked = await ask(
        { kind: 'hashtag', subjects: ['busy'] },
        // Each page finds what was written while the one before was read.
        { resume, before: async pages => void (pages < 3 && (await write(`round ${round} page ${pages}`))) },
      );
      for (const row of asked.rows) seen.add(row.message_id);
      resume = asked.resume;
      await sent(45, `after-${round}`);
    }
    const last = await ask({ kind: 'hashtag', subjects: ['busy'] }, { resume });
    for (const row of last.rows) seen.add(row.message_id);
    expect([...seen].sort()).toEqual([...uris].sort());
  });

  it('stops where the span begins', async () => {
    const dated = Array.from({ length: 400 }, (_, number) => {
      const at = new Date(Date.UTC(2026, 9, 1, 12) + Math.floor(number / 20) * 86_400_000).toISOString();
      const uri = `https://away.example/statuses/${number}`;
      return {
        uri,
        account: ['zoe', 'away.example'] as [string, string],
        created_at: at,
        came_at: at,
        text: '#daily',
      };
    });
    await home.receive(dated);
    const span = { from: '2026-10-18T00:00:00.000Z', to: '2026-10-21T00:00:00.000Z' };
    const recent = await ask({ kind: 'hashtag', subjects: ['daily'] }, { span });
    expect(recent.pages.map(({ posts }) => posts)).toEqual([40, 40, 40]);
    // A hole of long ago is found by the time that ids hold: one page from the newest, three around the hole.
    const hole = { from: '2026-10-03T00:00:00.000Z', to: '2026-10-05T00:00:00.000Z' };
    const filled = await ask({ kind: 'hashtag', subjects: ['daily'] }, { span: hole });
    const inHole = filled.rows.filter(({ created_at }) => created_at! >= hole.from && created_at! < hole.to);
    expect([inHole.length, filled.pages.length, filled.resume]).toEqual([40, 3, undefined]);
  });

  it('reads what an account wrote, answered and passed on, after looking it up', async () => {
    const first = await post('ada', 'first of ada');
    const answer = await post('cleo', '@ada second', { inReplyToId: first.id });
    const boost = await home.as('cleo').v1.statuses.$select(first.id).reblog();
    const asked = await ask({ kind: 'account', subjects: [`@cleo@${home.host}`] });
    expect(told(asked.rows)).toEqual([
      [boost.uri, 'reshare', ''],
      [answer.uri, 'reply', '@ada second'],
    ]);
    expect(asked.rows[0]!.root_id).toBe(first.uri);
    expect(asked.mapped[0]).toEqual({
      account: { platform: 'mastodon', account: `${home.url}/@cleo`, state: 'active', at: null },
    });
    const records = await ask({ kind: 'records', subjects: [`${home.url}/@cleo`, first.uri] });
    expect(told(records.rows)).toEqual(told(asked.rows));
    const unknown = await ask({ kind: 'account', subjects: [`${home.url}/@nobody`] });
    expect(unknown.pages.map(({ status }) => status)).toEqual([404]);
    expect(unknown.mapped).toEqual([
      { account: { platform: 'mastodon', account: `${home.url}/@nobody`, state: 'deleted', at: null } },
    ]);
  });

  it('does not read on where an account approves of its followers one by one', async () => {
    await home.as('bob').v1.accounts.updateCredentials({ locked: true });
    const asked = await ask({ kind: 'account', subjects: [`@bob@${home.host}`] });
    await home.as('bob').v1.accounts.updateCredentials({ locked: false });
    expect([asked.pages.length, asked.rows]).toEqual([1, []]);
  });

  it('searches, in pages', async () => {
    const written = [];
    for (let number = 0; number < 85; number++) written.push((await post('ada', `pistachio ${number}`)).uri);
    const asked = await ask({ kind: 'search', subjects: ['pistachio'] });
    expect(asked.rows.map(row => row.message_id)).toEqual(written.reverse());
    expect(asked.pages.map(({ posts }) => posts)).toEqual([40, 40, 5, 0]);
  });

  it('reads threads, quotes, and who passed on, of a message by its id', async () => {
    const root = await post('ada', 'a root');
    const child = await post('bob', 'a child', { inReplyToId: root.id });
    const leaf = await post('cleo', 'a leaf', { inReplyToId: child.id });
    const quote = await post('bob', 'a quote', { quotedStatusId: root.id });
    for (const who of ['bob', 'cleo']) await home.as(who).v1.statuses.$select(root.id).reblog();
    const subjects = [subjectOf(root)];
    const thread = await ask({ kind: 'thread', subjects: [subjectOf(child)] });
    expect(told(thread.rows)).toEqual([
      [root.uri, 'post', 'a root'],
      [leaf.uri, 'reply', 'a leaf'],
    ]);
    expect(thread.rows[0]).toMatchObject({ replies: '1', reshares: '2', quotes: '1' });
    const quotes = await ask({ kind: 'quotes', subjects });
    expect(told(quotes.rows)).toEqual([[quote.uri, 'quote', 'a quote']]);
    expect(quotes.rows[0]!.parent_id).toBe(root.uri);
    const reposts = await ask({ kind: 'reposts', subjects });
    expect(reposts.mapped).toEqual(
      ['cleo', 'bob'].map(who => ({
        reposter: { platform: 'mastodon', message: root.uri, account: `${home.url}/@${who}` },
      })),
    );
  });

  it('tells what was edited and what is gone', async () => {
    const kept = await post('ada', 'as it was');
    const lost = await post('ada', 'soon gone');
    const boost = await home.as('bob').v1.statuses.$select(lost.id).reblog();
    const refresh = () => ask({ kind: 'refresh', subjects: [kept, lost, boost].map(subjectOf) });
    expect(told((await refresh()).rows)).toEqual([
      [kept.uri, 'post', 'as it was'],
      [lost.uri, 'post', 'soon gone'],
      [boost.uri, 'reshare', ''],
    ]);
    await home.as('ada').v1.statuses.$select(kept.id).update({ status: 'as it is' });
    await home.as('ada').v1.statuses.$select(lost.id).remove();
    const gone = (uri: string) => ({ platform: 'mastodon', message_id: uri, deleted: 'true' });
    const { rows } = await refresh();
    expect(rows).toEqual([expect.objectContaining({ text: 'as it is' }), gone(lost.uri), gone(boost.uri)]);
    const thread = await ask({ kind: 'thread', subjects: [subjectOf(lost)] });
    expect([thread.pages[0]!.status, thread.rows]).toEqual([404, [gone(lost.uri)]]);
    // Servers before 4.3 know no way to ask for several.
    await home.fault({
      match: { path: '/api/v1/statuses' },
      effect: { type: 'status', status: 404 },
      count: 1,
    });
    expect((await refresh()).rows).toEqual(rows);
  });
});
