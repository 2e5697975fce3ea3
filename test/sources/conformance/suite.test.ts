import { openPages } from './pageSource.ts';
import { conforms } from './suite.ts';

conforms('a source of notes', {
  open: openPages,
  query: () => ({ kind: 'search', label: 'search gelato', subjects: ['gelato'] }),
  span: { from: '2026-03-01T00:00:00.000Z', to: '2026-03-08T00:00:00.000Z' },
  item: ({ number, at, text }) => ({ id: `n${number}`, at, text }),
  idOf: ({ number }) => `n${number}`,
  pageOf: ({ path }) =>
    path.startsWith('/notes') ? Number(new URL(path, 'http://x').searchParams.get('from')) : undefined,
  page: (notes, next) => ({ body: JSON.stringify({ notes, next }) }),
  besides: ({ path }, there) => {
    const ids = new URL(path, 'http://x').searchParams.get('ids')!.split(',');
    const notes = there.filter(({ number }) => ids.includes(`n${number}`));
    return {
      body: JSON.stringify({ notes: notes.map(({ number, at, text }) => ({ id: `n${number}`, at, text })) }),
    };
  },
  required: 'text',
  refresh: ids => ({ kind: 'refresh', label: 'refresh', subjects: ids }),
});
