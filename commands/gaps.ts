import { campaignAgain } from '../activities/repair/campaignAgain.ts';
import { findGaps } from '../activities/repair/gaps.ts';
import { readConfig } from '../config.ts';
import type { Gaps, Hole, LaneGaps, MissingNights } from '../contracts/gaps.ts';
import { realWorld } from '../worker.ts';
import { onInterrupt } from './interrupt.ts';
import { countText, print, type Terminal, tableText } from './terminal.ts';

/** `sillage gaps`: what is missing, and what can be done about it. Asks no network. */
export async function gaps(terminal: Terminal, campaign: string): Promise<void> {
  const signal = onInterrupt();
  const world = realWorld(readConfig(), () => ({ signal, progress: () => undefined }));
  const found = await findGaps(world, await campaignAgain(world.lake, campaign));
  print(terminal, found, () => gapsText(found));
}

const remedies = {
  'next round': 'the next round asks again',
  fill: '--fill asks again',
  lost: 'lost',
} as const;

/** What is missing, as people read it. */
export function gapsText({ campaign, nights, lanes }: Gaps): string {
  const parts = [
    ...table(['nights missing', 'nights'], nights.map(rowOfNights)),
    ...table(
      ['collector', 'late since'],
      lanes.flatMap(({ lane, late, last }) => (late ? [[lane, last ?? 'never collected']] : [])),
    ),
    ...table(
      ['collector', 'can not be examined here'],
      lanes.flatMap(({ lane, refused }) => (refused === undefined ? [] : [[lane, refused]])),
    ),
    ...table(['missed', 'from', 'to', 'hours', 'why', 'what now'], lanes.flatMap(rowsOfHoles)),
    ...table(
      ['questions about messages', 'kind', 'the next round asks', 'given up: --fill asks'],
      lanes.flatMap(({ lane, questions }) =>
        questions.map(({ kind, next, givenUp }) => [lane, kind, next, givenUp]),
      ),
    ),
  ];
  if (parts.length === 0) return `${campaign}: nothing is missing`;
  const fillable =
    nights.length > 0 ||
    lanes.some(
      lane =>
        lane.holes.some(({ remedy }) => remedy !== 'lost') ||
        lane.questions.some(({ givenUp }) => givenUp > 0),
    );
  return [
    ...parts,
    ...(fillable ? [`\`npx sillage gaps ${campaign} --fill\` fills what can be filled`] : []),
  ].join('\n');
}

function rowOfNights({ from, to, nights }: MissingNights): (string | number)[] {
  return [`${from}/${to}`, nights];
}

function rowsOfHoles({ lane, holes }: LaneGaps): (string | number)[][] {
  return holes.map(({ query, from, to, hours, outcome, reason, remedy }: Hole) => [
    `${lane}: ${query}`,
    minuteText(from),
    minuteText(to),
    hours,
    reason === '' ? outcome : `${outcome}: ${reason}`,
    remedies[remedy],
  ]);
}

/** How much is missing in one line each, for who fills it. */
export function missedText({ nights, lanes }: Gaps): string {
  const missing = nights.reduce((sum, { nights }) => sum + nights, 0);
  const holes = lanes.flatMap(lane => lane.holes);
  const hours = Math.round(holes.reduce((sum, { hours }) => sum + hours, 0) * 10) / 10;
  const questions = lanes
    .flatMap(lane => lane.questions)
    .reduce((sum, one) => sum + one.next + one.givenUp, 0);
  return `${countText(missing)} nights, ${countText(holes.length)} stretches of ${countText(hours)} hours, ${countText(questions)} questions`;
}

function minuteText(instant: string): string {
  return `${instant.slice(0, 16).replace('T', ' ')}Z`;
}

function table(head: string[], rows: (string | number)[][]): string[] {
  return rows.length === 0 ? [] : [tableText(head, rows), ''];
}
