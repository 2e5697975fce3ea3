import type { InEach } from '../language.ts';
import { fr } from './french.ts';

const en = {
  title: 'What people care about',
  empty: 'No topics: add `topics` to the campaign file, each with a few words that speak of it.',
  lead: (topic: string, talkers: string, people: string, interested: string) =>
    `Most talked of is ${topic}: ${talkers} of ${people} people speak of it, and ${interested} of them clearly care.`,
  chart: 'People by topic',
  legend:
    'Full bar: who speaks of it. Coloured: who cares, that is speaks of it surely more than people in general do.',
  told: (topic: string, talkers: string, interested: string) =>
    `${topic}: ${talkers} speak of it, ${interested} care`,
  topic: 'Topic',
  talkers: 'Speak of it',
  share: 'Of all people',
  interested: 'Care',
  messages: 'Messages',
  neighbours: 'Words of each topic, and what else those care about who care about it',
  words: 'Said along with it',
  alsoCare: 'They also care about',
  nothingElse: 'nothing more than others do',
  times: (topic: string, lift: string) => `${topic} (${lift} times as often)`,
  note: 'Words were learned from the talk itself, starting from those that the campaign file names. Each person counts once a message, and forwards count for nothing.',
};

type TopicTexts = typeof en;

export const topicTexts: InEach<TopicTexts> = {
  en,
  fr: {
    title: fr`Ce qui intéresse les gens`,
    empty: fr`Pas de sujets : ajoutez \`topics\` au fichier de campagne, chacun avec quelques mots qui en parlent.`,
    lead: (topic, talkers, people, interested) =>
      fr`Le sujet le plus présent est ${topic} : ${talkers} personnes sur ${people} en parlent, et ${interested} s'y intéressent nettement.`,
    chart: fr`Personnes par sujet`,
    legend: fr`Barre entière : qui en parle. En couleur : qui s'y intéresse, c'est-à-dire en parle à coup sûr plus que les gens en général.`,
    told: (topic, talkers, interested) => fr`${topic} : ${talkers} en parlent, ${interested} s'y intéressent`,
    topic: 'Sujet',
    talkers: 'En parlent',
    share: 'De tous',
    interested: fr`S'y intéressent`,
    messages: 'Messages',
    neighbours: fr`Les mots de chaque sujet, et à quoi d'autre s'intéressent ceux qu'il intéresse`,
    words: 'Dit avec lui',
    alsoCare: fr`S'intéressent aussi à`,
    nothingElse: fr`rien de plus que les autres`,
    times: (topic, lift) => fr`${topic} (${lift} fois plus souvent)`,
    note: fr`Les mots ont été appris des conversations elles-mêmes, à partir de ceux du fichier de campagne. Chaque personne compte une fois par message, et les relais ne comptent pas.`,
  },
};
