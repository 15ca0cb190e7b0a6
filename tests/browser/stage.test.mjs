/*
 * What is seen on a stage: what travels packed is there, words in pictures are
 * large enough for a room, code moves where its lines stay, a hand has its tools.
 * build/slides unless DECK_PAGE names an index.html.
 */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

const top = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const folder = path.dirname(path.resolve(process.env.DECK_PAGE || path.join(top, 'build/slides/index.html')));
const pages = fs.existsSync(folder) ? fs.readdirSync(folder).filter(name => name.endsWith('.html')) : [];
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

  /* Each picture of a slide, with the px of its smallest words: sheets are set as
   * slides are, 1500 x 1000. */
  const smallestWords = page => page.evaluate(() => {
    document.querySelectorAll('.outcomes details').forEach(one => { one.open = true; });
    return [...document.querySelectorAll('section.slide svg')].filter(svg => svg.checkVisibility()).map(svg => {
      const box = svg.getBoundingClientRect(), drawn = svg.viewBox.baseVal;
      const scale = Math.min(box.height / drawn.height, box.width / drawn.width);
      const sizes = [...svg.querySelectorAll('text')].map(text => parseFloat(getComputedStyle(text).fontSize) * scale);
      return { slide: svg.closest('section').id, px: Math.min(...sizes) };
    });
  });

  for (const name of pages.filter(name => name !== 'book.html'))
    test(`${name}: no words in a picture are below 18 px on a slide`, async () => {
      const page = await open(`${name}?view=sheets`);
      const pictures = await smallestWords(page);
      assert.ok(name !== 'index.html' || pictures.length > 40, `${pictures.length} pictures`);
      assert.deepEqual(pictures.filter(({ px }) => !(px >= 17.95)), []);
      await close(page);
    });

  test('at least 25 slides carry a figure from a run, all of the program as it is', async () => {
    const page = await openDeck();
    const captions = await page.$$eval('section.slide:not(.book)', all =>
      all.map(slide => slide.querySelector('.figure figcaption')?.textContent).filter(Boolean));
    assert.ok(captions.length >= 25, `${captions.length} slides`);
    assert.deepEqual(captions.filter(caption => /old: it/.test(caption)), []);
    await close(page);
  });

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
