/*
 * What is seen on a stage: what travels packed is there, words in pictures are
 * large enough for a room, code moves where its lines stay, a hand has its tools.
 * build/slides unless DECK_PAGE names an index.html.
 */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, describe, test } from 'node:test';
import * as browsers from './browser.mjs';

const { folder, urlOf } = browsers;

const pages = fs.existsSync(folder) ? fs.readdirSync(folder).filter(name => name.endsWith('.html')) : [];

describe('on a stage', { concurrency: browsers.atOnce }, () => {
  let browser;

  before(async () => { browser = await browsers.launch(); });

  after(() => browser.close());

  const open = (address, options) => browsers.open(browser, urlOf(address), options);

  async function openDeck(suffix = '', options) {
    const page = await open(`index.html?view=deck${suffix}`, options);
    await page.waitForSelector('.ready');
    return page;
  }

  const close = page => page.context().close();

  /* Each picture of a slide, with the px of its smallest words: sheets are set as
   * slides are, 1500 x 1000. Sheets that are for paper alone are no slides. */
  const smallestWords = page => page.evaluate(() => {
    document.querySelectorAll('.outcomes details').forEach(one => { one.open = true; });
    return [...document.querySelectorAll('section.slide:not(.ends-sheet) svg')].filter(svg => svg.checkVisibility()).map(svg => {
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

  test('on a phone no words in a picture are below 11 px, and none is wider than the screen', async () => {
    const page = await open('book.html', { viewport: browsers.phone });
    const small = await page.evaluate(() => [...document.querySelectorAll('section.slide:not(.deck-only) svg:not(.threads)')].flatMap(svg => {
      svg.closest('section').style.contentVisibility = 'visible';
      const box = svg.getBoundingClientRect(), drawn = svg.viewBox.baseVal, words = [...svg.querySelectorAll('text')];
      const px = box.width / drawn.width * Math.min(...words.map(text => parseFloat(getComputedStyle(text).fontSize)));
      return box.width && words.length && (px < 11 || box.right > innerWidth) ? [`${svg.closest('section').id} ${px}`] : [];
    }));
    assert.deepEqual(small, []);
    await close(page);
  });

  test('what an outcome assumes is said whole, and what is in colours of her own keeps its drawing', async () => {
    const page = await open('index.html?view=sheets', { forcedColors: 'active' });
    const cut = await page.$$eval('section.slide:not(.book) .outcomes > figcaption', all => all
      .filter(one => one.checkVisibility() && one.scrollWidth > one.clientWidth).map(one => one.textContent));
    assert.deepEqual(cut, []);
    const shot = await page.locator('#title').screenshot();
    const colours = await page.evaluate(async bytes => {
      const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)])), canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext('2d');
      context.drawImage(bitmap, 0, 0);
      return [1080, 1170, 1260, 1350].map(x => {
        const { data } = context.getImageData(x, 0, 1, bitmap.height), seen = new Set();
        for (let at = 0; at < data.length; at += 4)
          seen.add(data.slice(at, at + 3).join());
        return seen.size > 1;
      });
    }, [...shot]);
    assert.deepEqual(colours, [true, true, true, true]);
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

  /* The slide that shares most of its code with the one above it. */
  const startAbove = (page, id) => page.evaluate(id => {
    const { h, v } = Reveal.getIndices(document.getElementById(id).previousElementSibling);
    Reveal.configure({ transition: 'none' });
    Reveal.slide(h, v, 99);
  }, id);

  const SAME_PROGRAM = 'several-workers-a-stage';

  test('lines that two slides share move from where they were, and what is new appears', async () => {
    const page = await openDeck();
    await startAbove(page, SAME_PROGRAM);
    const seen = await page.evaluate(id => {
      const slide = document.getElementById(id), above = slide.previousElementSibling;
      const topOf = (code, line) => code.getBoundingClientRect().top + parseFloat(getComputedStyle(code).fontSize) * 1.42 * Reveal.getScale() * line;
      const old = [...above.querySelectorAll('.listing:not(.out) code')].flatMap(code =>
        code.textContent.trimEnd().split('\n').map((text, line) => [text.trim(), topOf(code, line)]));
      Reveal.down();
      for (const one of document.getAnimations()) {
        one.pause();
        one.currentTime = 0;
      }
      const copies = [...slide.querySelectorAll('.flow code')].map(copy => ({
        text: copy.textContent.trim(), top: copy.getBoundingClientRect().top,
        changed: copy.matches('.changed'), opacity: getComputedStyle(copy).opacity }));
      return { old, copies };
    }, SAME_PROGRAM);
    const stay = seen.copies.filter(copy => seen.old.some(([text]) => text === copy.text));
    assert.ok(stay.length >= 3, `${stay.length} lines stay`);
    for (const { text, top } of stay)
      assert.ok(seen.old.some(([old, y]) => old === text && Math.abs(y - top) < 3), `${text} begins where it was not`);
    assert.equal(seen.copies.filter(copy => copy.changed).length, 3);
    await page.evaluate(() => document.getAnimations().forEach(one => one.finish()));
    await page.waitForFunction(() => !document.querySelector('.flow'));
    assert.ok(await page.isVisible(`#${SAME_PROGRAM} .listing code`));
    await close(page);
  });

  test('nothing moves between slides with other code, nor for who asked for reduced motion', async () => {
    for (const [id, options] of [['lost-updates', {}], [SAME_PROGRAM, { reducedMotion: 'reduce' }]]) {
      const page = await openDeck('', options);
      await startAbove(page, id);
      const seen = await page.evaluate(() => {
        Reveal.down();
        return [Reveal.getCurrentSlide().id, document.querySelectorAll('.flow').length];
      });
      assert.deepEqual(seen, [id, 0]);
      await close(page);
    }
  });

  test('who goes there and back and there while lines move sees the last of it, and all is as it was', async () => {
    const page = await openDeck();
    await startAbove(page, SAME_PROGRAM);
    /* The first copies are never done before the last ones are, and so those of a slower machine. */
    const seen = await page.evaluate(async id => {
      const { animate } = Element.prototype, first = [];
      Element.prototype.animate = function (...words) {
        const one = animate.apply(this, words);
        first.push(one);
        return one;
      };
      Reveal.down();
      Reveal.up();
      Element.prototype.animate = animate;
      Reveal.down();
      first.forEach(one => one.finish());
      await Promise.all(first.map(one => one.finished));
      await new Promise(go => setTimeout(go));
      const code = document.querySelector(`#${id} .listing:not(.out) code`);
      return [document.querySelectorAll('.flow').length, code.style.visibility];
    }, SAME_PROGRAM);
    assert.deepEqual(seen, [1, 'hidden']);
    await page.waitForFunction(() => !document.querySelector('.flow, [data-transition]'));
    assert.ok(await page.isVisible(`#${SAME_PROGRAM} .listing code`));
    await close(page);
  });

  /* ---- what a hand uses ---- */

  test('the keys say that there are a laser pointer, a black screen and a remote', async () => {
    const page = await openDeck();
    await page.keyboard.press('Shift+?');
    const keys = await page.$$eval('#keys dl > div', all => all.map(row => row.innerText.replace(/\s+/g, ' ')));
    for (const words of [/^X Laser/, /^B ?\. Black/, /^PageDown ?PageUp .*remote/, /^S Speaker/, /^E /])
      assert.ok(keys.some(key => words.test(key)), `${words} in ${keys.join('; ')}`);
    await close(page);
  });

  test('the laser is red, where the hand is, above the slide, and takes no click', async () => {
    const page = await openDeck('#five-waits');
    await page.keyboard.press('x');
    await page.mouse.move(640, 480);
    await page.waitForFunction(() => document.querySelector('.laser').style.left);
    const dot = await page.$eval('.laser', laser => {
      const box = laser.getBoundingClientRect(), style = getComputedStyle(laser);
      return [box.left + box.width / 2, box.top + box.height / 2, style.backgroundColor, style.pointerEvents];
    });
    assert.deepEqual(dot, [640, 480, 'rgb(255, 0, 0)', 'none']);
    const cursor = () => page.evaluate(() => {
      document.documentElement.classList.add('pointing');   /* as if the hand had just moved */
      return getComputedStyle(document.querySelector('#deck')).cursor;
    });
    assert.equal(await cursor(), 'none');
    await page.keyboard.press('x');
    assert.notEqual(await cursor(), 'none');
    await close(page);
  });

  test('b and . make the screen black, for the room alone, and give it back', async () => {
    const page = await openDeck('#five-waits');
    const blackness = () => page.evaluate(() => [Reveal.isPaused(), document.elementFromPoint(700, 500).className]);
    for (const key of ['b', '.']) {
      await page.keyboard.press(key);
      await page.waitForFunction(() => /pause-overlay/.test(document.elementFromPoint(700, 500).className));
      await page.keyboard.press(key);
      await page.waitForFunction(() => !/pause-overlay/.test(document.elementFromPoint(700, 500).className));
    }
    const [window] = await Promise.all([page.waitForEvent('popup'), page.keyboard.press('s')]);
    await window.waitForFunction(() => document.querySelector('.said aside'));
    const frames = await browsers.framesOf(window);
    await window.keyboard.press('b');
    await page.waitForFunction(() => Reveal.isPaused());
    assert.deepEqual(await Promise.all(frames.map(frame => frame.evaluate(() => Reveal.isPaused()))), [false, false]);
    assert.ok((await blackness())[0]);
    await close(page);
  });

  test('a remote of two keys goes through slides and steps, and back to the first', async () => {
    const page = await openDeck();
    const place = () => page.evaluate(() => `${Reveal.getCurrentSlide().id} ${Reveal.getIndices().f ?? ''}`);
    const seen = [await place()];
    while (seen.length < 30) {
      await page.keyboard.press('PageDown');
      seen.push(await place());
    }
    assert.equal(new Set(seen).size, seen.length, 'each press moves');
    for (let i = 0; i < 60 && await place() !== seen[0]; i++)
      await page.keyboard.press('PageUp');
    assert.equal(await place(), seen[0]);
    await close(page);
  });

  test('each outcome that a slide lists has its picture', async () => {
    const page = await openDeck();
    const bare = await page.$$eval('section.slide:not(.book) .outcomes details', all => all
      .filter(one => !one.querySelector('svg.threads')).map(one => one.closest('section').id));
    assert.deepEqual(bare, []);
    assert.ok(await page.locator('#one-slot-orders .outcomes details').count() >= 13);
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
