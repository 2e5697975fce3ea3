import { parseArgs } from 'node:util';
import { inWorkshop } from '../activities/step.ts';
import { readConfig } from '../config.ts';
import { folderLake } from '../lake/folder.ts';
import { publishedCampaigns, shownNight } from '../lake/nights.ts';
import { languages } from '../report/language.ts';
import { pageOf } from '../report/page.ts';
import { readPage } from '../report/read.ts';
import { realWorld } from '../worker.ts';
import { cpuSecondsSoFar } from './measure.ts';

/**
 * The page of what lakes show: seconds to read the published tables and to write a page, and its bytes.
 *
 * node_modules/.bin/node bench/page.ts data/lake bench-lake … [--times 5]
 *
 * Lakes of other sizes are made by bench/stages.ts (`<out>/night-<rows>/lake`). The report is Markdown on stdout; the lakes
 * are only read. Seconds are those of the middle run; the first one, which meets nothing ready, is told apart.
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { times: { type: 'string', default: '5' } },
});

interface Use {
  seconds: number;
  cpuSeconds: number;
}

async function timed<T>(work: () => Promise<T> | T): Promise<{ result: T; use: Use }> {
  const started = performance.now();
  const cpu = cpuSecondsSoFar();
  const result = await work();
  return {
    result,
    use: { seconds: (performance.now() - started) / 1000, cpuSeconds: cpuSecondsSoFar() - cpu },
  };
}

const middle = (uses: Use[], of: keyof Use) =>
  uses
    .map(use => use[of])
    .sort((a, b) => a - b)
    [Math.floor(uses.length / 2)]!.toFixed(2);
const signal = new AbortController().signal;

console.log('| lake | messages | language | first, s | s | processor s | KB |');
console.log('|---|--:|---|--:|--:|--:|--:|');
for (const folder of positionals) {
  const world = {
    ...realWorld(readConfig(), () => ({ signal, progress: () => undefined })),
    lake: folderLake(folder),
  };
  for (const campaign of await publishedCampaigns(world.lake)) {
    const manifest = (await shownNight(world.lake, campaign))!;
    for (const language of languages) {
      const uses: Use[] = [];
      let bytes = 0;
      let messages = 0;
      for (let time = 0; time < Number(values.times); time++) {
        const { result, use } = await timed(async () => {
          const night = await inWorkshop(world, ({ session }) => readPage(world.lake, session, manifest));
          return { night, page: pageOf(night, language) };
        });
        uses.push(use);
        bytes = Buffer.byteLength(result.page);
        messages = result.night.night.messages;
      }
      const cells = [
        campaign,
        messages.toLocaleString('en-GB'),
        language,
        uses[0]!.seconds.toFixed(2),
        middle(uses, 'seconds'),
        middle(uses, 'cpuSeconds'),
        Math.round(bytes / 1000),
      ];
      console.log(`| ${cells.join(' | ')} |`);
    }
  }
}
