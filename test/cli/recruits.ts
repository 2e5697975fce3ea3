import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const interval = '2026-03-02/2026-03-03';

/**
 * Writes a campaign under pseudonyms: three who speak of gelato and are forwarded by twenty others who speak of other things,
 * `ann` on two networks and under a name that a spreadsheet would run.
 *
 * @returns the path of the campaign file
 */
export function writeRecruitment(folder: string, name: string): string {
  mkdirSync(folder, { recursive: true });
  const lines: object[] = [];
  const add = (platform: string, author_id: string, more: object) => {
    const number = lines.length;
    const minute = String(number % 60).padStart(2, '0');
    const hour = String(Math.floor(number / 60) % 24).padStart(2, '0');
    const day = String(1 + (Math.floor(number / 1440) % 2)).padStart(2, '0');
    const message_id = `${platform}-${1000 + number}`;
    lines.push({
      ...{
        platform,
        message_id,
        author_id,
        created_at: `2026-03-${day}T${hour}:${minute}:00Z`,
        language: 'en',
      },
      ...{ kind: 'post', followers: author_id === 'bob' ? 900 : 50 },
      ...more,
    });
    return message_id;
  };
  const leaders: [string, string, number][] = [
    ['x', '=ann', 12],
    ['mastodon', 'ann2', 4],
    ['x', 'bob', 10],
    ['mastodon', 'cem', 10],
  ];
  for (const [platform, author, posts] of leaders) {
    for (let post = 0; post < posts; post++) {
      const text = `gelato and gelato again, the best gelato scoop number ${post}`;
      const parent_id = add(platform, author, { text });
      for (let reader = post % 3; reader < 20; reader += 4)
        add(platform, `reader${reader}`, { kind: 'reshare', parent_id });
    }
  }
  for (let reader = 0; reader < 20; reader++)
    for (let post = 0; post < 5; post++)
      add(reader % 2 === 0 ? 'x' : 'mastodon', `reader${reader}`, {
        text: `the garden and the train this morning, walk number ${post}`,
      });
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
  write('talk.ndjson', lines.map(line => `${JSON.stringify(line)}\n`).join(''));
  write(
    'candidates.csv',
    'author_id,cost,acceptance\nx:=ann,300,0.5\nx:bob,200,0.9\nmastodon:cem,250.5,0.8\n',
  );
  write('optouts.csv', 'author_id,since\n');
  write('identities.csv', 'person_id,author_id\np1,x:=ann\np1,mastodon:ann2\n');
  const file = join(folder, 'campaign.yaml');
  writeFileSync(
    file,
    `campaign: ${name}
brand: { name: Harbour, accounts: ["x:1"] }
sources: [{ id: talk, type: files, format: messages, path: talk.ndjson }]
topics: { gelato: [gelato, scoop] }
identities: { path: identities.csv }
optouts: { path: optouts.csv }
recruitment: { budget: 800 EUR, candidates: { path: candidates.csv } }
`,
  );
  return file;
}
