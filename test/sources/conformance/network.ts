import { type Asked, type FaultServer, faultServer, type Reply, scriptedServer } from '../faultServer.ts';
import type { Fixture, Made } from './fixture.ts';

/** A network of made-up messages, and how it misbehaves. */
export interface Network {
  /** The messages of each page. */
  pages: Made[][];
  /** Where a page leads to; by default to the one after it. */
  next?(page: number): number | undefined;
  /** Changes an item of a body. */
  change?(item: Record<string, unknown>, made: Made): void;
  /** What is answered to the nth request (from 0) for a page, instead of the page; undefined for the page itself. */
  fault?(page: number, times: number, asked: Asked): Reply | undefined;
  /** What is answered to every request at all, instead. */
  refuse?(asked: Asked): Reply;
  /** Messages that are there when they are asked for by id; by default those of all pages. */
  there?: Made[];
}

/** Serves a network to one case of the suite. */
export async function serve(fixture: Fixture, network: Network): Promise<FaultServer> {
  const { pages } = network;
  const next = network.next ?? (page => (page + 1 < pages.length ? page + 1 : undefined));
  const times = new Map<number, number>();
  const server: FaultServer = await scriptedServer(asked => {
    if (network.refuse !== undefined) return network.refuse(asked);
    const page = fixture.pageOf(asked);
    if (page === undefined) return fixture.besides(asked, network.there ?? pages.flat(), server.address);
    const time = times.get(page) ?? 0;
    times.set(page, time + 1);
    const fault = network.fault?.(page, time, asked);
    if (fault !== undefined) return fault;
    const items = (pages[Math.min(page, pages.length - 1)] ?? []).map(made => {
      const item = structuredClone(fixture.item(made)) as Record<string, unknown>;
      network.change?.(item, made);
      return item;
    });
    return fixture.page(items, next(page), server.address);
  });
  return server;
}

/** A server that is nobody's: whatever gets here was sent to the wrong place. */
export function stranger(): Promise<FaultServer> {
  return faultServer({ body: '{}' });
}

/** Messages of a minute each, from the beginning of the fixture's span on. */
export function making(fixture: Fixture, from: number, to: number): Made[] {
  const start = Date.parse(fixture.span.from);
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const number = from + index;
    return {
      number,
      at: new Date(start + number * 60_000).toISOString(),
      text: `gelato ${number}`,
      name: `Nina ${number}`,
    };
  });
}
