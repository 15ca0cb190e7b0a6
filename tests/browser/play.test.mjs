/*
 * The player: every outcome of every program is reached by clicks alone, by keys
 * alone and by a clicker's two keys; what it shows at each step is what the
 * explorer says of the same run; what is undone comes back; the question comes
 * before the answer; what cannot be read is an error.
 *
 *   node tests/browser/play.test.mjs [PAGE]
 */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { bufferedWay, endOf, explore, folder, leftOnWay, outcomesLeft, readTrace, waysOf } from '../explore/trace.mjs';
import * as browsers from './browser.mjs';

const { pagePath, require, urlOf } = browsers;
const pages = fs.readdirSync(browsers.folder).filter(name => name.endsWith('.html') && name !== 'index.html' &&
  fs.readFileSync(path.join(browsers.folder, name), 'utf8').includes('class="listing out outcomes"'));

describe('the player', () => {
  let browser, page, slides;
  const trouble = [];

  const open = (name, options, view = /^index/.test(name) ? 'deck' : 'book') => browsers.open(browser, `${urlOf(name)}?view=${view}`, options, one => {
    one.on('pageerror', error => trouble.push(error.message));
    one.on('console', message => message.type() === 'error' && trouble.push(message.text()));
  });

  before(async () => {
    browser = await browsers.launch();
    page = await open(path.basename(pagePath));
    page.setDefaultTimeout(120000);
    await page.waitForSelector('.can-play', { state: 'attached' });
    slides = await page.evaluate(() => [...document.querySelectorAll('section.slide')]
      .filter(slide => slide.querySelector('.outcomes > .play')).map(slide => slide.id));
  });
  after(() => browser?.close());

  async function goTo(id) {
    await page.evaluate(slide => { location.hash = slide; }, id);
    await page.waitForFunction(slide => Reveal.getCurrentSlide().id === slide &&
      Reveal.getCurrentSlide().querySelector('.play-stop'), id);
  }

  /* The player of a slide: opened by its button, when the deck has come there. */
  async function openPlayer(id) {
    await goTo(id);
    await page.evaluate(async slide => {
      const figure = document.getElementById(slide).querySelector('.outcomes:has(> .play)');
      globalThis.player = await heddle.play.playerOf(figure);
      globalThis.figure = figure;
      player.setPlace({ open: false, phase: 'ask', taken: [] });
      figure.querySelector('.play').click();
    }, id);
    await page.waitForFunction(() => figure.classList.contains('playing') && Reveal.getCurrentSlide().contains(figure));
  }
  /* Words of a timeline that are wider than their room, be it by a part of a px, which scrollWidth
   * does not tell. It runs in the page. */
  const cutIn = figure => [...figure.querySelectorAll('.play-lanes .did')].filter(one => {
    const style = getComputedStyle(one), text = document.createRange(), px = name => parseFloat(style[name]);
    text.selectNodeContents(one);
    const scale = one.getBoundingClientRect().width / (px('width') + 2 * px('paddingLeft') + 2 * px('borderLeftWidth'));
    return text.getBoundingClientRect().width / scale > px('width') + 0.01;
  }).map(one => one.textContent);
  /* From the first step of all. */
  async function justPlay() {
    await page.click('.slide.present .playing .play-ask button:last-child');
    await page.evaluate(() => player.restart());
  }

  test('there are slides to play with', () => assert.ok(slides.length >= 8, `${slides}`));

  /* By clicks alone, in every program of every page: a run that the explorer has
   * recorded is played, and each step said, lit, printed and drawn as it says. */
  for (const name of pages)
    test(`what ${name} shows at each step is what the explorer says`, async () => {
      const book = await open(name);
      await book.waitForSelector('.can-play', { state: 'attached' });
      const programs = await book.evaluate(async () => {
        globalThis.all = {};
        for (const one of document.querySelectorAll('.outcomes:has(> .play)'))
          all[heddle.play.named(one)] ??= await heddle.play.playerOf(one) && one;
        return Object.keys(all).filter(program => all[program]);
      });
      for (const program of programs) {
        if (program.includes('.args'))   /* how it was called, its name does not tell */
          continue;
        const graph = JSON.parse(fs.readFileSync(path.join(folder, program + '.graph'), 'utf8'));
        const found = JSON.parse(explore(program, 'json')), { outcomes } = found, left = outcomesLeft(graph);
        const runs = outcomes.flatMap(({ schedule }, outcome) => {
          const trace = explore(program, 'trace=' + schedule);
          if (graph.spurious === 0 && / unlucky/.test(trace))   /* the graph has other ways there */
            return [];
          if (program.includes('.model-')) {   /* its runs may be told against time */
            const { numbers, steps } = bufferedWay(graph, trace, outcome);
            return [{ outcome, numbers, steps }];
          }
          const ways = waysOf(graph, trace, found), way = ways.find(one => endOf(graph, one.at) === outcome);
          if (!ways.length)   /* by a memory model, and against time */
            return [];
          return [{ outcome, numbers: way.numbers, steps: readTrace(trace) }];
        });
        runs.forEach(run => { run.left = leftOnWay(graph, left, run.numbers); });
        assert.deepEqual(await book.evaluate(replay, { program, runs, file: graph.files[0] }), [], program);
      }
      await book.context().close();
    });

  async function replay({ program, runs, file }) {
    const figure = all[program], player = await heddle.play.playerOf(figure), wrong = [];
    const find = what => figure.querySelector(what), text = what => find(what).textContent;
    const threads = player.graph.threads;
    document.body.replaceChildren(figure);   /* it is long, and would be set at each step */
    /* What is said of each kind of step; one that is not here is not said. */
    const verbs = { start: / starts\./, create: / starts /, join: / joins /, exit: / ends/, end: / ends the program/, finish: / begins to end/, crash: / crashes/,
      lock: / locks /, trylock: / locks | tries to lock /, timedlock: / locks | gives up on /, unlock: / unlocks /, wait: / waits? for /, resume: / is woken by | waited long/,
      signal: / signals /, broadcast: / wakes all /, read: / reads /, write: / writes /, update: / changes /, flush: / flushes: /, print: / prints /, yield: / lets others /,
      sleep: / sleeps/, destroy: / destroys /, arrive: / arrives at /, leave: / goes on/, 'sem-wait': / takes one from /, 'sem-post': / adds one to /, fence: / a fence/,
      once: / comes to /, 'once-done': / has done /, 'futex-wait': / sleep| asleep/, 'futex-resume': / is awake| slept long/, 'futex-wake': / wakes / };
    const said = (step, sentence) => verbs[step.kind]?.test(sentence) && [threads[step.thread], step.printed === undefined ? '' : JSON.stringify(step.printed.replace(/\n$/, '')),
      step.partner === null ? '' : threads[step.partner] ?? '',
      /^(read|write|update)$/.test(step.kind) && Math.abs(step.value) < 1e9 ? String(step.value) : '',
      /lock$/.test(step.kind) || /^(wait|signal|read|write)$/.test(step.kind) ? (step.object ?? '').replace(/^memory \d+$/, 'memory') : ''].every(one => sentence.includes(one));
    /* Of a thread: its colour, and the shape that repeats it. */
    const colour = thread => `t${thread % 4}`, shape = thread => ['●', '■', '▲', '◆'][thread % 4];
    const has = (one, thread) => one?.classList.contains(colour(thread)) ?? false;
    /* An outcome is called by what it prints, or by a letter: never by a number of its own. */
    const printed = outcome => heddle.outcomeWords(player.graph.outcomes[outcome]);
    const isWords = player.order.every(outcome => printed(outcome).endsWith(player.label(outcome)));
    if (!isWords && player.order.some((outcome, at) => player.label(outcome) !== String.fromCharCode(65 + at)))
      wrong.push(`${program}: names ${player.order.map(player.label)}`);
    const listed = (set, quote = '') => player.order.filter(outcome => set.includes(outcome)).map(outcome => quote && `“${player.label(outcome)}”` || player.label(outcome)).join(', ');
    const left = set => isWords ? (set.length === 1 ? `only ${listed(set, '“')} is left` : `${listed(set, '“')} are left`)
      : set.length === 1 ? `only outcome ${listed(set)} is left` : `outcomes ${listed(set)} are left`;
    /* What a write overwrites that its thread has not seen, by the steps alone: who wrote
     * there since the thread read it last. */
    const overwritten = done => {
      const { kind, thread, object } = done.at(-1), before = done.slice(0, -1);
      const last = before.findLastIndex(step => step.thread === thread && step.object === object && /^(read|write|update)$/.test(step.kind));
      return kind !== 'write' || before[last]?.kind !== 'read' ? []
        : before.slice(last).filter(step => step.object === object && step.thread !== thread && /^(write|update)$/.test(step.kind)).map(step => threads[step.thread]);
    };
    player.setPlace({ open: true, phase: 'play', taken: [] });
    for (const { outcome, numbers, steps, left: leftThere } of runs) {
      let output = '';
      const buffers = threads.map(() => []);
      player.restart();
      numbers.forEach((number, at) => {
        const { op } = player.run.steps[number], object = player.graph.objects[op.o]?.[1];
        const step = steps[at] ?? { thread: op.t, kind: 'flush', object, value: buffers[op.t][0]?.[1], partner: null }, [where, line] = (step.at ?? '').split(/:(?=\d+$)/);
        const tell = what => wrong.push(`${program}, step ${at + 1} of outcome ${outcome}: ${what}: ${JSON.stringify(step)}`);
        const buttons = [...find('.play-choose').querySelectorAll('button')];
        buttons.forEach((button, i) => {
          const { op: { t } } = player.run.steps[i], set = leftThere[at].behind[i];
          if (!button.getAttribute('aria-label').endsWith(`: then ${left(set)}`) ||
              [...button.querySelectorAll('.pill:not(.off)')].map(one => one.textContent).join(', ') !== listed(set))
            tell(`leaves by ${button.getAttribute('aria-label')}, not ${left(set)}`);
          if (!has(button, t) || button.querySelector('.shape').textContent !== shape(t) || +button.querySelector('kbd').textContent !== t + 1)
            tell(`has another thread's colour, shape or key on ${button.textContent}`);
        });
        const turned = leftThere[at].left.length > 1 && leftThere[at + 1].left.length === 1;
        buttons[number].click();
        if (text('.play-say').includes('The point of no return') !== turned || turned && !text('.play-say').includes(left(leftThere[at + 1].left)))
          tell(`says of no return: ${text('.play-say')}`);
        if (!has(find('.play-say b[class]'), op.t) || find('.play-say .shape').textContent !== shape(op.t) || find('.play-code .on') && !has(find('.play-code .on'), op.t))
          tell("has another thread's colour or shape");
        if (!said(step, text('.play-say')))
          tell(`says ${text('.play-say')}`);
        const why = /(\S+(?: \d)?) and (\S+(?: \d)?) have both read (\S+): whoever writes last overwrites the other/.exec(text('.play-say'));
        const both = why && [why[1], why[2]].map(name => steps.filter(one => threads[one.thread] === name && one.object === step.object));
        if (why && !both.every(all => {   /* in the explorer's own run the one has read it, and writes it next */
          const seen = all.filter(one => steps.indexOf(one) <= at), next = all[seen.length];
          return seen.at(-1)?.kind === 'read' && String(seen.at(-1).value) === why[3] && next?.kind === 'write';
        }))
          tell(`says ${why[0]}`);
        const gone = program.includes('.model-') ? null : overwritten(steps.slice(0, at + 1)), loss = find('.play-say .loss')?.textContent ?? '';
        if (gone && (loss !== '') !== gone.length > 0 || gone?.some(name => !loss.includes(name)))
          tell(`says of what ${gone} wrote: ${loss}`);
        const lit = find('.play-code .on .number')?.textContent ?? '';
        if (where === file && lit !== line && player.graph.source.some(([own, code]) => own === +line && !/^\s*$/.test(code)))
          tell(`lights line ${lit}`);
        output += step.printed ?? '';
        const shown = output === '' ? 'nothing is printed yet' : output;
        if (text('.play-out').replace(/[●■▲◆] /g, '').trim() !== shown.trim())
          tell(`shows ${text('.play-out')}`);
        const cell = [...figure.querySelectorAll('.play-state .cell')].map(one => one.textContent);
        const waits = op.b || buffers[op.t].some(([name]) => name === step.object);
        if (op.b)
          buffers[op.t].push([step.object, step.value]);
        if (step.kind === 'flush' && (buffers[op.t].shift()?.[0] !== object || !cell.includes(`${object} ${step.value}`)))
          tell(`has ${cell}`);
        if (player.graph.ops.some(one => one.b && one.t === op.t) &&
            !cell.some(one => one.slice(1) === ` buffer ${buffers[op.t].map(([name, value]) => `${name} ${value}`).join('') || 'is empty'}`))
          tell(`has ${cell}`);
        if (!waits && /^(read|write|update)$/.test(step.kind) && step.object && player.graph.vars.includes(step.object) && !cell.includes(`${step.object} ${step.value}`))
          tell(`has ${cell}`);
        if (step.kind === 'lock' && step.object && !cell.some(one => one.startsWith(`${step.object} held by`) && one.endsWith(threads[step.thread])))
          tell(`has ${cell}`);
        const lane = figure.querySelectorAll('.play-lanes .lane')[step.thread];
        if (!has(lane, step.thread) || !lane.querySelector('.name').textContent.startsWith(`${shape(step.thread)} ${threads[step.thread]}`))
          tell('is in a lane of another colour, shape or name');
        const last = [...lane.querySelectorAll('.did:not(.planned)')].at(-1);
        if (!last || [...lane.children].indexOf(last) !== figure.querySelectorAll('.play-lanes .axis span:not(.planned)').length - 1)
          tell('is not the last of its lane');
      });
      if (player.run.end !== outcome || !text('.play-say').includes(`The end: ${isWords ? `“${player.label(outcome)}”` : `outcome ${player.label(outcome)}`}`))
        wrong.push(`${program}: does not end with outcome ${outcome}`);
    }
    player.setPlace({ open: false, phase: 'ask', taken: [] });
    return wrong;
  }

  /* Each figure alone: a deck around it would be set again at each step. */
  test('undo comes back to what was there, at every step of every program', async () => {
    const book = await open(path.basename(pagePath), {}, 'book');
    await book.waitForSelector('.can-play', { state: 'attached' });
    await book.evaluate(ids => {
      globalThis.figures = ids.map(id => document.getElementById(id).querySelector('.outcomes:has(> .play)'));
    }, slides);
    for (const [at, id] of slides.entries()) {
      const wrong = await book.evaluate(async at => {
        const figure = figures[at], player = await heddle.play.playerOf(figure), { graph } = player, wrong = [];
        document.body.replaceChildren(figure);
        player.setPlace({ open: true, phase: 'play', taken: [] });
        for (let outcome = 0; outcome < Math.min(2, graph.outcomes.length); outcome++) {   /* all were reached by clicks above */
          const button = text => [...figure.querySelectorAll('.play-tools button')].find(one => one.textContent === text);
          button('Start again').click();
          for (const number of graph.wayTo(0, outcome)) {
            if (graph.states.length > 500 && outcome > 0) {   /* its steps are many, and all alike */
              figure.querySelectorAll('.play-choose button')[number].click();
              continue;
            }
            const seen = () => [...figure.querySelectorAll('.play-code, .play-state, .play-choose, .play-out, .play-lanes, .play-map')]
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
          if (!figure.querySelector('.play-say').textContent.includes(`${player.label(outcome)}`))
            wrong.push(`${graph.program}: not said: ${outcome}`);
          if (figure.querySelector('.play-choose button'))
            wrong.push(`${graph.program}: goes on after its end`);
        }
        return wrong;
      }, at);
      assert.deepEqual(wrong, [], id);
    }
    await book.context().close();
  });

  test('keys alone open every player and reach every outcome', async () => {
    for (const id of slides) {
      await openPlayer(id);
      await page.keyboard.press('Escape');   /* back to the button, and in again */
      assert.ok(await page.evaluate(() => document.activeElement.matches('.play') && !figure.classList.contains('playing')));
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => document.activeElement.matches('.play-ask input'));
      await page.keyboard.press('Space');
      assert.ok(await page.evaluate(() => document.activeElement.checked), 'the deck leaves Space to a box');
      for (let i = 0; i < 9 && await page.evaluate(() => document.activeElement.textContent !== 'Show the answer'); i++)
        await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Be the scheduler');
      await page.keyboard.press('Enter');
      await page.evaluate(() => player.restart());
      const ways = await page.evaluate(() => player.graph.outcomes.map((_, outcome) => {
        let run = player.run;
        return player.graph.wayTo(0, outcome).map(number => {
          const { t } = run.steps[number].op, same = run.steps.map((step, at) => [step, at]).filter(([{ op }]) => op.t === t);
          run = run.take(number);
          return { key: String(t + 1), presses: same.length === 1 ? 0 : same.findIndex(([, at]) => at === number) + 1, length: same.length };
        });
      }));
      const ends = await page.evaluate(all => {
        /* the other slides are away meanwhile: all of them would be set again at each step */
        const others = [...document.querySelectorAll('.slides section.slide, #contents, #index')].filter(one => !one.contains(figure));
        const places = others.map(one => { const place = new Comment(); one.replaceWith(place); return place; });
        const ends = all.map(way => {
          player.restart();
          figure.querySelector('.play-choose button').focus();
          for (const { key, presses } of way) {
            /* the key of a thread with several ways goes from one to the next, Enter takes it */
            const wanted = presses > 0 && figure.querySelectorAll(`.play-choose button[data-thread="${key - 1}"]`)[presses - 1];
            for (let i = 0; i < 9 && document.activeElement !== wanted; i += wanted ? 1 : 9)
              document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
            if (wanted)
              document.activeElement.click();
          }
          return player.run.end;
        });
        places.forEach((place, at) => place.replaceWith(others[at]));
        return ends;
      }, ways);
      assert.deepEqual(ends, ways.map((_, outcome) => outcome), id);
      await page.keyboard.press('Backspace');
      assert.equal(await page.evaluate(() => player.run.taken.length), ways.at(-1).length - 1);
    }
  });

  test('shows the way by one button and one key, and offers no step where none is planned', async () => {
    await openPlayer('two-outcomes');
    await justPlay();
    /* "Aim for" stands in one row with the first of the names that it is about, also at the end */
    await page.evaluate(() => player.setPlace({ open: true, phase: 'play', taken: player.graph.wayTo(0, 1) }));
    const heights = await page.$$eval('.slide.present .playing .goals > *', all => all.map(one => one.getBoundingClientRect().top));
    assert.deepEqual([heights.length, new Set(heights).size], [2, 1]);
    await page.evaluate(() => player.setPlace({ open: true, phase: 'play', taken: [] }));
    const tools = () => page.$$eval('.slide.present .playing .play-tools > button', all => all.map(one => one.textContent));
    assert.deepEqual(await tools(), ['Undo', 'Start again', 'Next choice', 'Close']);
    await page.click('.slide.present .playing .play-tools .pill >> nth=1');
    await page.click('.slide.present .playing .play-aim button:text-is("Show me how")');
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Step');
    assert.match(await sayNow(), /Step takes its next step, Play takes them all/);
    assert.deepEqual(await tools(), ['Undo', 'Start again', 'Step', 'Play', 'Close']);
    assert.ok(await page.locator('.slide.present .playing .play-lanes .planned').count() > 0);
    for (let i = 0; i < 30 && await page.evaluate(() => player.run.end < 0); i++) {
      assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Step');
      await page.keyboard.press('Enter');
    }
    assert.equal(await page.evaluate(() => player.label(player.run.end)), 'count is 1');
    assert.deepEqual(await tools(), ['Undo', 'Start again', 'Close']);
    assert.ok(await page.evaluate(() => document.activeElement.closest('.play-tools')));
  });

  test('a clicker reaches every outcome of each slide, forwards and backwards', async () => {
    for (const id of slides) {
      await page.evaluate(() => Reveal.slide(0));   /* who comes from behind finds all steps taken */
      await goTo(id);
      const click = async (key, more) => {
        const ends = new Set();
        let isMore = await page.evaluate(way => Reveal.availableFragments()[way], more);
        for (let i = 0; i < 150 && isMore; i++) {
          await page.keyboard.press(key);
          const seen = await page.waitForFunction(way => {
            const stop = [...figure.querySelectorAll('.play-stop.visible')].at(-1);
            const { open, taken } = player.place();
            return (stop ? open && taken.length === +stop.dataset.count : !open) &&
              { end: open ? player.run.end : -1, isLast: !Reveal.availableFragments()[way] };
          }, more);
          const { end, isLast } = await seen.jsonValue();
          ends.add(end);
          isMore = !isLast;
        }
        return [...ends].filter(end => end >= 0).length;
      };
      await page.evaluate(async () => {
        globalThis.figure = Reveal.getCurrentSlide().querySelector('.outcomes:has(> .play)');
        globalThis.player = await heddle.play.playerOf(figure);
      });
      const all = await page.evaluate(() => player.graph.outcomes.length);
      assert.equal(await click('PageDown', 'next'), all, id);
      assert.ok(await click('PageUp', 'prev') >= all - 1, `${id}, backwards`);   /* it begins at the last */
      assert.equal(await page.evaluate(() => player.place().open), false);
    }
  });

  test('the question comes before the answer, and the answer is the truth', async () => {
    for (const id of slides) {
      await openPlayer(id);
      assert.match(await page.evaluate(() => document.activeElement.type), /checkbox|radio/);
      assert.equal(await page.locator('.slide.present .playing .play-ask .guess').count() >= 2, true);
      assert.equal((await page.locator('.slide.present .playing .verdict').allTextContents()).join('') + await sayNow(), '');
      assert.equal(await page.isVisible('.slide.present .playing .play-map'), false, `${id}: the tree tells`);
      await page.keyboard.press('Space');
      await page.click('.slide.present .playing .play-ask .primary');
      const said = await page.evaluate(() => [...figure.querySelectorAll('.guess')].map(row =>
        [row.querySelector('.text').textContent, row.querySelector('.verdict').textContent]));
      const words = await page.evaluate(() => player.graph.outcomes.map(heddle.outcomeWords));
      if (said.some(([text]) => /different outcomes/.test(text)))
        assert.deepEqual(said.filter(([, verdict]) => /yes/.test(verdict)).map(([text]) => text), [`${words.length} different outcomes`], id);
      else
        assert.deepEqual([...new Set(words)].sort(), said.filter(([, verdict]) => !/no order does this/.test(verdict)).map(([text]) => text).sort(), id);
      assert.match(await page.textContent('.slide.present .playing .play-say'), /^(You said|It has)/);
    }
  });

  const sayNow = () => page.textContent('.slide.present .playing .play-say');
  const aimNow = () => page.textContent('.slide.present .playing .play-aim');
  const press = async keys => {
    await page.evaluate(() => figure.querySelector('.play-choose button').focus());
    for (const key of keys)
      await page.keyboard.press(key);
  };

  test('a lost update is found, and is said at the step that was it', async () => {
    await openPlayer('two-outcomes');
    await justPlay();
    assert.match(await sayNow(), /^Choose who goes next; each button says what that leaves possible\.$/);
    assert.match(await aimNow(), /^Aim: count is 1, an update is lost can still come/);
    await press(['1', '1', '2', '2', '3', '3']);
    assert.match(await sayNow(), /Step 6\..*add_one 2 reads count: 0.*The point of no return: only “count is 1” is left\. add_one 1 and add_one 2 have both read 0: whoever writes last overwrites the other\.$/);
    assert.match(await aimNow(), /^Aim: count is 1, an update is lost is sure to come now/);
    assert.equal(await page.textContent('.slide.present .playing .play-lanes .turn'), '6');
    await page.keyboard.press('2');
    assert.match(await page.textContent('.slide.present .playing .play-code .read.old'), /has read 0, which is out of date/);
    await page.keyboard.press('3');
    assert.match(await sayNow(), /add_one 2 writes 1 to count\. count was 1 already, not 0 as read: the update of add_one 1 is lost\.$/);
    await page.click('.slide.present .playing .play-tools button:text-is("Finish")');
    assert.match(await sayNow(), /The end: “count is 1”, an update is lost\. It was decided at step 6\.$/);
    assert.equal(await aimNow(), 'Aim: count is 1, an update is lost reached ');
  });

  test('a write that comes from an older read says what it overwrites; one that read it anew does not', async () => {
    const said = await page.evaluate(() => {
      const op = (t, k, v, l, more) => ({ t, k, v, l, o: 0, ...more });
      const ops = [op(0, 'read', 0, 1), op(1, 'write', 1, 5), op(0, 'write', 2, 2), op(0, 'write', 3, 3), op(1, 'read', 3, 6), op(0, 'update', 4, 4),
        op(1, 'read', 4, 7), op(1, 'write', 5, 7), op(0, 'update', 6, 8), op(0, 'read', 6, 9), op(1, 'update', 7, 8), op(0, 'write', 7, 9),
        op(0, 'read', 7, 10), op(1, 'write', 9, 11), op(0, 'write', 8, 10, { b: 1 }), op(0, 'flush', 8, 10)];
      const graph = heddle.readGraph({ ops, threads: ['one', 'two'], objects: [['memory', 'x']], vars: ['x'], outcomes: [{ end: 'exit', text: '' }], orders: 1,
        states: [...ops.map((_, at) => [[at, at + 1]]), [0]] });
      const words = heddle.playWords(graph);
      let run = heddle.beginRun(graph);
      return ops.map(() => { run = run.take(0); return run.lost && words.loses(run.lost); });
    });
    assert.deepEqual(said.map((text, at) => text && [at, text]).filter(Boolean), [
      [2, 'x has changed since one read it: what two wrote is overwritten.'],
      [11, 'x was 7 already, not 6 as read: the update of two is lost.'],
      [15, 'x was 9 by now, not 7 as read: the update of two is lost.']]);
  });

  test('why there is no way back is derived: who has read the same, who waits for whom, who comes too late', async () => {
    const said = await page.evaluate(() => {
      /* the first step of each state is taken, to the end; the others are what could have been */
      const whyOf = (ops, objects, outcomes, states, threads = ['one', 'two', 'three']) => {
        const graph = heddle.readGraph({ ops: ops.map(([t, k, v, l, o = 0, more]) => ({ t, k, v, l, o, ...more })), threads, objects, vars: ['x'], orders: 1, states,
          outcomes: outcomes.map(end => ({ end, text: '' })) });
        const why = heddle.playWhy(graph, heddle.playWords(graph)), all = [];
        for (let run = heddle.beginRun(graph); run.steps.length;) {
          run = run.take(0);
          all.push(why(run));
        }
        return all.at(-1) || all.filter(Boolean).join() || all.at(-1);
      };
      const first = (ops, objects, outcomes, states) => {
        const graph = heddle.readGraph({ ops: ops.map(([t, k, v, l, o = 0]) => ({ t, k, v, l, o })), threads: ['one', 'two', 'three'], objects, vars: ['x'], orders: 1, states,
          outcomes: outcomes.map(end => ({ end, text: '' })) });
        let run = heddle.beginRun(graph);
        const why = heddle.playWhy(graph, heddle.playWords(graph));
        return (steps) => { run = heddle.beginRun(graph); for (let i = 0; i < steps; i++) run = run.take(0); return why(run); };
      };
      const memory = [['memory', 'x']], add = (lines = [1, 1, 1]) => [[0, 'read', 0, 1], [1, 'read', 0, 1], [2, 'read', 0, 1], [0, 'write', 1, lines[0]], [1, 'write', 1, lines[1]], [2, 'write', 1, lines[2]]];
      const line = [[[0, 1]], [[1, 2]], [[2, 3]], [[3, 4]], [[4, 5]], [[5, 6]], [0]];
      const all = first(add(), memory, ['exit'], line), apart = first(add([2, 2, 2]), memory, ['exit'], line);
      const maybe = first(add(), memory, ['exit', 'exit'], [[[0, 1]], [[1, 2]], [[4, 3], [3, 4]], [0], [1]]);   /* who writes is not sure */
      const locks = [['mutex', 'a'], ['mutex', 'b']], lock = [[0, 'lock', , 1, 0], [1, 'lock', , 2, 1], [0, 'lock', , 3, 1], [1, 'lock', , 4, 0], [1, 'lock', , 5, 0]];
      const circle = first(lock, locks, ['deadlock'], [[[0, 1]], [[1, 2]], [0, [2, -1], [3, -1]]]);
      const late = first(lock, locks, ['exit', 'deadlock'], [[[0, 1], [4, 2]], [0], [1]]);
      const alone = first([[0, 'start', , 1, undefined], [1, 'start', , 1, undefined]], [], ['exit', 'exit'], [[[0, 1], [1, 2]], [0], [1]]);
      return [all(2), all(3), all(4), apart(3), maybe(2), circle(2), late(1), alone(1)];
    });
    assert.deepEqual(said, [
      'one and two have both read 0: whoever writes last overwrites the other.',
      'one, two and three have all read 0: whoever writes last overwrites the others.',
      'two has read 0, which is out of date now, and will write from it.',
      '', '',
      'one waits for b, which two has; two waits for a, which one has.',
      'It is too late for two to lock a before that.',
      '']);   /* nothing that the two meet at: no reason */
  });

  test('an outcome is said to lose an update where all runs to it do, and another does without', async () => {
    const lost = await page.evaluate(async () => {
      const of = async id => {
        const { graph } = await heddle.play.playerOf(document.getElementById(id).querySelector('.outcomes:has(> .play)'));
        return graph.outcomes.filter((_, outcome) => heddle.losingOutcomes(graph)[outcome]).map(heddle.outcomeWords).sort();
      };
      const bare = heddle.readGraph({ ops: [], threads: ['one'], objects: [], vars: [], outcomes: [{ end: 'exit', text: '' }], orders: 1, states: [[0]] });
      return [await of('two-outcomes'), await of('least-count'), await of('deadlock-outcomes'), await of('one-slot-orders'), heddle.losingOutcomes(bare)];
    });
    assert.deepEqual(lost, [['two have counted, and the count is 1'], [2, 3, 4, 5].map(count => `the count is ${count}`), [], [], [false]]);
  });

  test('that it matters who goes is said where it begins to, however one came there', async () => {
    await openPlayer('two-outcomes');
    await justPlay();
    await press(['1', '1', '2']);
    assert.doesNotMatch(await sayNow(), /matters/);
    await press(['2']);
    assert.match(await sayNow(), /^Step 4\. . add_one 1 reads count: 0\. So far nothing is decided\. Now it matters who goes: each button says what that leaves possible\.$/);
    await press(['3']);
    assert.doesNotMatch(await sayNow(), /matters/);   /* it did before */
    await page.click('.slide.present .playing .play-tools button:text-is("Undo")');
    assert.match(await sayNow(), /Now it matters who goes: /);
  });

  test('what is said stands with the buttons, and these stay where they are from step to step', async () => {
    await openPlayer('two-outcomes');
    await justPlay();
    const places = await page.evaluate(() => {
      const seen = new Set(), wrong = [], side = figure.querySelector('.play-side').getBoundingClientRect();
      for (const outcome of player.graph.outcomes.keys()) {
        const way = player.graph.wayTo(0, outcome);
        for (let count = 0; count <= way.length; count++) {
          player.setPlace({ open: true, phase: 'play', taken: way.slice(0, count) });
          const box = what => figure.querySelector(what).getBoundingClientRect();
          const close = [...figure.querySelectorAll('.play-tools button')].find(one => one.textContent === 'Close').getBoundingClientRect();
          if (!player.run.steps.some(({ op }) => op.k === 'print'))   /* a long line that is printed takes more room */
            seen.add([box('.play-choose').top, box('.play-tools').top, close.left, close.top, box('.goals').top].map(Math.round).join(' '));
          if (box('.play-choose').top - box('.play-say').bottom > 20 || box('.play-say').top < box('.play-side').top)
            wrong.push(`said apart at step ${count}`);
          for (const one of figure.querySelectorAll('.play-dock button')) {   /* a ring stands out by 4 px */
            const { left, right } = one.getBoundingClientRect(), ring = one.ariaPressed === 'true' ? 4 * Reveal.getScale() : 0;
            if (left - ring < side.left || right + ring > side.right)
              wrong.push(`${one.textContent} sticks out`);
          }
        }
      }
      return [[...seen].length, wrong];
    });
    assert.deepEqual(places, [1, []]);
    /* at the end the timeline begins at the first step, and no word in it is cut */
    assert.deepEqual(await page.$$eval('.slide.present .playing .play-lanes .axis span:not(.name)', all => all.map(one => +one.textContent)), Array.from({ length: 14 }, (_, at) => at + 1));
    await page.evaluate(`globalThis.cutIn = ${cutIn}`);
    for (const id of slides) {
      await goTo(id);
      assert.deepEqual(await page.evaluate(async () => {
        const figure = Reveal.getCurrentSlide().querySelector('.outcomes:has(> .play)'), player = await heddle.play.playerOf(figure), cut = [];
        player.setPlace({ open: true, phase: 'play', taken: [] });
        for (let step = 0; step < 99 && player.run.end < 0; step++) {
          figure.querySelector('.play-choose button').click();
          cut.push(...cutIn(figure));
        }
        player.setPlace({ open: false, phase: 'ask', taken: [] });
        return cut;
      }), [], id);
    }
  });

  test('what the numbers beside outcomes count is said', async () => {
    await openPlayer('two-outcomes');
    await justPlay();
    const map = () => page.textContent('.slide.present .playing .play-map p');
    assert.equal(await map(), 'The steps have 251 orders. So many lead to each outcome:');
    const counts = await page.$$eval('.slide.present .playing .play-map text:not(.you)', all => all.map(one => +/(\d+) orders/.exec(one.textContent)[1]));
    assert.equal(counts.reduce((a, b) => a + b), 251);
    await press(['1', '1', '2', '2', '3', '3']);
    const left = await page.evaluate(() => player.graph.ways[player.run.at].reduce((a, b) => a + b));
    assert.equal(await map(), `The steps that are left have ${left} orders:`);
  });

  test('outcomes are called by what they print where that is short, else by letters', async () => {
    const names = await page.evaluate(() => [['the count is 2', 'the count is 1'], ['go', 'lost wake-up'], ['a long line that says much: 1', 'and another, that is as long'], ['2', '10'],
      ['one / two', 'two / one']].map(all => heddle.outcomeNames(all.map(text => ({ end: 'exit', text: text.replace(' / ', '\n') }))).names));
    assert.deepEqual(names, [['count is 2', 'count is 1'], ['go', 'lost wake-up'], ['A', 'B'], ['2', '10'], ['A', 'B']]);
  });

  test('three clicks lose an update: what decides nothing is taken at once, up to where it matters', async () => {
    const click = async text => {
      await page.click(`.slide.present .playing .play-tools button:text-is("${text}")`);
      assert.ok(await page.evaluate(() => figure.querySelector('.play-dock').contains(document.activeElement)));
    };
    await openPlayer('two-outcomes');
    await page.click('.slide.present .playing .play-ask button:last-child');
    assert.match(await sayNow(), /^Step 3\. .* So far nothing is decided\. Now it matters who goes: each button says/);
    let clicks = 0;
    while (!/sure to come now/.test(await aimNow()) && clicks < 9) {
      const keeps = page.locator('.slide.present .playing .play-choose button', { has: page.locator('.pill:not(.off)', { hasText: 'count is 1' }) });
      await keeps.first().click();
      clicks++;
    }
    assert.ok(clicks <= 3, `${clicks} clicks`);
    await click('Finish');   /* as far as there is something to see */
    assert.match(await sayNow(), /count was 1 already, not 0 as read: the update of \S+ \d is lost\.$/);
    await click('Finish');
    assert.equal(await aimNow(), 'Aim: count is 1, an update is lost reached ');
    for (const id of slides) {   /* in every program: it gives nothing up, and comes to where something can be */
      await openPlayer(id);
      await page.click('.slide.present .playing .play-ask button:last-child');
      assert.ok(await page.evaluate(() => player.graph.outcomes.length === 1 ? player.run.at === 0
        : player.graph.matters(player.run.at) && player.graph.reach[player.run.at] === player.graph.reach[0]), id);
      await page.evaluate(() => player.restart());
      const { more, before, after, matters, ended } = await page.evaluate(() => {
        const onward = () => [...figure.querySelectorAll('.play-tools button')].find(one => /^(Next choice|Finish)$/.test(one.textContent));
        const { graph } = player, before = graph.outcomesOf(0), more = graph.matters(0) ? '' : onward().textContent;
        for (let most = more === 'Finish' ? 99 : more ? 1 : 0; most > 0 && player.run.end < 0; most--)
          onward().click();
        return { more, before, after: graph.outcomesOf(player.run.at), matters: graph.matters(player.run.at), ended: player.run.end >= 0 };
      });
      assert.deepEqual(after, before, id);
      assert.ok(more === 'Finish' ? ended : matters, `${id} ${more}`);
    }
  });

  test('who can lose none any more is told so, and is one click before that', async () => {
    const played = page;
    page = await open(path.basename(pagePath));   /* where nothing was found yet */
    try {
      await page.waitForSelector('.can-play', { state: 'attached' });
      await openPlayer('what-you-see');
      await justPlay();
      await press(['1', '1', '2', '2', '2']);
      assert.match(await sayNow(), /The point of no return: only “count is 2” is left\. It is too late for add_one 2 to read count before that\. Your aim is lost: undo 1 step\.$/);
      assert.equal(await aimNow(), 'Aim: count is 1, an update is lost cannot come any more Undo 1 step');
      await page.keyboard.press('2');
      await page.click('.slide.present .playing .play-aim button:text-is("Undo 2 steps")');
      assert.equal(await page.evaluate(() => player.run.taken.length), 4);
      assert.ok(await page.evaluate(() => figure.querySelector('.play-choose').contains(document.activeElement)));
      assert.match(await aimNow(), /can still come/);
    } finally {
      await page.close();
      page = played;
    }
  });

  test('who did not lose one is one click before the step that decided it, and then one step from losing it', async () => {
    await openPlayer('two-outcomes');
    await justPlay();
    await page.evaluate(() => {
      for (let i = 0; i < 99 && player.run.end < 0; i++)
        figure.querySelector('.play-choose button').click();
    });
    const say = await sayNow();
    const [, step, back] = /The end: “count is 2”\. It was decided at step (\d+)\. For your aim, undo (\d+) steps and choose otherwise\.$/.exec(say);
    const taken = await page.evaluate(() => player.run.taken.length);
    assert.equal(taken - back, step - 1);
    await page.click(`.slide.present .playing .play-aim button:text-is("Undo ${back} steps")`);
    assert.equal(await page.evaluate(() => player.run.taken.length), step - 1);
    assert.ok(await page.evaluate(() => figure.querySelector('.play-choose').contains(document.activeElement)));
    assert.ok(await page.evaluate(() => [...figure.querySelectorAll('.play-choose button')]
      .some(one => [...one.querySelectorAll('.pill:not(.off)')].some(pill => pill.textContent === 'count is 1'))));
  });

  test('the window of the speaker follows what is played by hand', async () => {
    const deck = await open(path.basename(pagePath));
    await deck.waitForSelector('.can-play', { state: 'attached' });
    await deck.evaluate(() => { location.hash = 'two-outcomes'; });
    await deck.waitForFunction(() => Reveal.getCurrentSlide().id === 'two-outcomes');
    const [speaker] = await Promise.all([deck.waitForEvent('popup'), deck.keyboard.press('s')]);
    await deck.click('.slide.present .outcomes > .play');
    const frame = await (await speaker.waitForSelector('iframe[title="This slide"]')).contentFrame();
    await frame.waitForSelector('.slide.present .playing .player[data-phase=ask]');
    await deck.click('.slide.present .playing .play-ask button:last-child');
    await deck.click('.slide.present .playing .play-tools button:nth-child(2)');   /* Start again */
    for (const key of ['1', '1', '2', '3'])
      await deck.keyboard.press(key);
    const said = await deck.textContent('.slide.present .playing .play-say');
    assert.match(said, /^Step 4\. . add_one 2 starts/);
    await frame.waitForFunction(text => document.querySelector('.slide.present .playing .play-say')?.textContent === text, said);
    await deck.keyboard.press('Escape');
    await frame.waitForFunction(() => !document.querySelector('.slide.present .playing'));
    await deck.context().close();
  });

  test('a page that is loaded again goes on where its player was', async () => {
    const deck = await open(path.basename(pagePath));
    const here = () => deck.evaluate(() => JSON.stringify(heddle.play.here()));
    const again = async () => {
      const before = await here();
      assert.notEqual(before, 'null');
      await deck.waitForFunction(place => JSON.stringify(history.state?.played) === place, before);
      await deck.reload();
      await deck.evaluate(() => heddle.ready);
      assert.equal(await here(), before);
    };
    await deck.evaluate(() => { location.hash = 'two-outcomes'; });
    await deck.waitForFunction(() => Reveal.getCurrentSlide().id === 'two-outcomes');
    for (const key of ['PageDown', 'PageDown', 'PageDown', 'PageDown'])   /* asked, answered, two turns */
      await deck.keyboard.press(key);
    await deck.waitForFunction(() => heddle.play.here()?.phase === 'play');
    await again();
    assert.equal(await deck.evaluate(() => Reveal.getIndices().f), 3);
    await deck.locator('.slide.present .playing .play-choose button').first().click();   /* and by hand */
    await again();
    /* ... also when the program has become another one since. The page loaded again says so before
     * any other script is there: what the old page still records comes too early. */
    await deck.addInitScript(() => history.replaceState({ ...history.state, played: { ...history.state.played, taken: [7, 7, 7] } }, ''));
    await deck.reload();
    await deck.evaluate(() => heddle.ready);
    assert.deepEqual(await deck.evaluate(() => heddle.play.here().taken), []);
    await deck.context().close();
  });

  test('a clicker that goes on at once, or comes back, finds the steps of the slide beside there', async () => {
    for (const isBehind of [false, true]) {
      const page = await open(path.basename(pagePath));
      const beside = await page.evaluate(step => {
        const all = Reveal.getSlides(), at = all.findIndex(one => one.id === 'two-outcomes');
        return location.hash = all[at + step].id;
      }, isBehind ? 1 : -1);
      await page.waitForFunction(where => Reveal.getCurrentSlide().id === where, beside);
      const there = await page.$$eval('#two-outcomes .play-stop', all => all.map(one => one.matches('.visible')));
      assert.ok(there.length > 3 && there.every(one => one === isBehind), `${there}`);
      for (let i = 0; i < 9 && await page.evaluate(() => Reveal.getCurrentSlide().id !== 'two-outcomes'); i++)   /* it has steps of its own */
        await page.keyboard.press(isBehind ? 'PageUp' : 'PageDown');
      await page.waitForFunction(played => (heddle.play.here() !== null) === played, isBehind);
      await page.keyboard.press(isBehind ? 'PageUp' : 'PageDown');
      await page.waitForFunction(() => heddle.play.here() !== null);
      assert.equal(await page.evaluate(() => Reveal.getCurrentSlide().id), 'two-outcomes');
      await page.context().close();
    }
  });

  test('a clicker that goes on before the steps of its slide are there takes the first of them when they are', async () => {
    const context = await browser.newContext({ viewport: browsers.desk }), deck = await context.newPage();
    let letCome;
    const asked = new Promise(done => context.route('**/play/item-54-two-threads.js', route => {
      letCome = () => route.continue();
      done();
    }));
    await deck.goto(`${urlOf('index.html')}?view=deck#two-outcomes`);
    await asked;
    await deck.waitForFunction(() => document.querySelector('#hidden-race-found .play-stop'));   /* those of others do not wait for it */
    await deck.keyboard.press('PageDown');
    await deck.keyboard.press('PageDown');
    assert.deepEqual(await deck.evaluate(() => [Reveal.getCurrentSlide().id, Reveal.getCurrentSlide().querySelector('.play-stop')]), ['two-outcomes', null]);
    await letCome();
    await deck.waitForFunction(() => Reveal.getIndices().f === 1 && document.querySelector('.slide.present .playing [data-phase=look], .slide.present .playing[data-phase=look]'));
    assert.equal(await deck.evaluate(() => Reveal.getCurrentSlide().id), 'two-outcomes');
    await context.close();
  });

  test('a clicker that goes on before there is a player takes its first step when it has come, and goes on where none comes', async () => {
    for (const comes of [true, false]) {
      const context = await browser.newContext({ viewport: browsers.desk }), deck = await context.newPage();
      let letCome;
      const asked = new Promise(done => context.route('**/play/play.js', route => {
        letCome = () => comes ? route.continue() : route.abort();
        done();
      }));
      await deck.goto(`${urlOf('index.html')}?view=deck#two-outcomes`, { waitUntil: 'commit' });
      await asked;
      await deck.keyboard.press('PageDown');
      assert.deepEqual(await deck.evaluate(() => [Reveal.getCurrentSlide().id, document.querySelector('.play-stop')]), ['two-outcomes', null]);
      await letCome();
      await deck.waitForFunction(comes => comes ? Reveal.getIndices().f === 0 : Reveal.getCurrentSlide().id === 'least-count', comes);
      assert.equal(await deck.evaluate(() => Reveal.getCurrentSlide().id), comes ? 'two-outcomes' : 'least-count');
      await context.close();
    }
  });

  test('when a page is ready each of its slides has its steps, and what is played there is not searched', async () => {
    const deck = await open(path.basename(pagePath));
    const bare = await deck.$$eval('section.slide:not(.book) .outcomes:has(> .play)', all => all
      .filter(one => !one.querySelector('.play-stop')).map(one => one.closest('section').id));
    assert.deepEqual(bare, []);
    await deck.keyboard.press('/');
    await deck.keyboard.type('tick all that you think');
    assert.equal(await deck.locator('#search .hits a').count(), 0);
    await deck.context().close();
  });

  test('no rule of WCAG A or AA is broken, and nothing is set too small', async () => {
    const deck = page;
    page = await open(path.basename(pagePath));
    await page.waitForSelector('.can-play', { state: 'attached' });
    await openPlayer('deadlock-outcomes');
    /* axe reads all of a page each time: the other slides have no part in it */
    await page.evaluate(() => document.querySelectorAll('#contents, #index, .slides section')
      .forEach(one => one.contains(figure) || figure.contains(one) || one.remove()));
    await page.addScriptTag({ path: require.resolve('axe-core/axe.min.js') });
    for (const scheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme: scheme });
      for (const phase of ['ask', 'look', 'play']) {
        await page.evaluate(async next => {
          player.setPlace({ open: true, phase: next, taken: next === 'play' ? player.graph.wayTo(0, 1) : [] });
          const changing = document.getAnimations().filter(one => Number.isFinite(one.effect.getComputedTiming().endTime));
          await Promise.allSettled(changing.map(one => one.finished));   /* until colours have changed */
        }, phase);
        const broken = await page.evaluate(async () =>
          (await axe.run(figure, { preload: false, resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'] })).violations.map(v => `${v.id}: ${v.nodes[0].html.slice(0, 100)}`));
        assert.deepEqual(broken, [], `${scheme}, ${phase}`);
        const small = await page.evaluate(() => [...figure.querySelectorAll('.player *')]
          .filter(element => element.localName !== 'i' && [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
          .filter(element => element.checkVisibility() && parseFloat(getComputedStyle(element).fontSize) < 18)
          .map(element => element.outerHTML.slice(0, 80)));
        assert.deepEqual(small, [], `${scheme}, ${phase}`);
      }
    }
    await page.context().close();
    page = deck;
  });

  test('no line of code is cut, and nothing scrolls sideways, on a slide or a phone', async () => {
    const wide = () => [...document.querySelectorAll('.playing :is(.player, .play-code, .play-side, .play-map, .play-out, .play-lanes .name)')]
      .filter(one => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1).map(one => one.className);
    for (const id of slides) {
      await openPlayer(id);
      await justPlay();
      assert.deepEqual(await page.evaluate(wide), [], id);
    }
    const phone = await open('book.html', { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
    await phone.waitForSelector('.can-play', { state: 'attached' });
    await phone.evaluate(`globalThis.cutIn = ${cutIn}`);
    for (const button of await phone.locator('.outcomes > .play').all()) {
      await button.tap();
      await phone.tap('.playing .play-ask button:last-child');
      for (let i = 0; i < 3; i++)
        await phone.locator('.playing .play-choose button').last().tap();
      const [said, tools] = await phone.evaluate(() => ['.play-say', '.play-tools'].map(what => document.querySelector('.playing ' + what).getBoundingClientRect())
        .map(({ top, bottom }) => top >= 0 && bottom <= innerHeight));
      assert.ok(said || !tools, 'what is said is in sight where the buttons are');
      assert.deepEqual(await phone.evaluate(wide), []);
      assert.deepEqual(await phone.evaluate(async () => {   /* and no word of the timeline is cut */
        const figure = document.querySelector('.outcomes.playing'), player = await heddle.play.playerOf(figure), way = player.graph.wayTo(0, 0), cut = new Set();
        for (let count = 4; player.graph.states.length < 100 && count < way.length + 4; count += 4) {   /* four are in sight */
          player.setPlace({ open: true, phase: 'play', taken: way.slice(0, count) });
          cutIn(figure).forEach(one => cut.add(one));
        }
        return [...cut];
      }), []);
      await phone.evaluate(async () => {   /* to where most is printed, and most threads have done something */
        const player = await heddle.play.playerOf(document.querySelector('.outcomes.playing'));
        player.setPlace({ open: true, phase: 'play', taken: player.graph.wayTo(0, player.graph.outcomes.length - 1) });
      });
      assert.deepEqual(await phone.evaluate(wide), []);
      await phone.evaluate(async () => {   /* what is aimed for is whole where it is short, also beside most words */
        const player = await heddle.play.playerOf(document.querySelector('.outcomes.playing')), { order } = player;
        player.setPlace({ open: true, phase: 'play', aim: order[0], taken: player.graph.wayTo(0, order.at(-1)) });
      });
      assert.ok(await phone.evaluate(() => [...document.querySelectorAll('.playing .play-aim p')].every(one => one.scrollWidth <= one.clientWidth)));
      assert.ok(await phone.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
      await phone.tap('.playing .play-tools > button:text-is("Close")');
    }
    await phone.context().close();
  });

  test('on paper stands the list, also of one that is being played', async () => {
    await openPlayer('two-outcomes');
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.isVisible('#two-outcomes .player'), false);
    assert.equal(await page.isVisible('#two-outcomes details'), true);
    await page.emulateMedia({ media: 'screen' });
  });

  test('a list that cannot be played says why, and a page of one chapter is a book', async () => {
    assert.equal(await page.textContent('#task-done-orders .play-not'), 'Not to be played: it has more than 6,000 states.');
    const [one] = pages.filter(name => name !== 'book.html');
    for (const [query, view] of [['', 'as-book'], ['?view=deck', 'as-deck']]) {
      const there = await open(one);
      await there.goto(urlOf(one) + query);
      assert.match(await there.evaluate(() => document.documentElement.className), new RegExp(view));
      await there.context().close();
    }
  });

  test('each outcome is on paper: on a sheet its last frame, in the book its list', async () => {
    const sheets = await open('index.html');
    sheets.setDefaultTimeout(120000);
    await sheets.goto(sheets.url().replace('view=deck', 'view=sheets'));
    await sheets.waitForSelector('.can-play', { state: 'attached' });
    await sheets.waitForFunction(() => [...document.querySelectorAll('.outcomes:has(> .play):has(> details)')].every(one => one.querySelector('.play-ends')));
    await sheets.emulateMedia({ media: 'print' });
    await sheets.setViewportSize({ width: 794, height: 1123 });   /* for a browser a page is A4, whatever its sheets are */
    const missing = await sheets.evaluate(async () => {
      const missing = [];
      for (const figure of document.querySelectorAll('.outcomes:has(> details)')) {   /* of many, on sheets of their own */
        const count = figure.querySelectorAll('details').length, slide = figure.closest('section.slide');
        const more = [];
        for (let next = slide.nextElementSibling; next?.matches('.ends-sheet'); next = next.nextElementSibling)
          more.push(...next.querySelectorAll('.ends-grid > .out'));
        const cut = more.some(one => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1 || !one.querySelector('svg'));
        if (more.length !== (count > 3 || count > 1 && !figure.querySelector('.play') ? count : 0) || cut)
          missing.push(`${slide.id}: ${more.length} of ${count} on sheets of their own${cut ? ', some cut' : ''}`);
        for (const svg of more.map(one => one.querySelector('svg'))) {   /* words are as large as a sheet of so many lets them be */
          const px = svg.getBoundingClientRect().height / svg.viewBox.baseVal.height * Math.min(...[...svg.querySelectorAll('text')].map(text => parseFloat(getComputedStyle(text).fontSize)));
          if (px < (count > 6 ? 13.5 : 17))
            missing.push(`${slide.id}: words of ${px} px on a sheet`);
        }
      }
      for (const figure of document.querySelectorAll('.outcomes:has(> .play):has(> details)')) {   /* others print all as it is */
        const { graph } = await heddle.play.playerOf(figure), ends = figure.querySelector('.play-ends');
        for (const outcome of graph.outcomes)
          if (!ends.checkVisibility() || !ends.textContent.includes(heddle.outcomeWords(outcome).slice(-20)))
            missing.push(`${graph.program}: ${heddle.outcomeWords(outcome)}`);
        for (const part of ends.querySelectorAll('.play-lanes :is(.did, .name)'))   /* a browser takes paper for narrow */
          if (parseFloat(getComputedStyle(part).fontSize) < 18 || part.matches('.name') && part.scrollWidth > part.clientWidth + 1)
            missing.push(`${graph.program}: ${part.textContent} is small or cut`);
        if (ends.getBoundingClientRect().bottom > figure.closest('section.slide').getBoundingClientRect().bottom)
          missing.push(`${graph.program}: too high`);
      }
      return missing;
    });
    assert.deepEqual(missing, []);
    await sheets.emulateMedia({ media: 'screen' });
    await sheets.setViewportSize(browsers.desk);
    /* they are no places: nothing is found there, and from there M leads to their slide */
    const [text, above] = await sheets.$eval('.ends-sheet', one => [one.querySelector('pre').textContent.trim().split('\n')[0], one.previousElementSibling.id]);
    await sheets.keyboard.press('/');
    await sheets.keyboard.type(text);
    assert.deepEqual(await sheets.$$eval('#search .hits a', all => all.filter(one => one.hash.length < 2).length), 0);
    assert.ok(await sheets.locator('#search .hits a').count() > 0);
    await sheets.keyboard.press('Escape');
    await sheets.evaluate(() => document.querySelector('.ends-sheet').scrollIntoView());
    await sheets.keyboard.press('m');
    await sheets.waitForURL(/view=deck/);
    assert.equal(await sheets.evaluate(() => location.hash), '#' + above);
    await sheets.context().close();
    const book = await open('book.html');
    await book.waitForSelector('.can-play', { state: 'attached' });
    await book.evaluate(() => dispatchEvent(new Event('beforeprint')));
    assert.equal(await book.locator('.outcomes details:not([open])').count(), 0);
    await book.context().close();
  });

  test('nothing went wrong on the way', () => assert.deepEqual(trouble, []));
});
