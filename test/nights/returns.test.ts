import { join } from 'node:path';
import { expect, it } from 'vitest';
import { seededRandom } from '../../methods/random.ts';
import { plainNight, published, temporaryFolder, worldIn } from './plain.ts';
import { campaign, interval, writeShop } from './shop.ts';

const flight = 'flight: { from: 2026-03-15, to: 2026-03-28, pre_from: 2026-02-01, pre_to: 2026-03-14 }';
const panelKey = 'panel: { path: panel.csv, unit: zone, assignment: random, margin: 0.5, currency: EUR }';

type Row = [unit: string, date: string, sales: string, cost: string, group: string];

/** Twelve zones over eight weeks; six are treated in the last two, sell 20 a day more and cost 5. */
function panel(change: (row: Row) => Row | undefined = row => row): string {
  const random = seededRandom(3, 'test', 'returns');
  const rows: Row[] = [];
  for (let day = 0; day < 56; day++) {
    const date = new Date(Date.UTC(2026, 1, 1 + day)).toISOString().slice(0, 10);
    const weather = 40 * random.next();
    for (let unit = 0; unit < 12; unit++) {
      const runs = unit < 6 && day >= 42;
      const sales = 80 + unit + weather + 4 * random.next() + (runs ? 20 : 0);
      const zone = `zone-${String(unit + 1).padStart(2, '0')}`;
      rows.push([zone, date, sales.toFixed(2), runs ? '5' : '0', unit < 6 ? 'treated' : 'control']);
    }
  }
  const kept = rows.flatMap(row => {
    const other = change(row);
    return other === undefined ? [] : [other];
  });
  return `unit,date,sales,cost,group\n${kept.map(row => row.join(',')).join('\n')}\n`;
}

async function nightOf(
  sheets: Record<string, string>,
  lines: readonly string[] = [flight, panelKey],
  nights: string = interval,
) {
  const folder = temporaryFolder();
  const file = writeShop(folder, sheets, lines);
  const lake = join(folder, 'lake');
  const { published: result } = await plainNight(worldIn(lake), file, campaign, nights);
  const ask = <T = Record<string, unknown>>(sql: string) => published<T>(lake, campaign, sql);
  return { result: result!, ask, file, folder };
}

it('a sound panel: the headline in the run’s summary, in dim_night and in fct_returns is the same', async () => {
  const { result, ask } = await nightOf({ 'panel.csv': panel() });
  const [headline] = await ask('SELECT method, verdict, reason FROM fct_returns WHERE is_headline');
  expect(headline).toMatchObject({ method: 'randomised hold-out', verdict: 'gain' });
  expect(result.returns).toEqual({ verdict: 'gain', reason: headline!.reason });
  expect(await ask('SELECT returns_verdict AS verdict, returns_reason AS reason FROM dim_night')).toEqual([
    result.returns,
  ]);
  const [days] = await ask(
    `SELECT count(*)::INT AS days, (count(*) FILTER (is_flight))::INT AS flight,
       round(sum(observed - expected) FILTER (is_flight))::INT AS gained,
       (SELECT round(incremental)::INT FROM fct_returns WHERE method = 'time-based regression') AS incremental
     FROM fct_return_days WHERE method = 'time-based regression'`,
  );
  expect(days).toMatchObject({ days: 56, flight: 14 });
  expect(days!.gained).toBe(days!.incremental);
  const counted = await ask(
    `SELECT r.method FROM fct_returns r JOIN (
       SELECT method, count(*) AS placebos, count(*) FILTER (is_apart) AS apart FROM fct_return_placebos GROUP BY method
     ) p USING (method) WHERE r.placebos <> p.placebos OR r.placebos_apart <> p.apart`,
  );
  expect(counted).toEqual([]);
});

it('a panel with a hole, and a row that could not be read: cannot_tell names the unit and the day', async () => {
  const { result, ask } = await nightOf({
    'panel.csv': panel(row => {
      if (row[1] !== '2026-03-20') return row;
      if (row[0] === 'zone-03') return undefined;
      return row[0] === 'zone-09' ? ['zone-09', row[1], 'lots', '0', 'control'] : row;
    }),
  });
  expect(result.returns!.verdict).toBe('cannot_tell');
  expect(result.returns!.reason).toMatch(
    /^The panel has no sales of unit zone-03 on 2026-03-20, the first of 2 such holes: write 0/,
  );
  const rows = await ask('SELECT DISTINCT verdict, reason FROM fct_returns');
  expect(rows.map(row => row.verdict).toSorted()).toEqual(['cannot_tell', 'change']);
  expect(new Set(rows.map(row => row.reason)).size).toBe(1);
  expect(await ask('SELECT * FROM fct_return_days')).toEqual([]);
});

it('a night within the flight tells nothing yet', async () => {
  const sheets = { 'panel.csv': panel() };
  const early = await nightOf(sheets, undefined, '2026-03-26/2026-03-27');
  expect(early.result.returns).toEqual({
    verdict: 'cannot_tell',
    reason: 'The flight runs until 2026-03-28: what it returned is told once its last day is over.',
  });
  expect(await early.ask('SELECT DISTINCT incremental FROM fct_returns')).toEqual([{ incremental: null }]);
});

it('costs: what was spent after the flight counts and is told, what is spent after tonight does not; sales may be negative for a day', async () => {
  const costs = [
    'author_id,kind,amount,currency,spent_at',
    'x:ann,fee,300,EUR,2026-03-10',
    ',tooling,20.50,EUR,2026-03-30',
    ',incentive,99.50,EUR,2026-03-31',
    ',fee,5000,EUR,2026-04-01',
  ];
  const returned = panel(row =>
    row[0] === 'zone-08' && row[1] === '2026-02-20' ? [row[0], row[1], '-30.00', row[3], row[4]] : row,
  );
  const { ask } = await nightOf(
    { 'panel.csv': returned, 'costs.csv': `${costs.join('\n')}\n` },
    [flight, panelKey, 'costs: { path: costs.csv }'],
    '2026-03-31/2026-04-01',
  );
  const [row] = await ask(
    "SELECT cost::DOUBLE AS cost, verdict, reason FROM fct_returns WHERE method = 'time-based regression'",
  );
  expect(row).toMatchObject({ cost: 420, verdict: 'gain' });
  expect(row!.reason).toMatch('; 120 EUR of the cost were spent after the flight.');
});

it('two currencies without rates end the night with one line that says what to do', async () => {
  const costs = 'author_id,kind,amount,currency,spent_at\n,fee,300,EUR,2026-03-10\n,fee,300,GBP,2026-03-10\n';
  await expect(
    nightOf({ 'panel.csv': panel(), 'costs.csv': costs }, [flight, panelKey, 'costs: { path: costs.csv }']),
  ).rejects.toThrow(/^[^\n]*several currencies[^\n]*`rates`[^\n]*$/);
});

it('a flight without a panel, and a campaign without a flight: empty tables, and which key would fill them', async () => {
  const without = await nightOf({}, [flight]);
  expect(without.result.returns).toBeUndefined();
  expect(await without.ask('SELECT returns_verdict FROM dim_night')).toEqual([{ returns_verdict: null }]);
  expect(await without.ask('SELECT * FROM fct_returns')).toEqual([]);
  expect(without.result.warnings).toContain(
    'fct_return_days, fct_return_placebos are empty, because the campaign file has no `panel`',
  );
});
