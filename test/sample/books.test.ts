import { describe, expect, test } from 'vitest';
import { generate } from '../../tools/sample/generate.ts';
import { readSample, resolve, textOf } from './reading.ts';

/** The books that the generator kept, against a reading of its files that knows nothing of it. */
describe.each([7, 11])('the books of seed %i', seed => {
  const files = generate(seed).all;
  const truth = JSON.parse(textOf(files, 'truth.json'));
  const reading = readSample(files);
  const { staged, lost, gone } = resolve(reading);
  const published = new Map(staged);
  for (const [id, row] of reading.inside) if (!published.has(id)) published.set(id, row);
  const bySource = (rows: Iterable<{ source: string }>, source: string) =>
    [...rows].filter(row => row.source === source).length;

  test.each(['x', 'mastodon', 'talk', 'listening'])('every row of %s ends in one place', source => {
    const book = truth.books[source];
    const refused = reading.refused.filter(row => row.source === source);
    const reasons = Object.fromEntries(
      [...new Set(refused.map(row => row.reason))].map(reason => [
        reason,
        refused.filter(row => row.reason === reason).length,
      ]),
    );
    expect({
      rows_read: bySource(reading.rows, source) + refused.length,
      staged: bySource(staged.values(), source),
      duplicates: lost.get(source) ?? 0,
      quarantined: refused.length,
      deleted: bySource(gone, source),
      included: bySource(
        [...published.values()].filter(row => !staged.has(row.id)),
        source,
      ),
      quarantined_because: reasons,
    }).toEqual(book);
    expect(book.rows_read).toBe(book.staged + book.duplicates + book.quarantined + book.deleted);
  });

  test('the window holds what the truth says', () => {
    const [from, to] = [Date.parse(truth.night.window.from), Date.parse(truth.night.window.to)];
    const counts: Record<string, Record<string, number>> = {};
    let outside = 0;
    for (const row of published.values()) {
      if (row.at < from || row.at >= to) {
        outside++;
        continue;
      }
      const platform = row.id.slice(0, row.id.indexOf(':'));
      counts[platform] ??= { post: 0, reshare: 0, quote: 0, reply: 0 };
      counts[platform]![row.kind]!++;
    }
    expect(counts).toEqual(truth.night.published_messages);
    expect(outside).toBe(truth.night.outside_window);
    const newest = Math.max(...[...staged.values()].map(row => row.at));
    expect(new Date(newest).toISOString()).toBe(truth.night.newest_created_at);
    expect(truth.night.newest_created_at.slice(0, 10)).toBe('2026-03-29');
  });

  test('the flaws are in the files', () => {
    const { flaws } = truth;
    const all = [...published.values()];
    const parentOf = (row: { forwards: string | undefined; answers: string | undefined }) =>
      published.get(row.forwards ?? row.answers ?? '');
    const self = all.filter(row => row.forwards && published.get(row.forwards)?.author === row.author);
    expect(self.map(row => row.id).sort()).toEqual([...flaws.self_forwards].sort());
    const early = all.filter(row => row.at < (parentOf(row)?.at ?? 0) && !flaws.cycle.includes(row.id));
    expect(early.map(row => row.id).sort()).toEqual([...flaws.children_earlier_than_their_parent].sort());
    for (const id of flaws.cycle) {
      const twice = published.get(published.get(published.get(id)!.forwards!)!.forwards!)!;
      expect(twice.forwards).toBe(id);
    }
    for (const id of [...flaws.parents_in_no_file, ...flaws.deleted])
      expect(published.has(id), id).toBe(false);
    const named = new Set(all.flatMap(row => [row.forwards, row.answers]));
    const parents = flaws.parents_in_no_file.filter((id: string) => !id.startsWith('mastodon:'));
    for (const id of parents) expect(named.has(id), id).toBe(true);
    for (const id of flaws.seen_only_inside_others)
      expect(reading.inside.has(id) && !staged.has(id), id).toBe(true);
    expect(gone.map(row => row.id).sort()).toEqual([...flaws.deleted].sort());
    const late = [...staged.values()].filter(row => row.captured > 0 && row.at > row.captured);
    expect(late.map(row => row.id).sort()).toEqual([...flaws.dated_after_capture].sort());
    for (const id of flaws.hostile_texts)
      expect(published.get(id)!.text).toMatch(
        /<script>|DROP TABLE|=cmd|HYPERLINK|\u202E|🍨|\0|constructor|rm -rf|\uFEFF|&lt;script/,
      );
  });

  test('origins that are absent are counted', () => {
    const [from, to] = [Date.parse(truth.night.window.from), Date.parse(truth.night.window.to)];
    const isPublished = (id: string) => {
      const row = published.get(id);
      return row !== undefined && row.at >= from && row.at < to;
    };
    const absent = new Set<string>();
    for (const row of published.values()) {
      if (!row.forwards || !isPublished(row.id)) continue;
      let origin: string = row.id;
      for (let steps = 0; steps < 100 && published.get(origin)?.forwards; steps++)
        origin = published.get(origin)!.forwards!;
      if (!isPublished(origin)) absent.add(origin);
    }
    const { in_no_file_or_deleted, outside_window } = truth.absent_roots.of_forwards;
    expect([...absent].filter(id => !published.has(id))).toHaveLength(in_no_file_or_deleted);
    expect([...absent].filter(id => published.has(id))).toHaveLength(outside_window);
  });

  test('odd rows are as many as noted', () => {
    const talk = ['01.ndjson.gz', '02.ndjson', '03.ndjson']
      .map(name => textOf(files, `messages/talk-2026-${name}`))
      .join('\n');
    const listening = textOf(files, 'messages/listening.csv');
    const x = [...files.keys()]
      .filter(path => path.startsWith('exports/x/'))
      .map(path => textOf(files, path))
      .join('\n');
    const mastodon = [...files.keys()]
      .filter(path => path.startsWith('exports/mastodon/statuses'))
      .map(path => textOf(files, path))
      .join('\n');
    const count = (text: string, pattern: RegExp) => (text.match(pattern) ?? []).length;
    const { oddities } = truth;
    expect(count(talk, /"message_id":\d{19}/g)).toBe(oddities.number_beyond_doubles);
    expect(count(listening, /=cmd\|/g)).toBe(oddities.formula_in_cell);
    expect(count(listening, /\r\n""Merci/g)).toBe(oddities.line_break_in_cell);
    expect(count(x, /"referenced_tweets":\{\}/g)).toBeGreaterThanOrEqual(oddities.empty_object_for_list);
    expect(count(mastodon, /"local_reach"/g)).toBeGreaterThan(0);
    expect(count(talk, /"client":/g)).toBeGreaterThanOrEqual(10);
  });
});
