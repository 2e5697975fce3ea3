import { layCatalog } from '../activities/catalog.ts';
import { versionKey } from '../lake/nights.ts';
import { publishedNights } from './published.ts';
import { print, type Terminal } from './terminal.ts';

/** `sillage catalog`: catalog.duckdb anew, with the paths of where the lake lies now. */
export async function catalog(terminal: Terminal, campaign: string): Promise<void> {
  const { lake, nights } = await publishedNights({ campaign });
  const laid: string[] = [];
  for (const night of nights) {
    await layCatalog(lake, night);
    laid.push(lake.locate(`${versionKey(night)}/catalog.duckdb`));
  }
  print(terminal, laid, () => laid.join('\n'));
}
