import { asObject } from './knownFields.ts';

/**
 * A post's text with its links spelled out: X shortens every link anew for every post (`t.co/…`), so that only `entities`
 * say that two posts share one.
 */
export function withFullLinks(text: string | null, entities: unknown): string | null {
  const urls = asObject(entities)?.urls;
  if (text === null || !Array.isArray(urls)) return text;
  return urls.reduce<string>((spelled, body) => {
    const { url, expanded_url } = asObject(body) ?? {};
    if (typeof url !== 'string' || typeof expanded_url !== 'string' || url === '' || expanded_url === '')
      return spelled;
    return spelled.replaceAll(url, () => expanded_url);
  }, text);
}
