import { describe, expect, it } from 'vitest';
import type { AccountState, QueryKind } from '../../contracts/collection.ts';
import { bluesky } from '../../sources/bluesky.ts';
import { ada, bob, eve, post, view } from './blueskyBodies.ts';
import { asked, fieldsOf, mapBody } from './mapping.ts';

const states = (accounts: { account: string; state: AccountState }[]) =>
  accounts.map(({ account, state }) => [account, state]);

describe('what is gone from Bluesky', () => {
  it('is what was asked for again and did not come', () => {
    const subjects = [post('1'), post('2', bob), post('3', bob), 'at://handle.example/app.bsky.feed.post/1'];
    const { rows, accounts, findings } = mapBody(
      bluesky,
      { posts: [view(post('1'))] },
      asked('refresh', subjects),
    );
    expect(fieldsOf(rows, 'message_id', 'author_id', 'deleted')).toEqual([
      [post('1'), ada, null],
      [post('2', bob), bob, 'true'],
      [post('3', bob), bob, 'true'],
    ]);
    expect([states(accounts), findings]).toEqual([[[ada, 'active']], { subjects_not_understood: 1 }]);
  });

  it('is not what is hidden with its account', () => {
    const repos = [
      { did: bob, active: false, status: 'deactivated' },
      { did: eve, active: false, status: 'desynchronized' },
      { did: ada, active: true, rev: '3l' },
      { did: 5 },
    ];
    const subjects = [post('1'), post('2', bob), post('3', eve)];
    const { rows, accounts, findings } = mapBody(bluesky, { posts: [], repos }, asked('refresh', subjects));
    expect(fieldsOf(rows, 'message_id', 'deleted')).toEqual([[post('1'), 'true']]);
    expect(states(accounts)).toEqual([
      [bob, 'deactivated'],
      [ada, 'active'],
    ]);
    expect(findings).toEqual({ account_states_not_understood: 2 });
  });

  it('is nothing where a search came back without it', () => {
    const { rows, accounts } = mapBody(bluesky, { posts: [] }, asked('quotes', [post('1')]));
    expect([rows, accounts]).toEqual([[], []]);
  });

  const cases: [kind: QueryKind, subject: string, error: object, told: unknown[]][] = [
    ['thread', post('1'), { error: 'NotFound', message: `Post not found: ${post('1')}` }, [post('1')]],
    ['reposts', post('1'), { error: 'RecordNotFound' }, [post('1')]],
    ['search', 'gelato', { error: 'NotFound' }, []],
    [
      'account',
      ada,
      { error: 'AccountDeactivated', message: 'Account is deactivated' },
      [[ada, 'deactivated']],
    ],
    ['account', ada, { error: 'AccountTakedown' }, [[ada, 'suspended']]],
    ['account', ada, { error: 'InvalidRequest', message: 'Profile not found' }, [[ada, 'deactivated']]],
    ['account', ada, { error: 'InvalidRequest', message: 'Error: limit must be an integer' }, []],
    ['account', 'ada.example', { error: 'AccountDeactivated' }, []],
    ['records', bob, { error: 'RepoNotFound' }, [[bob, 'deleted']]],
    ['records', bob, { error: 'RepoTakendown' }, [[bob, 'suspended']]],
    ['records', bob, { error: 'RepoDeactivated' }, [[bob, 'deactivated']]],
    [
      'records',
      bob,
      { error: 'InvalidRequest', message: `Could not find repo: ${bob}` },
      [[bob, 'deactivated']],
    ],
    ['records', bob, { message: `DID not available: ${bob}` }, [[bob, 'deleted']]],
    ['thread', post('1', bob), { error: 'RepoSuspended' }, [[bob, 'suspended']]],
    ['thread', post('1'), { error: 'InvalidRequest', message: 'Profile not found' }, []],
    ['thread', post('1'), { error: 'constructor' }, []],
    ['thread', post('1'), { error: { toString: 5 }, message: 5 }, []],
    [
      'thread',
      post('1', bob),
      { error: 'NotFound', repos: [{ did: bob, active: false, status: 'deactivated' }] },
      [[bob, 'deactivated']],
    ],
    [
      'thread',
      post('1', bob),
      { error: 'NotFound', repos: [{ did: bob, active: true }] },
      [post('1', bob), [bob, 'active']],
    ],
  ];
  it.each(cases)('%s of %s answered with %j', (kind, subject, error, told) => {
    const { rows, accounts, findings } = mapBody(bluesky, error, asked(kind, [subject], 400));
    expect([...fieldsOf(rows, 'message_id').flat(), ...states(accounts)]).toEqual(told);
    expect([rows.every(row => row.fields.deleted === 'true'), findings]).toEqual([true, { page_errors: 1 }]);
  });

  it('is not known of an error in a file', () => {
    const { rows, findings } = mapBody(bluesky, { error: 'NotFound' });
    expect([rows, findings]).toEqual([[], { page_errors: 1 }]);
  });
});
