import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { realData } from './realInputs.ts';

/** Sales and cost of a hundred regions over 93 days, of which half saw a campaign, as its publisher simulated them. */
export interface GeoRow {
  unit: string;
  date: string;
  sales: string;
  cost: string;
  group: 'treated' | 'control';
}

/** The flight of the experiment, with the 42 days before it that it is compared with. */
export const geoFlight = '{ from: 2015-02-16, to: 2015-03-15, pre_from: 2015-01-05, pre_to: 2015-02-15 }';
/** Its last day's night. */
export const geoNight = '2015-03-15/2015-03-16';

/** The rows of the experiment: dates as days since 1970 become dates, geo.group 2 is the treated one. */
export function geoExperiment(): GeoRow[] {
  const lines = (name: string) => readFileSync(join(realData, name), 'utf8').trim().split('\n').slice(1);
  const groups = new Map(
    lines('geoexp_geoassignment.csv').map(line => line.trim().split(',') as [string, string]),
  );
  return lines('geoexp_salesandcost.csv').map(line => {
    const [date, geo, sales, cost] = line.trim().split(',') as [string, string, string, string];
    return {
      unit: geo,
      date: new Date(Number(date) * 86_400_000).toISOString().slice(0, 10),
      sales: fourDecimals(sales),
      cost: fourDecimals(cost),
      group: groups.get(geo) === '2' ? 'treated' : 'control',
    };
  });
}

export function writePanel(path: string, rows: readonly GeoRow[]): void {
  const lines = rows.map(({ unit, date, sales, cost, group }) => [unit, date, sales, cost, group].join(','));
  writeFileSync(path, `unit,date,sales,cost,group\n${lines.join('\n')}\n`);
}

/** Money has four decimals at most; the experiment's cost has up to sixteen. */
function fourDecimals(amount: string): string {
  return String(Math.round(Number(amount) * 1e4) / 1e4);
}
