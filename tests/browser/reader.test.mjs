/*
 * What a reader does to the woven pages that is easily forgotten: double clicks
 * on book.html, holds a phone, gives up a search, loads again in the middle of a
 * talk, follows a dead link, brings colours along. build/slides unless
 * DECK_PAGE names an index.html.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as browsers from './browser.mjs';

const { phone, urlOf } = browsers;

describe('a reader', { concurrency: browsers.atOnce }, () => {
  let browser;

  before(async () => { browser = await browsers.launch(); });

  after(() => browser.close());

  const open = (address, options) => browsers.open(browser, urlOf(address), options);

  async function openDeck(suffix, options) {
    const page = await open(`index.html?view=deck${suffix}`, options);
    await page.waitForSelector('.ready');
    return page;
  }

  const viewOf = page => page.evaluate(() => document.documentElement.className.match(/as-(\w+)/)[1]);
  const close = page => page.context().close();

  test('opens book.html on a desk, and has the book', async () => {
    const page = await open('book.html');
    assert.equal(await viewOf(page), 'book');
    assert.match(page.url(), /book\.html$/);
    await close(page);
  });

  test('on a phone sees a title at once, and opens the contents by a tap', async () => {
    for (const name of ['book.html', 'process-inside.html']) {
      const page = await open(name, { viewport: phone, isMobile: true, hasTouch: true });
      const top = await page.$eval('main h1', h1 => h1.getBoundingClientRect().top);
      assert.ok(top < phone.height / 2, `${name}: the first title is ${top} px down`);
      await page.tap('#contents summary');
      await page.locator('#contents a').first().waitFor();   /* a tap becomes a click later */
      await close(page);
    }
  });

  test('leaves a search by one Esc, and finds the words again', async () => {
    const page = await openDeck('');
    for (let round = 0; round < 2; round++) {
      await page.keyboard.press('/');
      await page.keyboard.type('lock');
      assert.equal(await page.inputValue('#search-words'), 'lock');
      await page.keyboard.press('Escape');
      assert.equal(await page.locator('dialog[open]').count(), 0);
    }
    await close(page);
  });

  test('loads again, and is at the step where she was', async () => {
    const page = await openDeck('');
    const id = await page.$eval('section.slide:not(.book) > .listing[data-steps]', one => one.closest('section').id);
    await page.evaluate(where => { location.hash = where; }, id);
    await page.waitForFunction(where => Reveal.getCurrentSlide().id === where, id);
    await page.keyboard.press('Space');
    await page.keyboard.press('Space');
    assert.equal(await page.evaluate(() => Reveal.getIndices().f), 1);
    await page.reload();
    await page.waitForSelector('.ready');
    assert.equal(await page.evaluate(() => Reveal.getIndices().f), 1);
    assert.ok(await page.locator('section.present .band').count() > 0);
    await close(page);
  });

  for (const view of ['deck', 'book'])
    test(`follows a link to nowhere, and is told so in the ${view}`, async () => {
      const page = view === 'deck' ? await openDeck('#no-such-place') : await open('book.html#no-such-place');
      await page.waitForSelector('.notice[role="status"]');
      assert.match(await page.textContent('.notice'), /no-such-place/);
      await page.click('.notice button');
      assert.ok(await page.locator('#search[open]').isVisible());
      await close(page);
    });

  test('follows an address as reveal.js writes it, to a place in each view, and is told where there is none', async () => {
    const deck = await openDeck('#/two-outcomes');
    assert.equal(await deck.evaluate(() => Reveal.getCurrentSlide().id), 'two-outcomes');
    await deck.evaluate(() => { location.hash = '#/no-such-place'; });   /* while it is open, too */
    await deck.waitForSelector('.notice[role="status"]');
    await close(deck);
    const book = await open('book.html#/two-outcomes');
    assert.equal(await book.evaluate(() => location.hash), '#two-outcomes');
    assert.ok(await book.evaluate(() => Math.abs(document.getElementById('two-outcomes').getBoundingClientRect().top) < innerHeight));
    assert.equal(await book.locator('.notice').count(), 0);
    await close(book);
    const numbers = await openDeck('#/2/1');   /* reveal.js counts, and nobody else */
    assert.deepEqual(await numbers.evaluate(() => [Reveal.getIndices().h, document.querySelector('.notice')]), [2, null]);
    await close(numbers);
    const unknown = await openDeck('#/reading-map');   /* in the book alone */
    assert.match(await unknown.textContent('.notice'), /There is no place “reading-map” here/);
    assert.equal(await unknown.evaluate(() => Reveal.isFirstSlide()), true);
    await unknown.click('.notice button:text-is("Look in the book")');
    await unknown.waitForURL(/book\.html\?.*#reading-map$/);
    await unknown.waitForSelector('#reading-map');
    await close(unknown);
  });

  test('reads sheets on a small screen, and scrolls in one direction', async () => {
    const page = await open('index.html?view=sheets', { viewport: { width: 1280, height: 800 } });
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await close(page);
  });

  test('brings colours of her own, and sees which lines are meant', async () => {
    const page = await openDeck('', { forcedColors: 'active' });
    const id = await page.$eval('section.slide:not(.book) > .listing[data-steps]', one => one.closest('section').id);
    await page.evaluate(where => { location.hash = where; }, id);
    await page.waitForFunction(where => Reveal.getCurrentSlide().id === where, id);
    await page.keyboard.press('Space');
    const band = await page.$eval('section.present .band', one => getComputedStyle(one).outlineStyle);
    assert.equal(band, 'solid');
    await close(page);
  });

  /* What is counted is work, not time: how much of the book was set in type. */
  test('opens the book, and only what she sees is set in type', async () => {
    const page = await open('book.html', { viewport: phone });
    await browsers.painted(page);
    const { near, all } = await page.evaluate(() => {
      const sections = [...document.querySelectorAll('section.slide:not(.deck-only)')];
      return { near: sections.filter(one => one.querySelector('p')?.checkVisibility({ contentVisibilityAuto: true })).length, all: sections.length };
    });
    assert.ok(near < all / 5, `${near} of ${all} sections are set`);
    await close(page);
  });

  test('stands before a room, and what a hand uses is out of sight until hers moves', async () => {
    const page = await openDeck('#five-waits');
    await page.waitForFunction(() => getComputedStyle(document.querySelector('section.present .copy')).opacity === '0');
    await page.mouse.move(200, 300);
    await page.waitForFunction(() => document.documentElement.classList.contains('pointing'));
    await page.waitForFunction(() => {   /* a hand that goes on moving: it rests after a while */
      dispatchEvent(new PointerEvent('pointermove', { clientX: 200, clientY: 300 }));
      return getComputedStyle(document.querySelector('section.present .copy')).opacity === '1';
    });
    await page.keyboard.press('x');
    await page.mouse.move(300, 400);
    await page.waitForFunction(() => { const { left, top } = document.querySelector('.laser').style; return left === '300px' && top === '400px'; });
    await page.keyboard.press('x');
    assert.equal(await page.locator('.laser').count(), 0);
    await close(page);
  });
});
