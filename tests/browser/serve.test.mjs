/*
 * heddle serve: whom it answers, what it does when a chapter changes, what it says
 * of each listing, and what is left when it ends.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { launch, missing, top } from './browser.mjs';
import { chapter, env, heddle, isDone, LIMIT_MS, listen, makeBook, post, request, serve, standOf } from './desk.mjs';

describe('heddle serve', () => {
  let work, server;

  before(async () => {
    work = makeBook();
    fs.writeFileSync(path.join(work, 'secret.html'), 'secret');
    server = await serve(work);
    const wire = listen(server);
    await wire.until(isDone);
    wire.close();
  }, { timeout: LIMIT_MS });

  after(async () => {
    server.child.kill('SIGINT');
    await server.ended;
    fs.rmSync(work, { recursive: true });
  });

  const write = text => fs.writeFileSync(path.join(work, 'chapters/a.md'), text);
  const read = () => fs.readFileSync(path.join(work, 'chapters/a.md'), 'utf8');

  /* A change, and what is known in the end. */
  async function settle(change) {
    const wire = listen(server);
    await wire.until(() => true);
    await change();
    await wire.until(news => !isDone(news));
    const news = await wire.until(isDone);
    wire.close();
    return news;
  }

  test('a request under another name is refused', async () => {
    for (const Host of ['example.org', `example.org:${server.port}`, '127.0.0.1', '127.0.0.1:1'])
      assert.equal((await request(server, '', { headers: { Host } })).status, 403);
    assert.equal((await request(server, '~changes', { headers: { Host: 'example.org' } })).status, 403);
    assert.equal((await request(server, '', { headers: { Host: `localhost:${server.port}` } })).status, 200);
  });

  test('a page of another origin is refused, and none of ours is read or framed by it', async () => {
    for (const Origin of ['http://example.org', 'null', 'http://127.0.0.1', `http://127.0.0.1:${server.port + 1}`,
      `https://127.0.0.1:${server.port}`, `http://127.0.0.1:${server.port}.example.org`]) {
      assert.equal((await request(server, '', { headers: { Origin } })).status, 403);
      assert.equal((await request(server, '~drop', { method: 'POST', headers: { Origin } })).status, 403);
    }
    const { headers } = await request(server, '');
    assert.equal(headers['access-control-allow-origin'], undefined);
    assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
    assert.match(headers['content-security-policy'], /frame-ancestors 'self'/);
  });

  test('who does not know the key gets nothing', async () => {
    const wrong = server.home.replace(/.(?=\/$)/, digit => digit === '0' ? '1' : '0');
    for (const address of ['/', '/index.html', '/~changes', wrong, `${wrong}index.html`, '//', server.home.slice(0, -1)])
      assert.equal((await request(server, address)).status, 404, address);
    assert.equal((await request(server, '~drop', { method: 'POST' })).status, 403);     /* no Origin at all */
  });

  test('the key is the same after a new start, and nobody else may read it', { timeout: LIMIT_MS }, async () => {
    const own = makeBook();
    const file = path.join(own, 'build/serve.key');
    const homes = [];
    for (let turn = 0; turn < 2; turn++) {
      for (let i = 0; i < 2; i++) {
        const one = await serve(own);
        homes.push(one.home);
        assert.equal(fs.statSync(file).mode & 0o777, 0o600);
        assert.equal(fs.statSync(path.join(own, 'build/serve.lock')).mode & 0o777, 0o600);
        one.child.kill('SIGTERM');
        await one.ended;
      }
      fs.chmodSync(file, 0o644);
    }
    assert.equal(homes[1], homes[0]);
    assert.notEqual(homes[2], homes[0]);
    assert.equal(homes[3], homes[2]);
    fs.rmSync(own, { recursive: true });
  });

  test('of two servers of one book the second ends, and says where the first is', { timeout: LIMIT_MS }, async () => {
    for (const words of [[], ['chapters/a.md']]) {
      const { status, stderr } = spawnSync(heddle, ['serve', '--port', '0', ...words], { cwd: work, encoding: 'utf8' });
      assert.equal(status, 2);
      assert.equal(stderr, `heddle: error: this book is being served already, at ${server.address}\n`);
    }
    assert.equal((await request(server, '')).status, 200);
  });

  test('nothing outside of the folder is served', async () => {
    for (const address of ['../secret.html', '%2e%2e/secret.html', '../../secret.html', 'code/../../../secret.html', '%00',
      'index.html%00.png', '~desk/../template.html', '~desk/../../../secret.html', '~chapter/../secret.html',
      '~chapter/secret.html', '~chapter//etc/passwd', '~chapter/chapters/../secret.md', '~npm/../package.json',
      '~draft/../../secret.html', '%zz', '/etc/passwd'])
      assert.equal((await request(server, address)).status, 404, address);
    fs.symlinkSync(path.join(work, 'secret.html'), path.join(work, 'build/served/link.html'));
    assert.equal((await request(server, 'link.html')).status, 404);
  });

  test('other methods are refused, and a text that is too long', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS'])
      assert.equal((await request(server, '', { method, headers: { Origin: server.origin } })).status, 405);
    assert.equal((await post(server, '~draft/chapters/a.md', 'x'.repeat(5 << 20))).status, 413);
    assert.equal((await post(server, '~save/chapters/../secret.html', '')).status, 404);
    assert.equal((await post(server, '~explore', '--record=x')).status, 400);
    assert.equal((await post(server, '~nothing', '')).status, 404);
  });

  test('a page is served as it is, and a script behind it', async () => {
    const { body } = await request(server, '');
    const page = fs.readFileSync(path.join(work, 'build/served/index.html'), 'utf8');
    assert.ok(body.startsWith(page));
    assert.match(body.slice(page.length), /^<script src="[^"]*~desk\/serve.js" [^>]*><\/script>\n$/);
  });

  test('one who reads slowly, or says nothing, keeps no other waiting', { timeout: LIMIT_MS }, async () => {
    const slow = await Promise.all(Array.from({ length: 20 }, () => new Promise(resolve => {
      const socket = net.connect(server.port, '127.0.0.1', () => {
        socket.pause();
        socket.write(`GET ${server.home} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n\r\n`);
        resolve(socket);
      });
    })));
    const silent = net.connect(server.port, '127.0.0.1');
    assert.equal((await request(server, '')).status, 200);
    [...slow, silent].forEach(socket => socket.destroy());
  });

  test('a change is woven and told; a fault is told in its own words until it is mended', { timeout: LIMIT_MS }, async () => {
    const wire = listen(server);
    const { saved: { pages } } = await wire.until(isDone);
    write(`${chapter}\n\`\`\`c {#open}\n`);
    const { saved } = await wire.until(news => news.saved.fault);
    assert.match(saved.fault, /^chapters\/a.md:27:1: error: this fence is never closed/);
    assert.equal(saved.pages, pages);
    const late = listen(server);
    assert.match((await late.until(news => news.saved.fault)).saved.fault, /never closed/);
    late.close();
    const changes = {
      'is written': text => write(text),
      'is replaced': text => {
        fs.writeFileSync(path.join(work, 'chapters/.a.md.new'), text);
        fs.renameSync(path.join(work, 'chapters/.a.md.new'), path.join(work, 'chapters/a.md'));
      },
      'is written again': text => write(text),
    };
    for (const [words, change] of Object.entries(changes)) {
      change(chapter.replace('Some words', `This ${words}`));
      await wire.until(news => isDone(news) && !news.saved.fault && shows(`This ${words}`));
    }
    fs.mkdirSync(path.join(work, 'chapters/deeper'));
    for (const text of ['in a new folder', 'and there anew']) {
      fs.writeFileSync(path.join(work, 'chapters/deeper/b.md'), `# B\n\n${text}\n`);
      await wire.until(news => isDone(news) && shows(text));
    }
    wire.close();
  });

  const shows = text => fs.readFileSync(path.join(work, 'build/served/index.html'), 'utf8').includes(text);

  test('what is known of a listing: same, different, broken, its program broken; never what was before', { timeout: LIMIT_MS }, async () => {
    let news = await settle(() => write(chapter));
    for (const at of ['chapters/a.md:5', 'chapters/a.md:9', 'chapters/a.md:19'])
      assert.equal(standOf(news, at), 'same');

    const wire = listen(server);
    await wire.until(isDone);
    write(chapter.replace('hello, desk\n```', 'a lie\n```'));
    assert.equal((await wire.until(({ saved }) => saved.stage !== 'done')).saved.listings, null);
    for (;;) {  /* no message on the way says that the lie was seen */
      news = await wire.until(() => true);
      assert.notEqual(standOf(news, 'chapters/a.md:19'), 'same');
      if (isDone(news))
        break;
    }
    wire.close();
    assert.equal(standOf(news, 'chapters/a.md:19'), 'differs');
    assert.equal(standOf(news, 'chapters/a.md:9'), 'differs');
    assert.equal(news.saved.listings.find(listing => listing.at === 'chapters/a.md:19').bless, true);

    news = await settle(() => write(chapter.replace('puts("hello', 'putz("hello')));
    assert.equal(standOf(news, 'chapters/a.md:5'), 'broken');
    assert.match(news.saved.listings[0].message, /^chapters\/a.md:6:1: error: .*putz/);
    assert.equal(standOf(news, 'chapters/a.md:9'), 'unbuilt');
    assert.equal(standOf(news, 'chapters/a.md:19'), 'unbuilt');

    news = await settle(() => write(chapter));
    assert.equal(standOf(news, 'chapters/a.md:19'), 'same');
  });

  test('what a program prints is blessed, once it is asked for', { timeout: LIMIT_MS }, async () => {
    await settle(() => write(chapter.replace('hello, desk\n```', 'a lie\n```')));
    await settle(async () => {
      const { status, body } = await post(server, '~bless', 'chapters/a.md:19 hello');
      assert.equal(status, 200);
      assert.equal(JSON.parse(body).status, 0);
    });
    assert.equal(read(), chapter);
  });

  test('a page of what is saved blesses that, and not the draft of another page', { timeout: LIMIT_MS }, async () => {
    await settle(() => write(chapter.replace('hello, desk\n```', 'a lie\n```')));
    await post(server, '~draft/chapters/a.md', chapter.replace('The end.', 'A draft.'));
    await settle(async () => {
      const { body } = await post(server, '~bless', 'chapters/a.md:19 hello', { 'X-Book': 'saved' });
      assert.equal(JSON.parse(body).status, 0);
    });
    assert.equal(read(), chapter);
    await post(server, '~drop');
  });

  test('a text is saved in the place of the one that it began with, and of no other', { timeout: LIMIT_MS }, async () => {
    write(chapter);
    const { hash, text } = JSON.parse((await request(server, '~chapter/chapters/a.md')).body);
    assert.equal(text, chapter);
    write(`${chapter}meanwhile\n`);
    const refused = await post(server, '~save/chapters/a.md', `${chapter}mine\n`, { 'X-Base': hash });
    assert.equal(refused.status, 409);
    assert.equal(JSON.parse(refused.body).text, `${chapter}meanwhile\n`);
    assert.equal(read(), `${chapter}meanwhile\n`);
    const saved = await post(server, '~save/chapters/a.md', `${chapter}both\n`, { 'X-Base': JSON.parse(refused.body).hash });
    assert.equal(saved.status, 200);
    assert.equal(read(), `${chapter}both\n`);
    assert.equal((await post(server, '~save/chapters/new.md', 'x', { 'X-Base': '' })).status, 500);
    assert.ok(!fs.existsSync(path.join(work, 'chapters/new.md')));
  });

  test('an open page is changed where it is, and shows a fault over what it was', { timeout: 2 * LIMIT_MS, skip: missing() }, async t => {
    const browser = await launch();
    t.after(() => browser.close());
    const tab = await browser.newPage();
    tab.setDefaultTimeout(LIMIT_MS);
    write(chapter + 'Long.\n\n'.repeat(200));
    await tab.goto(`${server.address}?view=book`);
    await tab.waitForSelector('text=Long.');
    await tab.evaluate(() => { window.mark = 'still here'; scrollTo(0, 2000); });
    write(`${chapter}${'Long.\n\n'.repeat(200)}\n\`\`\`c {#open}\n`);
    await tab.waitForSelector('#fault >> text=never closed');
    assert.ok(await tab.locator('text=Long.').count() > 0);
    write(chapter.replace('Some words', 'Other words') + 'Long.\n\n'.repeat(200));
    await tab.waitForSelector('text=Other words');
    await tab.waitForFunction(() => !document.getElementById('fault'));
    assert.equal(await tab.evaluate(() => window.mark), 'still here');
    assert.ok(await tab.evaluate(() => scrollY > 1000));
    write(`${chapter}\n## New {#new}\n\nA new one.\n`);
    await tab.waitForSelector('#new >> text=A new one.');
    assert.equal(await tab.evaluate(() => window.mark), 'still here');
  });

  test('a program that was edited is played as it is now, in the deck as well', { timeout: 3 * LIMIT_MS, skip: missing() }, async t => {
    const racy = word => `---\nslides: yes\n---\n# One {#one}\n\n\`\`\`outcomes {of=race races=count}\n${word} 2\n---\n${word} 1\n\`\`\`\n\n::: book\n\n` +
      `\`\`\`c {file=race.c .program cflags="-fno-sanitize=all"}\n#include <pthread.h>\n#include <stdio.h>\n\nstatic int count;\n\n` +
      `static void *add_one(void *arg)\n{\n    count += 1;\n    return arg;\n}\n\nint main(void)\n{\n    pthread_t one;\n\n` +
      `    pthread_create(&one, NULL, add_one, NULL);\n    add_one(NULL);\n    pthread_join(one, NULL);\n    printf("${word} %d\\n", count);\n    return 0;\n}\n` +
      `\`\`\`\n\n:::\n\n## Two {#two}\n\nThe end.\n`;
    const own = makeBook({ 'chapters/a.md': racy('came') });
    const one = await serve(own);
    t.after(async () => {
      one.child.kill('SIGINT');
      await one.ended;
      fs.rmSync(own, { recursive: true });
    });
    const browser = await launch();
    t.after(() => browser.close());
    const tab = await browser.newPage({ viewport: { width: 1500, height: 1000 } });
    tab.setDefaultTimeout(2 * LIMIT_MS);
    await tab.goto(`${one.address}?view=deck#one`);
    const shows = async word => {
      await tab.waitForFunction(text => document.querySelector('#one .outcomes > .play') &&
        document.querySelector('#one .play-code')?.textContent.includes(text), word);
      assert.ok(await tab.locator('#one .play-stop').count() > 3);
      assert.equal(await tab.locator('#one .player').count(), 1);
    };
    await shows('"came ');
    fs.writeFileSync(path.join(own, 'chapters/a.md'), racy('went'));
    await shows('"went ');
    await tab.keyboard.press('PageDown');
    await tab.waitForSelector('#one .playing .play-ask');
  });

  test('a book may have a deck of its own, and be named from elsewhere', { timeout: LIMIT_MS }, async () => {
    const own = makeBook({ 'book/chapters/a.md': chapter });
    fs.cpSync(path.join(top, 'chapters/deck'), path.join(own, 'book/chapters/deck'), { recursive: true });
    const one = await serve(own, '--modules', path.join(top, 'build/npm/node_modules'), 'book');
    const wire = listen(one);
    const { saved } = await wire.until(news => isDone(news) || news.saved.fault);
    wire.close();
    one.child.kill('SIGINT');
    await one.ended;
    assert.equal(saved.fault, '');
    assert.ok(fs.existsSync(path.join(own, 'book/build/served/index.html')));
    fs.rmSync(own, { recursive: true });
  });

  test('Ctrl-C, and the end of either process by kill -9, leave no child and no half file', { timeout: 2 * LIMIT_MS }, async t => {
    const slow = makeBook({ 'chapters/a.md': chapter.replace('puts(', 'for (;;) puts(') });
    const { TMPDIR } = env;
    env.TMPDIR = path.join(slow, 'sandboxes');   /* of this book alone: others test as well */
    fs.mkdirSync(env.TMPDIR);
    t.after(() => TMPDIR === undefined ? delete env.TMPDIR : env.TMPDIR = TMPDIR);
    const isLeft = process => {
      try {
        return `${fs.readlinkSync(`/proc/${process}/cwd`)}/`.startsWith(`${slow}/`);
      } catch (ended) {
        return false;
      }
    };
    const left = () => fs.readdirSync('/proc').filter(name => /^\d+$/.test(name)).some(isLeft);
    for (const end of ['SIGINT', 'SIGKILL', 'worker']) {
      const one = await serve(slow);
      const wire = listen(one);
      await wire.until(({ saved }) => saved.stage === 'running');
      if (end === 'worker')
        process.kill(Number(fs.readFileSync(`/proc/${one.child.pid}/task/${one.child.pid}/children`, 'utf8').split(' ')[0]), 'SIGKILL');
      else
        one.child.kill(end);
      await one.ended;
      wire.close();
      while (left())     /* the other one ends what there is, and then itself */
        await new Promise(resolve => setImmediate(resolve));
      assert.deepEqual(fs.readdirSync(path.join(slow, 'chapters')), ['a.md']);
    }
    fs.rmSync(slow, { recursive: true });
  });
});
