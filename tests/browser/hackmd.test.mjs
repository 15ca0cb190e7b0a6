/*
 * A talk in HackMD's notation, woven as it is and shown in a browser.
 * HEDDLE names the binary (build/bin/heddle).
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { launch, require, settle, top } from './browser.mjs';

const heddle = path.resolve(process.env.HEDDLE || path.join(top, 'build/bin/heddle'));

const lines = (count, text) => Array.from({ length: count }, (_, i) => `${text}${i}`).join('\n');

const talk = `---
title: "A talk"
tags: c, threads
slideOptions:
  width: 1500
  height: 1000
---

# Threads by hand

Somebody, somewhere

<aside class="notes">
說明第一段 <br />
第二段
</aside>

---

## Outline

- [First things](#/2)
- [A deeper slide](#/2/1)
- [The end](#/4)

Note: say *this*

---

## First things

- one <!-- .element: class="fragment" -->
- two ==marked== <!-- .element: class="fragment" -->

:::warning
Take care.
:::

----

### A deeper slide

\`\`\`c=41 {.no-tangle}
int a;
int b;
\`\`\`

\`\`\`c=+ {.no-tangle}
int c;
\`\`\`

---

<!-- .slide: data-background="#1A237E" -->

### On a dark ground

> Quoted
> [name=Ann]

---

\`\`\`python=
${lines(20, 'line_')}
\`\`\`

\`\`\`
${lines(14, 'printed ')}
\`\`\`

- [back](#/1)

---

<!-- .slide: class="wide" -->

## Side by side

<style>
.reveal .slides .split { display: flex; }
.reveal section.wide p { color: rgb(1, 2, 3); }
.wide b { color: rgb(4, 5, 6); }
</style>

<div class="split">
<div>left</div>
<div>right</div>
</div>

A <b>bold</b> word
`;

describe('a talk from HackMD', () => {
  let work, url, browser, page;
  const trouble = [];

  before(async () => {
    work = fs.mkdtempSync(path.join(os.tmpdir(), 'heddle-talk-'));
    fs.mkdirSync(path.join(work, 'chapters'));
    fs.writeFileSync(path.join(work, 'chapters/talk.md'), talk);
    execFileSync(heddle, ['weave', '-q', '--deck', path.join(top, 'chapters/deck'),
      '--modules', path.join(top, 'build/npm/node_modules')], { cwd: work, stdio: ['ignore', 'ignore', 'inherit'] });
    url = pathToFileURL(path.join(work, 'build/slides/index.html')).href;
    browser = await launch();
  });

  after(async () => {
    await browser?.close();
    fs.rmSync(work, { recursive: true });
  });

  async function open(suffix) {
    const context = await browser.newContext({ viewport: { width: 1500, height: 1000 }, reducedMotion: 'reduce' });
    page = await context.newPage();
    page.on('pageerror', error => trouble.push(error.message));
    page.on('console', message => message.type() === 'error' && trouble.push(message.text()));
    page.on('request', request => request.url().split(/[?#]/)[0] !== url && !/^(data|about):/.test(request.url()) &&
      trouble.push(request.url()));
    await page.goto(url + suffix);
    await settle(page);
  }

  async function finish() {
    assert.deepEqual(trouble, []);
    await page.context().close();
  }

  const current = () => page.evaluate(() => Reveal.getCurrentSlide().id);
  const goTo = async id => {
    await page.evaluate(where => { location.hash = where; }, id);
    await page.waitForFunction(where => Reveal.getCurrentSlide().id === where, id);
  };

  test('a style that begins above the slide holds on it', async () => {
    await open('?view=deck#side-by-side');
    const [left, right, text, bold] = await page.evaluate(() => {
      const slide = Reveal.getCurrentSlide(), [a, b] = slide.querySelector('.split').children;
      const colour = name => getComputedStyle(slide.querySelector(name)).color;
      return [a.getBoundingClientRect(), b.getBoundingClientRect(), colour('p'), colour('b')];
    });
    assert.equal(left.top, right.top);
    assert.ok(left.right <= right.left);
    assert.deepEqual([text, bold], ['rgb(1, 2, 3)', 'rgb(4, 5, 6)']);
    await finish();
  });

  test('has the columns and slides that its rules make', async () => {
    await open('?view=deck');
    assert.deepEqual(await page.$$eval('section.topic', all => all.map(column =>
      [...column.querySelectorAll('section.slide')].map(slide => slide.id))),
    [['threads-by-hand'], ['outline'], ['first-things', 'a-deeper-slide'], ['on-a-dark-ground'], ['talk'], ['side-by-side']]);
    assert.equal(await current(), 'threads-by-hand');
    await finish();
  });

  test('its links by number lead where HackMD leads', async () => {
    await open('?view=deck#outline');
    const places = { 'First things': 'first-things', 'A deeper slide': 'a-deeper-slide', 'The end': 'talk' };
    for (const [text, id] of Object.entries(places)) {
      await goTo('outline');
      await page.click(`section.present a:has-text("${text}")`);
      await page.waitForFunction(where => Reveal.getCurrentSlide().id === where, id);
    }
    await page.click('section.present a:has-text("back")');
    await page.waitForFunction(() => Reveal.getCurrentSlide().id === 'outline');
    await finish();
  });

  test('its fragments come one by one', async () => {
    await open('?view=deck#first-things');
    const shown = () => page.$$eval('section.present .fragment.visible', all => all.length);
    assert.equal(await shown(), 0);
    await page.keyboard.press('Space');
    await page.keyboard.press('Space');
    assert.equal(await shown(), 2);
    assert.equal(await current(), 'first-things');
    await finish();
  });

  test('its listings count as it says', async () => {
    await open('?view=deck#a-deeper-slide');
    assert.deepEqual(await page.$$eval('#a-deeper-slide .numbers', all => all.map(e => e.textContent)), ['41\n42', '43']);
    assert.deepEqual(await page.$$eval('#talk .listing', all => all.map(e => e.querySelectorAll('.numbers').length)), [1, 0]);
    await finish();
  });

  test('its notes are in the speaker window', async () => {
    await open('?view=deck');
    const [popup] = await Promise.all([page.waitForEvent('popup'), page.keyboard.press('s')]);
    await popup.waitForSelector('.said >> text=第二段');
    assert.doesNotMatch(await popup.textContent('.said'), /<br|aside/);
    await goTo('outline');
    await popup.waitForSelector('.said em:text("this")');
    await finish();
  });

  test('what stands on a dark ground can be read', async () => {
    await open('?view=deck#on-a-dark-ground');
    await page.waitForFunction(() => document.querySelector('#on-a-dark-ground.has-dark-background'));
    const colour = await page.$eval('#on-a-dark-ground h3', e => getComputedStyle(e).color.match(/\d+/g).map(Number));
    assert.ok(Math.min(...colour) > 200, `${colour}`);
    await finish();
  });

  test('every slide and listing fits, the full one in columns', async () => {
    await open('?view=deck');
    const bad = [];
    for (const id of await page.$$eval('section.slide', all => all.map(slide => slide.id))) {
      await goTo(id);
      bad.push(...await page.evaluate(() => {
        const slide = Reveal.getCurrentSlide();
        return [slide, ...slide.querySelectorAll('.scroll')]
          .filter(box => box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1)
          .map(box => `#${slide.id}: ${box.className} is cut`);
      }));
    }
    assert.deepEqual(bad, []);
    const [code, output] = await page.$$eval('#talk .listing', all => all.map(e => e.getBoundingClientRect().left));
    assert.ok(output > code + 300);
    await finish();
  });

  /* The text of one, the code below text of another, words on a picture. */
  const full = `---
type: slide
---

# Too full

${Array.from({ length: 18 }, (_, i) => `- item ${i}`).join('\n')}

---

## Room to grow

<div>
${`<i title="${'x'.repeat(80)}"></i>\n`.repeat(9)}</div>

\`\`\`c
${lines(10, 'int v')}
\`\`\`

---

## Beside a high picture

\`\`\`c
${lines(8, 'int v')}
\`\`\`

![](high.svg)

---

# Far too full

${Array.from({ length: 80 }, (_, i) => `- item ${i}`).join('\n')}
`;

  test('what overfills a slide is set smaller, and code takes what is left', async () => {
    const folder = path.join(work, 'full');

    fs.mkdirSync(path.join(folder, 'chapters'), { recursive: true });
    fs.writeFileSync(path.join(folder, 'chapters/full.md'), full);
    fs.writeFileSync(path.join(folder, 'chapters/high.svg'), '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"/>');
    execFileSync(heddle, ['weave', '-q', '--deck', path.join(top, 'chapters/deck'),
      '--modules', path.join(top, 'build/npm/node_modules')], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
    const context = await browser.newContext({ viewport: { width: 1500, height: 1000 }, reducedMotion: 'reduce' });
    page = await context.newPage();
    await page.goto(pathToFileURL(path.join(folder, 'build/slides/index.html')).href + '?view=deck');
    await settle(page);
    const state = () => page.evaluate(() => {
      const slide = Reveal.getCurrentSlide();
      return [slide.scrollHeight > slide.clientHeight + 4, +slide.style.getPropertyValue('--fit') || 1,
        parseFloat(slide.style.getPropertyValue('--code')) || 0, +slide.dataset.code || 0];
    });
    const [scrolls, fit] = await state();
    assert.equal(scrolls, false);
    assert.ok(fit < 1 && fit >= 0.6, `fit ${fit}`);
    await goTo('room-to-grow');
    const [, , code, given] = await state();
    assert.ok(given > 0 && given < 26 && code > given && code <= 26.9, `${given} px of code became ${code}`);
    await goTo('beside-a-high-picture');
    const [smaller, whole] = await page.$eval('.present .scroll', box => [
      parseFloat(box.closest('.slide').style.getPropertyValue('--code')), box.scrollHeight <= box.clientHeight + 4]);
    assert.ok(whole && smaller >= 18, `${smaller} px of code, ${whole ? 'whole' : 'cut'}`);
    await goTo('far-too-full');
    assert.deepEqual((await state()).slice(0, 2), [true, 0.6]);
    await context.close();
  });

  for (const name of ['book', 'deck'])
    test(`${name}: no notation is left over, and axe finds nothing`, async () => {
      await open(`?view=${name}`);
      const text = await page.evaluate(() => document.querySelector('main').textContent);
      assert.doesNotMatch(text, /==|:::|\[name|<!--|Note:|<aside|#\//);
      await page.addScriptTag({ path: require.resolve('axe-core/axe.min.js') });
      const { violations } = await page.evaluate(() => axe.run());
      assert.deepEqual(violations.map(v => `${v.id}: ${v.nodes[0].html.slice(0, 120)}`), []);
      await finish();
    });
});
