/*
 * Key I: the chapter's own text beside the page.
 *
 * What is typed is tried in a scratch copy of the book (~draft) and the page shows it:
 * first what it looks like, then what is true of it. Nothing reaches the chapter before
 * it is saved, and it is saved only in the place of the text that it began with.
 * "What if?" is the same without a way to save.
 *
 * The scratch copy is the book's only one. So one tab edits at a time: another shows
 * the text, says why it cannot be changed, and goes on when the first is done.
 */
const { desk } = globalThis;
const { heddle } = desk;
const { make } = heddle;

const PAUSE_MS = 120;           /* as one types: the draft waits for the end of a word */
const attributes = [
  '.program', '.fragment', '.compile-fail', '.no-tangle', 'file=', 'of=', 'args=', 'stdin=', 'env=', 'status=', 'signal=',
  'stream=stderr', 'order=any', 'order=threads', 'timeout=', 'newline=no', 'link=', 'cflags=', 'mode=', 'steps=', 'model=', 'races=',
  'spurious=', 'bound=', 'failing=', 'kind=bars', 'kind=grid', 'kind=holds', 'kind=lanes', 'kind=memory', 'kind=pipes', 'kind=slots',
  'kind=timeline',
];

let editor = null, panel = null, parts = {};
let chapter = null;             /* { path, hash, base: its text on the disk, eol } */
let names = { chunks: [], programs: [] };
let whatIf = false;
let turn = null;                /* while the editor is open: { ours, end() } */
let timer = null, sent = Promise.resolve(), leading = false;
let drafted = false;            /* a draft was sent, whatever the news say by now */
let savedAt = null;             /* pages of the saved book when it was saved: newer ones are of it */

/* ---- the text ------------------------------------------------------------------ */

const isDirty = () => chapter !== null && editor.text() !== chapter.base;
const outward = text => text.replace(/\n/g, chapter.eol);

async function read(path) {
  const { hash, text } = await desk.ask('~chapter/' + encodeURI(path));
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const base = text.replaceAll(eol, '\n');

  if (base.includes('\r') || base.replaceAll('\n', eol) !== text || text.includes('\ufffd'))
    throw new Error(`${path} has line ends of two kinds, or is no UTF-8; it cannot be edited here`);
  return { path, hash, base, eol };
}

async function open(path, line) {
  if (chapter?.path !== path) {
    if (isDirty())
      return say(`Save or discard ${chapter.path} before another chapter is edited.`, 'bad');
    chapter = await read(path);
    editor.load(chapter.base);
  }
  editor.goTo(line);
  await readNames();
  showState();
}

async function readNames() {
  names = await desk.ask('~names');
  const chosen = parts.program.value;
  parts.program.replaceChildren(...names.programs.map(name => new Option(name, name)));
  parts.program.value = names.programs.includes(chosen) ? chosen : names.programs[0] ?? '';
  parts.explore.disabled = names.programs.length === 0;
}

/* ---- trying it ------------------------------------------------------------------- */

function changed() {
  clearTimeout(timer);
  timer = setTimeout(send, PAUSE_MS);
  showState();
}

/* What is asked of the server goes one after the other: the last text typed is the last
 * one sent, and the disk is not looked at while it is written. */
function inOrder(action) {
  sent = sent.then(action).catch(error => say(error.message, 'bad'));
  return sent;
}

function send() {
  clearTimeout(timer);
  timer = null;
  return inOrder(async () => {
    if (isDirty()) {
      drafted = true;
      await desk.ask('~draft/' + encodeURI(chapter.path), outward(editor.text()));
      desk.show('draft');
    } else if (savedAt === null) {      /* again what is saved */
      await dropNow();
    } else {
      dropOnceShown();
    }
  });
}

async function dropNow() {
  if (drafted || turn?.ours && desk.news.draft)
    await desk.ask('~drop', '');
  drafted = false;
  desk.show('saved');
}

function drop() {
  clearTimeout(timer);
  timer = null;
  return inOrder(dropNow);
}

/* What was saved is shown by the draft's pages until its own are there. */
function dropOnceShown() {
  const { saved } = desk.news;

  if (savedAt === null || !saved.current || saved.pages <= savedAt || isDirty())
    return;
  savedAt = null;
  drop();
}

async function discard() {
  editor.set(chapter.base);
  await drop();
  parts.said.replaceChildren();
  showState();
  editor.focus();
}

/* ---- whose turn it is -------------------------------------------------------------- */

/* What gives the draft back, when it is ours; null when it is another's and we do not
 * wait. A tab that is closed, or dies, gives it back as well. */
function askForTurn(options) {
  return new Promise((resolve, reject) => {
    navigator.locks.request(`heddle draft ${desk.home}`, options, lock => lock ? new Promise(end => resolve(end)) : resolve(null)).catch(reject);
  });
}

/* Before one types: what another tab has saved meanwhile, and nothing of its draft. */
async function beginTurn(mine, end) {
  Object.assign(mine, { ours: true, end });
  await drop();
  if (chapter)
    await lookAtDisk();
  panel.querySelector('.other')?.remove();
  editor.setReadOnly(false);
}

function waitForTurn(mine) {
  const waiting = new AbortController();
  const bar = make('div', { className: 'other', textContent: 'This book is being edited in another tab. Here it can be read; it can be edited when that one is closed.' });

  bar.setAttribute('role', 'status');
  parts.state.before(bar);
  editor.setReadOnly(true);
  mine.end = () => { waiting.abort(); bar.remove(); };
  askForTurn({ signal: waiting.signal }).then(end => waiting.signal.aborted ? end() : beginTurn(mine, end), () => {});
}

async function takeTurn() {
  const mine = turn = { ours: !navigator.locks, end() {} };
  const end = mine.ours ? mine.end : await askForTurn({ ifAvailable: true });

  if (!end)
    return waitForTurn(mine);
  Object.assign(mine, { ours: true, end });
  editor.setReadOnly(false);
}

/* ---- saving ----------------------------------------------------------------------- */

const save = () => inOrder(saveNow);

async function saveNow() {
  if (whatIf || !isDirty())
    return;
  const text = editor.text();
  const before = desk.news.saved.pages;
  const answer = await desk.ask('~save/' + encodeURI(chapter.path), outward(text), { 'X-Base': chapter.hash })
    .catch(error => ({ status: 500, said: error.message }));

  if (answer.status === 409)
    return conflict(answer);
  if (answer.status !== 200)
    return say(answer.said, 'bad');
  Object.assign(chapter, { hash: answer.hash, base: text });
  savedAt = before;
  dropOnceShown();
  showState();
}

/* Neither is lost: theirs may be taken, and undone; or ours goes over it, asked for. */
function conflict(theirs) {
  const text = theirs.text.replaceAll(chapter.eol, '\n');
  const take = make('button', { type: 'button', textContent: 'Take what is on the disk', className: 'theirs' });
  const keep = make('button', { type: 'button', textContent: 'Save mine over it', className: 'mine' });
  const bar = make('div', { className: 'conflict', textContent: `${chapter.path} has changed on the disk meanwhile. ` }, take, keep);

  bar.setAttribute('role', 'alert');
  take.addEventListener('click', () => {
    Object.assign(chapter, { hash: theirs.hash, base: text });
    editor.set(text);
    bar.remove();
    send();
  });
  keep.addEventListener('click', () => {
    Object.assign(chapter, { hash: theirs.hash, base: text });
    bar.remove();
    save();
  });
  panel.querySelector('.conflict')?.remove();
  parts.state.before(bar);
}

/* Somebody else saved: taken as it is, unless something was typed. */
const lookAtDisk = () => inOrder(lookNow);

async function lookNow() {
  if (!chapter || whatIf || panel.querySelector('.conflict'))
    return;
  const now = await read(chapter.path).catch(() => null);
  if (!now || now.hash === chapter.hash)
    return;
  if (isDirty())
    return conflict({ hash: now.hash, text: now.base.replaceAll('\n', now.eol) });
  chapter = now;
  editor.set(now.base);
  clearTimeout(timer);
  timer = null;
  await dropNow();
}

/* ---- what is known ------------------------------------------------------------------ */

function say(text, kind = '') {
  const line = make('pre', { textContent: text });
  line.dataset.state = kind;
  line.setAttribute('role', kind === 'bad' ? 'alert' : 'status');
  parts.said.replaceChildren(line);
}

const book = () => desk.news[desk.book];

/* Messages of the compiler, of tangling and of tests all begin "chapter:line:column:". */
function faultsOf(text) {
  return [...text.matchAll(/^(.*?):(\d+):(?:(\d+):)? (?:error: )?(.*)$/gm)]
    .filter(([, path]) => path === chapter?.path)
    .map(([, , line, column, text]) => ({ line: Number(line), column: Number(column || 1), text }));
}

const stages = { waiting: 'Waiting', weaving: 'Weaving', reading: 'Reading', compiling: 'Compiling', running: 'Running', exploring: 'Exploring' };

function sumUp(wrong) {
  if (timer !== null || !book()?.current)
    return 'Weaving';
  if (book().fault)
    return 'The chapters are wrong';
  if (book().stage !== 'done')
    return stages[book().stage] + (wrong.length ? `; ${wrong.length} wrong` : '');
  return wrong.length ? `${wrong.length} wrong` : 'All is as shown';
}

function showState() {
  if (!chapter || !desk.news)
    return;
  const wrong = (book()?.listings || []).filter(({ state, message }) => message && ['differs', 'failed', 'broken'].includes(state));
  const texts = [book()?.fault, book()?.trouble, ...wrong.map(({ message }) => message)].filter(Boolean);

  parts.name.textContent = (whatIf ? 'What if? ' : '') + chapter.path + (isDirty() ? ' •' : '');
  parts.save.disabled = !isDirty();
  parts.discard.disabled = !isDirty() && desk.book === 'saved';
  parts.sum.textContent = sumUp(wrong);
  parts.sum.dataset.state = book()?.stage === 'done' && !texts.length ? 'good' : texts.length ? 'bad' : '';
  parts.wrong.replaceChildren(...[...new Set(texts)].map(text => make('pre', { textContent: text })));
  editor.mark(faultsOf(texts.join('\n')));
}

function takeNews(news) {
  if (!desk.editing)
    return;
  dropOnceShown();
  if (news.saved.current && takeNews.pages !== news.saved.pages) {
    takeNews.pages = news.saved.pages;
    lookAtDisk();
  }
  if (book()?.stage === 'done')
    readNames();
  showState();
}

desk.onBlessed = (name, answer) => {
  if (!desk.editing)
    return;
  if (answer.text !== undefined && turn.ours)
    editor.set(answer.text.replaceAll(chapter.eol, '\n'));
  if (answer.status !== 0)
    say(answer.said, 'bad');
};

async function explore() {
  await send();
  say(`Exploring ${parts.program.value}: each order of its threads, for at most 20 s`);
  const { said } = await desk.ask('~explore', parts.program.value, { 'X-Book': desk.book }).catch(error => ({ said: error.message }));
  say(said);
}

/* ---- places -------------------------------------------------------------------------- */

/* The slide or section that is shown. */
function shownSlide() {
  return heddle.view === 'deck' ? Reveal.getCurrentSlide() : document.getElementById(heddle.placeInBook());
}

/* The last slide of this chapter that begins at a line or before. */
function slideAt(line) {
  let found = null;
  for (const slide of document.querySelectorAll('section.slide[data-at]')) {
    const at = desk.placeOf(slide);
    if (at?.chapter === chapter.path && at.line <= line)
      found = slide;
  }
  return found;
}

function followCursor() {
  const slide = slideAt(editor.place().line);
  if (!slide || slide === shownSlide())
    return;
  leading = true;
  if (heddle.view === 'deck') {
    const { h, v } = Reveal.getIndices(slide);
    Reveal.slide(h, v);
  } else {
    slide.scrollIntoView();
  }
  leading = false;
}

/* The text follows the page, unless the page has just followed the text. */
function followPage() {
  const at = desk.placeOf(shownSlide());
  if (desk.editing && !leading && at && slideAt(editor.place().line) !== shownSlide())
    open(at.chapter, at.line);
}

/* What stands around the cursor: <<name>>, #name, of=name, "quoted" or not. */
function nameHere() {
  const { column, text } = editor.place();
  for (const pattern of [/<<(.+?)>>/g, /#([^\s}]+)/g, /of="?([^\s}"]+)/g])
    for (const match of text.matchAll(pattern))
      if (match.index <= column && column <= match.index + match[0].length)
        return match[1];
  return '';
}

function goToDefinition() {
  const name = nameHere();
  const chunk = names.chunks.find(chunk => chunk.name === name) ||
    names.chunks.find(chunk => chunk.file && chunk.name.replace(/^.*\//, '').replace(/\.[^.]*$/, '') === name);
  if (!chunk)
    return say(name ? `No chunk is named ${name}.` : 'Put the cursor on a name, as in <<name>>.');
  const [, path, line] = /^(.*):(\d+)$/.exec(chunk.at);
  open(path, Number(line));
}

function complete(before) {
  const chunk = /^\s*<<([^>]*)$/.exec(before), program = /^\s*(`{3,}|~{3,}).*\bof="?([^\s"}]*)$/.exec(before);
  const attribute = /^\s*(`{3,}|~{3,}).*[{\s]([.\w=-]*)$/.exec(before);
  const typed = chunk ? chunk[1] : program ? program[2] : attribute?.[2];
  if (typed === undefined)
    return null;
  const options = chunk ? names.chunks.filter(({ file }) => !file).map(({ name }) => name) : program ? names.programs : attributes;
  return { from: before.length - typed.length, options };
}

/* ---- the panel ----------------------------------------------------------------------- */

function button(label, title, action) {
  const made = make('button', { type: 'button', textContent: label, title, className: label.toLowerCase().replace(/\W+/g, '-') });
  made.addEventListener('click', action);
  return made;
}

function makePanel() {
  parts = {
    name: make('b'), save: button('Save', 'Ctrl-S', save), discard: button('Discard', 'Back to what is saved', discard),
    program: make('select', { title: 'A program' }), explore: button('Explore', 'In every order of its threads, as it is here', explore),
    close: button('Close', 'Esc', close), text: make('div', { className: 'text' }), state: make('div', { className: 'state' }),
    sum: make('p', { className: 'sum' }), wrong: make('div', { className: 'wrong' }), said: make('div', { className: 'said-here' }),
  };
  parts.program.setAttribute('aria-label', 'A program');
  parts.sum.setAttribute('role', 'status');
  parts.state.append(parts.sum, parts.wrong, parts.said);
  const bar = make('div', { className: 'bar' }, parts.name, parts.save, parts.discard, parts.program, parts.explore, parts.close);
  panel = make('section', { id: 'desk' }, bar, parts.text, parts.state);
  panel.setAttribute('aria-label', 'Edit');
  panel.addEventListener('keydown', takeKey);
  document.body.append(panel);
}

function takeKey(event) {
  event.stopPropagation();      /* no key of the page's */
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's')
    save();
  else if (event.key === 'F12')
    goToDefinition();
  else if (event.key === 'Escape' && !event.defaultPrevented)
    close();
  else
    return;
  event.preventDefault();
}

/* What was typed is not lost by a key. */
function close() {
  if (isDirty() && !whatIf)
    return say('Save it (Ctrl-S) or discard it first.', 'bad');
  finish();
}

async function finish() {
  if (isDirty() || desk.book === 'draft')
    await discard();
  desk.editing = false;
  turn.end();
  turn = null;
  heddle.root.classList.remove('editing');
  panel.hidden = true;
  panel.style.display = 'none';
  document.activeElement?.blur();
  relayout();
  desk.renew();
}

function relayout() {
  if (heddle.view === 'deck')
    Reveal.layout();
  heddle.nameScrollers();
}

/* CodeMirror where its parts are, the browser's own field where not. */
async function loadEditor() {
  const modules = await (await fetch(desk.home + '~desk/modules.json')).json();
  const imports = Object.fromEntries(Object.entries(modules).map(([name, path]) => [name, `${desk.home}~npm/${path}`]));
  document.head.append(make('script', { type: 'importmap', textContent: JSON.stringify({ imports }) }));
  return import('./codemirror.js').catch(() => import('./plain.js'));
}

desk.edit = async ({ from = null, trying = false } = {}) => {
  const at = desk.placeOf(from || shownSlide()) || desk.placeOf(document.querySelector('[data-at]'));
  if (!at)
    return;
  if (!panel) {
    makePanel();
    editor = (await loadEditor()).makeEditor(parts.text, { change: changed, move: followCursor, complete });
    desk.on(takeNews);
    if (heddle.view === 'deck')
      Reveal.on('slidechanged', followPage);
    addEventListener('pagehide', () => turn?.ours && desk.news.draft && navigator.sendBeacon(desk.home + '~drop'));
    addEventListener('beforeunload', event => desk.editing && !whatIf && isDirty() && event.preventDefault());
  }
  whatIf = trying;
  parts.save.hidden = trying;
  parts.discard.textContent = trying ? 'Reset' : 'Discard';
  desk.editing = true;
  if (!turn)
    await takeTurn();
  document.getElementById('fault')?.remove();
  panel.style.display = '';
  panel.hidden = false;
  heddle.root.classList.add('editing');
  relayout();
  if (chapter)
    await lookAtDisk();
  await open(at.chapter, at.line + (from ? 1 : 0)).catch(error => say(error.message, 'bad'));
  editor.focus();
};
