import type { Habit } from './calendar.ts';
import type { Network } from './people.ts';

/** The three planted groups of influencers: apart in hours, networks, speed, activeness and form of answer. */
export interface Persona {
  name: string;
  habit: Habit;
  /** Median minutes to an answer. */
  delay: number;
  /** Posts of one's own over the whole period, all accounts together. */
  posts: number;
  susceptibility: number;
  actions: readonly [number, number, number];
  home: Network;
  /** A second account for so many of the fourteen, with so much of the talk. */
  second: { network: Network; people: number; share: number };
}

const hoursOf = (weights: Record<number, number>) => Array.from({ length: 24 }, (_, h) => weights[h] ?? 0);

export const personas: readonly Persona[] = [
  {
    name: 'early birds',
    habit: { hours: hoursOf({ 5: 2, 6: 8, 7: 10, 8: 7, 9: 2 }), weekend: 0.8 },
    delay: 35,
    posts: 46,
    susceptibility: 9,
    actions: [0.7, 0.2, 0.1],
    home: 'x',
    second: { network: 'mastodon', people: 4, share: 0.3 },
  },
  {
    name: 'night talkers',
    habit: { hours: hoursOf({ 19: 2, 20: 6, 21: 10, 22: 9, 23: 4 }), weekend: 1 },
    delay: 3,
    posts: 84,
    susceptibility: 4,
    actions: [0.25, 0.1, 0.65],
    home: 'bluesky',
    second: { network: 'x', people: 5, share: 0.3 },
  },
  {
    name: 'weekend tasters',
    habit: { hours: hoursOf({ 10: 2, 11: 6, 12: 8, 13: 9, 14: 9, 15: 6, 16: 3 }), weekend: 7 },
    delay: 300,
    posts: 60,
    susceptibility: 10,
    actions: [0.3, 0.5, 0.2],
    home: 'mastodon',
    second: { network: 'bluesky', people: 4, share: 0.3 },
  },
];
