import { Parser } from 'htmlparser2';

const paragraphs = new Set(['p', 'div', 'blockquote', 'pre', 'ul', 'ol', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6']);

/** The text of a post's HTML: paragraphs an empty line apart, list items and breaks on lines of their own. */
export function htmlText(html: string): string {
  let text = '';
  const parser = new Parser({
    ontext: part => {
      text += part;
    },
    onopentagname: name => {
      if (name === 'br' || name === 'li') text += '\n';
      else if (paragraphs.has(name)) text += '\n\n';
    },
    onclosetag: name => {
      if (paragraphs.has(name)) text += '\n\n';
    },
  });
  parser.end(html);
  return text.replace(/\n{3,}/g, '\n\n').trim();
}
