/*
 * The woven page beside what others make of the same chapters: how much a
 * browser loads, and when the first slide is painted.
 *
 *   node tests/bench/bench_pages.mjs [RUNS]
 *
 * pandoc's own deck is what it writes without our template: revealjs, with its
 * default theme, as one file and as many; and once more of nothing but what stands on
 * our slides, with the same pictures. Marp is measured when MARP names its
 * command line program (npm install @marp-team/marp-cli, somewhere else), and
 * otherwise left out with a word. BEFORE names an index.html that was woven earlier, to be
 * measured in the same run. Runs take turns, each with a cold profile;
 * medians are printed, and the fastest run, as other work slows them. What the main
 * thread has computed until the first paint is counted in runs of their own.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const top = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const runs = Number(process.argv[2] || 9);
const browserPath = process.env.CHROMIUM || '/usr/bin/chromium';
const args = process.getuid() === 0 ? ['--no-sandbox'] : [];
const viewport = { width: 1500, height: 1000 };
const require = createRequire(path.join(top, 'build/npm/package.json'));
const reader = 'commonmark_x-smart-emoji-subscript-superscript-tex_math_dollars-gfm_auto_identifiers+east_asian_line_breaks';

function leave(why) {
  console.log(`pages: not measured, ${why}`);
  process.exit(0);
}

if (!fs.existsSync(browserPath))
  leave(`there is no browser at ${browserPath} (make deps-full)`);
try {
  require.resolve('playwright-core');
} catch (missing) {
  leave('playwright-core is not installed (make deps-full)');
}

/* ---- the pages ------------------------------------------------------------- */

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'heddle-bench-pages-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));

/* The chapters that are in index.html. */
const chapters = fs.readdirSync(path.join(top, 'chapters')).filter(name => name.endsWith('.md')).sort()
  .map(name => path.join(top, 'chapters', name))
  .filter(file => !/^# .*\.apart/m.test(fs.readFileSync(file, 'utf8')));

/* Marp takes rules for slides, and has no books: what the slides leave out goes. */
function marpSource() {
  let fence = '', book = 0;
  const lines = chapters.flatMap(file => fs.readFileSync(file, 'utf8').replace(/^---\n[^]*?\n---\n/, '').split('\n'));
  const kept = lines.flatMap(line => {
    const mark = /^(`{3,}|~{3,}|:{3,})\s*(.*)/.exec(line);
    if (!fence && mark && mark[1][0] === ':') {
      book = mark[2] ? (book || /book/.test(mark[2]) ? book + 1 : 0) : Math.max(0, book - 1);
      return [];
    }
    if (mark && mark[1][0] !== ':')
      fence = fence ? '' : mark[1];
    return book ? [] : !fence && /^##? /.test(line) ? ['', '---', '', line.replace(/\s*\{.*\}$/, '')] : [line];
  });
  return '---\nmarp: true\n---\n' + kept.join('\n');
}

/* What stands on our slides, for pandoc: their words, listings and pictures. */
async function ownSlides(chromium) {
  const browser = await chromium.launch({ executablePath: browserPath, args });
  const page = await browser.newPage({ viewport });
  await page.goto(`${pathToFileURL(path.join(top, 'build/slides/index.html'))}?view=sheets`);
  await page.evaluate(() => heddle.ready);
  const html = await page.evaluate(() => [...document.querySelectorAll('section.slide:not(.ends-sheet)')]
    .filter(slide => slide.checkVisibility()).map(slide => {
      for (const part of slide.querySelectorAll('*'))
        if (!(part.localName === 'svg' || part.closest('svg') || part.checkVisibility()))
          part.remove();
      slide.querySelectorAll('.numbers').forEach(part => part.remove());
      for (const svg of slide.querySelectorAll('svg'))
        svg.checkVisibility() ? svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg') : svg.remove();
      return slide.innerHTML;
    }).join('\n'));
  await browser.close();
  return html;
}

function pandocOfHtml(html, out) {
  const file = path.join(folder, 'slides.html');
  fs.writeFileSync(file, html);
  execFileSync('pandoc', ['-f', 'html', '-t', 'revealjs', '-s', '--slide-level=2', '-M', 'title=Bench', '--self-contained',
    '-V', 'revealjs-url=reveal.js', '-o', out, file], { cwd: folder, stdio: ['ignore', 'ignore', 'ignore'] });
  return out;
}

function pandoc(out, ...options) {
  execFileSync('pandoc', ['-f', reader, '-t', 'revealjs', '-s', '--slide-level=2', '-M', 'title=Bench', ...options,
    '-o', out, ...chapters], { cwd: folder, stdio: ['ignore', 'ignore', 'ignore'] });
  return out;
}

async function makePages(chromium) {
  const modules = path.join(top, 'build/npm/node_modules/reveal.js');
  const reveal = 'document.querySelector(".reveal.ready section.present")', ready = '.reveal.ready section.present';
  const bookFile = ['book.html', 'index.html'].map(name => path.join(top, 'build/slides', name)).find(fs.existsSync);
  const pages = [
    { name: 'heddle, deck', file: path.join(top, 'build/slides/index.html'), query: '?view=deck',
      painted: 'document.querySelector("section.slide")?.offsetHeight', ready: '.ready section.present' },
    { name: 'heddle, book', file: bookFile, query: '?view=book',
      painted: 'document.querySelector("section.slide h1")', ready: '.tools' },
  ];

  fs.symlinkSync(modules, path.join(folder, 'reveal.js'));
  pages.push({ name: 'pandoc, one file', painted: reveal, ready,
    file: pandoc(path.join(folder, 'one.html'), '--self-contained', '-V', 'revealjs-url=reveal.js') });
  pages.push({ name: 'pandoc, same slides', painted: reveal, ready,
    file: pandocOfHtml(await ownSlides(chromium), path.join(folder, 'same.html')) });
  pages.push({ name: 'pandoc, many files', painted: reveal, ready,
    file: pandoc(path.join(folder, 'many.html'), '-V', 'revealjs-url=reveal.js') });
  if (process.env.BEFORE)
    pages.push({ ...pages[0], name: 'heddle, before', file: path.resolve(process.env.BEFORE) });
  if (process.env.MARP) {
    fs.writeFileSync(path.join(folder, 'marp.md'), marpSource());
    execFileSync(process.env.MARP, ['--html', 'marp.md', '-o', 'marp.html'], { cwd: folder, stdio: 'ignore' });
    pages.push({ name: 'Marp, slides only', painted: 'document.querySelector("svg.bespoke-marp-active")',
      ready: 'svg.bespoke-marp-active',
      file: path.join(folder, 'marp.html') });
  } else {
    console.log('pages: Marp is left out; MARP=.../marp names its program');
  }
  return pages;
}

/* ---- measuring ------------------------------------------------------------- */

/* Runs in the page, from its very beginning: when what is `painted` has been
 * there for a frame, and when keys move it. */
function watchPaint({ painted, ready }) {
  const test = new Function(`return ${painted}`);
  window.largestPaint = [];
  new PerformanceObserver(list => window.largestPaint.push(...list.getEntries().map(entry => entry.startTime)))
    .observe({ type: 'largest-contentful-paint', buffered: true });
  const look = () => {
    if (!window.paintedAt && test())
      requestAnimationFrame(() => setTimeout(() => { window.paintedAt = window.paintedAt || performance.now(); }));
    if (document.querySelector(ready))
      window.readyAt = performance.now();
    if (!window.paintedAt || !window.readyAt)
      requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

async function measure(chromium, page) {
  const browser = await chromium.launch({ executablePath: browserPath, args });
  const tab = await (await browser.newContext({ viewport })).newPage();
  let requests = 0, bytes = 0;

  tab.on('requestfinished', async request => {
    if (!request.url().startsWith('file:'))
      return;
    requests++;
    bytes += fs.statSync(fileURLToPath(request.url().split(/[?#]/)[0])).size;
  });
  await tab.addInitScript(watchPaint, { painted: page.painted, ready: page.ready });
  await tab.goto(pathToFileURL(page.file).href + (page.query || ''));
  await tab.waitForFunction(() => window.paintedAt && window.readyAt);
  const paint = await tab.evaluate(() => ({
    first: performance.getEntriesByName('first-contentful-paint')[0]?.startTime || 0,
    largest: largestPaint.at(-1) ?? 0,
    slide: window.paintedAt,
    ready: window.readyAt,
  }));
  await browser.close();
  return { ...paint, requests, bytes };
}

/* ms of the processor that the page's main thread had until its first paint. */
async function countWork(chromium, page) {
  const browser = await chromium.launch({ executablePath: browserPath, args });
  const tab = await browser.newPage({ viewport });
  const session = await browser.newBrowserCDPSession(), events = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  await session.send('Tracing.start', { transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['loading', 'toplevel', 'blink.user_timing', 'disabled-by-default-devtools.timeline'] } });
  await tab.goto(pathToFileURL(page.file).href + (page.query || ''));
  await tab.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length);
  const complete = new Promise(done => session.on('Tracing.tracingComplete', done));
  await session.send('Tracing.end');
  await complete;
  await browser.close();
  const paint = events.filter(event => event.name === 'firstContentfulPaint').at(-1);
  return events.filter(({ name, ph, pid, tid, ts }) => /(^|::)RunTask$/.test(name) && ph === 'X' && pid === paint.pid && tid === paint.tid &&
    ts < paint.ts).reduce((sum, { tdur = 0 }) => sum + tdur, 0) / 1000;
}

const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const least = values => Math.min(...values);

const { chromium } = require('playwright-core');
const pages = await makePages(chromium);
const results = new Map(pages.map(page => [page, []]));

for (let run = 0; run < runs; run++)
  for (const page of run % 2 ? [...pages].reverse() : pages)
    results.get(page).push({ ...await measure(chromium, page), work: await countWork(chromium, page) });

console.log(`pages: ${chapters.length} chapters, ${runs} runs in turn; ms from the start of the load, median (least)`);
console.log('                        bytes  requests    first paint   largest paint   slide painted     takes keys  work to paint');
for (const [page, all] of results) {
  const ms = key => `${median(all.map(run => run[key])).toFixed(0)} (${least(all.map(run => run[key])).toFixed(0)})`;
  console.log(`${page.name.padEnd(20)} ${String(all[0].bytes).padStart(9)} ${String(all[0].requests).padStart(9)} ` +
    `${ms('first').padStart(14)} ${ms('largest').padStart(15)} ${ms('slide').padStart(15)} ${ms('ready').padStart(14)} ${ms('work').padStart(14)}`);
}
const ratio = (page, key) => (median(results.get(pages[0]).map(run => run[key])) / median(results.get(page).map(run => run[key]))).toFixed(2);
for (const page of pages.slice(2))
  console.log(`heddle / ${page.name}: first paint ${ratio(page, 'first')}, largest ${ratio(page, 'largest')}, ` +
    `first slide ${ratio(page, 'slide')}, work to paint ${ratio(page, 'work')}`);
