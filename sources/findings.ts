/** Names beyond this many are counted together: a body may use data as field names. */
const mostNames = 1000;

/** Counts what was odd in an input without making a row unusable. */
export class Findings {
  readonly #counts = new Map<string, number>();
  readonly #unmapped = new Set<string>();

  count(measure: string, times = 1): void {
    if (times === 0) return;
    this.#counts.set(measure, (this.#counts.get(measure) ?? 0) + times);
  }

  /** A field that the parser does not know, by its path. */
  unmapped(path: string, times = 1): void {
    if (times === 0) return;
    const known = this.#unmapped.has(path);
    if (!known && this.#unmapped.size >= mostNames) {
      this.count('unmapped:(other fields)', times);
      return;
    }
    this.#unmapped.add(path);
    this.count(`unmapped:${shortName(path)}`, times);
  }

  /** Sorted by measure. */
  entries(): [measure: string, value: number][] {
    return [...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}

/** A name of someone else's choosing, fit to be shown and stored. */
export function shortName(name: string): string {
  const printable = name.toWellFormed().replace(/\p{Cc}/gu, '?');
  return printable.length > 100 ? `${printable.slice(0, 100).toWellFormed()}…` : printable;
}
