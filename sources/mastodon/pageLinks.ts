import LinkHeader from 'http-link-header';
import type { Answer } from '../http/answer.ts';

/** What a page's Link header says of its neighbours: ids alone, so that no server leads us to another one. */
export interface PageLinks {
  /** `max_id` of the older page. */
  older: string | undefined;
  /** `min_id` of the newer page. */
  newer: string | undefined;
}

/** @throws Error where a header is there and can't be read */
export function pageLinks({ headers }: Answer, host: string): PageLinks {
  const text = headers.get('link');
  if (text === null) return { older: undefined, newer: undefined };
  let links: LinkHeader;
  try {
    links = LinkHeader.parse(text);
  } catch {
    throw new Error(`${host} links its pages in a way that can't be read`);
  }
  const idOf = (relation: string, name: string) => {
    const [link] = links.rel(relation);
    if (link === undefined) return undefined;
    const id = URL.parse(link.uri, `http://${host}`)?.searchParams.get(name);
    if (id == null || !/^[\w-]{1,64}$/.test(id)) {
      throw new Error(`${host} links a page without saying where it begins`);
    }
    return id;
  };
  return { older: idOf('next', 'max_id'), newer: idOf('prev', 'min_id') };
}
