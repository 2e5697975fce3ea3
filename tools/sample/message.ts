import type { Account } from './people.ts';
import type { Language, Topic } from './words.ts';

export type Kind = 'post' | 'reshare' | 'quote' | 'reply';

/** One message of the sample's world, before a network gives it a shape. */
export interface Message {
  number: number;
  account: Account;
  /** When it was written, ms since 1970. */
  at: number;
  kind: Kind;
  text: string;
  language: Language;
  topic: Topic | undefined;
  /** Which message moved the author: the truth, which most networks hide. */
  cause: Message | undefined;
  /** The message that is reshared or quoted; never itself a reshare. */
  subject: Message | undefined;
  /** The message that is answered. */
  replyTo: Message | undefined;
  hostile: boolean;
  /** The other sense in which a seed word is used. */
  homonym: string | undefined;
  link: string | undefined;
  hashtags: readonly string[];
  /** Never in any file of its own: other messages name it, or carry it inside. */
  unseen: 'never' | 'only inside others' | undefined;
  /** The clock of its author was wrong: what the network shows instead of `at`. */
  shownAt: number;
  /** Native id, given when all messages are known. */
  native: string;
}

/** The message that the forwards of this one hang under: itself if it forwards nothing. */
export function rootOf(message: Message): Message {
  let root = message;
  // A planted cycle would never end: its members name each other.
  for (let steps = 0; root.subject && steps < 1000; steps++) root = root.subject;
  return root;
}

export function conversationRootOf(message: Message): Message {
  let root = message;
  while (root.replyTo) root = root.replyTo;
  return root;
}

/** A reshare has no words of its own: what one answers or forwards is the message behind it. */
export function behind(message: Message): Message {
  let original = message;
  while (original.kind === 'reshare') original = original.subject!;
  return original;
}

/** The time that the network shows: X knows whole seconds only. */
export function shownBy(message: Message): number {
  return message.account.network === 'x' ? Math.floor(message.shownAt / 1000) * 1000 : message.shownAt;
}

export const idOf = (message: Message) => `${message.account.network}:${message.native}`;

/** Everything that was written, on all networks, in the order in which the generator wrote it. */
export class Chronicle {
  readonly messages: Message[] = [];

  write(given: Pick<Message, 'account' | 'at' | 'kind' | 'text'> & Partial<Message>): Message {
    const message: Message = {
      number: this.messages.length,
      language: given.account.person.language,
      topic: undefined,
      cause: undefined,
      subject: undefined,
      replyTo: undefined,
      hostile: false,
      homonym: undefined,
      link: undefined,
      hashtags: [],
      unseen: undefined,
      shownAt: given.at,
      native: '',
      ...given,
    };
    this.messages.push(message);
    return message;
  }
}
