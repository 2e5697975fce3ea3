import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file's name that would set a terminal's title and colour, were it written there as it is. */
export const hostileName = 'talk \u001b]0;owned\u0007\u001b[31m.ndjson';

export const interval = '2026-03-02/2026-03-03';

/**
 * Writes a small campaign: two cascades within three days, thirty good rows, two of one message, and in a file of a
 * hostile name one line that is no message. One of two opt-outs names nobody.
 *
 * @returns the path of the campaign file
 */
export function writeCampaign(folder: string, name = 'harbour'): string {
  mkdirSync(join(folder, 'talk'), { recursive: true });
  const message = (number: number, fields: object) => ({
    platform: 'x',
    message_id: String(1000 + number),
    author_id: String(100 + (number % 7)),
    created_at: `2026-03-0${1 + (number % 2)}T${String(8 + (number % 12)).padStart(2, '0')}:30:00Z`,
    followers: 10 * number,
    ...fields,
  });
  const posts = [
    message(0, { kind: 'post', text: 'gelato' }),
    message(1, { kind: 'post', author_id: '=1+1' }),
  ];
  const answers = Array.from({ length: 28 }, (_, index) => {
    const parent_id = String(1000 + (index % 2));
    const kind = index % 4 === 3 ? 'reply' : 'reshare';
    return message(index + 2, { kind, parent_id });
  });
  const lines = [...posts, ...answers, answers[0]!].map(row => JSON.stringify(row));
  writeFileSync(join(folder, 'talk', 'talk.ndjson'), `${lines.join('\n')}\n`);
  writeFileSync(
    join(folder, 'talk', hostileName),
    `${JSON.stringify(message(30, { kind: 'post', author_id: '105' }))}\n${JSON.stringify(message(31, { kind: 'shout\u001b[2J' }))}\n`,
  );
  writeFileSync(
    join(folder, 'optouts.csv'),
    'author_id,since,reason\nx:100,2026-03-01,\nmaria\u001b[2J,,asked\n',
  );
  const file = join(folder, 'campaign.yaml');
  writeFileSync(
    file,
    `campaign: ${name}
brand: { name: Harbour, accounts: ["x:1"] }
sources:
  - { id: talk, type: files, format: messages, path: "talk/*.ndjson" }
optouts: { path: optouts.csv }
privacy: { pseudonymise: false }
`,
  );
  return file;
}
