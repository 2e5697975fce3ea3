import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageOf } from '../../report/page.ts';
import { parsed } from './elements.ts';
import { hostile, saying } from './hostile.ts';
import { nightOf } from './night.ts';

describe('text of other people', () => {
  it('makes no element and no attribute that the template did not make, and is read as it was written', () => {
    const expected = parsed(pageOf(nightOf(), 'en')).census;
    const texts = fc.array(hostile, { minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(texts, said => {
        const says = saying(said);
        const { census, attributes, text } = parsed(pageOf(nightOf(says), 'en'));
        expect(census).toEqual(expected);
        const whole = says('x:1001');
        if (whole.length > 150 || !isPlain(whole)) return;
        expect(attributes.some(({ name, value }) => name === 'title' && value === whole)).toBe(true);
        expect(squeezed(text)).toContain(squeezed(whole));
      }),
      { numRuns: 50, seed: 11 },
    );
  });

  it('is shown whole to who looks, and shortened in the middle', () => {
    const id = `bluesky:did:plc:${'abcdef'.repeat(4)}`;
    const html = pageOf(
      nightOf(text => (text === 'x:1001' ? id : text)),
      'en',
    );
    expect(html).toMatch(
      new RegExp(
        `<span [^>]*title="${id}"[^>]*><bdi class="start">${id.slice(0, -6)}</bdi><bdi>${id.slice(-6)}</bdi></span>`,
      ),
    );
  });
});

/** Whether a text has nothing that is shown as � or as one blank. */
function isPlain(text: string): boolean {
  return /^[\p{L}\p{N}\p{P}\p{S} ]*$/u.test(text);
}

/** Elements of a person's name part it: blanks tell nothing here. */
function squeezed(text: string): string {
  return text.replace(/\s+/g, '');
}
