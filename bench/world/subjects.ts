import { noInteger } from '../../contracts/columns.ts';
import { Random } from '../../tools/sample/random.ts';
import type { Talk } from './rows.ts';
import { topics } from './vocabulary.ts';

/** What people talk about: a third of them cares about one topic and speaks of it in a third of their messages. */
const caring = 0.35;
const ownTopic = 0.35;
/** An answer stays with what it answers half of the time; anybody may mention anything. */
const stays = 0.5;
const byTheWay = 0.01;
/** A seed word in another sense: as a topic of its own, after all others. */
const otherSense = 0.003;
const linked = 0.005;
const shortest = 5;
const count = Object.keys(topics).length;

/** The topic of each author, from 1; 0 for none. The first is twice as popular as each other one. */
export function drawInterests(authors: number, seed: number): Int32Array {
  const chance = new Random(seed, 'interests');
  return Int32Array.from({ length: authors }, () =>
    chance.chance(caring) ? Math.max(1, chance.below(count + 1)) : 0,
  );
}

/** Gives the first `rows` rows, whose numbers are below `numbers`, their topic, language, length and link: some links are shared by very many. */
export function drawSubjects(
  talk: Talk,
  rows: number,
  numbers: number,
  interests: Int32Array,
  seed: number,
): void {
  const chance = new Random(seed, 'subjects');
  const topicOf = new Uint8Array(numbers);
  const linkCount = Math.max(10, Math.floor(rows / 2000));
  for (let row = 0; row < rows; row++) {
    const author = talk.author[row]!;
    const answered = talk.parent[row]!;
    let topic = chance.chance(byTheWay) ? 1 + chance.below(count) : 0;
    if (chance.chance(otherSense)) topic = count + 1;
    if (chance.chance(ownTopic)) topic = interests[author]!;
    if (answered !== noInteger && chance.chance(stays)) topic = topicOf[answered]!;
    topicOf[talk.number[row]!] = topic;
    talk.topic[row] = topic;
    talk.language[row] = author % 3 === 0 ? 1 : 0;
    talk.length[row] = shortest + Math.floor((chance.next() + chance.next()) * 10.5);
    talk.link[row] = chance.chance(linked) ? Math.floor(linkCount * chance.next() ** 3) : noInteger;
    talk.text_of[row] = talk.number[row]!;
  }
}
