import type { Message } from './message.ts';
import type { Random } from './random.ts';

/** What networks count under a message: its answers in the sample, and likes beyond. */
export interface Figures {
  reshares: number;
  quotes: number;
  replies: number;
  likes: number;
}

export function figuresOf(messages: readonly Message[], random: Random): Map<Message, Figures> {
  const figures = new Map(
    messages.map(message => [message, { reshares: 0, quotes: 0, replies: 0, likes: random.below(6) }]),
  );
  for (const message of messages) {
    const subject = message.subject && figures.get(message.subject);
    if (subject) {
      if (message.kind === 'reshare') subject.reshares++;
      else subject.quotes++;
      subject.likes += 2;
    }
    const answered = message.replyTo && figures.get(message.replyTo);
    if (answered) answered.replies++;
  }
  return figures;
}

/** The text with its hashtags and link, as its author typed it. */
export function typed(message: Message, link = message.link): string {
  return [message.text, ...message.hashtags.map(tag => `#${tag}`), ...(link ? [link] : [])].join(' ');
}
