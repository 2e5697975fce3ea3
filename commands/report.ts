import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { readConfig } from '../config.ts';
import type { Language } from '../report/language.ts';
import { makePages } from '../report/pages.ts';
import { realWorld } from '../worker.ts';
import { onInterrupt } from './interrupt.ts';
import { checkFree, writePrivate } from './privateFile.ts';
import { publishedNights } from './published.ts';
import { print, type Terminal } from './terminal.ts';

export interface ReportOptions {
  asOf?: string;
  language: Language;
  out?: string;
  force?: boolean;
  open?: boolean;
}

/** `sillage report`: the page of a published night; made now where no night has made it. */
export async function report(terminal: Terminal, campaign: string, options: ReportOptions): Promise<void> {
  const { asOf, language, out, force = false } = options;
  const signal = onInterrupt();
  if (out !== undefined) await checkFree(out, force);
  const night = (await publishedNights({ campaign, asOf })).nights[0]!;
  const world = realWorld(readConfig(), () => ({ signal, progress: () => undefined }));
  const { keys, outcome } = await makePages(world, night);
  const page = world.lake.locate(keys[language]);
  // It names people, though by their pseudonyms: whoever may read it is for its owner to say.
  if (out !== undefined) await writePrivate(out, await readFile(page, 'utf8'));
  const file = out ?? page;
  if (options.open) await open(terminal, file);
  print(terminal, { file, campaign, as_of: night.as_of, language, outcome }, () => file);
}

const openers: Partial<Record<NodeJS.Platform, [string, string[]]>> = {
  darwin: ['open', []],
  win32: ['cmd', ['/c', 'start', '']],
};

/** Shows the file in the browser; where none can be started, its path on stdout is enough. */
async function open(terminal: Terminal, file: string): Promise<void> {
  const [command, args] = openers[process.platform] ?? ['xdg-open', []];
  const child = spawn(command, [...args, file], { stdio: 'ignore', detached: true });
  await new Promise<void>(resolve => {
    child.once('error', () => {
      terminal.log(`note: no browser could be started by \`${command}\`: open the file by hand`);
      resolve();
    });
    child.once('spawn', resolve);
  });
  child.unref();
}
