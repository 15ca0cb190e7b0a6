/*
 * The woven page in a real browser: every view, from file://, with nothing but
 * the page itself.
 *
 *   node tests/deck.test.mjs [PAGE]      or DECK_PAGE=PAGE node --test ...
 *
 * PAGE is build/slides/index.html unless named. The browser is Debian's;
 * playwright-core and axe-core come from build/npm (`make deps-full`). Without them
 * the test is skipped by name, and with CI set that is a failure.
 */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

const top = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const pagePath = path.resolve(process.env.DECK_PAGE || process.argv[2] || path.join(top, 'build/slides/index.html'));
const pageUrl = pathToFileURL(pagePath).href;
const browserPath = process.env.CHROMIUM || '/usr/bin/chromium';
const require = createRequire(path.join(top, 'build/npm/package.json'));

const desk = { width: 1500, height: 1000 };
const phone = { width: 390, height: 844 };

function installed(name) {
  try {
    return require.resolve(name);
  } catch (missing) {
    return null;
  }
}

function whatIsMissing() {
  if (!installed('playwright-core') || !installed('axe-core'))
    return 'playwright-core and axe-core are not installed (make deps-full)';
  if (!fs.existsSync(browserPath))
    return `there is no browser at ${browserPath} (make deps-full)`;
  return false;
}

const missing = whatIsMissing();
if (missing && process.env.CI)
  throw new Error(missing);

/* Every page remembers what went wrong while it was open. */
function watch(page) {
  page.trouble = [];
  page.on('pageerror', error => page.trouble.push(`script error: ${error.message}`));
  page.on('console', message => {
    if (message.type() === 'error')
      page.trouble.push(`console: ${message.text()}`);
  });
  page.on('request', request => {
    const url = request.url();
    if (url.split(/[?#]/)[0] !== pageUrl && !/^(data|about):/.test(url))
      page.trouble.push(`request: ${url}`);
  });
}

describe('the woven page', { skip: missing }, () => {
  let browser;

  before(async () => {
    const { chromium } = require('playwright-core');
    const args = process.getuid() === 0 ? ['--no-sandbox'] : [];
    browser = await chromium.launch({ executablePath: browserPath, args });
  });

  after(() => browser.close());

  /* A fresh profile at `suffix` ("?view=book#id"), ready to be looked at. */
  async function open(suffix = '', options = {}) {
    const context = await browser.newContext({ viewport: desk, ...options });
    const page = await context.newPage();
    watch(page);
    await page.goto(pageUrl + suffix);
    await page.evaluate(() => document.fonts.ready);
    return page;
  }

  async function openDeck(suffix = '', options = {}) {
    const page = await open(suffix, options);
    await page.waitForFunction(() => window.Reveal && Reveal.isReady() && document.querySelector('.ready'));
    return page;
  }

  async function finish(page) {
    assert.deepEqual(page.trouble, []);
    await page.context().close();
  }

  const current = page => page.evaluate(() => Reveal.getCurrentSlide().id);
  const view = page => page.evaluate(() => document.documentElement.className.match(/as-(\w+)/)[1]);

  async function axe(page) {
    await page.addScriptTag({ path: require.resolve('axe-core/axe.min.js') });
    const { violations } = await page.evaluate(() => axe.run());
    return violations.map(v => `${v.id}: ${v.nodes.length} x, first ${v.nodes[0].html.slice(0, 120)}`);
  }

  /* Fonts, theme and reveal.js are under 220 KB; the rest is the text itself. */
  test('weighs no more than 220 KB and two and a half times its chapters', () => {
    const folder = path.join(top, 'chapters');
    const chapters = fs.readdirSync(folder).filter(name => name.endsWith('.md'))
      .reduce((sum, name) => sum + fs.statSync(path.join(folder, name)).size, 0);
    const size = fs.statSync(pagePath).size;
    assert.ok(size < 220 * 1024 + 2.5 * chapters, `${size} bytes for ${chapters} of chapters`);
  });

  for (const name of ['book', 'deck', 'sheets'])
    test(`${name}: no error, and no request leaves the file`, async () => {
      const page = await open(`?view=${name}`);
      await page.waitForTimeout(300);
      assert.equal(await view(page), name);
      await finish(page);
    });

  test('every id is unique and every link inside the page has its target', async () => {
    const page = await open('?view=book');
    const { twice, dead, links } = await page.evaluate(() => {
      const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
      const links = [...document.querySelectorAll('a[href^="#"]')].map(a => decodeURIComponent(a.hash.slice(1)));
      return {
        twice: ids.filter((id, i) => ids.indexOf(id) !== i),
        dead: links.filter(id => !document.getElementById(id)),
        links: links.length,
      };
    });
    assert.deepEqual({ twice, dead }, { twice: [], dead: [] });
    assert.ok(links > 0);
    await finish(page);
  });

  test('every link into code/ meets a page that has the line', async () => {
    const page = await open('?view=book');
    const hrefs = await page.$$eval('a[href^="code/"]', all => all.map(a => a.getAttribute('href')));
    assert.ok(hrefs.length > 0);
    for (const href of new Set(hrefs)) {
      const [file, id] = decodeURIComponent(href).split('#');
      const source = fs.readFileSync(path.join(path.dirname(pagePath), file), 'utf8');
      assert.ok(!id || source.includes(`id="${id}"`), `${href} names no line`);
    }
    await finish(page);
  });

  test('deck: reveal is up, and the arrow keys move along and down', async () => {
    const page = await openDeck('?view=deck');
    const start = await current(page);
    await page.keyboard.press('ArrowRight');
    const right = await current(page);
    assert.notEqual(right, start);
    assert.equal(await page.evaluate(() => Reveal.getIndices().h), 1);
    const down = await page.evaluate(() => Reveal.availableRoutes().down);
    if (down) {
      await page.keyboard.press('ArrowDown');
      assert.equal(await page.evaluate(() => Reveal.getIndices().v), 1);
    }
    await finish(page);
  });

  test('deck: a link moves, the address is plain #id, and Back returns', async () => {
    const page = await openDeck('?view=deck#outline');
    const target = await page.$eval('#outline li a', a => a.hash);
    await page.click('#outline li a');
    await page.waitForFunction(hash => '#' + Reveal.getCurrentSlide().id === hash, target);
    assert.equal(await page.evaluate(() => location.hash), target);
    await page.keyboard.press('n');
    assert.equal(await page.evaluate(() => location.hash), '#' + await current(page));
    await page.goBack();
    await page.waitForFunction(hash => '#' + Reveal.getCurrentSlide().id === hash, target);
    await page.goBack();
    await page.waitForFunction(() => Reveal.getCurrentSlide().id === 'outline');
    await finish(page);
  });

  test('deck: an address opens its slide, and nothing under it is scrolled', async () => {
    const page = await openDeck('?view=deck');
    const ids = await page.$$eval('section.topic > section.slide:first-child', all => all.map(slide => slide.id));
    await finish(page);
    const there = await openDeck(`?view=deck#${ids.at(-1)}`);
    await there.waitForTimeout(300);
    assert.equal(await current(there), ids.at(-1));
    assert.deepEqual(await there.evaluate(() => {
      const scrolled = [];
      for (let e = Reveal.getCurrentSlide(); e; e = e.parentElement)
        if (e.scrollTop !== 0 || e.scrollLeft !== 0)
          scrolled.push(e.localName + (e.id && '#' + e.id));
      return scrolled;
    }), []);
    await finish(there);
  });

  test('deck: a link to what only the book shows opens the book there', async () => {
    const page = await openDeck('?view=deck');
    const id = await page.evaluate(() => {
      const hidden = document.querySelector('.book figure[id]');
      if (!hidden)
        return null;
      const link = Object.assign(document.createElement('a'), { href: '#' + hidden.id });
      document.body.append(link);
      setTimeout(() => link.click());
      return hidden.id;
    });
    if (id) {
      await page.waitForURL(/view=book/);
      assert.equal(await page.evaluate(() => decodeURIComponent(location.hash.slice(1))), id);
    }
    await finish(page);
  });

  test('deck: a listing with the focus scrolls by its own arrow keys', async () => {
    const page = await openDeck('?view=deck');
    const slide = await page.evaluate(() => {
      const box = document.querySelector('section.slide > .listing .scroll');
      const slide = box.closest('section.slide');
      box.querySelector('code').style.fontSize = '2000px';
      location.hash = slide.id;
      return slide.id;
    });
    await page.waitForFunction(id => Reveal.getCurrentSlide().id === id, slide);
    await page.focus(`[id="${slide}"] .scroll`);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    assert.equal(await current(page), slide);
    await finish(page);
  });

  test('deck: steps mark the lines that they name, one after the other', async () => {
    const page = await openDeck('?view=deck');
    const listing = page.locator('section.slide > .listing[data-steps], section.slide > .beside > .listing[data-steps]').first();
    assert.ok(await listing.count() > 0, 'no listing has steps');
    const steps = (await listing.getAttribute('data-steps')).split('|');
    const id = await listing.evaluate(figure => figure.closest('section').id);
    await page.evaluate(where => { location.hash = where; }, id);
    await page.waitForFunction(where => Reveal.getCurrentSlide().id === where, id);
    assert.equal(await listing.locator('.band').count(), 0);
    for (const step of steps) {
      await page.keyboard.press('Space');
      const marked = await listing.evaluate(figure => {
        const top = figure.querySelector('code').getBoundingClientRect().top;
        const line = figure.querySelector('code').getBoundingClientRect().height / figure.querySelector('code').textContent.split('\n').length;
        return [...figure.querySelectorAll('.band')].map(band => {
          const box = band.getBoundingClientRect();
          const first = Math.round((box.top - top) / line) + 1, last = Math.round((box.bottom - top) / line);
          return first === last ? `${first}` : `${first}-${last}`;
        }).join(',');
      });
      assert.equal(marked, step);
    }
    await page.keyboard.press('Space');
    assert.notEqual(await current(page), id);
    await finish(page);
  });

  test('deck: slides with something to say have speaker notes', async () => {
    const page = await openDeck('?view=deck');
    const silent = await page.$$eval('section.slide:not(.front, .deck-only, .book)', slides => slides
      .filter(slide => slide.querySelectorAll(':scope > :not(h1, h2, .book, aside)').length > 0)
      .filter(slide => !slide.querySelector('aside.notes') || !slide.querySelector('aside.notes').textContent.trim())
      .map(slide => slide.id));
    assert.deepEqual(silent, []);
    await finish(page);
  });

  test('notes in Chinese say that they are', async () => {
    const page = await open('?view=book');
    const unmarked = await page.$$eval('aside.notes p', all => all
      .filter(p => (p.textContent.match(/\p{Script=Han}/gu) || []).length > 20 && !p.closest('[lang^="zh"]'))
      .map(p => p.textContent.slice(0, 40)));
    assert.deepEqual(unmarked, []);
    await finish(page);
  });

  /* ---- the speaker's window ---- */

  async function openSpeaker(deck) {
    const [window] = await Promise.all([deck.waitForEvent('popup'), deck.keyboard.press('s')]);
    watch(window);
    await window.waitForFunction(() => document.querySelector('.said aside, .said .empty'));
    return window;
  }

  const withNotes = page => page.$$eval('section.slide:not(.book):has(aside.notes [lang])', all => all.map(s => s.id));

  test('speaker: the window shows the notes, in their languages, and the time', async () => {
    const page = await openDeck('?view=deck');
    const [id] = await withNotes(page);
    await page.evaluate(where => { location.hash = where; }, id);
    const window = await openSpeaker(page);
    const said = await window.$eval('.said', notes => notes.textContent);
    assert.equal(said, await page.$eval(`[id="${id}"] aside.notes`, notes => notes.textContent));
    assert.ok(await window.locator('.said [lang^="zh"]').count() > 0);
    assert.match(await window.textContent('.timer'), /^\d\d:\d\d$/);
    assert.deepEqual(window.trouble, []);
    await finish(page);
  });

  test('speaker: both frames are decks, the second one slide ahead', async () => {
    const page = await openDeck('?view=deck');
    const [id] = await withNotes(page);
    await page.evaluate(where => { location.hash = where; }, id);
    await page.waitForFunction(where => Reveal.getCurrentSlide().id === where, id);
    const window = await openSpeaker(page);
    const [now, next] = window.frames().filter(frame => frame.url().includes('receiver'));
    await now.waitForFunction(where => window.Reveal?.isReady() && Reveal.getCurrentSlide().id === where, id);
    await page.keyboard.press('Space');
    const ahead = await page.evaluate(() => { Reveal.next(); return Reveal.getCurrentSlide().id; });
    await page.evaluate(() => Reveal.prev());
    await next.waitForFunction(where => window.Reveal?.isReady() && Reveal.getCurrentSlide().id === where, ahead);
    await finish(page);
  });

  test('speaker: its keys move the deck, and it finds a deck that was loaded anew', async () => {
    const page = await openDeck('?view=deck');
    const start = await current(page);
    const window = await openSpeaker(page);
    await window.keyboard.press('ArrowRight');
    await page.waitForFunction(id => Reveal.getCurrentSlide().id !== id, start);
    const there = await current(page);
    await page.reload();
    await page.waitForFunction(() => document.querySelector('.ready'));
    assert.equal(await current(page), there);
    await page.waitForTimeout(1100);
    await window.keyboard.press('ArrowLeft');
    await page.waitForFunction(id => Reveal.getCurrentSlide().id === id, start);
    await finish(page);
  });

  test('deck: nothing moves for those who asked for reduced motion', async () => {
    const page = await openDeck('?view=deck', { reducedMotion: 'reduce' });
    assert.equal(await page.evaluate(() => Reveal.getConfig().transition), 'none');
    await finish(page);
  });

  test('?print-pdf, as reveal.js has it, gives the sheets', async () => {
    const page = await open('?print-pdf');
    assert.equal(await view(page), 'sheets');
    await finish(page);
  });

  test('sheets: every slide and every listing fits its 1500 x 1000', async () => {
    const page = await open('?view=sheets');
    const bad = await page.evaluate(() => {
      const bad = [];
      for (const slide of document.querySelectorAll('section.slide')) {
        const sheet = slide.getBoundingClientRect();
        if (sheet.height > 1000.5)
          bad.push(`#${slide.id} is ${Math.round(sheet.height)} high`);
        for (const part of slide.querySelectorAll('*')) {
          const box = part.getBoundingClientRect();
          if (box.width > 0 && (box.right > sheet.right + 0.5 || box.bottom > sheet.bottom + 0.5)) {
            bad.push(`#${slide.id}: <${part.localName}> ends outside`);
            break;
          }
        }
        for (const box of slide.querySelectorAll('.scroll, .scroll pre'))
          if (box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1)
            bad.push(`#${slide.id}: a listing is cut, ${box.scrollWidth} in ${box.clientWidth} wide`);
      }
      return bad;
    });
    assert.deepEqual(bad, []);
    await finish(page);
  });

  test('sheets: the PDF has one page a slide', async () => {
    const page = await open('?view=sheets');
    const slides = await page.$$eval('section.slide', all => all.filter(s => s.offsetHeight > 0).length);
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    assert.equal(pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g).length, slides);
    await finish(page);
  });

  test('book: everything is there without JavaScript', async () => {
    const page = await open('', { javaScriptEnabled: false });
    await assertVisible(page, 'section.slide:not(.deck-only) > :is(h1, h2)');
    await assertVisible(page, '.listing');
    await assertVisible(page, '.book > *');
    await assertVisible(page, 'aside.notes');
    await assertVisible(page, '#contents a');
    await assertVisible(page, '#index');
    assert.equal(await page.locator('div.slide:visible').count(), 0);
    await finish(page);
  });

  async function assertVisible(page, selector) {
    const all = page.locator(selector);
    const seen = page.locator(`:is(${selector}):visible`);
    assert.equal(await seen.count(), await all.count(), selector);
    if (!selector.startsWith('.book'))
      assert.ok(await all.count() > 0, `nothing matches ${selector}`);
  }

  for (const size of [phone, { width: phone.height, height: phone.width }])
    test(`a phone of ${size.width} x ${size.height} gets the book, and it fits`, async () => {
      const page = await open('', { viewport: size, isMobile: true, hasTouch: true, deviceScaleFactor: 2 });
      assert.equal(await view(page), 'book');
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
      await finish(page);
    });

  test('keys: M goes to the book and back, and keeps the place', async () => {
    const page = await openDeck('?view=deck');
    const id = await page.$eval('section.slide:not(.book):nth-last-child(1 of section.slide:not(.book))', slide => slide.id);
    await page.evaluate(where => { location.hash = where; }, id);
    await page.waitForFunction(where => Reveal.getCurrentSlide().id === where, id);
    await page.keyboard.press('m');
    await page.waitForURL(/view=book/);
    assert.equal(await page.evaluate(() => location.hash), '#' + id);
    await page.waitForFunction(where => document.getElementById(where).getBoundingClientRect().top < innerHeight, id);
    await finish(page);
  });

  for (const name of ['book', 'deck'])
    test(`${name}: ? lists the keys, and Esc puts them away`, async () => {
      const page = await (name === 'deck' ? openDeck : open)(`?view=${name}`);
      await page.keyboard.press('Shift+?');
      const keys = await page.$$eval('#keys kbd', all => all.map(key => key.textContent));
      for (const key of ['/', 'M', 'T', '?'])
        assert.ok(keys.includes(key), `${key} is not listed`);
      await page.keyboard.press('Escape');
      assert.equal(await page.locator('dialog[open]').count(), 0);
      await finish(page);
    });

  /* ---- search ---- */

  async function searchFor(page, words) {
    await page.keyboard.press('/');
    await page.fill('#search-words', words);
    return page.$$eval('.hits a', all => all.map(a => ({ id: decodeURIComponent(a.hash.slice(1)), text: a.textContent })));
  }

  test('search: what a pattern would choke on is plain text', async () => {
    const page = await open('?view=book');
    for (const words of ['(', '*', '++', '[', '\\', '&', '<']) {
      const hits = await searchFor(page, words);
      const there = await page.$$eval('section.slide:not(.deck-only)', (all, words) => all
        .filter(s => s.textContent.includes(words)).map(s => s.id), words);
      assert.ok(hits.every(hit => there.includes(hit.id)), words);
      assert.ok(hits.length > 0 || there.length === 0, words);
      await page.keyboard.press('Escape');
    }
    await finish(page);
  });

  test('search: titles come first, and notes in Chinese are found', async () => {
    const page = await openDeck('?view=deck');
    const last = page.locator('section.slide:not(.book) > h2').last();
    const title = (await last.textContent()).toUpperCase();
    const slide = await last.evaluate(h2 => h2.parentElement.id);
    assert.equal((await searchFor(page, title))[0].id, slide);
    const [id, words] = await page.$eval('aside.notes [lang^="zh"] p', p =>
      [p.closest('section').id, p.textContent.match(/\p{Script=Han}{4,}/u)[0]]);
    assert.ok((await searchFor(page, words)).some(hit => hit.id === id));
    await finish(page);
  });

  test('search: Enter in the deck moves to the slide; what it hides opens in the book', async () => {
    const page = await openDeck('?view=deck');
    const id = await page.$eval('section.slide:not(.book, .front, .deck-only):nth-last-child(1)', slide => slide.id);
    await searchFor(page, await page.$eval(`[id="${id}"] > :is(h1, h2)`, h => h.textContent));
    await page.keyboard.press('Enter');
    await page.waitForFunction(id => Reveal.getCurrentSlide().id === id, id);
    const [slide, words] = await page.$eval('.book > p', p => [p.closest('section').id, p.textContent.slice(0, 40)]);
    await searchFor(page, words);
    await page.keyboard.press('Enter');
    await page.waitForURL(/view=book/);
    await page.waitForFunction(id => location.hash === '#' + id && !location.search.includes('find'), slide);
    await finish(page);
  });

  for (const colorScheme of ['light', 'dark']) {
    test(`book, ${colorScheme}: axe finds nothing`, async () => {
      const page = await open('?view=book', { colorScheme });
      assert.deepEqual(await axe(page), []);
      await finish(page);
    });

    test(`deck, ${colorScheme}: axe finds nothing on a slide with code`, async () => {
      const page = await openDeck('?view=deck', { colorScheme, reducedMotion: 'reduce' });
      await page.evaluate(() => {
        location.hash = document.querySelector('section.slide > .listing').closest('section').id;
      });
      await page.waitForTimeout(200);
      assert.deepEqual(await axe(page), []);
      await finish(page);
    });
  }

  test('copy: each listing arrives byte for byte, gutter and all left behind', async () => {
    const page = await open('?view=book', { permissions: ['clipboard-read', 'clipboard-write'] });
    const listings = await page.locator('.listing').all();
    for (const listing of listings) {
      await page.evaluate(() => navigator.clipboard.writeText(''));
      await listing.locator('.copy').click();
      await page.waitForFunction(() => navigator.clipboard.readText());
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      assert.equal(copied, await listing.locator('code').evaluate(code => code.textContent.replace(/\n?$/, '\n')));
      await compareWithCode(listing, copied);
    }
    assert.ok(listings.length > 0);
    await finish(page);
  });

  /*
   * What was copied against the tangled file: the line that the gutter names
   * must hold the copied line, only deeper indented. Uses of chunks have no
   * line of their own; a chunk used twice counts from 1, not from its file's line.
   */
  async function compareWithCode(listing, copied) {
    const link = listing.locator('figcaption a[href^="code/"]');
    if (await link.count() === 0)
      return;
    const file = decodeURIComponent(await link.first().getAttribute('href')).split('#');
    if (file.length < 2)
      return;
    const source = codeLines(path.join(path.dirname(pagePath), file[0]));
    const numbers = (await listing.locator('.numbers').textContent()).split('\n').map(Number);
    const first = Number(file[1].slice(1));
    if (numbers.find(number => number > 0) !== first)
      return;
    copied.split('\n').slice(0, -1).forEach((line, i) => {
      if (!/^\s*\\?<<.*>>\s*$/.test(line))
        assert.equal(source[numbers[i] - 1].trimStart(), line.trimStart(), `${file[0]}:${numbers[i]}`);
    });
  }

  function codeLines(file) {
    const entity = { amp: '&', lt: '<', gt: '>', quot: '"' };
    const html = fs.readFileSync(file, 'utf8');
    return [...html.matchAll(/^<p id="L\d+".*?<code>(.*?)<\/code>/gm)]
      .map(match => match[1].replace(/&(\w+);/g, (all, name) => entity[name]));
  }
});
