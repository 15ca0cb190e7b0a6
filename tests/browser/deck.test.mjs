/*
 * The woven pages in a real browser: every view, from file://, with nothing but
 * the page itself.
 *
 *   node tests/browser/deck.test.mjs [PAGE]      or DECK_PAGE=PAGE node --test ...
 *
 * PAGE is build/slides/index.html unless named; pages beside it, of chapters
 * that stand apart, are looked at too. The browser is Debian's;
 * playwright-core and axe-core come from build/npm (`make deps-full`). Without them
 * the test is skipped by name, and with CI set that is a failure.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import * as browsers from './browser.mjs';

const { folder, pagePath, phone, require } = browsers;
const pages = fs.existsSync(folder)
  ? fs.readdirSync(folder).filter(name => name.endsWith('.html')).map(name => path.join(folder, name)) : [];
const urlOf = file => pathToFileURL(file).href;

/* A large book has its slides in index.html and all of its text in book.html. */
const bookPath = [path.join(folder, 'book.html'), pagePath].find(file => fs.existsSync(file));
const isSplit = bookPath !== pagePath;
const bookPages = pages.filter(file => !isSplit || file !== pagePath);
const deckPages = pages.filter(file => !isSplit || file !== bookPath);

const missing = browsers.missing();
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
    if (!pages.map(urlOf).includes(url.split(/[?#]/)[0]) && !/^(data|about):/.test(url) && !url.startsWith(urlOf(folder) + '/play/'))
      page.trouble.push(`request: ${url}`);
  });
}

const pagesOf = pdf => pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g).length;

describe('the woven pages', { skip: missing, concurrency: browsers.atOnce }, () => {
  let browser;

  before(async () => { browser = await browsers.launch(); });

  after(() => browser.close());

  /* A fresh profile at `suffix` ("?view=book#id"), ready to be looked at. */
  const open = (suffix = '', options = {}, file = /view=book/.test(suffix) ? bookPath : pagePath) =>
    browsers.open(browser, urlOf(file) + suffix, options, watch);

  async function openDeck(suffix = '', options = {}, file = pagePath) {
    const page = await open(suffix, options, file);
    await page.waitForFunction(() => window.Reveal && Reveal.isReady() && document.querySelector('.ready'));
    return page;
  }

  async function finish(page) {
    assert.deepEqual(page.trouble, []);
    await page.context().close();
  }

  const current = page => page.evaluate(() => Reveal.getCurrentSlide().id);
  const view = page => page.evaluate(() => document.documentElement.className.match(/as-(\w+)/)[1]);

  async function assertQuiet(page, name) {
    await browsers.painted(page);
    assert.equal(await view(page), name);
    assert.deepEqual(page.trouble, []);
  }

  /*
   * Contrast, the slow rule, depends on how text is set and on what it stands:
   * two elements of each kind stand for all of theirs. It is all that the dark
   * colours could break.
   */
  async function axe(page, colorScheme = 'light') {
    await page.addScriptTag({ path: require.resolve('axe-core/axe.min.js') });
    await page.evaluate(() => typeof heddle === 'object' && heddle.nameAllScrollers());      /* as if all had been scrolled to */
    await page.addStyleTag({ content: '* { content-visibility: visible !important; }' });
    const violations = await page.evaluate(async isDark => {
      const kinds = new Map();
      for (const element of document.querySelectorAll('body *')) {
        if (![...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
          continue;
        if (!element.checkVisibility())
          continue;
        const { color, fontSize, fontWeight } = getComputedStyle(element);
        const on = element.closest('.listing, figcaption, aside, dialog, nav, button, blockquote, .book');
        const kind = [element.localName, color, fontSize, fontWeight, on?.localName, on?.className].join('|');
        const some = kinds.get(kind) || [];
        kinds.set(kind, some.length < 2 ? [...some, element] : some);
      }
      const whole = isDark ? { violations: [] } : await window.axe.run({ preload: false, resultTypes: ['violations'], rules: { 'color-contrast': { enabled: false } } });
      const some = await window.axe.run({ include: [...kinds.values()].flat() }, { preload: false, resultTypes: ['violations'], runOnly: ['color-contrast'] });
      return [...whole.violations, ...some.violations];
    }, colorScheme === 'dark');
    return violations.map(v => `${v.id}: ${v.nodes.length} x, first ${v.nodes[0].html.slice(0, 120)}`);
  }

  test('the deck weighs less than 450 KB', () => {
    const size = fs.statSync(pagePath).size;
    assert.ok(size < 450 * 1024, `${size} bytes: what few look at can stand apart, {.apart}`);
  });

  test('slides and book know each other, and the place is kept', { skip: !isSplit && 'one file is both' }, async () => {
    const page = await openDeck('?view=deck');
    const id = await page.$eval('section.slide:not(.book, .front, .deck-only):nth-last-child(1)', slide => slide.id);
    await page.goto(`${urlOf(pagePath)}?view=book#${id}`);
    await page.waitForURL(url => url.pathname.endsWith('book.html') && url.hash === '#' + id);
    await page.goto(`${urlOf(bookPath)}?view=deck#${id}`);
    await page.waitForFunction(id => window.Reveal?.isReady() && Reveal.getCurrentSlide().id === id, id);
    assert.match(page.url(), /index\.html/);
    await finish(page);
  });

  /* Fonts, theme and reveal.js; the rest is the text itself, with its colours. */
  test('what is not text weighs less than 205 KB', async () => {
    const page = await open('?view=sheets');
    const main = await page.$$eval('main, #contents', all =>
      all.reduce((sum, part) => sum + new TextEncoder().encode(part.outerHTML).length, 0));
    const buttons = await page.$$eval('.copy', all => all.reduce((sum, button) => sum + button.outerHTML.length, 0));
    const rest = fs.statSync(pagePath).size - main + buttons;
    assert.ok(rest < 205 * 1024, `${rest} bytes`);
    await finish(page);
  });

  for (const file of deckPages)
    test(`${path.basename(file)}, deck: no error, and no request leaves the file`, async () => {
      const page = await open('?view=deck', {}, file);
      await assertQuiet(page, 'deck');
      await finish(page);
    });

  for (const file of pages) {
    const title = path.basename(file);

    test(`${title}: ids are unique, and what is linked is there`, async () => {
      const page = await open('', { javaScriptEnabled: false }, file);
      const ids = await page.$$eval('[id]', all => all.map(e => e.id));
      const hrefs = await page.$$eval('a[href]', all => all.map(a => a.getAttribute('href')));
      assert.deepEqual(ids.filter((id, i) => ids.indexOf(id) !== i), []);
      assert.deepEqual([...new Set(hrefs)].filter(href => !leadsSomewhere(href, file, ids)), []);
      const listings = await page.$$eval('.listing', all => all.length);
      assert.equal(hrefs.some(href => href.startsWith('code/')), listings > 0);
      assert.equal(hrefs.some(href => href.startsWith('chapters/')), bookPages.includes(file));
      await finish(page);
    });
  }

  /* A link inside the page, to another one, or to a line of a file or chapter. */
  function leadsSomewhere(href, from, ids) {
    const [name, id] = decodeURIComponent(href).replace(/\?[^#]*/, '').split('#');
    if (/^[a-z]+:/.test(href))
      return /^https:/.test(href);
    if (!name)
      return !id || ids.includes(id);
    const file = path.join(path.dirname(from), name);
    return fs.existsSync(file) && (!id || idsIn(file).has(id));
  }

  /* Thousands of links lead to some hundred files: each is read once. */
  const idsRead = new Map();
  function idsIn(file) {
    if (!idsRead.has(file))
      idsRead.set(file, new Set([...fs.readFileSync(file, 'utf8').matchAll(/\sid="([^"]*)"/g)].map(match => match[1])));
    return idsRead.get(file);
  }

  test('pages of code/ and of chapters lead back to where they came from', async () => {
    const files = ['code', 'chapters'].flatMap(name => fs.readdirSync(path.join(folder, name), { recursive: true })
      .map(file => path.join(folder, name, file)).filter(file => file.endsWith('.html')));
    assert.ok(files.length > 0);
    for (const file of files) {
      const html = fs.readFileSync(file, 'utf8');
      const hrefs = [...html.matchAll(/href="([^"]*)"/g)].map(match => match[1]);
      assert.deepEqual([...new Set(hrefs)].filter(href => !leadsSomewhere(href, file, [])), [], file);
    }
  });

  test('a link to another page keeps the view, and M keeps the page', { skip: pages.length < 2 && 'one page only' }, async () => {
    const page = await openDeck('?view=deck#outline');
    const link = page.locator('#outline a:not([href^="#"])').first();
    const id = (await link.getAttribute('href')).split('#')[1];
    const there = await link.evaluate(a => a.href.split(/[?#]/)[0]);
    await link.click();
    await page.waitForURL(url => url.href.startsWith(there + '?') && url.searchParams.get('view') === 'deck');
    await page.waitForFunction(() => document.querySelector('.ready'));
    assert.equal(await current(page), id);
    const url = page.url().split(/[?#]/)[0];
    await page.keyboard.press('m');
    await page.waitForURL(/view=book/);
    assert.equal(page.url().split(/[?#]/)[0], url);
    await page.click('.home a');
    await page.waitForURL(url => url.href.startsWith(urlOf(bookPath) + '?view=book'));
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
    while ('#' + await current(page) === target)   /* its steps come first */
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
    await browsers.painted(there);
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
    for (const file of deckPages) {
      const page = await openDeck('?view=deck', {}, file);
      const link = page.locator('section.slide:not(.book) .out a[href*="#chunk-"]').first();
      if (await link.count() > 0) {
        const id = (await link.getAttribute('href')).split('#')[1];
        await link.evaluate(a => setTimeout(() => a.click()));
        await page.waitForURL(/view=book/);
        assert.equal(await page.evaluate(() => location.hash), '#' + id);
        assert.ok(await page.locator(`[id="${decodeURIComponent(id)}"]`).isVisible());
      }
      await finish(page);
    }
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

  test('deck: outcomes are shown one at a time, and E shows the next', async () => {
    const page = await openDeck('?view=deck');
    const id = await page.$$eval('section.slide:not(.book):has(.outcomes details + details)', all => all[0].id);
    const shown = () => page.$$eval(`#${id} details`, all => all.map(one => one.checkVisibility() && one.open));
    await page.goto(`${urlOf(pagePath)}?view=deck#${id}`);
    await page.waitForFunction(id => window.Reveal?.isReady() && Reveal.getCurrentSlide().id === id, id);
    const first = await shown();
    assert.deepEqual(first, first.map((_, at) => at === 0));
    await page.keyboard.press('e');
    assert.deepEqual(await shown(), first.map((_, at) => at === 1));
    for (let more = 2; more <= first.length; more++)
      await page.keyboard.press('e');
    assert.deepEqual(await shown(), first);
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
    const words = await page.$eval(`[id="${id}"] aside.notes`, notes => notes.textContent);
    await window.waitForFunction(text => document.querySelector('.said').textContent === text, words);
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
    const [now, next] = await browsers.framesOf(window);
    await now.waitForFunction(where => Reveal.getCurrentSlide().id === where, id);
    await page.keyboard.press('Space');
    const ahead = await page.evaluate(() => { Reveal.next(); return Reveal.getCurrentSlide().id; });
    await page.evaluate(() => Reveal.prev());
    await next.waitForFunction(where => Reveal.getCurrentSlide().id === where, ahead);
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
    await page.evaluate(() => new Promise(known => addEventListener('message', event => event.data?.heddle === 'hello' && known())));
    await window.keyboard.press('ArrowLeft');
    await page.waitForFunction(id => Reveal.getCurrentSlide().id === id, start);
    await finish(page);
  });

  /* It would set all styles of a slide, or of the page, anew, whatever changes in it. */
  test('deck: once it is ready, no rule asks where the target is, nor what is in the page', async () => {
    const page = await openDeck('?view=deck');
    const rules = await page.evaluate(() => [...document.querySelectorAll('style')].flatMap(style => [
      ...style.textContent.match(/:has\([^)]*:target/g) ?? [], ...style.textContent.match(/(html|body|\.as-deck):has\([^)]*\)/g) ?? []]));
    assert.deepEqual(rules, []);
    assert.ok(await page.evaluate(() => document.styleSheets.length) > 0);
    await finish(page);
  });

  test('deck: in the overview the way home is out of sight, and then it is back', async () => {
    const page = await openDeck('?view=deck', {}, deckPages.find(file => file !== pagePath) ?? pagePath);
    if (await page.locator('.home').count() > 0)
      for (const isThere of [true, false, true]) {
        await page.waitForFunction(wanted => document.querySelector('.home').checkVisibility() === wanted && Reveal.isOverview() !== wanted, isThere);
        await page.keyboard.press('o');
      }
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

  /* What stands out of its slide, or is cut in it; what is on paper alone looks after itself (play.test.mjs). */
  const findCut = page => page.evaluate(() => {
    const bad = [];
    for (const slide of document.querySelectorAll('section.slide:not(.ends-sheet)')) {
      const sheet = slide.getBoundingClientRect();
      if (sheet.height > 1000.5)
        bad.push(`#${slide.id} is ${Math.round(sheet.height)} high`);
      for (const part of slide.querySelectorAll(':not(figcaption *)')) {
        const box = part.getBoundingClientRect();   /* a caption ends in an ellipsis */
        if (part.checkVisibility() && box.width > 0 && (box.right > sheet.right + 0.5 || box.bottom > sheet.bottom + 0.5)) {
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

  for (const file of deckPages) {
    const title = path.basename(file);

    test(`${title}, sheets`, async t => {
      const page = await open('?view=sheets', {}, file);
      await t.test('no error, and no request leaves the file', () => assertQuiet(page, 'sheets'));
      await t.test('every slide and every listing fits its 1500 x 1000', async () => {
        assert.deepEqual(await findCut(page), []);
        const small = await page.$$eval('section.slide:not(.ends-sheet) .scroll code', all => all.filter(code => code.offsetWidth > 0)
          .map(code => parseFloat(getComputedStyle(code).fontSize)).filter(size => size < 18));
        assert.deepEqual(small, []);
      });
      await t.test('axe finds nothing', async () => assert.deepEqual(await axe(page), []));
      await finish(page);
    });

    test(`${title}, sheets: on paper`, async t => {
      const page = await open('?view=sheets', {}, file);
      const slides = await page.$$eval('section.slide', all => all.filter(s => s.offsetHeight > 0).length);
      const later = await page.locator('.ends-sheet').count();
      await t.test('the PDF has one page a slide', async () =>
        assert.equal(pagesOf(await page.pdf({ preferCSSPageSize: true, printBackground: true })), slides));
      await finish(page);
      /* By a browser of its own, where something comes later than the page. */
      if (later > 0 || file === pagePath)
        await t.test('what is printed without a hand has each of them, too', async t => {
          const apart = fs.mkdtempSync(path.join(os.tmpdir(), 'heddle-pdf-'));
          t.after(() => fs.rmSync(apart, { recursive: true }));
          fs.cpSync(file, path.join(apart, 'index.html'));
          if (fs.existsSync(path.join(folder, 'play')))
            fs.symlinkSync(path.join(folder, 'play'), path.join(apart, 'play'));
          await promisify(execFile)(path.join(browsers.top, 'chapters/deck/pdf.sh'), file === pagePath ? [apart] : [apart, 'deck']);
          assert.equal(fs.existsSync(path.join(apart, 'book.pdf')), file === pagePath);
          assert.equal(pagesOf(fs.readFileSync(path.join(apart, 'deck.pdf'))), slides);
        });
    });

    test(`${title}, deck: no listing of a slide has to be scrolled`, async () => {
      const page = await openDeck('?view=deck', { reducedMotion: 'reduce' }, file);
      const cut = await page.evaluate(() => {
        const cut = [];
        for (const slide of document.querySelectorAll('section.slide:not(.book)')) {
          const { h, v } = Reveal.getIndices(slide);
          Reveal.slide(h, v);   /* whatever the deck does with a slide that comes, it has done behind this */
          if (Reveal.getCurrentSlide() !== slide)
            cut.push(`${slide.id} did not come`);
          cut.push(...[...slide.querySelectorAll('.scroll'), slide].filter(box => box.offsetWidth > 0)
            .filter(box => box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1).map(() => slide.id));
        }
        return cut;
      });
      assert.deepEqual(cut, []);
      await finish(page);
    });
  }

  test('printed from a menu, the deck is sheets, and then it is what it was', async () => {
    const page = await openDeck('?view=deck&theme=dark');
    const id = await page.$eval('section.slide:not(.book):has(.fragment, .step, [data-steps])', slide => slide.id);
    await page.evaluate(where => { location.hash = where; }, id);
    await page.waitForFunction(where => Reveal.getCurrentSlide().id === where, id);
    await page.keyboard.press('Space');
    const look = () => page.evaluate(() => [document.documentElement.className, document.documentElement.dataset.theme, Reveal.getCurrentSlide().id,
      Reveal.getIndices().f, [...document.querySelectorAll('#deck, .slides, .slides section')].map(one => `${one.className} ${one.style.cssText} ${one.hidden}`)]);
    const before = await look();
    const slides = await page.$$eval('section.slide:not(.book)', all => all.length);
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    assert.equal(pagesOf(pdf), slides);
    assert.deepEqual([...new Set(pdf.toString('latin1').match(/\/MediaBox \[[^\]]*\]/g))].filter(box => !/ 1125(\.\d+)? 750\]/.test(box)), []);
    assert.deepEqual(await look(), before);
    await finish(page);
  });

  test('Ctrl-P on a slide prints the sheets when all are there, and comes back', async () => {
    const page = await openDeck('?view=deck', {});
    await page.addInitScript(() => {
      window.print = () => {
        sessionStorage.printed = [...document.querySelectorAll('section.slide')].filter(one => one.checkVisibility()).length;
        dispatchEvent(new Event('afterprint'));
      };
    });
    await page.keyboard.press('Control+p');
    await page.waitForFunction(() => sessionStorage.printed && /as-deck/.test(document.documentElement.className));
    const sheets = await open('?view=sheets');
    assert.equal(Number(await page.evaluate(() => sessionStorage.printed)), await sheets.$$eval('section.slide', all => all.filter(one => one.checkVisibility()).length));
    await Promise.all([page, sheets].map(finish));
  });

  /* A4 less its margins, as theme.css has them. */
  for (const file of bookPages)
    test(`${path.basename(file)}, book: nothing is wider than paper`, async () => {
      const page = await open('?view=book', { viewport: { width: Math.floor(178 / 25.4 * 96), height: 1000 } }, file);
      await page.emulateMedia({ media: 'print' });
      const wide = await page.$$eval('main *', all => all.filter(e => e.offsetWidth > 0)
        .filter(e => e.getBoundingClientRect().right > innerWidth + 0.5 || e.matches('.scroll') && e.scrollWidth > e.clientWidth + 1)
        .map(e => `${e.localName}.${e.className} in ${e.closest('[id]').id}`));
      assert.deepEqual(wide, []);
      await finish(page);
    });

  test('book: everything is there without JavaScript', async () => {
    const page = await open('?view=book', { javaScriptEnabled: false });
    await assertVisible(page, 'section.slide:not(.deck-only) > :is(h1, h2)');
    await assertVisible(page, '.listing:not(div.slide .listing)'); /* what a slide alone shows is no part of the book */
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

  for (const file of bookPages)
    for (const size of [phone, { width: phone.height, height: phone.width }])
      test(`${path.basename(file)}: a phone of ${size.width} x ${size.height} gets the book, and it fits`, async () => {
        const page = await open('', { viewport: size, isMobile: true, hasTouch: true, deviceScaleFactor: 2 }, file);
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
    await finish(page);
  });

  test('search: what only the book has is found from the deck', async () => {
    const file = deckPages.find(file => /<div class="book">/.test(fs.readFileSync(file, 'utf8')));
    if (file) {
      const page = await openDeck('?view=deck', {}, file);
      const [slide, words] = await page.$eval('.book > p', p => [p.closest('section').id, p.textContent.slice(0, 40)]);
      await searchFor(page, words);
      await page.keyboard.press('Enter');
      await page.waitForURL(/view=book/);
      await page.waitForFunction(id => location.hash === '#' + id && !location.search.includes('find'), slide);
      await finish(page);
    }
    if (isSplit) {
      const page = await openDeck('?view=deck');
      await searchFor(page, '#include');
      await page.click('.beyond a');
      await page.waitForURL(url => url.href.startsWith(urlOf(bookPath)));
      await page.waitForSelector('.hits a');
      await finish(page);
    }
  });

  for (const file of bookPages)
    test(`${path.basename(file)}, book`, async t => {
      const page = await open('?view=book', {}, file);
      await t.test('no error, and no request leaves the file', () => assertQuiet(page, 'book'));
      await t.test('axe finds nothing', async () => assert.deepEqual(await axe(page), []));
      await finish(page);
    });

  /* The colours are the same on every page. */
  for (const [name, file] of [['book', bookPath], ['sheets', pagePath]])
    test(`${path.basename(file)}, ${name}, dark: axe finds nothing`, async () => {
      const page = await open(`?view=${name}`, { colorScheme: 'dark' }, file);
      assert.deepEqual(await axe(page, 'dark'), []);
      await finish(page);
    });

  for (const colorScheme of ['light', 'dark']) {
    test(`deck, ${colorScheme}: axe finds nothing on slides, in the overview, in search and keys`, async () => {
      const page = await openDeck('?view=deck', { colorScheme, reducedMotion: 'reduce' });
      assert.deepEqual(await axe(page, colorScheme), []);
      const slides = ['.listing[data-steps]', '.beside', 'section.slide > ul', '#outline'];
      for (const selector of colorScheme === 'light' ? slides : slides.slice(0, 1))
        if (await page.locator(`section.slide:not(.book) ${selector}, ${selector}`).count() > 0) {
          const id = await page.$eval(selector, one => location.hash = one.closest('section').id);
          await page.waitForFunction(where => Reveal.getCurrentSlide().id === where, id);
          await page.evaluate(() => Reveal.nextFragment());
          assert.deepEqual(await axe(page, colorScheme), [], selector);
        }
      await page.keyboard.press('/');
      await page.keyboard.type('e');
      assert.deepEqual(await axe(page, colorScheme), [], 'search');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Shift+?');
      assert.deepEqual(await axe(page, colorScheme), [], 'keys');
      await page.keyboard.press('Escape');
      await page.keyboard.press('o');
      await page.waitForFunction(() => Reveal.isOverview());
      assert.deepEqual(await axe(page, colorScheme), [], 'overview');
      await finish(page);
    });

    test(`speaker, ${colorScheme}: axe finds nothing`, async () => {
      const page = await openDeck('?view=deck', { colorScheme });
      const window = await openSpeaker(page);
      assert.deepEqual(await axe(window, colorScheme), []);
      await finish(page);
    });
  }

  test('copy: each listing arrives byte for byte, gutter and all left behind', async () => {
    const page = await open('?view=book', { permissions: ['clipboard-read', 'clipboard-write'] });
    const copies = await page.evaluate(async () => {
      const copies = [];
      for (const listing of document.querySelectorAll('.listing')) {
        await navigator.clipboard.writeText('');
        listing.querySelector('.copy').click();
        while (!/^(Copied|Not)/.test(listing.querySelector('.copy').textContent))
          await new Promise(resolve => setTimeout(resolve));
        copies.push({
          copied: await navigator.clipboard.readText(),
          code: listing.querySelector('code').textContent.replace(/\n?$/, '\n'),
          href: listing.querySelector('figcaption a[href^="code/"]')?.getAttribute('href'),
          numbers: listing.querySelector('.numbers')?.textContent.split('\n').map(Number),
        });
      }
      return copies;
    });
    assert.ok(copies.length > 0);
    for (const copy of copies) {
      assert.equal(copy.copied, copy.code);
      compareWithCode(copy);
    }
    await finish(page);
  });

  /*
   * What was copied against the tangled file: the line that the gutter names
   * must hold the copied line, only deeper indented. Uses of chunks have no
   * line of their own; a chunk used twice counts from 1, not from its file's line.
   */
  function compareWithCode({ copied, href, numbers }) {
    const [file, line] = decodeURIComponent(href || '').split('#');
    if (!line || numbers.find(number => number > 0) !== Number(line.slice(1)))
      return;
    const source = codeLines(path.join(folder, file));
    copied.split('\n').slice(0, -1).forEach((line, i) => {
      if (!/^\s*\\?<<.*>>\s*$/.test(line))
        assert.equal(source[numbers[i] - 1].trimStart(), line.trimStart(), `${file}:${numbers[i]}`);
    });
  }

  function codeLines(file) {
    const entity = { amp: '&', lt: '<', gt: '>', quot: '"' };
    const html = fs.readFileSync(file, 'utf8');
    return [...html.matchAll(/^<p id="L\d+".*?<code>(.*?)<\/code>/gm)]
      .map(match => match[1].replace(/&(\w+);/g, (all, name) => entity[name]));
  }
});
