import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Real and published data beside the project; never part of it. */
export const realData = resolve(import.meta.dirname, '../../../shared/data');
export const hasRealData = existsSync(realData);

/**
 * Writes one campaign over all real conversations that there are into a folder; returns its campaign file.
 *
 * @param lines more of the campaign file
 */
export function writeRealCampaign(folder: string, campaign: string, lines: readonly string[]): string {
  mkdirSync(join(folder, 'messages'), { recursive: true });
  const talk = {
    auspol: forwardsOfRoots(),
    mastodon: mastodonThread(),
    reddit: redditThread(),
  };
  for (const [name, rows] of Object.entries(talk)) {
    writeFileSync(
      join(folder, `messages/${name}.ndjson`),
      rows.map(row => `${JSON.stringify(row)}\n`).join(''),
    );
  }
  const file = join(folder, 'campaign.yaml');
  writeFileSync(
    file,
    `campaign: ${campaign}
brand: { name: Nobody }
window: { conversations: 9000d }
privacy: { pseudonymise: false }
sources:
  - { id: x1, type: files, format: x-api-v1, path: ${JSON.stringify(join(realData, 'x_v1_tweets_anonymized.jsonl'))} }
  - { id: x2, type: files, format: x-api-v2, path: ${JSON.stringify(join(realData, 'x_v2_org_tweets.jsonl'))} }
  - { id: auspol, type: files, format: messages, path: messages/auspol.ndjson }
  - { id: mastodon, type: files, format: messages, path: messages/mastodon.ndjson }
  - { id: reddit, type: files, format: messages, path: messages/reddit.ndjson }
${lines.join('\n')}
`,
  );
  return file;
}

function lines<Row>(name: string): Row[] {
  const text = readFileSync(join(realData, name), 'utf8').trim();
  return text.split('\n').map(line => JSON.parse(line) as Row);
}

/** Repost cascades of which only the root is known: the first event of each is the post. */
function forwardsOfRoots() {
  const [, ...rows] = readFileSync(join(realData, 'auspol_cascades.csv'), 'utf8').trim().split('\n');
  const seen = new Map<string, number>();
  // The longest cascade takes seven years.
  const start = Date.parse('2012-01-01T00:00:00Z');
  return rows.map(row => {
    const [cascade, time, magnitude, user] = row.trim().split(',') as [string, string, string, string];
    const place = seen.get(cascade) ?? 0;
    seen.set(cascade, place + 1);
    return {
      platform: 'auspol',
      message_id: `c${cascade}-${String(place).padStart(4, '0')}`,
      author_id: `u${user}`,
      created_at: new Date(start + Number(time) * 1000).toISOString(),
      kind: place === 0 ? 'post' : 'reshare',
      ...(place === 0 ? {} : { root_id: `c${cascade}-0000` }),
      followers: Number(magnitude),
    };
  });
}

function mastodonThread() {
  interface Status {
    id?: string;
    in_reply_to_id: string | null;
    author: string;
    created_at: string;
    language: string;
    followers_count: number;
  }
  return lines<Status>('mastodon_thread_structure.jsonl')
    .filter(status => status.id !== undefined)
    .map(status => ({
      platform: 'mastodon',
      message_id: status.id,
      author_id: status.author,
      created_at: status.created_at,
      kind: status.in_reply_to_id === null ? 'post' : 'reply',
      parent_id: status.in_reply_to_id,
      language: status.language,
      followers: status.followers_count,
    }));
}

function redditThread() {
  interface Entry {
    kind: string;
    id: string;
    parent: string | null;
    author: string | null;
    created_utc: number;
  }
  return lines<Entry>('reddit_thread_structure.jsonl').map(entry => ({
    platform: 'reddit',
    message_id: entry.id,
    // People who left keep distinct ids: they never merge into one.
    author_id: entry.author ?? `gone-${entry.id}`,
    created_at: new Date(entry.created_utc * 1000).toISOString(),
    kind: entry.parent === null ? 'post' : 'comment',
    parent_id: entry.parent,
  }));
}
