import { homonyms, sentences } from '../../tools/sample/sentences.ts';
import { type Language, slots, type Topic, topics } from '../../tools/sample/words.ts';

const languages: readonly Language[] = ['fr', 'en'];

/** The topic whose sentence a text of the sample holds: what its author was made to talk about; none for small talk. */
export function topicOf(text: string): Topic | undefined {
  return topics.find(topic => patterns[topic].test(text));
}

const patterns = Object.fromEntries(
  topics.map(topic => [
    topic,
    new RegExp(
      languages.flatMap(language => sentences[language][topic].map(patternOf(language))).join('|'),
      'iu',
    ),
  ]),
) as Record<Topic, RegExp>;

/** Whether a text holds a seed word of ice cream in another sense. */
export function isHomonym(text: string): boolean {
  return homonymPattern.test(text);
}

const homonymPattern = new RegExp(
  languages.flatMap(language => homonyms[language].map(({ text }) => patternOf(language)(text))).join('|'),
  'iu',
);

/** A template as a pattern, its slots as the choice of their words. */
function patternOf(language: Language): (template: string) => string {
  return template =>
    template
      .split(/(\{\w+\})/)
      .map(part => {
        const slot = /^\{(\w+)\}$/.exec(part)?.[1];
        if (slot === undefined) return escaped(part);
        return slot === 'n' ? '[0-9]+' : `(?:${slots[language][slot]!.map(escaped).join('|')})`;
      })
      .join('');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
