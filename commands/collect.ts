import { setTimeout as pause } from 'node:timers/promises';
import { readCampaignFile } from '../activities/open.ts';
import { awaitOrCancel, awaitResult } from '../client.ts';
import { type CollectHandle, startCollection } from '../collecting.ts';
import type { CollectResult, LaneReport } from '../contracts/collecting.ts';
import { queueKinds } from '../workflows/queues.ts';
import { onInterrupt } from './interrupt.ts';
import { atStation } from './station.ts';
import { coloured, countText, print, seconds, type Terminal, tableText, visible } from './terminal.ts';

/** `sillage collect`: one round of collecting, awaited. */
export async function collect(terminal: Terminal, file: string, options: { source?: string }): Promise<void> {
  const signal = onInterrupt();
  const settings = await readCampaignFile(file);
  const { campaign } = settings.campaign;
  await atStation(terminal, signal, queueKinds, async ({ config, server }) => {
    const started = performance.now();
    const request = { file: settings.file, campaign, ...options };
    const { handle, joined } = await startCollection(server, config, request);
    if (joined) terminal.log(coloured('dim', 'this is being collected already: waiting for it'));
    const end = follow(terminal, handle);
    try {
      const result = await (joined ? awaitResult(handle, signal) : awaitOrCancel(handle, signal));
      const took = (performance.now() - started) / 1000;
      print(terminal, { ...result, seconds: Math.round(took * 10) / 10 }, () => resultText(result, took));
    } catch (error) {
      if (signal.aborted) terminal.log('interrupted: what was collected stays, the next start goes on');
      throw error;
    } finally {
      end();
    }
  });
}

function resultText({ lanes, campaign, note }: CollectResult, took: number): string {
  const rows = lanes.map(({ lane, tasks, pages, posts, limited, failed }) => [
    lane,
    tasks,
    pages,
    posts,
    limited,
    failed,
  ]);
  const missed = lanes.reduce((sum, { limited, failed }) => sum + limited + failed, 0);
  return [
    tableText(['collected', 'questions', 'pages', 'posts', 'limited', 'failed'], rows),
    '',
    ...(note === undefined ? [] : [`note: ${visible(note)}`]),
    ...lanes.flatMap(({ lane, trouble }) =>
      trouble === undefined ? [] : [`note: ${lane}: ${visible(trouble)}`],
    ),
    ...(missed === 0
      ? []
      : [`${countText(missed)} questions were not answered: see \`npx sillage gaps ${campaign}\``]),
    `${campaign}: collected in ${seconds(took)}`,
  ].join('\n');
}

/** Tells on stderr how far the lanes are, whenever one got further. Call the result to end it. */
function follow(terminal: Terminal, handle: CollectHandle): () => void {
  const ended = new AbortController();
  (async () => {
    let shown = '';
    while (!ended.signal.aborted) {
      const lanes = await handle.query<LaneReport[]>('collected').catch(() => []);
      const text = lanes
        .map(({ lane, pages, posts }) => `${lane}: ${countText(pages)} pages, ${countText(posts)} posts`)
        .join('; ');
      if (text !== shown && lanes.some(({ pages }) => pages > 0)) terminal.log(text);
      shown = text;
      await pause(1000, undefined, { signal: ended.signal });
    }
  })().catch(() => undefined);
  return () => ended.abort();
}
