import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainNight, published, worldIn } from '../nights/plain.ts';
import { campaign, interval, sample, sampleLake } from './sampleLake.ts';

const truth = JSON.parse(readFileSync(join(sample, 'truth.json'), 'utf8')).returns;
const folder = mkdtempSync(join(tmpdir(), 'sillage-sample-returns-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Row {
  method: string;
  evidence_level: number | null;
  incremental: number | null;
  incremental_low: number | null;
  incremental_high: number | null;
  cost: number | null;
  roi_low: number | null;
  roi_high: number | null;
  iroas_low: number | null;
  iroas_high: number | null;
  verdict: string;
  reason: string;
  may_decide: boolean;
  is_headline: boolean;
  agrees_with_headline: boolean | null;
}

const money = ['incremental', 'incremental_low', 'incremental_high', 'cost']
  .map(name => `${name}::DOUBLE AS ${name}`)
  .join(', ');

const rowsOf = (lake: string, campaign: string) =>
  published<Row>(
    lake,
    campaign,
    `SELECT * REPLACE (${money}) FROM fct_returns ORDER BY evidence_level NULLS LAST, method`,
  );

describe('the sample, whose return was planted', () => {
  let lake: string;
  let rows: Row[];

  beforeAll(async () => {
    lake = await sampleLake();
    rows = await rowsOf(lake, campaign);
  }, 300_000);

  it('the headline is the zones that were drawn by lot, and its intervals hold the planted return', async () => {
    const [headline, ...others] = rows.filter(row => row.is_headline);
    expect(others).toEqual([]);
    expect(headline).toMatchObject({ method: 'randomised hold-out', evidence_level: 1 });
    const { panel } = truth;
    expect(headline!.cost).toBeCloseTo(panel.cost_eur, 4);
    expect(headline!.incremental_low).toBeLessThan(panel.incremental_eur);
    expect(headline!.incremental_high).toBeGreaterThan(panel.incremental_eur);
    expect(headline!.roi_low).toBeLessThan(panel.roi);
    expect(headline!.roi_high).toBeGreaterThan(panel.roi);
    expect(headline!.iroas_low).toBeLessThan(panel.iroas);
    expect(headline!.iroas_high).toBeGreaterThan(panel.iroas);
    const { verdict, reason } = headline!;
    expect(
      await published(
        lake,
        campaign,
        'SELECT returns_verdict AS verdict, returns_reason AS reason FROM dim_night',
      ),
    ).toEqual([{ verdict, reason }]);
  });

  it('so do those of every other design that decided, or it is shown to disagree', () => {
    const deciding = rows.filter(row => ['gain', 'loss', 'open'].includes(row.verdict));
    expect(deciding.length).toBeGreaterThan(2);
    for (const row of deciding) {
      const holds =
        row.incremental_low! < truth.panel.incremental_eur &&
        row.incremental_high! > truth.panel.incremental_eur;
      expect([row.method, holds || row.agrees_with_headline === false]).toEqual([row.method, true]);
      expect([row.method, row.may_decide]).toEqual([row.method, true]);
    }
    // It was a gain: nobody may say that it was a loss.
    expect(deciding.filter(row => row.verdict === 'loss')).toEqual([]);
  });

  it('codes tell less than the orders that were touched, and at least as much as those they brought', () => {
    const codes = rows.find(row => row.method === 'codes and links')!;
    const { caused_with_code, touched_by_code } = truth.orders;
    expect(codes.verdict).toBe('bounds');
    expect(codes.incremental).toBeNull();
    expect(codes.incremental_high).toBeGreaterThan(caused_with_code.revenue_eur_net);
    expect(codes.incremental_high).toBeLessThanOrEqual(touched_by_code.revenue_eur_net);
  });

  it('before and after is a change, and credit is credit: neither is a return', () => {
    const others = rows.filter(row => row.evidence_level === null || row.evidence_level === 6);
    expect(others.map(row => row.verdict).toSorted()).toEqual(['change', 'credit', 'credit']);
    for (const row of others)
      expect(row).toMatchObject({ roi_low: null, iroas_low: null, incremental: null });
  });
});

describe('the sample’s second campaign, which ran everywhere at once', () => {
  it('is said to be undecided, for the reason that its generator made true', async () => {
    const everywhere = 'gelato-everywhere';
    const lake = join(folder, 'everywhere');
    const file = join(sample, 'campaign-undecided.yaml');
    const result = await plainNight(worldIn(lake), file, everywhere, interval);
    expect(truth.undecided.verdict).toBe('cannot_tell');
    expect(truth.undecided.reason).toMatch('there is no control');
    const reason =
      'There is no control: the campaign ran in all 24 units of the panel, so nothing is left to compare with.';
    expect(result.published!.returns).toEqual({ verdict: 'cannot_tell', reason });
    const designs = (await rowsOf(lake, everywhere)).filter(row => (row.evidence_level ?? 9) <= 4);
    expect(designs.length).toBeGreaterThan(3);
    for (const row of designs)
      expect(row).toMatchObject({ verdict: 'cannot_tell', reason, incremental: null });
  }, 300_000);
});
