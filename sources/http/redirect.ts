import { FatalError } from '../../contracts/errors.ts';
import { shortName } from '../findings.ts';
import { placeOf } from './askFault.ts';

const statuses = new Set([301, 302, 303, 307, 308]);
const mostHops = 3;

/**
 * Where an answer sends the asker, or undefined where it does not. Followed are few steps, of GET, that stay with the
 * server or lead from its http to its https: what is asked carries secrets that are meant for it alone.
 *
 * @throws FatalError on any other redirect: the address in the campaign file is to be mended
 */
export function redirectOf(
  from: URL,
  answer: { status: number; headers: Headers },
  method: string,
  hops: number,
): URL | undefined {
  if (!statuses.has(answer.status)) return undefined;
  const location = answer.headers.get('location') ?? '';
  const to = URL.parse(location, from.href) ?? undefined;
  if (to === undefined) throw new FatalError(`${placeOf(from)} redirects to no address`, { next: mend });
  if (to.origin !== from.origin && !isSecured(from, to)) {
    throw new FatalError(
      `${from.host} redirects to ${shortName(to.host || to.protocol)}, which was not asked for`,
      {
        next: 'if that is where the network lives now, write its address into the campaign file',
      },
    );
  }
  if (method !== 'GET') throw new FatalError(`${placeOf(from)} redirects what is posted`, { next: mend });
  if (hops >= mostHops) {
    throw new FatalError(`${placeOf(from)} redirects more than ${mostHops} times`, { next: mend });
  }
  return to;
}

const mend = 'mend the address in the campaign file, or try again when the server is mended';

function isSecured(from: URL, to: URL): boolean {
  return (
    from.protocol === 'http:' &&
    to.protocol === 'https:' &&
    to.hostname === from.hostname &&
    to.port === '' &&
    to.username === ''
  );
}
