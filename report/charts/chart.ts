import * as Plot from '@observablehq/plot';
import type { Child, PageElement } from '../element.ts';
import { type Paper, type Source, sourceLine } from '../paper.ts';

/** Width of a chart on a wide page and on a phone, in pixels: text of one size fits both. */
const widths = [720, 352] as const;
export type Width = (typeof widths)[number];

export function isNarrow(width: Width): boolean {
  return width === widths[1];
}

const figureWords = { en: 'The figures', fr: 'Les chiffres' };

export interface Chart {
  /** What it shows, in a few words: the heading. */
  title: string;
  /** What a reader who can't see it should know, in a sentence or two. */
  alternative: string;
  /** How it is to be read. */
  legend?: Child;
  draw(width: Width): Plot.PlotOptions;
  /** Whether it stands beside text, as narrow as on a phone everywhere. */
  isSmall?: boolean;
  /** The same as numbers. */
  figures: Child;
  sources: readonly Source[];
}

/** A chart at both widths, of which the style sheet shows one, with its figures below. */
export function chart(
  paper: Paper,
  { title, alternative, legend, draw, isSmall, figures, sources }: Chart,
): Child {
  const { make, language } = paper;
  return make(
    'figure',
    {},
    make('figcaption', {}, make('strong', {}, title), legend === undefined ? undefined : [' ', legend]),
    widths
      .filter(width => !isSmall || isNarrow(width))
      .map(width => {
        const name = isSmall ? 'plot' : isNarrow(width) ? 'plot narrow' : 'plot wide';
        return picture(paper, name, alternative, { ...draw(width), width });
      }),
    make('details', {}, make('summary', {}, figureWords[language]), figures),
    sourceLine(paper, ...sources),
  );
}

function picture(paper: Paper, name: string, alternative: string, options: Plot.PlotOptions): PageElement {
  // linkedom's document is none of the browser's, and does what Plot asks of one.
  const document = paper.document as never;
  const svg = Plot.plot({
    className: 'plot',
    ...options,
    document,
  }) as unknown as PageElement;
  tidy(svg);
  svg.setAttribute('class', name);
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', alternative);
  svg.setAttribute('font-size', '12');
  svg.removeAttribute('font-family');
  return svg;
}

/** Drops what the page's own style sheet says, and decimals that nobody can see. */
function tidy(element: PageElement): void {
  for (const child of [...element.childNodes] as PageElement[]) {
    if (child.nodeType !== 1) continue;
    if (child.localName === 'style') (child as PageElement & { remove(): void }).remove();
    else tidy(child);
  }
  for (const { name, value } of [...element.attributes]) {
    if (name.startsWith('aria-')) element.removeAttribute(name);
    else if (/\d\.\d{3}/.test(value)) element.setAttribute(name, rounded(value));
  }
}

function rounded(value: string): string {
  return value.replace(/-?\d+\.\d{3,}(e-?\d+)?/g, number =>
    String(Math.round(Number(number) * 100) / 100 || 0),
  );
}
