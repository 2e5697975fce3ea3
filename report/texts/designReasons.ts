import { reasonClause as clause, figure, type Reason } from './clause.ts';
import { fr } from './french.ts';

const percent = String.raw`([+-]?[\d.]+ %)`;

/** Why a design does not trust its own estimate, in French. */
export const designReasons: readonly Reason[] = [
  [
    clause('the (control|treated) units together sold the same on every day before the flight'),
    arm =>
      fr`${arm === 'treated' ? 'les unités exposées' : 'les unités témoins'}, ensemble, ont vendu autant chaque jour avant la campagne`,
  ],
  [
    clause('the units differ in nothing, so that no error can be estimated'),
    () => fr`les unités ne diffèrent en rien, aucune erreur ne peut être estimée`,
  ],
  [
    clause('all units changed alike, so that no error can be estimated'),
    () => fr`toutes les unités ont évolué pareillement, aucune erreur ne peut être estimée`,
  ],
  [
    clause('the control units did not vary before the flight, so that no error can be estimated'),
    () => fr`les unités témoins n'ont pas varié avant la campagne, aucune erreur ne peut être estimée`,
  ],
  [
    clause('the controls tell the treated without error, so that no error can be estimated'),
    () =>
      fr`les unités témoins reproduisent exactement les unités exposées, aucune erreur ne peut être estimée`,
  ],
  [
    clause(
      'the treated units follow the control exactly before the flight, so that no error can be estimated',
    ),
    () =>
      fr`les unités exposées suivent exactement les unités témoins avant la campagne, aucune erreur ne peut être estimée`,
  ],
  [
    clause(
      `before the flight the control units do not move with the treated ones \\(they explain ${percent} of their days\\)`,
    ),
    explained =>
      fr`avant la campagne, les unités témoins n'évoluent pas comme les unités exposées (elles expliquent ${figure(explained!)} de leurs jours)`,
  ],
  [
    clause(
      `before the flight the treated units drift away from the control's line, by ${percent} over its (\\d+) days`,
    ),
    (drift, days) =>
      fr`avant la campagne, les unités exposées s'écartent peu à peu des unités témoins, de ${figure(drift!)} sur ${days!} jours`,
  ],
  [
    clause(
      `the control units explain only ${percent} of the treated ones' days before the flight, in which they were at another level \\(${percent}\\)`,
    ),
    (explained, level) =>
      fr`les unités témoins n'expliquent que ${figure(explained!)} des jours des unités exposées avant la campagne, pendant laquelle elles étaient à un autre niveau (${figure(level!)})`,
  ],
  [
    clause(
      `the best weights of the (\\d+) control units leave over ${percent} of the treated units' variance before the flight(?:, but at most ${percent} of a control unit's)?`,
    ),
    (controls, left, worst) =>
      fr`la meilleure combinaison des ${controls!} unités témoins laisse inexpliqués ${figure(left!)} de la variance des unités exposées avant la campagne${worst === '' ? '' : `, contre ${figure(worst!)} au plus pour une unité témoin`}`,
  ],
  [
    clause(
      `treated units differ in size from the control \\(${percent}\\), whose sales changed by ${percent}: whether both would have changed by the same amount or the same share decides the answer`,
    ),
    (size, growth) =>
      fr`les unités exposées n'ont pas la taille des unités témoins (${figure(size!)}), dont les ventes ont évolué de ${figure(growth!)} : la réponse dépend de savoir si les deux auraient évolué du même montant ou de la même part`,
  ],
  [
    clause('only (\\d+) of (\\d+) (treated|control) units had anything in the flight'),
    (active, units, arm) =>
      fr`seules ${active!} des ${units!} unités ${arm === 'treated' ? 'exposées' : 'témoins'} ont vendu quelque chose pendant la campagne`,
  ],
];
