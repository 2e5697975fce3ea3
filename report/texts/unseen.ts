import type { InEach } from '../language.ts';
import { fr } from './french.ts';

type Tell = (count: string) => string;

const en = {
  title: 'What we could not see',
  lead: (read: string, refused: string, outside: string) =>
    `Of ${read} rows read, ${refused} could not be understood, and ${outside} messages lay outside the window.`,
  chart: 'What was read, by hour and day',
  legend:
    'Hours of the day across (UTC), days down; the darker, the more messages. A bare spot is an hour without any.',
  axis: 'hour of the day (UTC)',
  told: (first: string, last: string, empty: number) =>
    `From ${first} to ${last}, ${empty === 0 ? 'there was something to read every day' : empty === 1 ? 'there was nothing to read on one day' : `there was nothing to read on ${empty} days`}.`,
  day: 'Day',
  read: 'Read',
  failed: 'Refused',
  deleted: 'Deleted',
  emptyHours: 'Empty hours',
  measuresTitle: 'What makes the figures less sure',
  measures: {
    quarantined: n => `${n} rows are in quarantine: unreadable, and in no figure.`,
    deleted: n => `${n} messages were deleted by who wrote them, and are in no figure.`,
    outside_window: n => `${n} messages lie before or after the window, and are in no figure.`,
    roots_unseen: n =>
      `${n} cascades begin with a message that the files do not hold: their beginning is unknown.`,
    forwarders_inferred: n =>
      `${n} forwards do not say whom they come from: it was estimated from who was seen before.`,
    forwarders_root: n =>
      `${n} forwards whose forwarder can’t even be estimated are credited to the first author.`,
    followers_unknown: n => `${n} messages came without a number of followers.`,
    unmapped_rows: n => `${n} rows carried fields that are not known yet: something may have been missed.`,
    crowded_shares: n => `${n} shares of crowds were not searched for concert.`,
    future_timestamps: n => `${n} messages claim to be from the future.`,
    cycles: n => `${n} circles of forwards were cut: somebody’s export contradicts itself.`,
  } as Readonly<Record<string, Tell>>,
  everyMeasure: 'Everything that was counted',
  measure: 'Measure',
  sheet: 'Table',
  source: 'Source',
  count: 'Count',
  exportsTitle: 'What no export can show',
  exports: [
    'Who read, listened or watched without answering: most people, most of the time.',
    'Private messages, closed groups, and what was said on networks that nobody exported.',
    'What was deleted before it was exported, and what a network withheld or limited.',
    'Whether a quiet hour was quiet or missing: a file can’t tell.',
    'Why somebody bought. Only comparison with people or zones that were left alone can show what a campaign caused.',
  ],
};

type UnseenTexts = typeof en;

export const unseenTexts: InEach<UnseenTexts> = {
  en,
  fr: {
    title: fr`Ce que nous n'avons pas pu voir`,
    lead: (read, refused, outside) =>
      fr`Sur ${read} lignes lues, ${refused} n'ont pas pu être comprises, et ${outside} messages se trouvaient hors de la période.`,
    chart: fr`Ce qui a été lu, par heure et par jour`,
    legend: fr`Les heures de gauche à droite (UTC), les jours de haut en bas ; plus c'est foncé, plus il y a de messages. Un vide est une heure sans aucun message.`,
    axis: fr`heure de la journée (UTC)`,
    told: (first, last, empty) =>
      fr`Du ${first} au ${last}, ${empty === 0 ? 'il y a eu quelque chose à lire chaque jour' : empty === 1 ? 'il n’y a rien eu à lire un jour' : `il n’y a rien eu à lire pendant ${empty} jours`}.`,
    day: 'Jour',
    read: 'Lues',
    failed: 'Écartées',
    deleted: 'Supprimées',
    emptyHours: 'Heures vides',
    measuresTitle: fr`Ce qui rend les chiffres moins sûrs`,
    measures: {
      quarantined: n => fr`${n} lignes sont en quarantaine : illisibles, elles ne comptent nulle part.`,
      deleted: n => fr`${n} messages ont été supprimés par leurs auteurs et ne comptent nulle part.`,
      outside_window: n => fr`${n} messages tombent avant ou après la période et ne comptent nulle part.`,
      roots_unseen: n =>
        fr`${n} cascades commencent par un message absent des fichiers : leur début est inconnu.`,
      forwarders_inferred: n =>
        fr`${n} relais ne disent pas de qui ils viennent : on l'a estimé d'après ceux qui les précèdent.`,
      forwarders_root: n =>
        fr`${n} relais dont l'intermédiaire ne peut même pas être estimé sont attribués au premier auteur.`,
      followers_unknown: n => fr`${n} messages sont arrivés sans nombre d'abonnés.`,
      unmapped_rows: n => fr`${n} lignes portaient des champs encore inconnus : quelque chose a pu échapper.`,
      crowded_shares: n => fr`${n} partages de foule n'ont pas été examinés pour d'éventuels concerts.`,
      future_timestamps: n => fr`${n} messages prétendent venir du futur.`,
      cycles: n => fr`${n} boucles de relais ont été coupées : un export se contredit.`,
    },
    everyMeasure: fr`Tout ce qui a été compté`,
    measure: 'Mesure',
    sheet: 'Table',
    source: 'Source',
    count: 'Nombre',
    exportsTitle: fr`Ce qu'aucun export ne peut montrer`,
    exports: [
      fr`Ceux qui ont lu, écouté ou regardé sans répondre : la plupart des gens, la plupart du temps.`,
      fr`Les messages privés, les groupes fermés, et ce qui s'est dit sur des réseaux que personne n'a exportés.`,
      fr`Ce qui a été supprimé avant l'export, et ce qu'un réseau a retenu ou limité.`,
      fr`Si une heure calme était calme ou manquante : un fichier ne peut le dire.`,
      fr`Pourquoi quelqu'un a acheté. Seule la comparaison avec des personnes ou des zones laissées à l'écart montre ce qu'une campagne a provoqué.`,
    ],
  },
};
