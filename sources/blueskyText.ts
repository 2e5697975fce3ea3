import { asObject } from './knownFields.ts';

/** A stretch of a text that leads elsewhere; bytes of its UTF-8. */
interface Link {
  from: number;
  to: number;
  uri: string;
}

/**
 * A post's text with its links spelled out: what is shown of a link is cut short by the app that writes it
 * (`shop.example/gel…`), and the whole address stands beside the text, placed by bytes of UTF-8. Words that are no
 * shortened address keep standing, with the address after them.
 */
export function withFacetLinks(text: string, facets: unknown): string {
  const links = linksOf(facets);
  if (links.length === 0) return text;
  const bytes = Buffer.from(text.toWellFormed());
  const spelled: string[] = [];
  let at = 0;
  for (const { from, to, uri } of links) {
    // What overlaps, or cuts a character in two, is not where its writer meant it to be.
    if (from < at || to > bytes.length || !isBoundary(bytes, from) || !isBoundary(bytes, to)) continue;
    const shown = bytes.toString('utf8', from, to);
    spelled.push(bytes.toString('utf8', at, from), isShortened(shown, uri) ? uri : `${shown} ${uri}`);
    at = to;
  }
  return spelled.join('') + bytes.toString('utf8', at);
}

function linksOf(facets: unknown): Link[] {
  if (!Array.isArray(facets)) return [];
  const links = facets.flatMap((facet): Link[] => {
    const { index, features } = asObject(facet) ?? {};
    const { byteStart: from, byteEnd: to } = asObject(index) ?? {};
    const uri = Array.isArray(features)
      ? features.map(feature => asObject(feature)?.uri).find(value => typeof value === 'string')
      : undefined;
    if (!Number.isInteger(from) || !Number.isInteger(to) || uri === undefined) return [];
    const link = { from: from as number, to: to as number, uri };
    return link.from >= 0 && link.from < link.to && /^https?:\/\//i.test(uri) ? [link] : [];
  });
  return links.sort((a, b) => a.from - b.from || b.to - a.to);
}

function isBoundary(bytes: Buffer, at: number): boolean {
  return at === bytes.length || (bytes[at]! & 0xc0) !== 0x80;
}

function isShortened(shown: string, uri: string): boolean {
  const bare = (address: string) => address.replace(/^https?:\/\//i, '').replace(/^www\./i, '');
  return bare(uri).startsWith(bare(shown.replace(/(…|\.\.\.)$/, '')));
}
