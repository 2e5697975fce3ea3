import type { InEach } from '../language.ts';
import { fr } from './french.ts';

const en = {
  empty: 'The window holds no message: there is nothing to tell yet.',
  cannotTell: 'What the campaign brought back cannot be told.',
  askNext: 'What the last campaign brought back was not measured. Whom to ask next is known.',
  whoMoves: 'What a campaign brought back was not measured. Who moves others is known.',
  unbounded: 'The campaign had an effect or none: what it cost is too uncertain to set bounds to its return.',
  gain: (one: string, more: string, low: string, high: string) =>
    `The campaign paid for itself: every ${one} spent earned ${more} on top, between ${low} and ${high}.`,
  loss: (one: string, lost: string, low: string, high: string) =>
    `The campaign cost more than it earned: of every ${one} spent, ${lost} was lost, between ${low} and ${high}.`,
  open: (one: string, loss: string, gain: string) =>
    `Whether the campaign paid for itself is open: for every ${one} spent, anything from a loss of ${loss} to a gain of ${gain} fits what was measured.`,
  known: (method: string, level: string, confidence: string) =>
    `Measured by: ${method}, evidence of level ${level} on a scale from 1 (best) to 6. The bounds hold with ${confidence} confidence.`,
  noPanel:
    'To measure what a campaign brings back, the campaign file needs a `flight` (its days) and a `panel` (sales by zone and day).',
  until: 'Data up to',
  messages: 'Messages read',
  refused: 'Lines refused',
  state: 'This night',
  states: {
    complete: 'complete',
    partial: 'some lines could not be read',
    empty: 'no message',
  } as Readonly<Record<string, string>>,
};

export type VerdictTexts = typeof en;

export const verdictTexts: InEach<VerdictTexts> = {
  en,
  fr: {
    empty: fr`Aucun message sur la période : rien à dire pour l'instant.`,
    cannotTell: fr`Impossible de dire ce que la campagne a rapporté.`,
    askNext: fr`Le retour de la dernière campagne n'a pas été mesuré. On sait en revanche à qui s'adresser.`,
    whoMoves: fr`Le retour d'une campagne n'a pas été mesuré. On sait en revanche qui entraîne les autres.`,
    unbounded: fr`Le retour de la campagne ne peut pas être encadré : son coût est trop incertain.`,
    gain: (one, more, low, high) =>
      fr`La campagne a été rentable : pour ${one} dépensé, elle a dégagé ${more} de gain net, entre ${low} et ${high}.`,
    loss: (one, lost, low, high) =>
      fr`La campagne a coûté plus qu'elle n'a rapporté : pour ${one} dépensé, ${lost} de perte, entre ${low} et ${high}.`,
    open: (one, loss, gain) =>
      fr`Rentable ou non, la question reste ouverte : pour ${one} dépensé, les mesures admettent tout entre ${loss} de perte et ${gain} de gain.`,
    known: (method, level, confidence) =>
      fr`Méthode : ${method}, niveau de preuve ${level} sur une échelle de 1 (le meilleur) à 6. L'intervalle vaut avec une confiance de ${confidence}.`,
    noPanel: fr`Pour mesurer ce qu'une campagne rapporte, son fichier doit indiquer \`flight\` (ses dates) et \`panel\` (les ventes par zone et par jour).`,
    until: 'Données jusqu’au',
    messages: 'Messages lus',
    refused: 'Lignes écartées',
    state: 'Cette nuit',
    states: {
      complete: 'complète',
      partial: 'certaines lignes étaient illisibles',
      empty: 'aucun message',
    },
  },
};
