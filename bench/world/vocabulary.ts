import { Random } from '../../tools/sample/random.ts';

/** The words of the world: stop words and seed words as they are, the others made of syllables and endings. */
export const languages = ['en', 'fr'] as const;

/** Topics as the campaign file has them: seed words by language. */
export const topics: Record<string, readonly [readonly string[], readonly string[]]> = {
  'ice cream': [
    ['gelato', 'sundae', 'sorbet', 'scoop'],
    ['glace', 'sorbet', 'cornet'],
  ],
  coffee: [
    ['espresso', 'latte', 'barista'],
    ['café', 'expresso', 'torréfaction'],
  ],
  running: [
    ['jogging', 'marathon', 'sneakers'],
    ['footing', 'foulée', 'marathon'],
  ],
  gardening: [
    ['compost', 'seedlings', 'mulch'],
    ['potager', 'bouture', 'semis'],
  ],
  cinema: [
    ['screening', 'trailer', 'matinee'],
    ['séance', 'projection', 'cinéma'],
  ],
  price: [
    ['expensive', 'cheap', 'discount'],
    ['cher', 'promo', 'soldes'],
  ],
};
/** Words beside which a seed word of ice cream means something else. */
export const otherSense = ['newspaper', 'headline', 'verglas', 'patinage'];
const homonyms: readonly [readonly string[], readonly string[]] = [
  ['scoop', 'newspaper', 'headline'],
  ['glace', 'verglas', 'patinage'],
];
/** Words that make an answer hostile: now and then one stands in an English text. */
export const hostileWords = { en: ['awful', 'melted'] };

const stopWords = [
  'the of and to a in is it you that he was for on are with as i his they be at one have this from or had by but what all were we when your can there an which she do how their if will up other about out then them so these',
  'de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec ou son aux mais comme on nous cette sa ses leur être fait elle tout même sans très bien ils y ont je si',
].map(list => list.split(' '));

/** Draws of each list: a place in it is as likely as any other, so a word is as frequent as it stands there often. */
export const drawn = 2 ** 20;
export const drawnByTopic = 2 ** 12;
const wordsByLanguage = 100_000;
const associates = 60;
const flatness = 2.7;

const syllables = [
  'ba ber con dan del fer gar hol in jor kel lam mer nor os per quin ran sol tar ul ven wil yar zen cal dro fin gre hal mon pel ris sta tor ver bri cla pro tre',
  'ba bé cha con dé dre é fa ga gné in jo la lié man mè nou ou par pè quin ré sa sé tan té ul va vé voi zo cou bri chè plu rou mai fleu trou doi',
].map(list => list.split(' '));
const endings = [
  ['', 's', 'ing', 'ed', 'er'],
  ['', 's', 'er', 'ment', 'ée'],
];

/** What the SQL of the texts draws from: each a list of words in one text, with blanks between. */
export interface Vocabulary {
  english: string;
  french: string;
  /** `drawnByTopic` words for each topic and language: (topic − 1) · 2 + language, the other sense of a seed word last. */
  topical: string;
  /** `drawnByTopic` words that become hashtags for each topic; those of no topic first. */
  tags: string;
}

export function vocabulary(seed: number): Vocabulary {
  const chance = new Random(seed, 'vocabulary');
  const [english, french] = languages.map((_, language) => wordsOf(language)) as [string[], string[]];
  const talk = [...Object.values(topics), homonyms];
  const about = talk.flatMap((seeds, topic) =>
    languages.map((_, language) => {
      const words = language === 0 ? english : french;
      return [...seeds[language]!, ...words.slice(500 + topic * 200, 500 + topic * 200 + associates)];
    }),
  );
  const draws = (words: readonly string[], count: number) =>
    Array.from({ length: count }, () => frequent(words, chance));
  const tagged = [
    english.slice(400, 2400),
    ...talk.map((_, topic) => [...about[2 * topic]!, ...about[2 * topic + 1]!]),
  ];
  return {
    english: draws(english, drawn)
      .map(word => (chance.chance(0.002) ? chance.pick(hostileWords.en) : asWritten(word, chance)))
      .join(' '),
    french: draws(french, drawn)
      .map(word => asWritten(/^[aeiouéè]/.test(word) && chance.chance(0.4) ? `l'${word}` : word, chance))
      .join(' '),
    topical: about.flatMap(words => draws(words, drawnByTopic)).join(' '),
    tags: tagged.flatMap(words => draws(words, drawnByTopic)).join(' '),
  };
}

/** The frequent ones first: stop words, then stems of two syllables, then of three. */
function wordsOf(language: number): string[] {
  const words = new Set(stopWords[language]);
  const parts = syllables[language]!;
  const base = parts.length;
  for (let stem = 0; words.size < wordsByLanguage; stem++) {
    // Modulo a power of the base a multiplication by what has no factor in common with it keeps stems apart.
    const short = stem < base ** 2;
    const number = short ? (stem * 7) % base ** 2 : ((stem - base ** 2) * 1_109) % base ** 3;
    const first = short ? '' : parts[Math.floor(number / base ** 2)]!;
    const root = `${first}${parts[Math.floor(number / base) % base]}${parts[number % base]}`;
    for (const ending of endings[language]!.slice(0, 2 + (stem % 4))) words.add(root + ending);
  }
  return [...words].slice(0, wordsByLanguage);
}

/** The r-th word comes in proportion to 1 / (r + flatness): Zipf's law as Mandelbrot mended it. */
function frequent(words: readonly string[], chance: Random): string {
  const rank = flatness * ((words.length + flatness) / flatness) ** chance.next() - flatness;
  return words[Math.min(words.length - 1, Math.floor(rank))]!;
}

/** Words stand in texts with commas, stops and capitals; some are numbers or emoji. */
function asWritten(word: string, chance: Random): string {
  const way = chance.next();
  if (way < 0.05) return `${word},`;
  if (way < 0.09) return `${word}.`;
  if (way < 0.1) return `${word}!`;
  if (way < 0.15) return word[0]!.toUpperCase() + word.slice(1);
  if (way < 0.155) return String(chance.below(3000));
  return way < 0.16 ? chance.pick(['😀', '🍦', '☕', '❤️', '🏃‍♀️']) : word;
}
