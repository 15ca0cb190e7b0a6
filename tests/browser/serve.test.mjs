/*
 * make serve: whom it answers, and what it does when a chapter changes. What it
 * runs here only copies, or fails; the browser is there for the last test.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const top = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const browserPath = process.env.CHROMIUM || '/usr/bin/chromium';
const LIMIT_MS = 60000;         /* for what comes at once, on a machine that is busy */

describe('make serve', () => {
  let work, child, port;

  /* The chapter becomes the page; one that says "wrong" is an error. */
  before(async () => {
    work = fs.mkdtempSync(path.join(os.tmpdir(), 'heddle-serve-'));
    fs.mkdirSync(path.join(work, 'chapters'));
    fs.mkdirSync(path.join(work, 'out'));
    fs.writeFileSync(path.join(work, 'weave.sh'), 'grep -q wrong chapters/a.md && { echo "chapters/a.md:1:1: error: <wrong>" >&2; exit 1; }\n' +
      'find chapters -name "[ab].md" -exec cat {} + >out/new && mv out/new out/index.html\n');
    fs.writeFileSync(path.join(work, 'chapters/a.md'), page('first'));
    fs.writeFileSync(path.join(work, 'out/index.html'), page('first'));
    fs.writeFileSync(path.join(work, 'secret'), 'secret');
    child = spawn(process.execPath, [path.join(top, 'chapters/deck/serve.mjs'), 'out', '0', 'chapters', 'sh', 'weave.sh'],
      { cwd: work, stdio: ['ignore', 'pipe', 'ignore'] });
    const line = await new Promise(resolve => child.stdout.once('data', text => resolve(String(text))));
    port = Number(line.match(/:(\d+)\//)[1]);
  });

  after(() => {
    child.kill();
    fs.rmSync(work, { recursive: true });
  });

  function page(text) {
    return `<!DOCTYPE html><p style="height:3000px">${text}</p><p id="end">end</p>\n`;
  }

  function write(text) {
    fs.writeFileSync(path.join(work, 'chapters/a.md'), text);
  }

  function get(url, headers = {}) {
    return new Promise((resolve, reject) => {
      http.get({ port, host: '127.0.0.1', path: url, headers }, response => {
        let body = '';
        response.setEncoding('utf8').on('data', text => { body += text; });
        response.on('end', () => resolve({ status: response.statusCode, body }));
      }).on('error', reject);
    });
  }

  /* What the server tells a page, one message after the other. */
  async function listen() {
    const messages = [];
    let wake = () => {};
    const request = http.get({ port, host: '127.0.0.1', path: '/~changes' }, response => {
      response.setEncoding('utf8').on('data', text => {
        messages.push(...text.split('\n\n').filter(Boolean).map(m => JSON.parse(m.slice('data: '.length))));
        wake();
      });
    });
    async function next() {
      while (!messages.length)
        await new Promise(resolve => { wake = resolve; });
      return messages.shift();
    }
    return { next, close: () => request.destroy() };
  }

  /* The first message that is wanted; one change may cause more than one build. */
  async function told(wire, wanted) {
    let message = await wire.next();
    while (!wanted(message))
      message = await wire.next();
    return message;
  }

  async function served(text, wire) {
    while (!(await get('/')).body.includes(text))
      await wire.next();
  }

  test('a request under another name is refused', async () => {
    assert.equal((await get('/', { Host: 'example.org' })).status, 403);
    assert.equal((await get('/~changes', { Host: 'example.org' })).status, 403);
  });

  test('nothing outside of the folder is served', async () => {
    assert.equal((await get('/../secret')).status, 404);
    assert.equal((await get('/%2e%2e/secret')).status, 404);
    assert.equal((await get('/%00')).status, 404);
  });

  test('a page is served as it is, and a script behind it', async () => {
    const { body } = await get('/');
    assert.ok(body.startsWith(page('first')));
    assert.match(body.slice(page('first').length), /^<script>.*<\/script>\n$/s);
  });

  test('a change is woven and told; a fault is told in its own words until it is mended', { timeout: LIMIT_MS }, async () => {
    const wire = await listen();
    assert.equal((await wire.next()).fault, '');
    write('wrong');
    const { built } = await told(wire, message => message.fault === 'chapters/a.md:1:1: error: <wrong>\n');
    assert.ok((await get('/')).body.includes('first'));
    const late = await listen();
    assert.match((await late.next()).fault, /error: <wrong>/);
    write(page('second'));
    assert.notEqual((await told(wire, message => !message.fault)).built, built);
    assert.ok((await get('/')).body.includes('second'));
    fs.writeFileSync(path.join(work, 'chapters/.a.md.new'), page('replaced'));
    fs.renameSync(path.join(work, 'chapters/.a.md.new'), path.join(work, 'chapters/a.md'));
    await served('replaced', wire);
    write(page('and written'));
    await served('and written', wire);
    fs.mkdirSync(path.join(work, 'chapters/deeper'));
    for (const text of ['in a new folder', 'and there anew']) {
      fs.writeFileSync(path.join(work, 'chapters/deeper/b.md'), text);
      await served(text, wire);
    }
    wire.close();
    late.close();
  });

  test('an open page loads again where it is, and shows a fault over what it was', { timeout: 2 * LIMIT_MS, skip: missing() }, async () => {
    const { chromium } = require('playwright-core');
    const browser = await chromium.launch({ executablePath: browserPath, args: process.getuid() === 0 ? ['--no-sandbox'] : [] });
    const tab = await browser.newPage();
    tab.setDefaultTimeout(LIMIT_MS);
    write(page('third'));
    await tab.goto(`http://127.0.0.1:${port}/?view=book#end`);
    await tab.waitForSelector('text=third');
    write('wrong');
    await tab.waitForSelector('#fault >> text=error: <wrong>');
    assert.equal(await tab.locator('text=third').count(), 1);
    write(page('fourth'));
    await tab.waitForSelector('text=fourth');
    assert.equal(await tab.locator('#fault').count(), 0);
    assert.match(tab.url(), /\?view=book#end$/);
    assert.ok(await tab.evaluate(() => scrollY > 1000));
    await browser.close();
  });
});

function require(name) {
  return createRequire(path.join(top, 'build/npm/package.json'))(name);
}

function missing() {
  try {
    require('playwright-core');
  } catch (absent) {
    return 'playwright-core is not installed (make deps-full)';
  }
  return fs.existsSync(browserPath) ? false : `there is no browser at ${browserPath} (make deps-full)`;
}
