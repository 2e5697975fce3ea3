import { mastodonSource } from '../../contracts/liveSources.ts';
import { localMessageOf, subjectOf } from '../../contracts/localMessage.ts';
import { openMastodon } from '../../sources/mastodon/mastodonSource.ts';
import type { Made } from './conformance/fixture.ts';
import { conforms } from './conformance/suite.ts';

const highest = 1_000_000;
const idOf = ({ number }: Pick<Made, 'number'>) => `https://home.example/statuses/${number}`;
const settled = mastodonSource.parse({ type: 'mastodon', instances: ['https://home.example'] });

/** A status as Mastodon's API documents it, with the id that all servers of the suite give it. */
const statusOf = ({ number, at, text, name }: Made) => ({
  id: String(number),
  uri: `https://home.example/statuses/${number}`,
  created_at: at,
  account: { acct: 'ada', uri: 'https://home.example/users/ada', display_name: name },
  content: `<p>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`,
  in_reply_to_id: null,
  reblog: null,
});
const inUrl = (path: string) => new URL(path, 'http://x').searchParams;

conforms('a hashtag of Mastodon', {
  open: (service, client, secrets) =>
    openMastodon({ ...settled, id: 'talk', instances: [service] }, { client, secrets, accounts: [] }),
  query: service => ({ kind: 'hashtag', label: 'hashtag #gelato', subjects: ['gelato'], host: service }),
  span: { from: '2026-03-01T00:00:00.000Z', to: '2026-03-08T00:00:00.000Z' },
  item: statusOf,
  idOf,
  pageOf: ({ path }) =>
    path.startsWith('/api/v1/timelines/tag/gelato')
      ? highest - Number(inUrl(path).get('max_id') ?? highest)
      : undefined,
  page: (items, next, service) => ({
    headers: {
      'content-type': 'application/json',
      ...(next !== undefined && {
        link: `<${service}/api/v1/timelines/tag/gelato?limit=40&max_id=${highest - next}>; rel="next"`,
      }),
    },
    body: JSON.stringify(items),
  }),
  besides: ({ path }, there) => {
    const ids = inUrl(path).getAll('id[]');
    const listed = there.filter(({ number }) => ids.includes(String(number))).map(statusOf);
    return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(listed) };
  },
  required: 'uri',
  refresh: (uris, service) => ({
    kind: 'refresh',
    label: 'refresh',
    subjects: uris.map(uri => subjectOf({ id: uri.split('/').at(-1)!, uri: localMessageOf(uri).uri })),
    host: service,
  }),
});
