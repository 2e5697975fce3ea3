import * as Plot from '@observablehq/plot';
import { chart, isNarrow } from './charts/chart.ts';
import type { Child } from './element.ts';
import type { NightTables } from './nightTables.ts';
import { clipped, note, type Paper, prose, section, sourceLine } from './paper.ts';
import { table } from './table.ts';
import { topicTexts } from './texts/topics.ts';

/** `fct_topics`. */
export interface Topic {
  topic: string;
  talkers: number;
  messages: number;
  people: number;
  share_of_people: number | null;
  interested: number | null;
}

/** `fct_topic_neighbours`. */
export interface Neighbour {
  topic: string;
  neighbour: string;
  people: number;
  share: number | null;
  lift: number | null;
}

/** `fct_topic_words`: words that were learned, none that a campaign gave. */
export interface TopicWord {
  topic: string;
  word: string;
}

export interface Topics {
  topics: Topic[];
  neighbours: Neighbour[];
  words: TopicWord[];
}

/** As many topics as a page bears. */
const shown = 12;
const wordsShown = 6;

export async function readTopics({ from, rows }: NightTables): Promise<Topics> {
  const topics = await rows<Topic>(
    `SELECT * FROM ${from('fct_topics', ['topic', 'talkers', 'messages', 'people', 'share_of_people', 'interested'])}
     ORDER BY talkers DESC, topic LIMIT ${shown}`,
  );
  const neighbours = await rows<Neighbour>(
    `SELECT * FROM ${from('fct_topic_neighbours', ['topic', 'neighbour', 'people', 'share', 'lift'])}
     WHERE people >= 5 AND lift > 1 QUALIFY row_number() OVER (PARTITION BY topic ORDER BY lift DESC, neighbour) <= 3
     ORDER BY topic, lift DESC, neighbour`,
  );
  const words = await rows<TopicWord>(
    `SELECT topic, word FROM (
       SELECT topic, word, max(weight * ln(1 + people)) AS telling
       FROM ${from('fct_topic_words', ['topic', 'word', 'weight', 'people', 'is_seed'])}
       WHERE NOT is_seed AND weight > 0 GROUP BY topic, word
     ) QUALIFY row_number() OVER (PARTITION BY topic ORDER BY telling DESC, word) <= ${wordsShown}
     ORDER BY topic, telling DESC, word`,
  );
  return { topics, neighbours, words };
}

/** How many care for each topic, and what else they care for. */
export function topicsSection(paper: Paper, { topics, neighbours, words }: Topics): Child {
  const { format, language } = paper;
  const texts = topicTexts[language];
  const [first] = topics;
  if (first === undefined)
    return section(paper, { id: 'topics', title: texts.title, lead: prose(paper, texts.empty) });
  const besides = (topic: string) =>
    neighbours
      .filter(row => row.topic === topic)
      .map(row => texts.times(clipped(row.neighbour, 60), format.about(row.lift)));
  const learned = (topic: string) =>
    words.filter(row => row.topic === topic).map(row => clipped(row.word, 40));
  return section(
    paper,
    {
      id: 'topics',
      title: texts.title,
      lead: texts.lead(
        clipped(first.topic, 60),
        format.number(first.talkers),
        format.number(first.people),
        format.number(first.interested),
      ),
    },
    market(paper, topics),
    table(paper, {
      caption: texts.neighbours,
      columns: [{ head: texts.topic }, { head: texts.words }, { head: texts.alsoCare }],
      rows: topics.map(row => [
        clipped(row.topic, 60),
        learned(row.topic).join(', '),
        besides(row.topic).length === 0 ? texts.nothingElse : besides(row.topic).join(', '),
      ]),
    }),
    sourceLine(paper, { table: 'fct_topic_words' }, { table: 'fct_topic_neighbours' }),
    note(paper, texts.note),
  );
}

function market(paper: Paper, topics: readonly Topic[]): Child {
  const { format, language } = paper;
  const texts = topicTexts[language];
  const rows = topics.map((row, place) => ({ ...row, place: String(place) }));
  return chart(paper, {
    title: texts.chart,
    legend: texts.legend,
    alternative: format.series(
      topics.map(row =>
        texts.told(clipped(row.topic, 60), format.number(row.talkers), format.number(row.interested)),
      ),
    ),
    draw(width) {
      const narrow = isNarrow(width);
      const words = { y: 'place', fill: 'var(--ink)', frameAnchor: 'left', textAnchor: 'start' } as const;
      return {
        height: rows.length * (narrow ? 40 : 34) + 40,
        marginLeft: narrow ? 6 : 170,
        marginRight: narrow ? 12 : 60,
        marginTop: narrow ? 16 : 6,
        marginBottom: 30,
        x: {
          label: null,
          grid: true,
          ticks: narrow ? 4 : 6,
          tickSize: 0,
          tickFormat: (value: number) => format.number(value),
        },
        y: { axis: null, domain: rows.map(row => row.place), padding: narrow ? 0.72 : 0.45 },
        marks: [
          Plot.barX(rows, { x: 'talkers', y: 'place', fill: 'var(--quiet)', fillOpacity: 0.35, rx: 2 }),
          Plot.barX(rows, {
            x: (row: Topic) => row.interested ?? 0,
            y: 'place',
            fill: 'var(--accent)',
            rx: 2,
          }),
          Plot.text(rows, {
            ...words,
            text: (row: Topic) => clipped(row.topic, narrow ? 40 : 24),
            dx: narrow ? 0 : -164,
            dy: narrow ? -14 : 0,
          }),
          Plot.ruleX([0], { stroke: 'var(--muted)' }),
        ],
      };
    },
    figures: table(paper, {
      caption: texts.chart,
      columns: [
        { head: texts.topic },
        { head: texts.talkers, isNumber: true },
        { head: texts.share, isNumber: true },
        { head: texts.interested, isNumber: true },
        { head: texts.messages, isNumber: true },
      ],
      rows: topics.map(row => [
        clipped(row.topic, 60),
        format.number(row.talkers),
        format.percent(row.share_of_people),
        format.number(row.interested),
        format.number(row.messages),
      ]),
    }),
    sources: [{ table: 'fct_topics' }],
  });
}
