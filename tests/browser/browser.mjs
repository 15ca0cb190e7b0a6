/*
 * How the suites in a browser begin: where the woven pages are, which browser is
 * here, and a fresh profile for each page that is opened.
 */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
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

/*
 * As on other machines: with SLOW=8 every page computes eight times slower, with LATE=7
 * each script and each program of a player comes up to half a second later than it is
 * asked for, by the seed 7, and with AT_ONCE=8 so many tests of a file run at the same
 * time. No test may mind: LATE=7 SLOW=8 tests/browser/deck.sh tests/browser/play.test.mjs
 */
const slowness = Number(process.env.SLOW || 1), seed = Number(process.env.LATE || 0);
export const atOnce = Number(process.env.AT_ONCE || os.availableParallelism());

/* What a wait ends with that waits for what never comes; nothing is proven by it. */
const LIMIT_MS = 180000;

let random = seed;
function upTo(most) {
  random = (random * 1103515245 + 12345) % 2 ** 31;
  return random / 2 ** 31 * most;
}

async function hinder(page) {
  if (slowness > 1)
    await (await page.context().newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: slowness });
}

async function come(route) {
  await new Promise(go => setTimeout(go, upTo(500)));
  await route.continue().catch(() => {});   /* the page may be gone */
}

/* A browser whose pages, those that pages open as well, have that limit and hindrance. */
export async function launch() {
  const browser = await require('playwright-core').chromium
    .launch({ executablePath: browserPath, args: process.getuid() === 0 ? ['--no-sandbox'] : [], timeout: LIMIT_MS });
  const newContext = browser.newContext.bind(browser);

  browser.newContext = async options => {
    const context = await newContext(options), newPage = context.newPage.bind(context);
    context.setDefaultTimeout(LIMIT_MS);
    context.on('page', page => hinder(page).catch(() => {}));
    context.newPage = async () => {
      const page = await newPage();
      await hinder(page);
      return page;
    };
    if (seed)
      await context.route(/\.(js|css)$/, come);
    return context;
  };
  return browser;
}

/* What a page begins with has come: its type, its player, and sheets between others. A
 * page may go to another one first: the book's to its text, a deck without slides too. */
export async function settle(page) {
  for (;;) {
    try {
      await page.waitForLoadState();
      return await page.evaluate(() => Promise.allSettled([document.fonts.ready, typeof heddle === 'undefined' ? null : heddle.ready]));
    } catch (gone) {
      if (page.isClosed() || !/context was destroyed|navigat/.test(gone.message))
        throw gone;
    }
  }
}

/* Both decks of a speaker's window. An iframe is there before it has an address. */
export const framesOf = window => Promise.all(['This slide', 'Next slide'].map(async title => {
  const frame = await (await window.waitForSelector(`iframe[title="${title}"]`, { state: 'attached' })).contentFrame();
  await frame.waitForFunction(() => window.Reveal?.isReady());
  return frame;
}));

/* The next frame has been painted: what was begun before it, as scrolling, is done. */
export const painted = page => page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));

/* `watch` sees the page before anything is in it. What comes back is all there. */
export async function open(browser, url, options = {}, watch = () => {}) {
  const context = await browser.newContext({ viewport: desk, ...options });
  const page = await context.newPage();
  watch(page);
  await page.goto(url);
  await settle(page);
  return page;
}
