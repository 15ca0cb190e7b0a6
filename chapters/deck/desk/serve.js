/*
 * What heddle serve puts behind each page: it follows the chapters, and says
 * where each listing stands.
 *
 * News come as they are (~changes). When the pages were woven again, what changed in
 * this one is replaced where it stands; a page whose frame changed is loaded anew.
 * Until something has been found out about this very text, a listing is "not run since
 * this edit". Key I opens the editor (edit.js) beside the page.
 */
'use strict';

(() => {
  const { home, pages, hash } = document.currentScript.dataset;
  const page = location.pathname.slice(home.length) || 'index.html';
  const listeners = new Set();
  const desk = { home, page, news: null, book: 'saved', on: listener => listeners.add(listener), ask, mark, placeOf, plain: [] };
  let shown = Number(pages);
  let known = null;             /* the page as it was written: what has changed, it tells */
  let framed = true;            /* what stands in the page is of its frame */
  let patching = Promise.resolve();

  /* The speaker's small frames follow their main window. */
  if (new URLSearchParams(location.search).has('receiver'))
    return;
  window.desk = desk;
  for (const [rel, href] of [['stylesheet', home + '~desk/serve.css'], ['icon', 'data:,']])
    document.head.append(Object.assign(document.createElement('link'), { rel, href }));

  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  /* ---- asking ------------------------------------------------------------ */

  /* An address below the key; with a body it is a POST. Fails with what was said. */
  async function ask(address, body, headers = {}) {
    const response = await fetch(home + address, body === undefined ? {} : { method: 'POST', body, headers });
    if (!response.ok && response.status !== 409)
      throw new Error((await response.text()).trim() || `status ${response.status}`);
    return { ...await response.json(), status: response.status };
  }

  /* ---- the page ---------------------------------------------------------- */

  async function readPage(book) {
    const response = await fetch(home + (book === 'draft' ? '~draft/' : '') + page);
    const parsed = new DOMParser().parseFromString(await response.text(), 'text/html');
    if (typeof heddle !== 'undefined')
      await heddle.unpackUnseen(parsed);
    return parsed;
  }

  const slidesOf = parsed => [...parsed.querySelectorAll('section.slide[id]')];
  const frameOf = parsed => parsed.head?.innerHTML + [...parsed.documentElement.attributes].map(a => a.name + a.value).join();

  function describe(parsed) {
    return { frame: frameOf(parsed), slides: new Map(slidesOf(parsed).map(slide => [slide.id, slide.outerHTML])) };
  }

  /* reveal.js has classes and a style of its own on it. */
  function putSlide(live, before, fresh) {
    live.innerHTML = fresh.innerHTML;
    before.classList.forEach(name => fresh.classList.contains(name) || live.classList.remove(name));
    fresh.classList.forEach(name => live.classList.add(name));
    for (const name of new Set([...before.style, ...fresh.style]))
      live.style.setProperty(name, fresh.style.getPropertyValue(name));
    live.dataset.at = fresh.dataset.at || '';
    heddle.dress(live);
  }

  function putSlides(parsed) {
    const before = make('template');
    const fresh = slidesOf(parsed);
    const [here, there] = [document, parsed].map(page => page.querySelector('#deck .slides'));

    if (!here || !there)
      return false;
    if (fresh.map(slide => slide.id).join() !== [...known.slides.keys()].join()) {
      here.innerHTML = there.innerHTML;
      heddle.dress(document.getElementById('deck'));
      return true;
    }
    const changed = fresh.filter(slide => slide.outerHTML !== known.slides.get(slide.id));
    for (const slide of changed) {
      before.innerHTML = known.slides.get(slide.id);
      putSlide(document.getElementById(slide.id), before.content.firstElementChild, slide);
    }
    return changed.length > 0;
  }

  function putRest(parsed) {
    for (const name of ['#contents ol', 'section.index']) {
      const live = document.querySelector(name), fresh = parsed.querySelector(name);
      if (live && fresh && live.innerHTML !== fresh.innerHTML)
        live.innerHTML = fresh.innerHTML;
    }
  }

  function placeInDeck() {
    const slide = Reveal.getCurrentSlide();
    return { id: slide?.id, ...Reveal.getIndices() };
  }

  function returnTo({ id, h, v, f }) {
    Reveal.sync();
    const slide = id && document.getElementById(id);
    const at = slide ? Reveal.getIndices(slide) : { h, v };
    Reveal.slide(at.h, at.v, f);
    Reveal.layout();
  }

  /* Another frame means other scripts or styles: only a new page has them. As long as the
   * editor is open it stays, lest what is typed in a front matter is lost. */
  async function patch(book) {
    const parsed = await readPage(book);
    const place = window.Reveal?.isReady?.() ? placeInDeck() : null;
    const { frame } = known || {};
    framed = frameOf(parsed) === frame;
    if (typeof heddle === 'undefined' || !known || !framed && !desk.editing)
      return location.reload();
    if (putSlides(parsed) && place)
      returnTo(place);
    putRest(parsed);
    document.title = parsed.title;
    known = { ...describe(parsed), frame };
    heddle.nameScrollers();
    await heddle.playReady;
    await heddle.play?.readAgain();
    mark();
  }

  /* ---- where listings stand ---------------------------------------------- */

  const words = {
    stale: 'not run since this edit', same: '✓', compiled: '✓', differs: 'prints something else',
    failed: 'goes wrong', broken: 'does not compile', unbuilt: 'not run: its program does not compile',
  };
  const stages = { compiling: 'compiling', running: 'running', exploring: 'exploring' };
  const titles = { same: 'ran, and all is as shown', compiled: 'compiles' };

  const state = () => desk.news?.[desk.book] || null;
  const isFresh = () => state()?.current && !state().fault && state().pages === shown;

  function listingAt(at) {
    return isFresh() ? state().listings?.find(listing => listing.at === at) : undefined;
  }

  /* A band behind a line of code, where its text is. */
  function addBand(figure, line) {
    const pre = figure.querySelector('code')?.parentElement;
    const { lineHeight, paddingTop } = getComputedStyle(pre);
    const band = make('span', { className: 'refused' });

    band.style.top = `${pre.offsetTop + parseFloat(paddingTop) + line * parseFloat(lineHeight)}px`;
    band.style.height = lineHeight;
    figure.querySelector('.scroll').append(band);
  }

  function markLines(figure, listing) {
    const [, chapter, line] = /^(.*):(\d+)$/.exec(listing.at);
    const count = figure.querySelector('code')?.textContent.split('\n').length ?? 0;

    figure.querySelectorAll('.refused').forEach(band => band.remove());
    for (const [, path, at] of listing.state === 'broken' ? listing.message.matchAll(/^(.*?):(\d+):/gm) : [])
      if (path === chapter && at > line && at <= Number(line) + count)
        addBand(figure, at - line - 1);
  }

  /* A diff's lines in its colours. */
  function said(message) {
    return make('pre', {}, ...message.split(/^/m).map(line =>
      /^\s*(\d+ )?\s*\|?\s*\+/.test(line) ? make('ins', { textContent: line })
        : /^\s*(\d+ )?\s*\|?\s*-/.test(line) ? make('del', { textContent: line }) : line));
  }

  async function bless(name, button) {
    button.disabled = true;
    const answer = await ask('~bless', name, { 'X-Book': desk.book }).catch(error => ({ status: 1, said: error.message }));
    desk.onBlessed?.(name, answer);
    button.textContent = answer.status === 0 ? 'Blessed' : 'Not blessed';
  }

  function wordsOf(listing) {
    if (listing.state === 'stale')
      return stages[state()?.stage] || words.stale;
    return listing.state === 'differs' && !listing.message ? 'its output differs' : words[listing.state];
  }

  function makeSaid(listing) {
    const box = make('div', { className: 'said' }, said(listing.message));

    if (listing.bless) {
      const button = make('button', { type: 'button', className: 'bless', textContent: 'Bless: write what it prints' });
      button.addEventListener('click', () => bless(listing.name, button));
      box.append(button);
    }
    return box;
  }

  /* A button where there is something to read, below the caption. */
  function putStand(figure, listing) {
    const caption = figure.querySelector('figcaption');
    const open = figure.querySelector('.said')?.hidden === false;
    const stand = make(listing.message ? 'button' : 'span',
      { className: 'stand', textContent: wordsOf(listing), title: titles[listing.state] || '' });

    figure.querySelectorAll('.stand, .said').forEach(before => before.remove());
    stand.dataset.state = listing.state;
    caption.append(stand);
    if (!listing.message)
      return;
    const box = makeSaid(listing);
    box.hidden = !open;
    stand.type = 'button';
    stand.setAttribute('aria-expanded', open);
    stand.addEventListener('click', () => { stand.setAttribute('aria-expanded', box.hidden); box.hidden = !box.hidden; });
    caption.after(box);
  }

  /* What was a listing once is one that nothing is known of, until something is. */
  const listed = new Set();

  function markFigure(figure) {
    const at = figure.dataset.at;
    const listing = listingAt(at) || (listed.has(figure) || figure.matches('.listing.out') || figure.id.startsWith('chunk-')
      ? { at, state: 'stale' } : null);
    const caption = figure.querySelector('figcaption');
    const wanted = JSON.stringify([listing, listing?.state === 'stale' && state()?.stage]);

    if (!listing || !caption || figure.dataset.stand === wanted && caption.querySelector('.stand'))
      return;
    listed.add(figure);
    figure.dataset.stand = wanted;
    putStand(figure, listing);
    markLines(figure, listing);
  }

  function mark() {
    document.querySelectorAll('figure[data-at]').forEach(markFigure);
    document.documentElement.dataset.stage = isFresh() ? state().stage : 'stale';
  }

  /* The chapter and line of an element: its own, or what it stands in. */
  function placeOf(element) {
    const at = element?.closest('[data-at]')?.dataset.at;
    const [, chapter, line] = /^(.*):(\d+)$/.exec(at || '') || [];
    return chapter ? { chapter, line: Number(line) } : null;
  }

  /* ---- news -------------------------------------------------------------- */

  function showFault() {
    const fault = [state()?.fault, state()?.trouble].filter(Boolean).join('\n');
    const box = document.getElementById('fault');

    if (!fault || desk.editing)
      return box?.remove();
    if (box)
      box.textContent = fault;
    else
      document.body.append(Object.assign(make('pre', { id: 'fault', textContent: fault }), { role: 'alert' }));
  }

  /* One after the other, and only to what is the newest by then. */
  function follow() {
    patching = patching.then(async () => {
      const now = state();
      if (!now || now.pages === shown || !now.current || now.fault)
        return;
      const next = now.pages;
      await patch(desk.book);
      shown = next;
      mark();
    }).catch(error => console.error(error));
  }

  function take(news) {
    desk.news = news;
    showFault();
    if (!shown && news.saved.pages && news.saved.current && !news.saved.fault && typeof heddle === 'undefined')
      return location.reload();
    mark();
    follow();
    listeners.forEach(listener => listener(news));
  }

  /* From the saved book to the draft, and back: the other's pages take the place. */
  desk.show = book => {
    if (desk.book === book)
      return;
    desk.book = book;
    shown = -1;
    showFault();
    mark();
    follow();
  };

  /* The editor was closed. */
  desk.renew = () => {
    if (framed)
      return;
    shown = -1;
    follow();
  };

  async function begin() {
    const parsed = await readPage('saved');
    if (parsed.querySelector('script[data-hash]')?.dataset.hash === hash)     /* else it was written meanwhile */
      known = describe(parsed);
    new EventSource(home + '~changes').onmessage = event => take(JSON.parse(event.data));
  }

  /* ---- the editor --------------------------------------------------------- */

  let opened = Promise.resolve();

  function edit(how) {          /* a key pressed twice opens it twice, but the second time behind the first */
    opened = opened.then(async () => {
      desk.heddle = heddle;     /* a module does not see what a script calls const, but what has the id "heddle" */
      await import(home + '~desk/edit.js');
      await desk.edit(how);
    }).catch(error => console.error(error));
  }

  /* Beside Copy: the same code, to be changed without being saved. */
  function addWhatIf(part) {
    for (const figure of part.querySelectorAll('figure.listing[id][data-at]')) {
      const button = make('button', { type: 'button', className: 'copy what-if', textContent: 'What if?' });
      button.addEventListener('click', () => edit({ from: figure, trying: true }));
      figure.querySelector('figcaption').append(button);
    }
  }

  if (typeof heddle !== 'undefined' && heddle.view !== 'speaker') {
    heddle.addKey('I', 'Edit here', () => edit());
    heddle.dressers.push(addWhatIf);
    addWhatIf(document);
  }
  begin();
})();
