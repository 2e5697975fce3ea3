import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { geoExperiment, geoFlight, geoNight, writePanel } from './geoExperiment.ts';
import { plainNight, published, worldIn } from './plain.ts';
import { hasRealData } from './realInputs.ts';
import { campaign, writeShop } from './shop.ts';

describe.skipIf(!hasRealData)('a night over the geo experiment [needs ../shared/data]', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sillage-geo-'));
  const lake = join(folder, 'lake');
  const ask = <Row>(sql: string) => published<Row>(lake, campaign, sql);

  beforeAll(async () => {
    const file = writeShop(folder, {}, [
      `flight: ${geoFlight}`,
      'panel: { path: panel.csv, unit: geo, margin: 1, currency: USD }',
    ]);
    writePanel(join(folder, 'panel.csv'), geoExperiment());
    const result = await plainNight(worldIn(lake), file, campaign, geoNight);
    expect(result.published?.outcome).toBe('published');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('[vector] method.md section 9: time-based regression, 147337.1 (4625.514), iROAS 2.946742 [2.759772, 3.133713], ROI 1.9467', async () => {
    const [row] = await ask<Record<string, unknown>>(
      "SELECT * FROM fct_returns WHERE method = 'time-based regression'",
    );
    expect(row).toMatchObject({ currency: 'USD', evidence_level: 2, verdict: 'gain', freedom: 40 });
    expect(row).toMatchObject({ units_treated: 50, units_control: 50, days_before: 42, days_of_flight: 28 });
    expect(Number(row!.incremental)).toBeCloseTo(147_337.1, 0);
    expect(row!.standard_error).toBeCloseTo(4625.514, 2);
    expect(Number(row!.cost)).toBeCloseTo(50_000, 0);
    expect(row!.iroas).toBeCloseTo(2.946742, 5);
    expect(row!.iroas_low).toBeCloseTo(2.759772, 5);
    expect(row!.iroas_high).toBeCloseTo(3.133713, 5);
    expect(row!.roi).toBeCloseTo(1.9467, 4);
  });
});
