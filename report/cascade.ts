import { type WakeMessage, wake } from './charts/wake.ts';
import type { Child } from './element.ts';
import type { NightTables } from './nightTables.ts';
import { type Paper, person, section } from './paper.ts';
import { table } from './table.ts';
import { cascadeTexts } from './texts/cascade.ts';
import { platformName } from './texts/platforms.ts';

/** `fct_cascades` of the one that is drawn. */
export interface DrawnCascade {
  root_id: string;
  author_id: string;
  platform: string;
  day: string;
  size: number;
  max_depth: number;
  structural_virality: number | null;
  seconds_to_half: number | null;
}

export interface Cascade {
  cascade: DrawnCascade | undefined;
  messages: WakeMessage[];
}

const columns = [
  ...[
    'root_id',
    'author_id',
    'platform',
    'day',
    'size',
    'max_depth',
    'structural_virality',
    'seconds_to_half',
    'flags',
  ],
];
/** Larger ones are a cloud, smaller ones no wake. */
const most = 400;
const least = 4;

export async function readCascade({ from, rows }: NightTables): Promise<Cascade> {
  const hidden = `SELECT author_id FROM ${from('dim_authors', ['author_id', 'is_brand', 'is_opted_out'])}
     WHERE is_brand OR is_opted_out`;
  const [cascade] = await rows<DrawnCascade>(
    `SELECT * FROM ${from('fct_cascades', columns, 'c')}
     WHERE flags IS NULL AND size BETWEEN ${least} AND ${most} AND max_depth >= 2
       AND NOT EXISTS (SELECT 1 FROM (${hidden}) AS h WHERE h.author_id = c.author_id)
     ORDER BY size DESC, max_depth DESC, root_id LIMIT 1`,
  );
  if (cascade === undefined) return { cascade: undefined, messages: [] };
  const ofRoot = `root_id = '${cascade.root_id.replaceAll("'", "''")}'`;
  const read = (more: string) =>
    rows<WakeMessage>(
      `SELECT message_id, parent_id, epoch(created_at) - min(epoch(created_at)) OVER () AS seconds, kind
       FROM ${from('fct_messages', ['message_id', 'parent_id', 'root_id', 'created_at', 'kind', 'day'])}
       WHERE ${ofRoot}${more} ORDER BY created_at, message_id`,
    );
  // Most cascades end within days, which are files of their own: all days are read only where some are missing.
  const near = await read(` AND day BETWEEN DATE '${cascade.day}' AND DATE '${cascade.day}' + 7`);
  const messages = near.length === cascade.size ? near : await read('');
  return { cascade, messages };
}

/** One message and how it travelled. */
export function cascadeSection(paper: Paper, { cascade, messages }: Cascade): Child {
  const { make, format, language } = paper;
  const texts = cascadeTexts[language];
  if (cascade === undefined) return section(paper, { id: 'cascade', title: texts.title, lead: texts.empty });
  const half = format.duration(cascade.seconds_to_half);
  const depth = format.number(cascade.max_depth);
  const levels = byLevel(messages);
  return section(
    paper,
    {
      id: 'cascade',
      title: texts.title,
      lead: texts.lead(format.number(cascade.size - 1), half, depth),
    },
    wake(paper, {
      title: texts.chart,
      legend: [
        texts.by,
        ' ',
        person(paper, cascade.author_id),
        `, ${platformName(cascade.platform)}, ${format.day(cascade.day)}. `,
        texts.legend,
      ],
      alternative: texts.told(format.number(cascade.size - 1), half, depth),
      axis: texts.axis,
      messages,
      figures: table(paper, {
        caption: texts.figures,
        columns: [
          { head: texts.level },
          { head: texts.forwards, isNumber: true },
          { head: texts.first, isNumber: true },
          { head: texts.last, isNumber: true },
        ],
        rows: levels.map(({ level, count, first, last }) => [
          format.number(level),
          format.number(count),
          format.duration(first),
          format.duration(last),
        ]),
      }),
      sources: [{ table: 'fct_cascades', key: cascade.root_id }, { table: 'fct_messages' }],
    }),
    make('p', { class: 'note' }, texts.choice),
  );
}

/** How many forwards stand how many steps from the first message, and when. */
function byLevel(messages: readonly WakeMessage[]) {
  const parents = new Map(messages.map(({ message_id, parent_id }) => [message_id, parent_id]));
  const levels: { level: number; count: number; first: number; last: number }[] = [];
  for (const { message_id, seconds } of messages) {
    let level = 0;
    // A forward may claim to be older than what it forwards: its parent need not stand before it.
    for (let at = parents.get(message_id); at != null && level < messages.length; at = parents.get(at))
      level++;
    const { count, first, last } = levels[level] ?? { count: 0, first: seconds, last: seconds };
    levels[level] = {
      level,
      count: count + 1,
      first: Math.min(first, seconds),
      last: Math.max(last, seconds),
    };
  }
  return levels.filter(({ level }) => level > 0);
}
