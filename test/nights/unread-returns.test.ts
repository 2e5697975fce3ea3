import { join } from 'node:path';
import { expect, it } from 'vitest';
import { seededRandom } from '../../methods/random.ts';
import { plainNight, temporaryFolder, worldIn } from './plain.ts';
import { campaign, interval, writeShop } from './shop.ts';

const keys = [
  'flight: { from: 2026-03-15, to: 2026-03-28, pre_from: 2026-02-01, pre_to: 2026-03-14 }',
  'panel: { path: panel.csv, unit: zone, assignment: random, margin: 0.5, currency: EUR }',
];

/** Twelve zones; six are treated in the last two of eight weeks, sell 20 a day more and cost 5. */
function panel(groupOf: (unit: number) => string): string {
  const random = seededRandom(3, 'test', 'unread returns');
  const rows = Array.from({ length: 56 }, (_, day) => {
    const date = new Date(Date.UTC(2026, 1, 1 + day)).toISOString().slice(0, 10);
    const weather = 40 * random.next();
    return Array.from({ length: 12 }, (_, unit) => {
      const runs = unit < 6 && day >= 42;
      const sales = 80 + unit + weather + 4 * random.next() + (runs ? 20 : 0);
      return `zone-${unit + 1},${date},${sales.toFixed(2)},${runs ? 5 : 0},${groupOf(unit)}`;
    });
  });
  return ['unit,date,sales,cost,group', ...rows.flat(), ''].join('\n');
}

const sound = panel(unit => (unit < 6 ? 'treated' : 'control'));

async function returnsOf(sheets: Record<string, string>, lines: readonly string[] = keys) {
  const folder = temporaryFolder();
  const file = writeShop(folder, sheets, lines);
  return (await plainNight(worldIn(join(folder, 'lake')), file, campaign, interval)).published!.returns!;
}

it('a unit whose group cannot be read on any day: its sales are not left out without a word', async () => {
  expect((await returnsOf({ 'panel.csv': sound })).verdict).toBe('gain');
  const unread = panel(unit => (unit === 2 ? 'Treated' : unit < 6 ? 'treated' : 'control'));
  const { verdict, reason } = await returnsOf({ 'panel.csv': unread });
  expect(verdict).toBe('cannot_tell');
  expect(reason).toMatch(
    /^56 rows of the panel's days could not be read \(the first: [^ ]*panel\.csv:4: group .?Treated.? is neither treated nor control\)/,
  );
});

it('costs of which a row cannot be read are no smaller cost, unless the row is of after tonight', async () => {
  const costs = (amount: string, day: string) => ({
    'panel.csv': sound,
    'costs.csv': `author_id,kind,amount,currency,spent_at\n,fee,300,EUR,2026-03-10\n,fee,${amount},EUR,${day}\n`,
  });
  const lines = [...keys, 'costs: { path: costs.csv }'];
  const { verdict, reason } = await returnsOf(costs('12k', '2026-03-11'), lines);
  expect(verdict).toBe('cannot_tell');
  expect(reason).toMatch('1 row of `costs` could not be read');
  expect((await returnsOf(costs('12k', '2026-04-02'), lines)).verdict).toBe('gain');
});
