/*
 * What is seen on a stage: what travels packed is there, words in pictures are
 * large enough for a room, code moves where its lines stay, a hand has its tools.
 * build/slides unless DECK_PAGE names an index.html.
 */
import assert from 'node:assert/strict';
import os from 'node:os';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

const top = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const folder = path.dirname(path.resolve(process.env.DECK_PAGE || path.join(top, 'build/slides/index.html')));
const urlOf = address => `${pathToFileURL(folder).href}/${address}`;
const require = createRequire(path.join(top, 'build/npm/package.json'));
const desk = { width: 1500, height: 1000 };

describe('on a stage', { concurrency: os.availableParallelism() }, () => {
  let browser;

  before(async () => {
    const args = process.getuid() === 0 ? ['--no-sandbox'] : [];
    browser = await require('playwright-core').chromium
      .launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args });
  });

  after(() => browser.close());

  async function open(address, options = {}) {
    const context = await browser.newContext({ viewport: desk, ...options });
    const page = await context.newPage();
    await page.goto(urlOf(address));
    await page.evaluate(() => document.fonts.ready);
    return page;
  }

  async function openDeck(suffix = '', options) {
    const page = await open(`index.html?view=deck${suffix}`, options);
    await page.waitForSelector('.ready');
    return page;
  }

  const close = page => page.context().close();

  test('outcomes and notes that travel packed say what the book says', async () => {
    const deck = await openDeck();
    const book = await open('book.html');
    const textsOf = (page, ids) => page.evaluate(ids => ids.map(id =>
      [...document.getElementById(id).querySelectorAll('.run, aside.notes')].filter(part => !part.closest('.book')).map(part => part.textContent.trim())), ids);
    const ids = await deck.$$eval('section.slide:has(aside.notes, .run)', all => all.map(slide => slide.id));
    const there = await textsOf(deck, ids);
    assert.ok(ids.length > 0);
    assert.ok(there.flat().every(text => text.length > 0));
    assert.deepEqual(there, await textsOf(book, ids));
    await Promise.all([deck, book].map(close));
  });
});
