import type { Language, Topic } from './words.ts';

/** The sentences of the sample, with slots that words.ts fills. */
export const sentences: Record<Language, Record<Topic, readonly string[]>> = {
  fr: {
    'ice cream': [
      'une glace {flavour} {place}, {verdict}',
      'sorbet {flavour} et une boule {flavour} {moment}, {verdict}',
      'gelato {flavour} {place} {moment}, {verdict}',
      'le sundae {flavour} avec {topping}, {verdict}',
      'qui a goûté le cornet {flavour} {place} ? {verdict}',
      'je termine un pot {flavour} {moment}, {verdict}',
      'coupe {flavour} {place} avec {topping}, {verdict}',
      'recette de glace {flavour} maison, sans turbine, {verdict}',
      'un bâtonnet {flavour} bien frais {place}, {verdict}',
    ],
    price: [
      '{thing} à {n} euros {place}, trop cher',
      'les prix montent encore : {n} euros pour {thing}',
      'promo sur {thing} {moment}, enfin un prix normal',
      'payé {n} euros {thing} {place}, c’est cher pour ce que c’est',
      'je compare les tarifs {moment}, {thing} coûte {n} euros ici',
    ],
    running: [
      '{distance} {moment}, jambes lourdes mais content',
      'footing {place} : {distance} sous la pluie',
      'nouvelles chaussures de course, {distance} pour les essayer',
      'entraînement {moment}, {distance} et des étirements',
      'dossard reçu, objectif {distance} sans marcher',
    ],
    gardening: [
      'les {plant} sortent enfin de terre {moment}',
      'j’ai rempoté les {plant} {moment}, le terreau manque',
      'paillage autour des {plant}, arrosage {moment}',
      'qui taille les {plant} maintenant ? le jardin attend',
      'bouture de {plant} sur le balcon, ça prend',
    ],
    cinema: [
      'vu {film} {moment}, la fin surprend',
      '{film} en salle {moment}, belle photographie',
      'séance tardive pour {film}, le montage est habile',
      'je revois {film} {moment}, la musique tient tout',
      'la bande-annonce de {film} donne envie',
    ],
    cooking: [
      'au menu {moment} : {dish}, four à 180 degrés',
      '{dish} pour six, la casserole déborde',
      'recette rapide {moment} : {dish} avec les restes du frigo',
      'j’épice {dish} au cumin, {verdict}',
      'pâte reposée {moment}, {dish} au dîner',
    ],
  },
  en: {
    'ice cream': [
      'a {flavour} gelato {place}, {verdict}',
      '{flavour} sorbet and a scoop of {flavour} {moment}, {verdict}',
      'the {flavour} sundae with {topping}, {verdict}',
      'ice cream {place} {moment}: {flavour} with {topping}',
      'who tried the {flavour} cone {place}? {verdict}',
      'finishing a tub of {flavour} {moment}, {verdict}',
      'home made {flavour} ice cream without a machine, {verdict}',
      'a {flavour} lolly {place}, so fresh, {verdict}',
    ],
    price: [
      '{n} euros for {thing} {place}, too expensive',
      'prices keep rising: {n} euros for {thing}',
      '{thing} on offer {moment}, a normal price at last',
      'paid {n} euros for {thing} {place}, expensive for what it is',
      'comparing rates {moment}, {thing} costs {n} euros here',
    ],
    running: [
      '{distance} {moment}, heavy legs but happy',
      'jogging {place}: {distance} in the rain',
      'new running shoes, {distance} to break them in',
      'training {moment}, {distance} and stretching',
      'race number arrived, aiming for {distance} without walking',
    ],
    gardening: [
      'the {plant} are sprouting at last {moment}',
      'repotted the {plant} {moment}, out of compost',
      'mulch around the {plant}, watering {moment}',
      'who prunes the {plant} now? the garden waits',
      'cuttings of {plant} on the balcony, they take root',
    ],
    cinema: [
      'saw {film} {moment}, the ending surprises',
      '{film} on the big screen {moment}, lovely photography',
      'late screening of {film}, clever editing',
      'watching {film} again {moment}, the score carries it',
      'the trailer of {film} looks promising',
    ],
    cooking: [
      'for dinner {moment}: {dish}, oven at 180 degrees',
      '{dish} for six, the pan is overflowing',
      'quick recipe {moment}: {dish} with leftovers from the fridge',
      'cumin in {dish}, {verdict}',
      'dough rested {moment}, {dish} for dinner',
    ],
  },
};

/** Seed words of the topic "ice cream" in another sense. Senses without a word in the campaign's `exclude` are the hard ones. */
export const homonyms: Record<Language, readonly { sense: string; text: string }[]> = {
  fr: [
    { sense: 'ice on a car', text: 'glace sur les vitres de la voiture {moment}, dix minutes à gratter' },
    { sense: 'ice hockey', text: 'match de hockey sur glace {moment}, patinoire pleine' },
    { sense: 'black ice', text: 'verglas et glace sur la route {moment}, prudence' },
    { sense: 'mirror', text: 'une vieille glace dorée au-dessus de la cheminée, je cherche un encadreur' },
    { sense: 'brass instrument', text: 'répétition de la fanfare {moment}, le cornet joue trop fort' },
    { sense: 'paper cone of chips', text: 'un cornet de frites {place} {moment}' },
  ],
  en: [
    { sense: 'traffic cone', text: 'another traffic cone in the middle of the road {moment}' },
    { sense: 'news', text: 'the scoop of the day in the local newspaper {moment}' },
    { sense: 'pine cone', text: 'found a huge pine cone {place}, drying it by the window' },
    { sense: 'brass instrument', text: 'brass band practice {moment}, the cornet is too loud' },
  ],
};

export const answers: Record<Language, readonly string[]> = {
  fr: [
    'd’accord avec toi',
    'merci pour l’idée',
    'pareil ici',
    'je note',
    'ah oui ?',
    'bien vu',
    'j’y vais bientôt',
    'même avis',
  ],
  en: [
    'agreed',
    'thanks for the idea',
    'same here',
    'noted',
    'really?',
    'good point',
    'going there soon',
    'my view too',
  ],
};

export const hostileAnswers: Record<Language, readonly string[]> = {
  fr: ['c’est {word}, arrêtez', 'encore toi, {word}', '{word} comme d’habitude', 'vraiment {word}, je passe'],
  en: ['this is a {word}, stop', 'you again, {word}', '{word} as usual', 'really {word}, not for me'],
};

export const quoteLeads: Record<Language, readonly string[]> = {
  fr: ['À lire :', 'Je confirme :', 'Vu chez une amie :', 'Pour ceux qui hésitent :'],
  en: ['Read this:', 'I can confirm:', 'Seen at a friend’s:', 'For those in doubt:'],
};
