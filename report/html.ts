import type { PageElement, PageNode } from './element.ts';

const elementNode = 1;
const textNode = 3;

/** Elements of HTML without content, of those that the page uses. */
const empty = new Set(['meta', 'br', 'hr', 'col', 'wbr']);
/** What the page is made of: anything else would have come from what it tells of. */
const known = new Set(
  `html head meta title style body header nav main section footer article div span p a ul ol li dl dt dd h1 h2 h3 h4 strong em
  small bdi abbr time code table caption thead tbody tr th td figure figcaption details summary br hr
  svg g path line rect circle text tspan title`.split(/\s+/),
);

/**
 * An element as HTML text. Written here, because linkedom leaves `&` in attributes and everything in `<title>` as it is, which
 * would let a name say what it is not.
 */
export function htmlOf(element: PageElement): string {
  const name = element.localName;
  if (!known.has(name)) throw new Error(`the page knows no element <${name}>`);
  const attributes = [...element.attributes].map(({ name, value }) => ` ${name}="${escaped(value)}"`);
  const open = `<${name}${attributes.join('')}>`;
  if (empty.has(name)) return open;
  return `${open}${name === 'style' ? styleOf(element) : contentOf(element)}</${name}>`;
}

function contentOf(element: PageElement): string {
  return [...element.childNodes].map(nodeText).join('');
}

function nodeText(node: PageNode): string {
  if (node.nodeType === elementNode) return htmlOf(node as PageElement);
  if (node.nodeType === textNode) return escaped(node.textContent ?? '');
  throw new Error(`the page knows no node of type ${node.nodeType}`);
}

/** Style sheets are read as they stand: they come from our own file alone. */
function styleOf(element: PageElement): string {
  const text = element.textContent ?? '';
  if (text.includes('<')) throw new Error('the style sheet holds a "<"');
  return text;
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return readable(text).replace(/[&<>"]/g, character => escapes[character]!);
}

/** Characters that a page can't hold, or that would turn the reading direction of what stands beside them, are shown as �. */
function readable(text: string): string {
  return text
    .toWellFormed()
    .replace(
      /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]/g,
      '\ufffd',
    );
}
