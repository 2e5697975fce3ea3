import { type Child, type Make, makerOf, newDocument, type PageDocument } from './element.ts';
import { type Formats, formatsOf } from './formats.ts';
import type { Language } from './language.ts';

/** What a section writes on: a language, its formats, and the document whose nodes it makes. */
export interface Paper {
  language: Language;
  format: Formats;
  document: PageDocument;
  make: Make;
}

export function newPaper(language: Language): Paper {
  const document = newDocument();
  return { language, format: formatsOf(language), document, make: makerOf(document) };
}

/** Which published table, and which key in it, a figure comes from. */
export interface Source {
  table: string;
  key?: string;
}

export function sourceLine({ make }: Paper, ...sources: Source[]): Child {
  const parts = sources.flatMap(({ table, key }, index) => [
    index === 0 ? '' : ' · ',
    make('code', {}, table),
    key === undefined ? undefined : make('bdi', {}, ` · ${clipped(key, 80)}`),
  ]);
  return make('p', { class: 'source' }, parts);
}

/** One section of the page: its sentence first, then what shows it. */
export function section(
  { make }: Paper,
  { id, title, lead }: { id: string; title: string; lead: Child },
  ...body: Child[]
): Child {
  return make(
    'section',
    { id, 'aria-labelledby': `${id}-title` },
    make('h2', { id: `${id}-title` }, title),
    make('p', { class: 'lead' }, lead),
    body,
  );
}

/** A text of ours in which what stands between backticks is code. */
export function prose({ make }: Paper, text: string): Child {
  return text.split('`').map((part, index) => (index % 2 === 0 ? part : make('code', {}, part)));
}

/** How to read what stands beside it, or what to bear in mind. */
export function note({ make }: Paper, ...text: Child[]): Child {
  return make('p', { class: 'note' }, text);
}

/** The id of a person: all of it in the page, shortened in the middle for the eye, where its end tells people apart. */
export function person({ make }: Paper, id: string): Child {
  const shown = clipped(id, 160);
  const slash = shown.lastIndexOf('/');
  const letters = [...shown];
  // An address says who it is after its last slash; a pseudonym or a number shows its last six letters.
  const tail =
    slash > 0 && slash < shown.length - 1 ? [...shown.slice(slash + 1)].slice(-18) : letters.slice(-6);
  const head = letters.slice(0, letters.length - tail.length).join('');
  return make(
    'span',
    { class: 'person', title: clipped(id, 500) },
    make('bdi', { class: 'start' }, head),
    make('bdi', {}, tail.join('')),
  );
}

/** A text of someone else's choosing on one line, no longer than is ever needed. */
export function clipped(text: string, letters = 120): string {
  const line = text.replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ');
  if (line.length <= letters) return line;
  return `${[...line].slice(0, letters - 1).join('')}…`;
}
