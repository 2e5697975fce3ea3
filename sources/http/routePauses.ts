import { createHash } from 'node:crypto';

/** Beyond this many, pauses that are over are forgotten. */
const mostKept = 1000;
const pauses = new Map<string, number>();

/**
 * What a limit applies to: the path without the numbers in it, and whose limit it is. A network that limits all paths
 * together says so again on the next path.
 */
export function routeOf(url: URL, method: string, authorization: string | undefined): string {
  const path = url.pathname.replace(/(?<=\/)[0-9]+(?=\/|$)/g, '*');
  const who = authorization === undefined ? '' : createHash('sha256').update(authorization).digest('hex');
  return `${method} ${url.origin}${path} ${who}`;
}

/** Keeps asks of all clients of this process off a route. @param until by our clock, in milliseconds */
export function pauseRoute(route: string, until: number): void {
  if (pauses.size >= mostKept) {
    for (const [other, end] of pauses) if (end <= Date.now()) pauses.delete(other);
  }
  pauses.set(route, until);
}

/** Milliseconds until a route may be asked again; 0 where it may now. */
export function pauseLeft(route: string): number {
  const until = pauses.get(route);
  if (until === undefined) return 0;
  const left = until - Date.now();
  if (left > 0) return left;
  pauses.delete(route);
  return 0;
}
