import { type Browser, chromium } from 'playwright-core';
import { findBrowser } from '../../tools/setup/browser.mjs';

/** A browser on this machine, or undefined: tests then say that they were skipped. */
export const browserPath = findBrowser();

/** Why the tests of the page in a browser are skipped. */
export const noBrowser = 'no browser: install chromium-headless-shell, or name one in SILLAGE_BROWSER';

/** Starts the browser, which connects to nobody. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: browserPath!,
    chromiumSandbox: false,
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
