import type { Message } from './message.ts';

/**
 * Native ids as the networks make them: X's and Mastodon's snowflakes of 18 and 19 digits (beyond 2^53), and
 * Bluesky's at-URIs with a sortable key. The moment is inside; a counter keeps equal moments apart.
 */
export function identify(messages: readonly Message[]): void {
  const atOnce = new Map<string, number>();
  for (const message of [...messages].sort((a, b) => a.at - b.at || a.number - b.number)) {
    const { network, native: author } = message.account;
    const moment = `${network} ${message.at}`;
    const count = atOnce.get(moment) ?? 0;
    atOnce.set(moment, count + 1);
    if (network === 'x') {
      message.native = String(
        (BigInt(message.at - 1288834974657) << 22n) + BigInt((message.number % 1000) * 4 + count),
      );
    } else if (network === 'mastodon') {
      const wrapper = message.kind === 'reshare' ? '/activity' : '';
      message.native = `${author}/statuses/${mastodonNumber(message)}${wrapper}`;
    } else {
      const collection = message.kind === 'reshare' ? 'app.bsky.feed.repost' : 'app.bsky.feed.post';
      message.native = `at://${author}/${collection}/${sortableKey(BigInt(message.at) * 1000n + BigInt(count))}`;
    }
  }
}

/** The number by which the collecting Mastodon server knows a status: what `in_reply_to_id` holds. */
export function mastodonNumber(message: Message): string {
  return String((BigInt(message.at) << 16n) + BigInt(message.number & 0xffff));
}

/** 13 characters of base32 over microseconds, as AT Protocol's record keys. */
function sortableKey(microseconds: bigint): string {
  const alphabet = '234567abcdefghijklmnopqrstuvwxyz';
  let rest = microseconds << 10n;
  let key = '';
  for (let i = 0; i < 13; i++) {
    key = alphabet[Number(rest & 31n)]! + key;
    rest >>= 5n;
  }
  return key;
}
