import { remapNewest } from '../activities/repair/remap.ts';
import { readConfig } from '../config.ts';
import { realWorld } from '../worker.ts';
import { onInterrupt } from './interrupt.ts';
import { print, type Terminal, tableText } from './terminal.ts';

/** `sillage remap`: what the newest night would stage, read by the mappers as they are now. */
export async function remap(terminal: Terminal, campaign: string): Promise<void> {
  const signal = onInterrupt();
  const world = realWorld(readConfig(), () => ({ signal, progress: () => undefined }));
  const remapped = await remapNewest(world, campaign);
  const { run, isSame, sources } = remapped;
  print(terminal, remapped, () => {
    if (isSame) return `${run}: the mappers read its raw files as they did then`;
    const rows = sources.map(one => [
      one.source,
      `${one.rowsBefore} → ${one.rowsAfter}`,
      `${one.refusedBefore} → ${one.refusedAfter}`,
      `${one.unmappedBefore} → ${one.unmappedAfter}`,
      one.added,
      one.gone,
      one.changed,
    ]);
    const head = ['source', 'rows', 'refused', 'with unknown fields', 'added', 'gone', 'changed'];
    const isEqual = sources.every(({ added, gone, changed }) => added + gone + changed === 0);
    const next = isEqual
      ? `${run}: staged again, every message is as it was`
      : `\`npx sillage rerun ${run}\` publishes it`;
    return [tableText(head, rows), '', next].join('\n');
  });
}
