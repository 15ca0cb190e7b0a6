/*
 * Key I: a chapter edited beside its page, by keys and clicks; and pages of another
 * origin, which get nothing. Each wait is for a state.
 */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { launch, missing } from './browser.mjs';
import { chapter, isDone, LIMIT_MS, listen, makeBook, post, serve } from './desk.mjs';

/* An id that hides the page's own words from a module. */
const second = '# Second {#heddle}\n\n```c {file=b.c}\nint b = 1;\n```\n';

describe('the editor', { skip: missing(), timeout: 8 * LIMIT_MS }, () => {
  let work, browser, server, tab;

  const file = name => path.join(work, 'chapters', name);
  const read = (name = 'a.md') => fs.readFileSync(file(name), 'utf8');
  const write = (text, name = 'a.md') => fs.writeFileSync(file(name), text);

  before(async () => {
    work = makeBook({ 'chapters/a.md': chapter, 'chapters/b.md': second });
    server = await serve(work);
    const wire = listen(server);
    await wire.until(isDone);
    wire.close();
    browser = await launch();
  });

  after(async () => {
    await browser?.close();
    server.child.kill('SIGINT');
    await server.ended;
    fs.rmSync(work, { recursive: true });
  });

  /* The book as a test begins with it: a page that is opened sooner may be told of what
   * was before, and be loaded anew under the first keys. */
  async function begin(text) {
    const wire = listen(server);
    await post(server, '~drop');
    await wire.until(isDone);
    write(text);
    await wire.until(news => !isDone(news));
    await wire.until(isDone);
    wire.close();
  }

  const settled = () => tab.waitForFunction(() =>
    window.desk?.news?.saved.current && window.desk.news.saved.stage === 'done' && !window.desk.news.draft);
  /* The file, as it is saved in the end; and then the page is of it. */
  async function holds(wanted) {
    for (const end = Date.now() + LIMIT_MS; read() !== wanted && Date.now() < end;)
      await new Promise(go => setTimeout(go, 20));
    assert.equal(read(), wanted);
    await settled();
  }
  const tried = () => tab.waitForFunction(() => window.desk.book === 'draft' && window.desk.news.draft?.current && window.desk.news.draft.stage === 'done');
  const sum = text => tab.waitForSelector(`#desk .sum >> text="${text}"`);
  const stand = (figure, state) => tab.waitForSelector(`${figure} .stand[data-state=${state}]`);
  const output = 'figure.out';

  async function openPage(address = server.address, how = '?view=book') {
    await tab?.context().close();
    tab = await (await browser.newContext({ viewport: { width: 1500, height: 900 } })).newPage();
    tab.setDefaultTimeout(LIMIT_MS);
    await tab.goto(address + how);
    await settled();
  }

  async function openEditor(kind = '.cm-content') {
    await tab.keyboard.press('i');
    await tab.waitForSelector(`#desk ${kind}`);
    await sum('All is as shown');
  }

  /* To the end of a line, as a reader clicks there. */
  async function typeBehind(line, text) {
    await tab.locator('.cm-line', { hasText: line }).first().click();
    await tab.keyboard.press('End');
    await tab.keyboard.type(text);
  }

  const text = () => tab.evaluate(() => [...document.querySelectorAll('.cm-line')].map(line => line.textContent).join('\n'));

  test('edit, error, mend, run, save', async () => {
    await openPage();
    await openEditor();
    await typeBehind('Some words.', ' And more.');
    await tab.waitForSelector('#first >> text=And more.');
    assert.equal(read(), chapter);

    await typeBehind('puts("hello, desk");', ' x');
    await stand('#chunk-greet', 'broken');
    await stand(output, 'unbuilt');
    await tab.waitForSelector('#desk .wrong >> text=/^chapters.a.md:6:22: error: .x. undeclared/');
    await tab.waitForSelector('#desk .cm-lint-marker-error');
    await tab.waitForSelector('#chunk-greet .refused');

    await tab.click('.cm-line >> text=puts("hello, desk"); x');
    await tab.keyboard.press('End');
    await tab.keyboard.press('Backspace');
    await tab.keyboard.press('Backspace');
    await tried();
    await sum('All is as shown');
    await stand(output, 'same');
    assert.equal(read(), chapter);

    await tab.keyboard.press('Control+s');
    await holds(chapter.replace('Some words.', 'Some words. And more.'));
    await stand(output, 'same');
    await tab.waitForSelector('#first >> text=And more.');
    await tab.keyboard.press('Escape');
    await tab.waitForSelector('#desk', { state: 'hidden' });
  });

  test('what is printed is blessed into the text, undone, and discarded', async () => {
    await begin(chapter);
    await openPage();
    await openEditor();
    await tab.click('.cm-line >> text=puts("hello, desk");');
    await tab.keyboard.press('Home');
    await tab.keyboard.type('puts("first");');
    await stand(output, 'differs');
    await tab.click(`${output} .stand`);
    await tab.click(`${output} .bless`);
    await tab.waitForSelector('.cm-line >> text=/^first$/');
    await tried();
    await stand(output, 'same');
    assert.equal(read(), chapter);

    await tab.click('.cm-line >> text=/^first$/');
    await tab.keyboard.press('Control+z');
    await stand(output, 'differs');
    await tab.click('#desk .discard');
    await settled();
    await sum('All is as shown');
    assert.equal(await text(), chapter);
    assert.equal(read(), chapter);
    await stand(output, 'same');
  });

  test('a chapter that changed on the disk meanwhile is a conflict, and neither text is lost', async () => {
    await begin(chapter);
    await openPage();
    await openEditor();
    await typeBehind('Some words.', ' Mine.');
    await tab.waitForSelector('#first >> text=Mine.');
    write(chapter.replace('The end.', 'The end, theirs.'));
    await tab.waitForSelector('#desk .conflict');
    await tab.keyboard.press('Control+s');
    await tab.click('#desk .theirs');
    await tab.waitForSelector('.cm-line >> text=The end, theirs.');
    await holds(chapter.replace('The end.', 'The end, theirs.'));
    await tab.click('.cm-line >> text=Some words.');
    await tab.keyboard.press('Control+z');      /* ours is still there */
    await tab.waitForSelector('.cm-line >> text=Some words. Mine.');
    await tab.waitForSelector('.cm-line >> text=/^The end.$/');
    await tab.keyboard.press('Control+s');      /* asked for, and now known */
    await holds(chapter.replace('Some words.', 'Some words. Mine.'));

    await typeBehind('Some words. Mine.', ' Again.');
    await tab.waitForSelector('#first >> text=Again.');
    write(chapter);
    await tab.click('#desk .mine');
    await holds(chapter.replace('Some words.', 'Some words. Mine. Again.'));
  });

  test('what another program saves is shown at once, where nothing was typed', async () => {
    await begin(chapter);
    await openPage();
    await openEditor();
    write(chapter.replace('The end.', 'Another end.'));
    await tab.waitForSelector('.cm-line >> text=Another end.');
    await tab.waitForSelector('#end >> text=Another end.');
    assert.equal(await tab.locator('#desk .conflict').count(), 0);
  });

  test('what if: the code of a listing is changed, run, explored and reset, and nothing is saved', async () => {
    await begin(chapter);
    await openPage();
    await tab.hover('#chunk-greet');
    await tab.click('#chunk-greet .what-if');
    await tab.waitForSelector('#desk .cm-content');
    await tab.waitForSelector('#desk >> text=What if? chapters/a.md');
    await tab.waitForSelector('#desk .save', { state: 'hidden' });
    await tab.keyboard.press('Home');
    await tab.keyboard.type('puts("what if");');
    await stand(output, 'differs');
    await tab.click('#desk .explore');
    await tab.waitForSelector('#desk .said-here >> text=/what if/');
    await tab.keyboard.press('Control+s');
    assert.equal(read(), chapter);
    await tab.click('#desk .discard');
    await settled();
    await stand(output, 'same');
    assert.equal(read(), chapter);
    await tab.click('#desk .close');
    await tab.waitForSelector('#desk', { state: 'hidden' });
  });

  test('names are completed, and lead to where they are defined; text and page follow each other', async () => {
    await begin(chapter);
    await openPage();
    await openEditor();
    await typeBehind('<<greet>>', '\n    <<gr');
    await tab.waitForSelector('.cm-tooltip-autocomplete >> text=greet');
    await tab.keyboard.press('Enter');
    await tab.locator('.cm-activeLine', { hasText: /^ *<<greet$/ }).waitFor();
    await tab.keyboard.press('F12');
    await tab.waitForSelector('#desk .said-here >> text=Put the cursor on a name');
    await tab.keyboard.type('>>');
    await tab.keyboard.press('ArrowLeft');
    await tab.keyboard.press('F12');
    await tab.locator('.cm-activeLine', { hasText: /c .#greet./ }).waitFor();
    await tab.click('#desk .discard');
    await settled();
    await typeBehind('```output {of=hello}', '');
    await tab.keyboard.press('Backspace');
    await tab.keyboard.type(' ord');
    await tab.waitForSelector('.cm-tooltip-autocomplete >> text=order=any');
    await tab.keyboard.press('Escape');
    await tab.click('#desk .discard');
    await settled();
  });

  test('on slides: the editor opens at the slide, and each follows the other', async () => {
    const talk = chapter.replace(/^/, '---\nslides: yes\n---\n');
    await begin(talk);
    await openPage(server.address, '?view=deck#end');
    await tab.waitForFunction(() => document.documentElement.classList.contains('ready'));
    await tab.keyboard.press('i');
    await tab.locator('.cm-activeLine', { hasText: '## End' }).waitFor();
    await tab.click('.cm-line >> text=Some words.');
    await tab.waitForSelector('#first.present');
    await tab.evaluate(() => Reveal.down());
    await tab.locator('.cm-activeLine', { hasText: '## End' }).waitFor();
    await typeBehind('The end.', ' Typed.');
    await tab.waitForSelector('#end.present >> text=Typed.');
    await tab.keyboard.press('Escape');
    await tab.waitForSelector('#desk .said-here >> text=Save it');
    assert.equal(read(), talk);
    await tab.click('#desk .discard');
    await settled();
    await tab.keyboard.press('Escape');
    await tab.waitForSelector('#desk', { state: 'hidden' });
  });

  test('what is typed into a front matter is shown, and closes no editor; a new frame comes when it is closed', async () => {
    await begin(`---\ntitle: One\n---\n${chapter}`);
    await openPage();
    await openEditor();
    await tab.evaluate(() => { window.mark = 'still here'; });
    await typeBehind('title: One', ' more');
    await tab.waitForFunction(() => document.title.includes('One more'));
    await typeBehind('Some words.', ' And more.');
    await tab.waitForSelector('#first >> text=And more.');
    assert.equal(await tab.evaluate(() => window.mark), 'still here');
    await tab.keyboard.press('Control+s');
    await holds(`---\ntitle: One more\n---\n${chapter.replace('Some words.', 'Some words. And more.')}`);
    assert.equal(await tab.evaluate(() => window.mark), 'still here');
    await tab.keyboard.press('Escape');
    await tab.waitForFunction(() => !window.mark && document.title.includes('One more'));
  });

  test('without the parts from npm a plain field does the same', async () => {
    await begin(chapter);
    await tab.context().close();
    tab = await (await browser.newContext({ viewport: { width: 1500, height: 900 } })).newPage();
    tab.setDefaultTimeout(LIMIT_MS);
    await tab.route('**/~npm/**', route => route.abort());
    await tab.goto(`${server.address}?view=book`);
    await settled();
    await openEditor('textarea');
    const area = '#desk textarea';
    await tab.evaluate(selector => { const it = document.querySelector(selector); it.setSelectionRange(it.value.indexOf('Some words.') + 11, it.value.indexOf('Some words.') + 11); }, area);
    await tab.keyboard.type(' Plain.');
    await tab.waitForSelector('#first >> text=Plain.');
    await tab.evaluate(selector => { const it = document.querySelector(selector); const at = it.value.indexOf('    <<greet>>') + 13; it.setSelectionRange(at, at); }, area);
    await tab.keyboard.type('\n    <<gr');
    await tab.keyboard.press('Alt+/');
    await tab.waitForFunction(selector => document.querySelector(selector).value.includes('    <<greet\n'), area);
    await tab.keyboard.type('>>');
    await stand(output, 'differs');
    await tab.click(`${output} .stand`);
    await tab.click(`${output} .bless`);
    await stand(output, 'same');
    await tab.keyboard.press('Control+s');
    await holds(chapter.replace('Some words.', 'Some words. Plain.')
      .replace('    <<greet>>\n', '    <<greet>>\n    <<greet>>\n').replace('hello, desk\n```', 'hello, desk\nhello, desk\n```'));
  });

  test('line ends of DOS stay, and those of two kinds are left alone', async () => {
    await begin(chapter.replace(/\n/g, '\r\n'));
    await openPage();
    await openEditor();
    await typeBehind('Some words.', ' More.');
    await tab.waitForSelector('#first >> text=More.');
    await tab.keyboard.press('Control+s');
    await holds(chapter.replace('Some words.', 'Some words. More.').replace(/\n/g, '\r\n'));
    await begin(chapter.replace('\n', '\r\n'));
    await openPage();
    await tab.keyboard.press('i');
    await tab.waitForSelector('#desk .said-here >> text=line ends of two kinds');
  });

  test('of two tabs one edits: the other is told, reads on, and goes on when the first is closed', async () => {
    await begin(chapter);
    await openPage();
    await openEditor();
    await typeBehind('Some words.', ' Mine.');
    await tab.waitForSelector('#first >> text=Mine.');
    const first = tab, other = await tab.context().newPage();
    other.setDefaultTimeout(LIMIT_MS);
    await other.goto(server.address + '?view=book');
    await other.waitForFunction(() => window.desk?.news?.saved.stage === 'done');
    await other.keyboard.press('i');
    await other.waitForSelector('#desk .other >> text=being edited in another tab');
    tab = other;
    await typeBehind('Some words.', ' Lost?');
    assert.equal(await text(), chapter);
    assert.equal(await tab.evaluate(() => window.desk.book), 'saved');

    write(chapter.replace('The end.', 'Another end.'));       /* what it reads is what is on the disk */
    await tab.waitForSelector('.cm-line >> text=Another end.');
    await first.waitForSelector('#desk .conflict');
    assert.ok(await first.evaluate(() => window.desk.news.draft));
    await first.click('#desk .mine');
    await tab.waitForSelector('.cm-line >> text=Some words. Mine.');
    await tab.waitForSelector('.cm-line >> text=/^The end.$/');
    await holds(chapter.replace('Some words.', 'Some words. Mine.'));

    await first.close();
    await tab.waitForSelector('#desk .other', { state: 'detached' });
    await typeBehind('Some words. Mine.', ' Yours.');
    await tab.waitForSelector('#first >> text=Yours.');
    await tab.keyboard.press('Control+s');
    await holds(chapter.replace('Some words.', 'Some words. Mine. Yours.'));
    await tab.keyboard.press('Escape');
    await tab.waitForSelector('#desk', { state: 'hidden' });
    await openEditor();
    assert.equal(await tab.locator('#desk .other').count(), 0);
  });

  test('a page of another origin, that even knows the address, gets nothing', async () => {
    await begin(chapter);
    const page = `<!DOCTYPE html><script>
      const tries = {
        read: () => fetch('${server.address}').then(r => r.text()),
        chapter: () => fetch('${server.address}~chapter/chapters/a.md', { credentials: 'include' }).then(r => r.text()),
        save: () => fetch('${server.address}~save/chapters/a.md', { method: 'POST', mode: 'no-cors', body: 'evil' }).then(r => r.type),
        draft: () => fetch('${server.address}~draft/chapters/a.md', { method: 'POST', body: 'evil' }).then(r => r.text()),
        header: () => fetch('${server.address}~save/chapters/a.md', { method: 'POST', headers: { 'X-Base': 'x' }, body: 'evil' }).then(r => r.text()),
        events: () => new Promise((done, fail) => { const e = new EventSource('${server.address}~changes'); e.onmessage = m => done(m.data); e.onerror = fail; }),
        script: () => new Promise((done, fail) => document.head.append(Object.assign(document.createElement('script'), { src: '${server.address}~desk/serve.js', onload: done, onerror: fail }))),
        image: () => new Promise((done, fail) => Object.assign(new Image(), { onload: done, onerror: fail, src: '${server.address}~names' })),
        frame: () => new Promise((done, fail) => { const f = Object.assign(document.createElement('iframe'), { src: '${server.address}', onload: () => { try { done(f.contentDocument?.body.textContent || fail('closed')); } catch (e) { fail(e); } } }); document.documentElement.append(f); }),
      };
      window.results = Promise.all(Object.entries(tries).map(([name, attempt]) => attempt().then(got => [name, got], () => [name, null]))).then(Object.fromEntries);
    </script>`;
    const other = http.createServer((request, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end(page));
    await new Promise(resolve => other.listen(0, '127.0.0.1', resolve));
    const context = await browser.newContext();
    const evil = await context.newPage();
    evil.setDefaultTimeout(LIMIT_MS);
    for (const host of ['127.0.0.1', 'localhost']) {
      await evil.goto(`http://${host}:${other.address().port}/`);
      const got = await evil.evaluate(() => window.results);
      assert.ok(got.save === null || got.save === 'opaque');
      delete got.save;
      for (const [name, value] of Object.entries(got))
        assert.equal(value, null, name);
    }
    assert.equal(read(), chapter);
    await context.close();
    other.close();
  });
});
