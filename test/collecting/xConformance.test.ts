import { openX } from '../../sources/x/xSource.ts';
import type { Made } from '../sources/conformance/fixture.ts';
import { conforms } from '../sources/conformance/suite.ts';
import type { Asked } from '../sources/faultServer.ts';
import { settingsOf } from './xReading.ts';

const asked = ({ path }: Asked) => new URL(path, 'http://x');
const idOf = ({ number }: Made) => String(1_900_000_000_000_000_000n + BigInt(number));
const item = (made: Made) => ({
  id: idOf(made),
  text: made.text,
  author_id: String(700_000 + made.number),
  created_at: made.at,
  conversation_id: idOf(made),
  edit_history_tweet_ids: [idOf(made)],
  public_metrics: { retweet_count: 0, reply_count: 0, like_count: 1, quote_count: 0, impression_count: 5 },
});
const notFound = (id: string) => ({
  value: id,
  detail: `Could not find tweet with ids: [${id}].`,
  title: 'Not Found Error',
  resource_type: 'tweet',
  parameter: 'ids',
  resource_id: id,
  type: 'https://api.twitter.com/2/problems/resource-not-found',
});

conforms('the source X', {
  open: (service, client, secrets) =>
    openX(settingsOf(service, { archive: true }), { client, secrets, accounts: [] }),
  query: () => ({ kind: 'search', label: 'search gelato', subjects: ['gelato'] }),
  span: { from: '2026-03-01T00:00:00.000Z', to: '2026-03-08T00:00:00.000Z' },
  item,
  idOf,
  pageOf(request) {
    const { pathname, searchParams } = asked(request);
    return pathname === '/2/tweets/search/all' ? Number(searchParams.get('next_token') ?? '0') : undefined;
  },
  page: (items, next) => ({
    body: JSON.stringify({
      ...(items.length > 0 ? { data: items } : {}),
      meta: { result_count: items.length, ...(next === undefined ? {} : { next_token: String(next) }) },
    }),
  }),
  besides(request, there) {
    const ids = asked(request).searchParams.get('ids')!.split(',');
    const found = there.filter(made => ids.includes(idOf(made)));
    const gone = ids.filter(id => !found.some(made => idOf(made) === id));
    return { body: JSON.stringify({ data: found.map(item), errors: gone.map(notFound) }) };
  },
  isPaid: true,
  required: 'id',
  refresh: ids => ({ kind: 'refresh', label: 'refresh', subjects: ids }),
});
