import type { Child } from './element.ts';
import { note, type Paper, person, sourceLine } from './paper.ts';
import type { HoldOut, PlanRow } from './plan.ts';
import { table } from './table.ts';
import { planTexts } from './texts/plan.ts';
import { reasonIn } from './texts/reasons.ts';

/** People that a page bears. */
const heldOutShown = 24;

/** Who is left alone on purpose, and what can be shown by that. */
export function holdOut(paper: Paper, heldOut: readonly PlanRow[], designs: readonly HoldOut[]): Child {
  const { make, format, language } = paper;
  const texts = planTexts[language];
  const people =
    heldOut.length === 0
      ? make('p', {}, texts.nobodyHeldOut)
      : [
          make('p', {}, texts.heldOut(heldOut.length)),
          make(
            'ul',
            { class: 'people' },
            heldOut.slice(0, heldOutShown).map(row => make('li', {}, person(paper, row.author_id))),
          ),
          heldOut.length > heldOutShown
            ? make('p', {}, texts.more(format.number(heldOut.length - heldOutShown)))
            : undefined,
        ];
  const figures = table(paper, {
    caption: texts.designCaption,
    columns: [
      { head: texts.design },
      { head: texts.asked, isNumber: true },
      { head: texts.without, isNumber: true },
      { head: texts.smallest, isNumber: true },
      { head: texts.smallestMoney, isNumber: true },
      { head: texts.verdict },
    ],
    rows: designs.map(row => [
      texts.designs[row.design] ?? row.design,
      format.number(row.units_asked),
      format.number(row.units_held_out),
      format.percent(row.smallest_effect_share, 1),
      format.money(row.smallest_total, row.currency),
      row.verdict === 'decides' ? texts.decides : texts.cannotTell,
    ]),
  });
  const silent = designs
    .filter(row => row.verdict !== 'decides')
    .map(row =>
      make(
        'p',
        { class: 'note' },
        texts.because(texts.designs[row.design] ?? row.design),
        ' ',
        reasonIn(paper, row.reason),
        '.',
      ),
    );
  return [
    make('h3', {}, texts.holdOutTitle),
    people,
    designs.length === 0
      ? undefined
      : [figures, note(paper, texts.power(format.percent(designs[0]!.power))), silent],
    sourceLine(paper, { table: 'fct_recruitment_plan', key: 'arm' }, { table: 'fct_recruitment_holdout' }),
  ];
}
