import { expect, it } from 'vitest';
import { defineInParts } from '../../activities/messageParts.ts';
import { modelOf } from '../../engine/models.ts';
import { inSession } from '../models/cases.ts';

it.each([1, 2, 3, 7, 100])('words in parts of %i messages are the words of all at once', length =>
  inSession(async session => {
    const { signal } = new AbortController();
    await session.fill('params', { window_from: 'TIMESTAMP', interval_to: 'TIMESTAMP' }, [
      ['2026-01-01 00:00:00', '2026-04-01 00:00:00'],
    ]);
    await session.fill('stg_topic_words', { topic_number: 'INTEGER' }, [[0]]);
    const texts = ['b a a', 'c', 'a b c d', 'd d', 'b', 'a c', 'c b a'];
    await session.fill(
      'stg_messages',
      {
        message_number: 'INTEGER',
        author_number: 'INTEGER',
        created_at: 'TIMESTAMP',
        kind: 'VARCHAR',
        text: 'VARCHAR',
        language: 'VARCHAR',
      },
      texts.map((text, at) => [3 * at + 4, at, '2026-03-01 00:00:00', 'post', text, 'fr']),
    );
    await session.fill('int_chunk_terms', { language: 'VARCHAR', chunk: 'VARCHAR', term_number: 'INTEGER' }, [
      ['fr', 'a', 1],
      ['fr', 'b', 2],
      ['fr', 'c', 1],
    ]);
    await session.view('int_own_texts', modelOf('int_own_texts').sql);
    const model = modelOf('stg_words');
    await defineInParts(session, model, 'in_parts', {
      source: 'int_own_texts',
      numbered: 'stg_messages',
      signal,
      length,
    });
    const whole = await session.rows(`SELECT * FROM (${model.sql}) ORDER BY ALL`);
    expect(whole).toHaveLength(9);
    expect(await session.rows('SELECT * FROM in_parts')).toEqual(whole);
  }),
);

it('no messages have no words', () =>
  inSession(async session => {
    await session.fill('params', { window_from: 'TIMESTAMP', interval_to: 'TIMESTAMP' }, [
      ['2026-01-01 00:00:00', '2026-04-01 00:00:00'],
    ]);
    await session.fill('stg_topic_words', { topic_number: 'INTEGER' }, []);
    const columns = { message_number: 'INTEGER', author_number: 'INTEGER', created_at: 'TIMESTAMP' } as const;
    await session.fill(
      'stg_messages',
      { ...columns, kind: 'VARCHAR', text: 'VARCHAR', language: 'VARCHAR' },
      [],
    );
    await session.fill(
      'int_chunk_terms',
      { language: 'VARCHAR', chunk: 'VARCHAR', term_number: 'INTEGER' },
      [],
    );
    await session.view('int_own_texts', modelOf('int_own_texts').sql);
    const { signal } = new AbortController();
    const ask = { source: 'int_own_texts', numbered: 'stg_messages', signal };
    await defineInParts(session, modelOf('stg_words'), 'in_parts', ask);
    expect(await session.rows('SELECT * FROM in_parts')).toEqual([]);
  }));
