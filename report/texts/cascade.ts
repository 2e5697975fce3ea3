import type { InEach } from '../language.ts';
import { fr } from './french.ts';

const en = {
  title: 'One message, and its wake',
  empty: 'No message of the window travelled far enough, by known forwarders, to be drawn.',
  lead: (forwards: string, half: string, depth: string) =>
    `${forwards} times passed on, half of it within ${half}, up to ${depth} people away from who wrote it.`,
  chart: 'How it travelled',
  by: 'First message by',
  legend:
    'Each dot is a forward, each line leads from the message that was forwarded. Time runs to the right, slower and slower.',
  told: (forwards: string, half: string, depth: string) =>
    `A tree of ${forwards} forwards, half of them within ${half}, at most ${depth} steps from the first message.`,
  axis: 'time since the first message',
  figures: 'Forwards by steps from the first message',
  level: 'Steps',
  forwards: 'Forwards',
  first: 'First after',
  last: 'Last after',
  choice:
    'Drawn is the largest of those whose forwarders are all known (X and Mastodon do not tell who forwarded whom), that went from hand to hand, and that the brand did not write.',
};

type CascadeTexts = typeof en;

export const cascadeTexts: InEach<CascadeTexts> = {
  en,
  fr: {
    title: fr`Un message, et son sillage`,
    empty: fr`Aucun message de la période n'a voyagé assez loin, par des relais connus, pour être dessiné.`,
    lead: (forwards, half, depth) =>
      fr`Relayé ${forwards} fois, pour moitié en ${half}, jusqu'à ${depth} personnes de distance de son auteur.`,
    chart: fr`Comment il a voyagé`,
    by: 'Premier message de',
    legend: fr`Chaque point est un relais, chaque trait part du message relayé. Le temps court vers la droite, de plus en plus resserré.`,
    told: (forwards, half, depth) =>
      fr`Un arbre de ${forwards} relais, pour moitié en ${half}, à ${depth} pas au plus du premier message.`,
    axis: fr`temps écoulé depuis le premier message`,
    figures: fr`Relais selon le nombre de pas depuis le premier message`,
    level: 'Pas',
    forwards: 'Relais',
    first: 'Premier après',
    last: 'Dernier après',
    choice: fr`On dessine le plus grand parmi ceux dont tous les relais sont connus (X et Mastodon ne disent pas qui a relayé qui), qui sont passés de main en main et que la marque n'a pas écrits.`,
  },
};
