import { type Formats, unknown } from '../formats.ts';
import type { InEach, Language } from '../language.ts';
import { fr } from './french.ts';
import { platformName } from './platforms.ts';

type Names = Readonly<Record<string, string>>;

const en = {
  title: 'What they have in common',
  none: 'Influential people can’t be told apart: there are no personas tonight.',
  lead: (people: string, groups: number) =>
    groups === 1
      ? `The ${people} influential people form one persona.`
      : `The ${people} influential people fall into ${groups} personas, by how they act and not by what they say of themselves.`,
  size: (size: string, share: string) => `${size} people, ${share} of the influential ones.`,
  verdicts: {
    stable: 'Found again whenever people are left out: stable.',
    fair: 'Mostly found again when people are left out: fairly stable.',
    unstable: 'Hardly found again when people are left out: do not build on it.',
  } as Names,
  exemplars: 'Most typical:',
  chart: 'What sets them apart',
  legend: 'Distance from the mean of all influential people; coloured where it is beyond chance.',
  told: (name: string, here: string, all: string) => `${name} ${here}, of all ${all}`,
  mean: 'all',
  less: 'less',
  more: 'more',
  figures: (id: string) => `${id}: all features`,
  feature: 'Feature',
  here: 'This persona',
  all: 'All influential',
  z: 'Distance (standard deviations)',
  note: 'A persona keeps its identity from night to night, so that a plan can be made with it.',
  stability:
    'Distances are in standard deviations: two is far. The later the hour of the day, the further to the right.',
  names: {
    activeness: 'messages a day',
    clout: 'followers',
    receiver_talkativeness: 'messages a day, audience',
    like_mindedness: 'like-minded audience',
    cie: 'influence',
    si: 'talk of the topic',
    virality: 'steps travelled',
    response_seconds: 'time to answer',
    hour: 'hour of the day',
    weekend_share: 'at weekends',
    reshare_share: 'forwards',
    quote_share: 'quotes',
    answer_share: 'answers',
  } as Names,
};

type PersonaTexts = typeof en;

export const personaTexts: InEach<PersonaTexts> = {
  en,
  fr: {
    title: fr`Ce qu'ils ont en commun`,
    none: fr`Les personnes influentes ne se laissent pas distinguer : pas de profils cette nuit.`,
    lead: (people, groups) =>
      groups === 1
        ? fr`Les ${people} personnes influentes forment un seul profil.`
        : fr`Les ${people} personnes influentes se répartissent en ${groups} profils, d'après leurs habitudes et non d'après ce qu'elles disent d'elles-mêmes.`,
    size: (size, share) => fr`${size} personnes, ${share} des personnes influentes.`,
    verdicts: {
      stable: fr`Se retrouve même en retirant des personnes : stable.`,
      fair: fr`Se retrouve le plus souvent en retirant des personnes : assez stable.`,
      unstable: fr`Se retrouve à peine en retirant des personnes : mieux vaut ne pas s'y fier.`,
    },
    exemplars: fr`Les plus typiques :`,
    chart: fr`Ce qui les distingue`,
    legend: fr`Écart à la moyenne des personnes influentes ; en couleur s'il dépasse le hasard.`,
    told: (name, here, all) => fr`${name} ${here}, pour tous ${all}`,
    mean: 'tous',
    less: 'moins',
    more: 'plus',
    figures: id => fr`${id} : toutes les habitudes`,
    feature: 'Habitude',
    here: 'Ce profil',
    all: 'Tous les influents',
    z: 'Écart (écarts types)',
    note: fr`Un profil garde son identité de nuit en nuit : on peut bâtir un plan dessus.`,
    stability: fr`Les écarts sont en écarts types : deux, c'est loin. Plus l'heure est tardive, plus le point est à droite.`,
    names: {
      activeness: 'messages par jour',
      clout: 'abonnés',
      receiver_talkativeness: 'messages/jour, audience',
      like_mindedness: 'audience semblable',
      cie: 'influence',
      si: 'parle du sujet',
      virality: 'pas parcourus',
      response_seconds: 'délai de réponse',
      hour: 'heure de la journée',
      weekend_share: 'le week-end',
      reshare_share: 'relais',
      quote_share: 'citations',
      answer_share: 'réponses',
    },
  },
};

export function featureName(language: Language, feature: string): string {
  if (feature.startsWith('platform_')) return platformName(feature.slice('platform_'.length));
  return personaTexts[language].names[feature] ?? feature;
}

/** A mean in its unit, as people say it. */
export function featureValue(format: Formats, mean: number | null, unit: string): string {
  if (mean === null) return unknown;
  if (unit.startsWith('share of')) return format.percent(mean, mean > 0 && mean < 0.01 ? 2 : 0);
  if (unit === 'seconds') return format.duration(mean, 'short');
  if (unit === 'hour of the day') return format.clock(mean);
  return format.figure(mean, 3);
}
