import type { PoliteClient } from './http/politeClient.ts';
import type { LiveSource } from './liveSource.ts';

/**
 * A source whose pages say how far this machine's clock is ahead of the server that was asked. What is asked up to now
 * by a clock that is ahead goes beyond what there is, and would be called covered before it is written.
 *
 * @param service the server that is asked where a question names none
 */
export function clockChecked(
  source: LiveSource,
  client: PoliteClient,
  service: string | undefined,
): LiveSource {
  return {
    ...source,
    async page(ask) {
      const page = await source.page(ask);
      const host = URL.parse(ask.query.host ?? service ?? '')?.host;
      const seconds = host === undefined ? undefined : client.aheadOf(host);
      return seconds === undefined ? page : { ...page, ahead: { seconds, of: host! } };
    },
  };
}
