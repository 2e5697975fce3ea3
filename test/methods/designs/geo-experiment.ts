import { readFileSync } from 'node:fs';
import type { Panel } from '../../../methods/panel.ts';
import { realData } from '../real-data.ts';

/** Days since 1970 of 2015-01-05, the first day of Google's experiment. */
const firstDay = 16440;

/**
 * The geo experiment that comes with Google's GeoexperimentsResearch: geo.group 2 is treated. Small geos have no row on a few days;
 * its publisher sums what is there, so they sold nothing then.
 */
export function geoExperiment({ before, periods }: { before: number; periods: number }): Panel {
  const rowsOf = (file: string) =>
    readFileSync(realData(file), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map(line => line.split(','));
  const groups = rowsOf('geoexp_geoassignment.csv');
  const numbers = new Map(groups.map(([geo], number) => [geo, number]));
  const outcome = new Float64Array(groups.length * periods);
  for (const [date, geo, sales] of rowsOf('geoexp_salesandcost.csv')) {
    const period = Number(date) - firstDay;
    if (period < periods) outcome[numbers.get(geo)! * periods + period] = Number(sales);
  }
  const treated = Uint8Array.from(groups, ([, group]) => (group === '2' ? 1 : 0));
  return { units: groups.length, periods, before, outcome, treated };
}
