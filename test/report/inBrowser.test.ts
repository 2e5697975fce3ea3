import axe from 'axe-core';
import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { languages } from '../../report/language.ts';
import { pageOf } from '../../report/page.ts';
import type { NightOnPage } from '../../report/read.ts';
import { browserPath, noBrowser, startBrowser } from './browser.ts';
import { hostile, saying } from './hostile.ts';
import { bareNight, nightOf } from './night.ts';

const nights: [string, NightOnPage][] = [
  ['full', nightOf()],
  ['bare', bareNight],
];
const looks = nights.flatMap(([name, night]) =>
  languages.flatMap(language =>
    (['light', 'dark'] as const).flatMap(scheme =>
      [360, 1440].map(width => ({ name, night, language, scheme, width })),
    ),
  ),
);

describe('the page in a browser', () => {
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (browserPath !== undefined) browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  beforeEach(({ skip }) => skip(browserPath === undefined, noBrowser));

  /** A page with what it complained of. */
  async function opened(html: string, options: { width: number; colorScheme: 'light' | 'dark' }) {
    const { width, colorScheme } = options;
    const page = await browser!.newPage({ viewport: { width, height: 900 }, colorScheme });
    const complaints: string[] = [];
    page.on('console', message => complaints.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', error => complaints.push(error.message));
    page.on('request', request => {
      if (!request.url().startsWith('data:')) complaints.push(`asked for ${request.url()}`);
    });
    await page.setContent(html);
    return { page, complaints };
  }

  it.each(looks)(
    '$name, $language, $scheme, $width px: complains of nothing, overflows nowhere, is accessible',
    async look => {
      const { night, language, scheme, width } = look;
      const { page, complaints } = await opened(pageOf(night, language), { width, colorScheme: scheme });
      expect(await widthOf(page)).toBe(width);
      expect(await overflowing(page)).toEqual([]);
      expect(await faults(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await page.close();
    },
  );

  it('shows 2,000 hostile names and topics as text, in the elements of the template alone', async () => {
    const expected = new Map<string, unknown>();
    const says = fc.array(hostile, { minLength: 40, maxLength: 40 });
    let shown = 0;
    const { page, complaints } = await opened('', { width: 360, colorScheme: 'light' });
    for (const texts of fc.sample(says, { numRuns: 50, seed: 7 })) {
      const language = languages[shown % 2]!;
      expected.set(language, expected.get(language) ?? (await censusOf(page, pageOf(nightOf(), language))));
      expect(await censusOf(page, pageOf(nightOf(saying(texts)), language))).toEqual(expected.get(language));
      expect(await widthOf(page)).toBe(360);
      shown += texts.length;
    }
    expect(shown).toBe(2000);
    expect(complaints).toEqual([]);
    await page.close();
  });
});

async function censusOf(page: Page, html: string): Promise<unknown> {
  await page.setContent(html);
  return page.evaluate(`(() => {
    const census = {};
    for (const element of document.querySelectorAll('*')) {
      const kind = [element.localName, ...[...element.attributes].map(({ name }) => name).sort()].join(' ');
      census[kind] = (census[kind] ?? 0) + 1;
    }
    return census;
  })()`);
}

function widthOf(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth');
}

/** Elements that stand out at the right, but for what scrolls by itself or is there for screen readers. */
function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(`[...document.querySelectorAll('body *')]
    .filter(element => !element.closest('.scroll, .person, .skip') && element.getBoundingClientRect().right > innerWidth + 1)
    .map(element => element.outerHTML.slice(0, 120))`);
}

/** What axe finds serious or critical, in words. */
async function faults(page: Page): Promise<string[]> {
  // Over the debugger's connection: the page itself allows no script.
  await page.evaluate(axe.source);
  const results = (await page.evaluate('axe.run(document)')) as axe.AxeResults;
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
}
