/** What the replay of X keeps of its callers: requests by endpoint, and posts that were delivered. */
export class ReplayLedger {
  /** Every post of every answer, those that came along included: the harshest reading of what X bills. */
  delivered = 0;
  /** Paths that were asked, in order. */
  readonly asked: string[] = [];
  readonly #days = new Map<string, Set<string>>();
  readonly #windows = new Map<string, { begun: number; requests: number }>();

  /** Posts as X documents its bills: each once in a UTC day. */
  get billed(): number {
    return [...this.#days.values()].reduce((sum, ids) => sum + ids.size, 0);
  }

  admit(
    path: string,
    allowed: number | undefined,
    now: number,
  ): { isOver: boolean; headers: Record<string, string> } {
    this.asked.push(path);
    const endpoint = path.replace(/(?<=\/(?:tweets|users)\/)[0-9]+/, ':id');
    const limit = allowed ?? requestsOf(endpoint);
    const before = this.#windows.get(endpoint);
    const window =
      before === undefined || now >= before.begun + 900_000 ? { begun: now, requests: 0 } : before;
    this.#windows.set(endpoint, window);
    const isOver = window.requests >= limit;
    if (!isOver) window.requests++;
    return {
      isOver,
      headers: {
        'x-rate-limit-limit': String(limit),
        'x-rate-limit-remaining': String(limit - window.requests),
        'x-rate-limit-reset': String(Math.ceil((window.begun + 900_000) / 1000)),
      },
    };
  }

  deliver(ids: readonly string[], now: number): void {
    this.delivered += ids.length;
    const day = new Date(now).toISOString().slice(0, 10);
    const known = this.#days.get(day) ?? new Set();
    this.#days.set(day, known);
    for (const id of ids) known.add(id);
  }
}

/** The limits of one app, as X's own table has them; told here again, so that a wrong number in the source shows. */
function requestsOf(endpoint: string): number {
  const limits: Record<string, number> = {
    '/2/tweets': 3_500,
    '/2/tweets/search/recent': 450,
    '/2/tweets/search/all': 300,
    '/2/tweets/counts/recent': 300,
    '/2/tweets/counts/all': 300,
    '/2/tweets/:id/quote_tweets': 75,
    '/2/tweets/:id/retweeted_by': 75,
    '/2/users/:id/tweets': 10_000,
    '/2/usage/tweets': 50,
  };
  return limits[endpoint] ?? 1;
}
