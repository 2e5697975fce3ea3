import type { Dialect, StreamEvent, Told } from './streamEvent.ts';
import { wanted } from './streamEvent.ts';

/** Jetstream says nothing of what it no longer holds; on the whole network no hour is without a post. */
const silence = 3_600_000;

/** Jetstream (github.com/bluesky-social/jetstream), first version: JSON by time. @param base with or without `/subscribe` */
export function jetstream(base: string): Dialect {
  return {
    silence,
    address(stand, from) {
      const url = new URL(base);
      if (!url.pathname.endsWith('/subscribe')) url.pathname = `${url.pathname.replace(/\/$/, '')}/subscribe`;
      for (const collection of wanted) url.searchParams.append('wantedCollections', collection);
      url.searchParams.set('cursor', String(stand?.cursor ?? Date.parse(from) * 1000));
      return url;
    },
    async told(frame): Promise<Told> {
      const text = typeof frame === 'string' ? frame : Buffer.from(frame).toString();
      const event = JSON.parse(text) as StreamEvent;
      if (!Number.isSafeInteger(event.time_us)) throw new Error('an event of Jetstream has no time');
      return { events: [{ event, text }], stand: { cursor: event.time_us, time: event.time_us / 1000 } };
    },
  };
}
