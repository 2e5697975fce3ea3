import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { allot, writeBluesky } from './bluesky.ts';
import { writeCommerce } from './commerce.ts';
import { automate, coincide, coordinate } from './coordination.ts';
import { Files } from './files.ts';
import { spoil } from './flaws.ts';
import { enmities, follow } from './follows.ts';
import { identify } from './identifiers.ts';
import { Ledger } from './ledger.ts';
import { writeListening } from './listening.ts';
import { writeMastodon } from './mastodon.ts';
import { Chronicle } from './message.ts';
import { writePanel } from './panel.ts';
import { settle } from './people.ts';
import { writeRecruits } from './recruits.ts';
import { postsOfTheirOwn, spread } from './spread.ts';
import { writeTruth } from './truth.ts';
import { writeX } from './x.ts';

/** The sample campaign from one seed: every file below data/sample, by path. */
export function generate(seed: number): Files {
  const { people, accounts } = settle(seed);
  follow(accounts, seed);
  const enemies = enmities(accounts, seed);
  const chronicle = new Chronicle();
  postsOfTheirOwn(accounts, chronicle, seed);
  spread(chronicle, enemies, seed);
  const operations = coordinate(accounts, chronicle, seed);
  automate(accounts, chronicle, seed);
  const moments = coincide(accounts, chronicle, seed);
  const flaws = spoil(accounts, chronicle, seed);
  const { messages } = chronicle;
  identify(messages);

  const files = new Files();
  const ledger = new Ledger();
  const elsewhere = allot(messages, flaws, seed);
  writeX(files, ledger, messages, elsewhere.moved, seed);
  writeMastodon(files, ledger, messages, seed);
  writeBluesky(files, ledger, messages, flaws, elsewhere, seed);
  writeListening(files, ledger, messages, elsewhere, seed);
  const panel = writePanel(files, 'panel.csv', seed, { everywhere: false });
  writePanel(files, 'panel-everywhere.csv', seed, { everywhere: true });
  const commerce = writeCommerce(files, people, messages, panel, seed);
  writeRecruits(files, people, accounts, seed);
  writeTruth(files, {
    seed,
    accounts,
    messages,
    enemies,
    operations,
    moments,
    flaws,
    ledger,
    panel,
    commerce,
  });

  files.put('.gitattributes', '# Bytes as they were made: line ends are part of the sample.\n* -text\n');
  const brand = accounts
    .filter(account => account.person.role === 'brand')
    .map(account => JSON.stringify(account.id));
  for (const name of ['campaign.yaml', 'campaign-undecided.yaml']) {
    const template = readFileSync(new URL(`templates/${name}`, import.meta.url), 'utf8');
    files.put(name, template.replaceAll('{{brand}}', brand.join(', ')).replaceAll('{{seed}}', String(seed)));
  }
  return files;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { out: { type: 'string' }, seed: { type: 'string', default: '7' } },
  });
  if (!values.out || !/^\d{1,9}$/.test(values.seed)) {
    process.stderr.write('use: node tools/sample/generate.ts --out FOLDER [--seed NUMBER]\n');
    process.exit(2);
  }
  const { all } = generate(Number(values.seed));
  for (const [path, content] of all) {
    const target = join(values.out, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
  process.stderr.write(`${all.size} files below ${values.out}\n`);
}
