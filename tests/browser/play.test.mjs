/*
 * The player: every outcome of every program on the slides is reached by clicks
 * alone, by keys alone and with a clicker; what can be undone comes back; what
 * cannot be read is an error.
 *
 *   node tests/browser/play.test.mjs [PAGE]
 */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

const top = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const pagePath = path.resolve(process.env.DECK_PAGE || process.argv[2] || path.join(top, 'build/slides/index.html'));
const require = createRequire(path.join(top, 'build/npm/package.json'));

describe('the player', () => {
  let browser, page, slides;
  const trouble = [];

  before(async () => {
    const { chromium } = require('playwright-core');
    const args = process.getuid() === 0 ? ['--no-sandbox'] : [];
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args });
    page = await browser.newPage({ viewport: { width: 1500, height: 1000 } });
    page.on('pageerror', error => trouble.push(error.message));
    page.on('console', message => message.type() === 'error' && trouble.push(message.text()));
    await page.goto(pathToFileURL(pagePath).href);
    await page.waitForSelector('.can-play', { state: 'attached' });
    slides = await page.evaluate(() => [...document.querySelectorAll('section.slide')]
      .filter(slide => slide.querySelector('.outcomes .play')).map(slide => slide.id));
  });
  after(() => browser?.close());

  /* The player of a slide: opened by its button, when the deck has come there. */
  async function openPlayer(id) {
    await page.evaluate(slide => { location.hash = slide; }, id);
    await page.waitForFunction(slide => Reveal.getCurrentSlide().id === slide &&
      Reveal.getCurrentSlide().querySelector('.play-stop'), id);
    await page.evaluate(async slide => {
      const figure = document.getElementById(slide).querySelector('.outcomes:has(.play)');
      globalThis.player = await heddle.play.playerOf(figure);
      globalThis.figure = figure;
      figure.querySelector('.play').click();
    }, id);
    await page.waitForFunction(() => figure.classList.contains('playing') && Reveal.getCurrentSlide().contains(figure));
  }

  test('there are slides to play with', () => assert.ok(slides.length >= 8, `${slides}`));

  test('clicks alone reach every outcome, and undo comes back to what was there', async () => {
    for (const id of slides) {
      await openPlayer(id);
      const wrong = await page.evaluate(() => {
        const { graph } = player, wrong = [];
        for (let outcome = 0; outcome < graph.outcomes.length; outcome++) {
          const button = text => [...figure.querySelectorAll('.play-tools button')].find(one => one.textContent === text);
          button('Start again').click();
          for (const number of graph.wayTo(0, outcome)) {
            if (graph.states.length > 500 && outcome > 0) {   /* its steps are many, and all alike */
              figure.querySelectorAll('.play-choose button')[number].click();
              continue;
            }
            const seen = () => [...figure.querySelectorAll('.play-code, .play-state, .play-choose, .play-out, .play-map')]
              .map(part => part.innerHTML).join();
            const was = seen();
            figure.querySelectorAll('.play-choose button')[number].click();
            const is = seen();
            button('Undo').click();
            if (seen() !== was)
              wrong.push(`undo of ${graph.program}`);
            figure.querySelectorAll('.play-choose button')[number].click();
            if (seen() !== is)
              wrong.push(`again in ${graph.program}`);
          }
          if (player.run.end !== outcome)
            wrong.push(`${graph.program}: ${outcome}`);
          if (!figure.querySelector('.play-say').textContent.includes(`Outcome ${player.label(outcome)}`))
            wrong.push(`${graph.program}: not said: ${outcome}`);
          if (figure.querySelector('.play-choose button'))
            wrong.push(`${graph.program}: goes on after its end`);
        }
        return wrong;
      });
      assert.deepEqual(wrong, [], id);
    }
  });

  test('keys alone reach both ends of the deadlock', async () => {
    await openPlayer('deadlock-outcomes');
    await page.evaluate(() => figure.querySelector('.play-choose button').focus());
    for (const key of ['1', '1', '2', '2', '3', '3'])
      await page.keyboard.press(key);
    assert.match(await page.evaluate(() => figure.querySelector('.play-say').textContent), /no return|deadlock/);
    assert.equal(await page.evaluate(() => player.graph.outcomes[player.run.end].end), 'deadlock');
    for (let i = 0; i < 3; i++)
      await page.keyboard.press('Backspace');
    assert.equal(await page.evaluate(() => player.run.taken.length), 3);
  });

  test('a clicker reaches every outcome of each slide, and goes on', async () => {
    await page.evaluate(() => Reveal.slide(0));   /* who comes from behind finds all steps taken */
    for (const id of ['two-outcomes', 'deadlock-outcomes', 'one-slot-orders']) {
      await page.evaluate(slide => { location.hash = slide; }, id);
      await page.waitForFunction(slide => Reveal.getCurrentSlide().id === slide && Reveal.getCurrentSlide().querySelector('.play-stop'), id);
      await page.evaluate(async () => {
        globalThis.figure = Reveal.getCurrentSlide().querySelector('.outcomes');
        globalThis.player = await heddle.play.playerOf(figure);
        globalThis.ends = new Set();
      });
      for (let i = 0; i < 60 && await page.evaluate(() => Reveal.availableFragments().next); i++) {
        await page.keyboard.press('PageDown');
        await page.waitForTimeout(30);
        await page.evaluate(() => ends.add(player.run.end));
      }
      const [ends, all] = await page.evaluate(() => [[...ends].filter(end => end >= 0).length, player.graph.outcomes.length]);
      assert.equal(ends, all, id);
      await page.keyboard.press('PageDown');
      await page.waitForFunction(slide => Reveal.getCurrentSlide().id !== slide, id);
    }
  });

  test('no rule of WCAG A or AA is broken, and nothing is set too small', async () => {
    for (const scheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme: scheme });
      await openPlayer('deadlock-outcomes');
      await page.addScriptTag({ path: require.resolve('axe-core/axe.min.js') });
      const broken = await page.evaluate(async () =>
        (await axe.run(figure, { preload: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'] })).violations.map(v => `${v.id}: ${v.nodes[0].html.slice(0, 100)}`));
      assert.deepEqual(broken, [], scheme);
      const small = await page.evaluate(() => [...figure.querySelectorAll('.player *')]
        .filter(element => element.localName !== 'i' && [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
        .filter(element => element.checkVisibility() && !element.closest('svg') && parseFloat(getComputedStyle(element).fontSize) < 18)
        .map(element => element.outerHTML.slice(0, 80)));
      assert.deepEqual(small, [], scheme);
    }
  });

  test('nothing went wrong on the way', () => assert.deepEqual(trouble, []));
});
