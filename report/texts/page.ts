import type { InEach } from '../language.ts';
import { fr } from './french.ts';

const en = {
  title: (campaign: string, day: string) => `${campaign}, ${day} – Sillage`,
  skip: 'Skip to whom to ask',
  contents: 'Contents',
  sections: {
    plan: 'Whom to ask',
    returns: 'What came back',
    influence: 'Who moves others',
    cascade: 'One message',
    personas: 'Personas',
    topics: 'Topics',
    unseen: 'What we could not see',
  },
  made: 'Made by Sillage from the published night',
  sources:
    'The small words below a figure name the published table, and the key in it, that it comes from. A dash means: not known.',
};

type PageTexts = typeof en;

export const pageTexts: InEach<PageTexts> = {
  en,
  fr: {
    title: (campaign, day) => fr`${campaign}, ${day} – Sillage`,
    skip: fr`Aller directement à : à qui s'adresser`,
    contents: 'Sommaire',
    sections: {
      plan: fr`À qui s'adresser`,
      returns: fr`Ce qui est revenu`,
      influence: fr`Qui entraîne les autres`,
      cascade: 'Un message',
      personas: 'Profils',
      topics: 'Sujets',
      unseen: fr`Ce qui nous échappe`,
    },
    made: fr`Établi par Sillage d'après la nuit publiée`,
    sources: fr`Les petits mots sous un chiffre nomment la table publiée, et la clé dans cette table, dont il provient. Un tiret signifie : inconnu.`,
  },
};
