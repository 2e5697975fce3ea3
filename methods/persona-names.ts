import { platformPrefix } from './persona-catalog.ts';
import type { Trait } from './persona-traits.ts';

/** What a persona is called, in English and French. */
export interface PersonaName {
  en: string;
  fr: string;
}

/** Words for a trait: as the people themselves, and as what is added about them; each in English and French. */
type Words = readonly [head: PersonaName, more: PersonaName];

/** How many traits a name tells, unless it takes more to be told from another. */
const traitsInName = 3;

/**
 * Names a persona by its strongest defining traits, one a subject: "early birds, slow to answer, mostly on X".
 *
 * @param topic the campaign's category, for those who care about it; NULL where it has none
 * @param taken names that living personas bear
 */
export function personaName(
  traits: readonly Trait[],
  topic: string | null,
  taken: readonly PersonaName[],
): PersonaName {
  const telling = traits
    .filter(trait => trait.isDefining)
    .sort((a, b) => Math.abs(b.z) - Math.abs(a.z))
    .filter((trait, place, all) => all.findIndex(other => subjectOf(other) === subjectOf(trait)) === place)
    .map(trait => wordsFor(trait, topic));
  const isTaken = ({ en, fr }: PersonaName) => taken.some(name => name.en === en || name.fr === fr);
  for (let count = Math.min(traitsInName, telling.length); count <= telling.length && count > 0; count++) {
    const name = joined(telling.slice(0, count));
    if (!isTaken(name)) return name;
  }
  const base = telling.length > 0 ? joined(telling) : { en: 'mixed voices', fr: 'voix mêlées' };
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : { en: `${base.en} (${number})`, fr: `${base.fr} (${number})` };
    if (!isTaken(name)) return name;
  }
}

function joined(words: readonly Words[]): PersonaName {
  const parts = (language: keyof PersonaName) =>
    words.map(([head, more], place) => (place === 0 ? head : more)[language]).join(', ');
  return { en: parts('en'), fr: parts('fr') };
}

/** Shares that sum to one say the same thing twice. */
function subjectOf({ feature }: Trait): string {
  if (feature.startsWith(platformPrefix)) return platformPrefix;
  return /^(reshare|quote|answer)_share$/.test(feature) ? 'form' : feature;
}

function wordsFor(trait: Trait, topic: string | null): Words {
  const { feature, direction, mean } = trait;
  if (feature === 'hour') return pair(hours.find(({ until }) => mean < until)?.words ?? night);
  if (feature === 'si' && topic !== null) return aboutTopic(direction, topic);
  if (feature.startsWith(platformPrefix)) {
    return onNetwork(
      direction,
      networkNames[feature.slice(platformPrefix.length)] ?? feature.slice(platformPrefix.length),
    );
  }
  return pair(lexicon[feature]?.[direction] ?? [feature, feature, feature, feature]);
}

/** head in English, more in English, head in French, more in French */
type Entry = readonly [string, string, string, string];

function pair([head, more, tete, suite]: Entry): Words {
  return [
    { en: head, fr: tete },
    { en: more, fr: suite },
  ];
}

function aboutTopic(direction: Trait['direction'], topic: string): Words {
  return direction === 'high'
    ? pair([`keen on ${topic}`, `keen on ${topic}`, `mordus de « ${topic} »`, `mordus de « ${topic} »`])
    : pair([
        `seldom on ${topic}`,
        `seldom on ${topic}`,
        `peu portés sur « ${topic} »`,
        `peu portés sur « ${topic} »`,
      ]);
}

function onNetwork(direction: Trait['direction'], network: string): Words {
  return direction === 'high'
    ? pair([`people on ${network}`, `mostly on ${network}`, `gens de ${network}`, `surtout sur ${network}`])
    : pair([
        `people away from ${network}`,
        `hardly on ${network}`,
        `gens hors de ${network}`,
        `peu sur ${network}`,
      ]);
}

const networkNames: Readonly<Record<string, string>> = {
  x: 'X',
  bluesky: 'Bluesky',
  mastodon: 'Mastodon',
  reddit: 'Reddit',
  youtube: 'YouTube',
};

const night: Entry = ['night owls', 'active at night', 'noctambules', 'actifs la nuit'];
const hours: readonly { until: number; words: Entry }[] = [
  { until: 4, words: night },
  { until: 10, words: ['early birds', 'active early in the day', 'lève-tôt', 'actifs tôt le matin'] },
  {
    until: 17,
    words: ['people of the day', 'active in the daytime', 'gens de la journée', 'actifs en journée'],
  },
  { until: 22, words: ['people of the evening', 'active in the evening', 'gens du soir', 'actifs le soir'] },
];

const lexicon: Readonly<Record<string, Readonly<Record<Trait['direction'], Entry>>>> = {
  activeness: {
    high: ['great talkers', 'talking a lot', 'grands bavards', 'très bavards'],
    low: ['rare voices', 'talking little', 'voix rares', 'peu bavards'],
  },
  clout: {
    high: ['well-followed people', 'followed by many', 'gens très suivis', 'très suivis'],
    low: ['little-followed people', 'followed by few', 'gens peu suivis', 'peu suivis'],
  },
  receiver_talkativeness: {
    high: [
      'voices of talkative circles',
      'among the talkative',
      'voix de cercles bavards',
      'entourés de bavards',
    ],
    low: ['voices of quiet circles', 'among the quiet', 'voix de cercles discrets', 'entourés de discrets'],
  },
  like_mindedness: {
    high: [
      'voices of the like-minded',
      'among the like-minded',
      'voix entre semblables',
      'entourés de semblables',
    ],
    low: [
      'voices across interests',
      'among people of other interests',
      'voix entre différents',
      'entourés de gens différents',
    ],
  },
  cie: {
    high: ['strong movers', 'moving many', 'meneurs', 'très entraînants'],
    low: ['gentle movers', 'moving fewer', 'meneurs discrets', 'moins entraînants'],
  },
  si: {
    high: ['people of the subject', 'keen on the subject', 'gens du sujet', 'mordus du sujet'],
    low: [
      'people of other subjects',
      'keen on other subjects',
      'gens d’autres sujets',
      'portés sur d’autres sujets',
    ],
  },
  virality: {
    high: [
      'far-carrying voices',
      'passed on from hand to hand',
      'voix qui portent loin',
      'relayés de proche en proche',
    ],
    low: ['voices heard at first hand', 'passed on directly', 'voix de premier cercle', 'relayés en direct'],
  },
  response_seconds: {
    high: ['unhurried answerers', 'slow to answer', 'gens sans hâte', 'lents à répondre'],
    low: ['quick answerers', 'quick to answer', 'gens prompts', 'prompts à répondre'],
  },
  weekend_share: {
    high: ['weekend people', 'more at weekends', 'gens du week-end', 'plutôt le week-end'],
    low: ['weekday people', 'less at weekends', 'gens de la semaine', 'moins le week-end'],
  },
  reshare_share: {
    high: ['relayers', 'mostly passing on', 'relayeurs', 'relayant beaucoup'],
    low: ['people who seldom relay', 'seldom passing on', 'gens qui relaient peu', 'relayant peu'],
  },
  quote_share: {
    high: ['commenters', 'often quoting', 'commentateurs', 'citant beaucoup'],
    low: ['people who seldom quote', 'seldom quoting', 'gens qui citent peu', 'citant peu'],
  },
  answer_share: {
    high: ['conversationalists', 'often in conversation', 'causeurs', 'souvent en conversation'],
    low: [
      'people who seldom answer',
      'seldom in conversation',
      'gens qui répondent peu',
      'rarement en conversation',
    ],
  },
};
