import type { WorldPost } from './xWorld.ts';

/** Whether a post is what a query of X asks for: words, hashtags and the operators that the source and its tests use. */
export function matches(query: string, post: WorldPost): boolean {
  return query.split(' OR ').some(group =>
    group
      .trim()
      .split(/\s+/)
      .every(clause => holds(clause, post)),
  );
}

function holds(clause: string, post: WorldPost): boolean {
  if (clause.startsWith('-')) return !holds(clause.slice(1), post);
  const [operator = '', value = ''] = clause.split(':');
  const refersTo = (type: string) =>
    post.references.some(reference => reference.type === type && reference.id === value);
  switch (operator) {
    case 'from':
      return post.author === value;
    case 'conversation_id':
      return post.conversation === value;
    case 'in_reply_to_tweet_id':
      return refersTo('replied_to');
    case 'retweets_of_tweet_id':
      return refersTo('retweeted');
    case 'is':
      return value === 'retweet' && post.references.some(({ type }) => type === 'retweeted');
  }
  // A word is found as a hashtag as well, a hashtag not as a word.
  const words = post.text.toLowerCase().match(/#?[\p{L}\p{N}]+/gu) ?? [];
  const wanted = clause.toLowerCase();
  return words.some(word => word === wanted || word === `#${wanted}`);
}
