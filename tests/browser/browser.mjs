/*
 * How the suites in a browser begin: where the woven pages are, which browser is
 * here, and a fresh profile for each page that is opened.
 */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const top = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const browserPath = process.env.CHROMIUM || '/usr/bin/chromium';
export const require = createRequire(path.join(top, 'build/npm/package.json'));

/* index.html of the pages that are looked at, and what stands beside it. */
export const pagePath = path.resolve(process.env.DECK_PAGE || process.argv[2] || path.join(top, 'build/slides/index.html'));
export const folder = path.dirname(pagePath);
export const urlOf = address => `${pathToFileURL(folder).href}/${address}`;

export const desk = { width: 1500, height: 1000 };
export const phone = { width: 390, height: 844 };

/* Why there is nothing to be seen here; false: there is all that it takes. */
export function missing() {
  try {
    ['playwright-core', 'axe-core'].forEach(name => require.resolve(name));
  } catch (absent) {
    return 'playwright-core and axe-core are not installed (make deps-full)';
  }
  return fs.existsSync(browserPath) ? false : `there is no browser at ${browserPath} (make deps-full)`;
}

export const launch = () => require('playwright-core').chromium
  .launch({ executablePath: browserPath, args: process.getuid() === 0 ? ['--no-sandbox'] : [] });

/* Pages that compute so many times slower, as on a machine that is busy: SLOW=8 tests/browser/deck.sh ... */
const slowness = Number(process.env.SLOW || 1);

/* The player comes later than the page, and puts sheets between others: now all is there. */
const settle = page => page.evaluate(() =>
  Promise.allSettled([document.fonts.ready, typeof heddle === 'undefined' ? null : heddle.ready]));

/* `watch` sees the page before anything is in it. What comes back is all there. */
export async function open(browser, url, options = {}, watch = () => {}) {
  const context = await browser.newContext({ viewport: desk, ...options });
  const page = await context.newPage();
  watch(page);
  if (slowness > 1)
    await (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: slowness });
  await page.goto(url);
  await settle(page).catch(() => settle(page));   /* a page for the book alone has gone to its book */
  return page;
}
