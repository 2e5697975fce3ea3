import type { Campaign } from '../contracts/campaign.ts';
import { languages } from '../methods/languages.ts';

/** Seed words of a campaign that may say less of their topic than its owner thinks, one sentence each. */
export function seedWarnings({ topics = {} }: Pick<Campaign, 'topics'>): string[] {
  const words = Object.entries(topics).flatMap(([topic, list]) =>
    list.map(word => ({ topic, word, plain: word.normalize('NFKC').toLowerCase() })),
  );
  return words.flatMap(({ topic, word, plain }) => {
    const others = words.filter(other => other.plain === plain && other.topic !== topic);
    const silent = Object.entries(languages).filter(([, { stopWords }]) => stopWords?.includes(plain));
    const of = `topics: the seed "${word}" of ${topic}`;
    return [
      ...(others.length > 0
        ? [`${of} is also one of ${others.map(other => other.topic).join(', ')}: it tells neither apart`]
        : []),
      ...(silent.length > 0
        ? [`${of} is a word that says nothing in ${silent.map(([code]) => code).join(', ')}`]
        : []),
    ];
  });
}
