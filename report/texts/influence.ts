import type { InEach } from '../language.ts';
import { fr } from './french.ts';

const en = {
  title: 'Who moves others',
  empty: 'Nobody is seen to move anybody: the messages of the window answer or forward no one.',
  lead: (shown: number, people: string, share: string, equal: string) =>
    `Of ${people} people, these ${shown} hold ${share} of all influence; an equal share would be ${equal}.`,
  untested:
    'Not yet tested against chance: nothing says that one of these is really before the other, hence no places. What holds is who is far above an equal share.',
  tested: 'Places are given from–to: people whose places overlap can’t be told apart.',
  caption: 'Those who move most, with the usual measures beside',
  person: 'Person',
  place: 'Place',
  cie: 'Influence',
  without: 'Uncoordinated',
  forwards: 'Forwards',
  pagerank: 'PageRank',
  followers: 'Followers',
  gloss:
    'Influence (CIE) is the share of all influence in the network: whom a person moves, directly and through those who pass it on. “Uncoordinated” leaves out answers of accounts that act in concert. Forwards, PageRank (how central someone is) and followers are what such lists usually go by.',
  noConcert: 'No accounts were found to act in concert.',
  concert: (pairs: string, accounts: string) =>
    `${accounts} accounts share the same things within seconds of each other, far more often than chance: ${pairs} pairs of them. They are counted apart and never recommended.`,
  mostFollowed: (shown: number, also: number) =>
    `Of the ${shown} people with most followers, ${also === 0 ? 'none is' : also === 1 ? 'one is' : `${also} are`} among these${also < shown ? ': a list by followers is another list' : ''}.`,
  valueTitle: 'What their influence is worth',
  noValue:
    'Not known: the campaign file needs `customers`, which says what account a customer has, and what they are worth or, with `orders`, what they bought.',
  value: 'A customer is worth what they buy, and a part of what those buy whom they move.',
  valueCaption: 'People whose influence is worth most',
  clv: 'Own purchases',
  influenceValue: 'By influence',
  gross: 'Gross',
  net: 'Net',
  valueNote:
    'Own purchases: lifetime value (CLV). By influence: their part in the purchases of those they move. Gross (CIV) is both together; it counts a purchase with the buyer and with who moved them, so gross values are never added up. Net takes away what others moved them to: net values add up to all purchases.',
};

type InfluenceTexts = typeof en;

export const influenceTexts: InEach<InfluenceTexts> = {
  en,
  fr: {
    title: fr`Qui entraîne les autres`,
    empty: fr`Personne ne semble entraîner quiconque : les messages de la période ne répondent à personne et ne relaient personne.`,
    lead: (shown, people, share, equal) =>
      fr`Sur ${people} personnes, ces ${shown} détiennent ${share} de toute l'influence ; à parts égales, ce serait ${equal}.`,
    untested: fr`Pas encore confronté au hasard : rien ne dit que l'une de ces personnes devance vraiment l'autre, d'où l'absence de classement. Ce qui tient, c'est d'être bien au-dessus d'une part égale.`,
    tested: fr`Le rang est donné de–à : des personnes dont les rangs se chevauchent ne peuvent être départagées.`,
    caption: fr`Ceux qui entraînent le plus, avec les mesures habituelles en regard`,
    person: 'Personne',
    place: 'Rang',
    cie: 'Influence',
    without: 'Non concertée',
    forwards: 'Relais',
    pagerank: 'PageRank',
    followers: 'Abonnés',
    gloss: fr`L'influence (CIE) est la part de toute l'influence du réseau : qui une personne entraîne, directement et par ceux qui la relaient. « Non concertée » laisse de côté les réponses de comptes qui agissent de concert. Relais, PageRank (la centralité) et abonnés sont les critères habituels de telles listes.`,
    noConcert: fr`Aucun compte n'a été vu agir de concert.`,
    concert: (pairs, accounts) =>
      fr`${accounts} comptes partagent les mêmes choses à quelques secondes d'intervalle, bien plus souvent que par hasard : ${pairs} paires. Ils sont comptés à part et jamais recommandés.`,
    mostFollowed: (shown, also) =>
      fr`Parmi les ${shown} personnes les plus suivies, ${also === 0 ? 'aucune n’est' : also === 1 ? 'une seule est' : `${also} sont`} dans cette liste${also < shown ? fr` : classer par abonnés donnerait une autre liste` : ''}.`,
    valueTitle: fr`Ce que vaut leur influence`,
    noValue: fr`Inconnu : le fichier de campagne doit indiquer \`customers\`, qui dit quel compte est celui d'un client, et sa valeur ou, avec \`orders\`, ses achats.`,
    value: fr`Un client vaut ce qu'il achète, et une part de ce qu'achètent ceux qu'il entraîne.`,
    valueCaption: fr`Les personnes dont l'influence vaut le plus`,
    clv: 'Achats propres',
    influenceValue: 'Par influence',
    gross: 'Brut',
    net: 'Net',
    valueNote: fr`Achats propres : valeur vie client (CLV). Par influence : leur part dans les achats de ceux qu'ils entraînent. Le brut (CIV) réunit les deux ; il compte un achat chez l'acheteur et chez qui l'a entraîné, si bien que les valeurs brutes ne s'additionnent jamais. Le net retire ce à quoi d'autres les ont entraînés : les valeurs nettes s'additionnent en l'ensemble des achats.`,
  },
};
