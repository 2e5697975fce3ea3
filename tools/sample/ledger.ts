import { idOf, type Kind, type Message } from './message.ts';

/** The books of the sample's files: where every row must end, known because the generator wrote it so. */
export type Source = 'x' | 'mastodon' | 'talk' | 'listening';

interface Book {
  rows_read: number;
  staged: number;
  duplicates: number;
  quarantined: number;
  deleted: number;
  included: number;
  quarantined_because: Record<string, number>;
}

export class Ledger {
  readonly books = new Map<Source, Book>();
  /** Messages that a correct reader stages, by id. */
  readonly staged = new Map<string, { source: Source; message: Message }>();
  /** Oddities that change no count: how many messages have each. */
  readonly oddities: Record<string, number> = {};

  private book(source: Source): Book {
    let book = this.books.get(source);
    if (!book) {
      book = {
        rows_read: 0,
        staged: 0,
        duplicates: 0,
        quarantined: 0,
        deleted: 0,
        included: 0,
        quarantined_because: {},
      };
      this.books.set(source, book);
    }
    return book;
  }

  stage(source: Source, message: Message): void {
    const id = idOf(message);
    if (this.staged.has(id)) throw new Error(`staged twice: ${id}`);
    this.staged.set(id, { source, message });
    const book = this.book(source);
    book.rows_read++;
    book.staged++;
  }

  /** A row that an equal id with a newer capture, in any source, pushes out. */
  duplicate(source: Source): void {
    const book = this.book(source);
    book.rows_read++;
    book.duplicates++;
  }

  quarantine(source: Source, reason: string): void {
    const book = this.book(source);
    book.rows_read++;
    book.quarantined++;
    book.quarantined_because[reason] = (book.quarantined_because[reason] ?? 0) + 1;
  }

  remove(source: Source): void {
    const book = this.book(source);
    book.rows_read++;
    book.deleted++;
  }

  /** A message that is in no row of its own, but complete inside another. */
  include(source: Source, message: Message): void {
    const id = idOf(message);
    if (this.staged.has(id)) return;
    this.staged.set(id, { source, message });
    this.book(source).included++;
  }

  note(oddity: string, messages = 1): void {
    this.oddities[oddity] = (this.oddities[oddity] ?? 0) + messages;
  }

  /** Messages by network and kind, of those created in [from, to). */
  count(from: number, to: number): Record<string, Record<Kind, number>> {
    const result: Record<string, Record<Kind, number>> = {};
    for (const { message } of this.staged.values()) {
      if (message.shownAt < from || message.shownAt >= to) continue;
      const row = result[message.account.network] ?? { post: 0, reshare: 0, quote: 0, reply: 0 };
      row[message.kind]++;
      result[message.account.network] = row;
    }
    return result;
  }
}
