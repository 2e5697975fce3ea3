import type { InEach } from '../language.ts';
import { fr } from './french.ts';

const en = {
  title: 'Hours of the networks that were missed',
  source: 'Source',
  asked: 'Hours asked',
  missed: 'Missed',
  share: 'Share',
  limited: 'Withheld by a limit',
  failed: 'Questions failed',
  note: 'Each question to a network counts its own hours. Missed is what nothing covered since: where a limit or an error withheld it, or nobody asked in time. Who is talked of in such hours may move more people than it seems.',
};

export const missedTexts: InEach<typeof en> = {
  en,
  fr: {
    title: fr`Heures des réseaux qui nous ont échappé`,
    source: 'Source',
    asked: fr`Heures demandées`,
    missed: fr`Manquées`,
    share: 'Part',
    limited: fr`Retenu par une limite`,
    failed: fr`Questions sans réponse`,
    note: fr`Chaque question posée à un réseau compte ses propres heures. Est manqué ce que rien n'a couvert depuis : une limite ou une erreur l'a retenu, ou personne ne l'a demandé à temps. Ceux dont on parle dans ces heures entraînent peut-être plus de monde qu'il n'y paraît.`,
  },
};
