import type { InEach } from '../language.ts';
import { fr } from './french.ts';

type Names = Readonly<Record<string, string>>;

const en = {
  title: 'What we could not see',
  lead: (read: string, refused: string, outside: string) =>
    `Of ${read} rows read, ${refused === '0' ? 'all could be understood' : `${refused} could not be understood`}, and ${outside === '0' ? 'no message' : outside === '1' ? 'one message' : `${outside} messages`} lay outside the window.`,
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
    quarantined: 'rows in quarantine: unreadable, and in no figure',
    deleted: 'messages deleted by who wrote them, and in no figure',
    gone: 'messages seen and deleted since, in no figure: part of the deleted',
    hidden: 'messages of accounts that are away, in no figure until they are back: part of the deleted',
    questions_failed: 'questions about messages that a network left without an answer',
    outside_window: 'messages before or after the window, and in no figure',
    roots_unseen: 'cascades whose first message the files do not hold',
    forwarders_inferred: 'forwards that do not say whom they come from: estimated from who was seen before',
    forwarders_root: 'forwards of which not even that can be estimated: credited to the first author',
    followers_unknown: 'messages that came without a number of followers',
    unmapped_rows: 'rows with fields that are not known yet: something may have been missed',
    crowded_shares: 'shares of crowds, which were not searched for concert',
    future_timestamps: 'messages that claim to be from the future',
    cycles: 'circles of forwards, cut: an export contradicts itself',
  } as Names,
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
      fr`Sur ${read} lignes lues, ${refused === '0' ? 'toutes ont été comprises' : refused === '1' ? 'une n’a pas pu être comprise' : `${refused} n’ont pas pu être comprises`}, et ${outside === '0' ? 'aucun message ne se trouvait' : outside === '1' ? 'un message se trouvait' : `${outside} messages se trouvaient`} hors de la période.`,
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
      quarantined: fr`lignes en quarantaine : illisibles, comptées nulle part`,
      deleted: fr`messages supprimés par leurs auteurs, comptés nulle part`,
      gone: fr`messages vus puis supprimés, comptés nulle part : une partie des supprimés`,
      hidden: fr`messages de comptes absents, comptés nulle part jusqu'à leur retour : une partie des supprimés`,
      questions_failed: fr`questions sur des messages qu'un réseau a laissées sans réponse`,
      outside_window: fr`messages d'avant ou d'après la période, comptés nulle part`,
      roots_unseen: fr`cascades dont le premier message manque dans les fichiers`,
      forwarders_inferred: fr`relais qui ne disent pas de qui ils viennent : estimé d'après ceux qui les précèdent`,
      forwarders_root: fr`relais pour lesquels même cela est impossible : attribués au premier auteur`,
      followers_unknown: fr`messages arrivés sans nombre d'abonnés`,
      unmapped_rows: fr`lignes aux champs encore inconnus : quelque chose a pu échapper`,
      crowded_shares: fr`partages de foule, non examinés pour d'éventuels concerts`,
      future_timestamps: fr`messages qui prétendent venir du futur`,
      cycles: fr`boucles de relais, coupées : un export se contredit`,
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
