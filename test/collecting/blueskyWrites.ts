import type { Written } from './blueskyNetwork.ts';

type Reference = Written | undefined;

/** A post as `applyWrites` takes it. @param at ISO; `reply` names parent and root */
export function post(
  text: string,
  at: string,
  {
    parent,
    root = parent,
    quoted,
    facets,
  }: { parent?: Reference; root?: Reference; quoted?: Reference; facets?: unknown[] } = {},
) {
  return write('app.bsky.feed.post', {
    text,
    createdAt: at,
    ...(parent && { reply: { parent, root } }),
    ...(quoted && { embed: { $type: 'app.bsky.embed.record', record: quoted } }),
    ...(facets && { facets }),
  });
}

export function repost(subject: Reference, at: string, via?: Reference) {
  return write('app.bsky.feed.repost', { subject, createdAt: at, ...(via && { via }) });
}

export function removal(uri: string) {
  const [collection = '', rkey = ''] = uri.split('/').slice(3);
  return { $type: 'com.atproto.repo.applyWrites#delete' as const, collection, rkey };
}

function write(collection: string, record: object) {
  return {
    $type: 'com.atproto.repo.applyWrites#create' as const,
    collection,
    value: { $type: collection, ...record },
  };
}
