import { describe, expect, it } from 'vitest';
import { estimateReturns } from '../../methods/returns.ts';
import { languages } from '../../report/language.ts';
import { pageOf } from '../../report/page.ts';
import { returnsInput } from '../methods/returns/panels.ts';
import { parsed } from './elements.ts';
import { nightOf } from './night.ts';
import { returnRow } from './returns.ts';

/** What a reader reads, with all blanks alike. */
const textOf = (html: string) => parsed(html).text.replace(/\s+/g, ' ');

describe('a campaign without a margin', () => {
  it('shows the sales of each unit spent, and not a return', () => {
    // What the designs say themselves of such a campaign.
    const { rows } = estimateReturns(returnsInput({ margin: Number.NaN }));
    const known = (value: number) => (Number.isNaN(value) ? null : value);
    const methods = rows.map(row =>
      returnRow({
        method: row.method,
        verdict: row.verdict,
        reason: row.reason,
        evidence_level: known(row.level),
        incremental: known(row.incremental),
        iroas: known(row.iroas),
        iroas_low: known(row.iroasLow),
        iroas_high: known(row.iroasHigh),
      }),
    );
    const full = nightOf();
    const html = pageOf({ ...full, returns: { methods, placebos: [], days: [], credits: [] } }, 'en');
    const text = textOf(html);
    expect(text).toContain('No margin is known, so a return can’t be told: this is sales, not profit.');
    const [lotted] = methods;
    expect(html).toContain(`hold-out of zones, drawn by lot: ${lotted!.iroas!.toFixed(2)} [`);
    expect(text).not.toContain('break-even');
    expect(text).not.toContain('The coloured line');
  });

  it('is not what a campaign without control is called', () => {
    const reason =
      'There is no control: the campaign ran in all 24 units of the panel, so nothing is left to compare with.';
    const methods = [
      returnRow({ method: 'time-based regression', verdict: 'cannot_tell', evidence_level: 2, reason }),
    ];
    const full = nightOf();
    const text = textOf(pageOf({ ...full, returns: { methods, placebos: [], days: [], credits: [] } }, 'en'));
    expect(text).not.toContain('No margin is known');
  });
});

describe('what was read', () => {
  it.each([
    [0, 'all could be understood', 'toutes ont été comprises'],
    [1, '1 could not be understood', 'une n’a pas pu être comprise'],
  ])('says %i lines refused as people would', (quarantined, english, french) => {
    const full = nightOf();
    const [en, fr] = languages.map(language =>
      textOf(pageOf({ ...full, night: { ...full.night, quarantined } }, language)),
    );
    expect(en).toContain(english);
    expect(fr).toContain(french);
  });
});
