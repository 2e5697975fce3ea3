import { Parser } from 'htmlparser2';

export interface Parsed {
  /** How often each element with its attributes' names comes, as an HTML reader of other make sees them. */
  census: Record<string, number>;
  /** All attributes, in order. */
  attributes: { element: string; name: string; value: string }[];
  /** The text of elements, style sheets apart. */
  text: string;
}

/** Reads a page by htmlparser2, which shares nothing with what wrote it. */
export function parsed(html: string): Parsed {
  const census: Record<string, number> = {};
  const attributes: Parsed['attributes'] = [];
  const texts: string[] = [];
  let isStyle = false;
  const parser = new Parser({
    onopentag(element, own) {
      isStyle = element === 'style';
      const kind = [element, ...Object.keys(own).sort()].join(' ');
      census[kind] = (census[kind] ?? 0) + 1;
      for (const [name, value] of Object.entries(own)) attributes.push({ element, name, value });
    },
    ontext(text) {
      if (!isStyle) texts.push(text);
    },
    onclosetag() {
      isStyle = false;
      texts.push(' ');
    },
  });
  parser.end(html);
  // Breaks of lines are blanks to a reader; those that don't break are kept.
  return { census, attributes, text: texts.join('').replace(/[ \t\n]+/g, ' ') };
}
