import { drawn, drawnByTopic } from './vocabulary.ts';

/** Longest text, in words: handles, hashtags and links come on top. */
export const longest = 25;
/** Every how many-th word of a message about a topic is one of the topic's. */
const topicalEvery = 4;
/** Places of a text's chance beyond its words. */
const places = { handle: 25, tag: 26, secondTag: 27, thirdTag: 28, tracked: 29 };
const placesByText = 32;

/**
 * The text of a message as SQL over `sorted` (columns of `drawTalk`) beside the one-row table `lists` (english, french,
 * topical, tags: lists of words). Every place of a text has its own chance, from the text's number and the seed.
 */
export function textOf(seed: number): string {
  const chance = (place: number) =>
    `hash(CAST(text_of AS BIGINT) * ${placesByText} + ${place} + ${seed} * 1099511627776)`;
  const pick = (list: string, offset: string, count: number, place: number) =>
    `${list}[1 + ${offset} + CAST((${chance(place)} >> 8) % ${count} AS INTEGER)]`;
  const word = (place: number) => `CASE
      WHEN length <= ${place} THEN NULL
      WHEN topic > 0 AND ${chance(place)} % ${topicalEvery} = 0
        THEN ${pick('topical', `((topic - 1) * 2 + language) * ${drawnByTopic}`, drawnByTopic, place)}
      WHEN language = 0 THEN ${pick('english', '0', drawn, place)}
      ELSE ${pick('french', '0', drawn, place)}
    END`;
  const tag = (place: number, percent: number) =>
    `CASE WHEN ${chance(place)} % 100 < ${percent} THEN '#' || ${pick('tags', `topic * ${drawnByTopic}`, drawnByTopic, place)} END`;
  const words = Array.from({ length: longest }, (_, place) => word(place));
  return `concat_ws(' ',
    CASE WHEN kind = 3 AND parent_author IS NOT NULL AND ${chance(places.handle)} % 2 = 0 THEN '@user' || parent_author END,
    ${words.join(',\n    ')},
    ${tag(places.tag, 10)}, ${tag(places.secondTag, 4)}, ${tag(places.thirdTag, 2)},
    CASE WHEN link IS NOT NULL THEN 'https://news' || link % 40 || '.example/' || link
      || CASE WHEN ${chance(places.tracked)} % 3 = 0 THEN '?utm_source=feed' ELSE '' END END)`;
}
