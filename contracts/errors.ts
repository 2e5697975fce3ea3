/**
 * The one kind of error that no retry can cure: the input, the data or the code is wrong.
 * The run ends at once, with one line that says what is wrong, where, and what to do next.
 * Everything else that is thrown is retried, within bounds.
 */
export class FatalError extends Error {
  override readonly name = 'FatalError';
  /** What is wrong, in the user's words. */
  readonly what: string;
  /** `file` or `file:line`, where one is to blame. */
  readonly where: string | undefined;
  /** What the reader can do about it. */
  readonly next: string | undefined;

  constructor(what: string, evidence: { where?: string; next?: string; cause?: unknown } = {}) {
    const where = evidence.where === undefined ? '' : `${evidence.where}: `;
    const next = evidence.next === undefined ? '' : ` — ${evidence.next}`;
    super(`${where}${what}${next}`, { cause: evidence.cause });
    this.what = what;
    this.where = evidence.where;
    this.next = evidence.next;
  }
}

/** The message of anything that was thrown, on one line. */
export function messageOf(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return text.replace(/\s*\n\s*/g, ' ').trim();
}
