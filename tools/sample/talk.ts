import type { Random } from './random.ts';
import { answers, homonyms, hostileAnswers, quoteLeads, sentences } from './sentences.ts';
import { hostileWords, type Language, slots, type Topic } from './words.ts';

/** Texts of the sample, put together from words.ts. */

function filled(template: string, language: Language, random: Random): string {
  return template.replace(/\{(\w+)\}/g, (_, slot: string) =>
    slot === 'n' ? String(2 + random.below(38)) : random.pick(slots[language][slot]!),
  );
}

function capital(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}

/** One sentence on the topic; a quarter of the talk on ice cream names the brand. */
export function sentenceOn(topic: Topic, language: Language, random: Random): string {
  const text = capital(filled(random.pick(sentences[language][topic]), language, random));
  if (topic !== 'ice cream' || !random.chance(0.25)) return text;
  return `${text} ${random.pick(language === 'fr' ? ['chez Hokey Pokey', '#HokeyPokey', '@HokeyPokey'] : ['from Hokey Pokey', '#HokeyPokey', '@HokeyPokey'])}`;
}

/** A seed word of the topic "ice cream" used in another sense. */
export function homonymIn(language: Language, random: Random): { sense: string; text: string } {
  const { sense, text } = random.pick(homonyms[language]);
  return { sense, text: capital(filled(text, language, random)) };
}

export function answerOn(topic: Topic, language: Language, random: Random): string {
  const opening = capital(random.pick(answers[language]));
  return random.chance(0.7)
    ? `${opening}, ${filled(random.pick(sentences[language][topic]), language, random)}`
    : opening;
}

export function quoteOn(topic: Topic, language: Language, random: Random): string {
  return `${random.pick(quoteLeads[language])} ${filled(random.pick(sentences[language][topic]), language, random)}`;
}

export function hostileAnswer(language: Language, random: Random): string {
  return capital(
    random.pick(hostileAnswers[language]).replace('{word}', random.pick(hostileWords[language])),
  );
}
