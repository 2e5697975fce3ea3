import type { InEach } from '../language.ts';

/** The ways to know a return, best first, as people are told of them. */
export const methodNames: InEach<Readonly<Record<string, string>>> = {
  en: {
    'randomised hold-out': 'hold-out of zones, drawn by lot',
    'people hold-out': 'hold-out of people, drawn by lot',
    'time-based regression': 'time-based regression',
    'synthetic control': 'synthetic control',
    'synthetic difference-in-differences': 'synthetic difference-in-differences',
    'difference-in-differences': 'difference-in-differences',
    'structural time series': 'structural time series',
    'codes and links': 'codes and links',
    'markov credit': 'Markov credit',
    'shapley credit': 'Shapley credit',
    change: 'before and after',
  },
  fr: {
    'randomised hold-out': 'zones témoins tirées au sort',
    'people hold-out': 'personnes témoins tirées au sort',
    'time-based regression': 'régression temporelle',
    'synthetic control': 'contrôle synthétique',
    'synthetic difference-in-differences': 'double différence synthétique',
    'difference-in-differences': 'double différence',
    'structural time series': 'série temporelle structurelle',
    'codes and links': 'codes et liens',
    'markov credit': 'attribution de Markov',
    'shapley credit': 'attribution de Shapley',
    change: 'avant et après',
  },
};

/** What each compares, in a sentence of a few words. */
export const methodGlosses: InEach<Readonly<Record<string, string>>> = {
  en: {
    'randomised hold-out': 'zones left alone by lot against zones with the campaign',
    'people hold-out': 'people left alone by lot against people who were asked',
    'time-based regression': 'what the zones would have sold, foretold from the others',
    'synthetic control': 'a blend of untouched zones that sold alike before',
    'synthetic difference-in-differences': 'such a blend, and the change since before',
    'difference-in-differences': 'the change here against the change elsewhere',
    'structural time series': 'a forecast from sales before and from untouched series',
    'codes and links': 'orders that carried a code or a link',
  },
  fr: {
    'randomised hold-out': 'zones laissées à l’écart par tirage au sort, face aux zones exposées',
    'people hold-out': 'personnes laissées à l’écart par tirage au sort, face aux personnes sollicitées',
    'time-based regression': 'ce que les zones auraient vendu, prédit d’après les autres',
    'synthetic control': 'un mélange de zones non exposées qui vendaient pareillement avant',
    'synthetic difference-in-differences': 'un tel mélange, et l’évolution depuis',
    'difference-in-differences': 'l’évolution ici, face à l’évolution ailleurs',
    'structural time series': 'une prévision d’après les ventes passées et des séries non exposées',
    'codes and links': 'commandes portant un code ou un lien',
  },
};
