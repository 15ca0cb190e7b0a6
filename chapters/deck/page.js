/*
 * What every view of the page has: listings that can be copied, light and dark,
 * the way from one view to another, keys, search.
 *
 * The same document is a book, a deck, sheets and the speaker's window; the
 * head of the page has already chosen which, as a class of <html>. A place has
 * one address in all of them, `#id`, so a link that was copied on a slide opens
 * in the book on a phone, and the other way round.
 */
'use strict';

const heddle = (() => {
  const root = document.documentElement;
  const view = /as-(\w+)/.exec(root.className)[1];
  const hasSlides = root.dataset.only !== 'book' &&
    document.querySelector('section.slide:not(.book)') !== null;

  function make(tag, properties = {}, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  /* Storage may be denied: then a choice lasts as long as the page. */
  function remember(name, value) {
    try {
      localStorage.setItem('heddle-' + name, value);
    } catch (denied) {
      return;
    }
  }

  function recall(name) {
    try {
      return localStorage.getItem('heddle-' + name);
    } catch (denied) {
      return null;
    }
  }

  /* ---- what travels packed ---------------------------------------------- */

  /* reveal.js, and of a deck the notes and all outcomes behind the first: readers
   * of the book never unpack them. */
  async function unpack(id, page = document) {
    const packed = Uint8Array.from(atob(page.getElementById(id).textContent), c => c.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Response(stream).text();
  }

  async function unpackUnseen(page = document) {
    const places = page.querySelectorAll('[data-packed]');
    if (page.getElementById('packed'))
      (await unpack('packed', page)).split('\f').forEach((text, at) => { places[at].innerHTML = text; });
  }

  /* ---- listings ------------------------------------------------------- */

  /* The code as it is written, without its numbers, ending in one newline. */
  function listingText(listing) {
    return listing.querySelector('code').textContent.replace(/\n?$/, '\n');
  }

  /* For browsers that give file:// pages no clipboard. */
  function copyBySelection(text) {
    const area = make('textarea', { value: text });
    document.body.append(area);
    area.select();
    const copied = document.execCommand('copy');
    area.remove();
    return copied;
  }

  async function copyText(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch (denied) {
      return copyBySelection(text);
    }
  }

  /* What is done to each part of the page, at its start or when it is replaced:
   * functions of an element that holds it. */
  const dressers = [root => root.querySelectorAll('figure.listing').forEach(addCopyButton)];

  function dress(part) {
    units = null;
    dressers.forEach(dresser => dresser(part));
  }

  function addCopyButton(listing) {
    const button = make('button', { type: 'button', className: 'copy', textContent: 'Copy' });
    button.addEventListener('click', async () => {
      button.textContent = await copyText(listingText(listing)) ? 'Copied' : 'Not copied';
      setTimeout(() => { button.textContent = 'Copy'; }, 1500);
    });
    listing.querySelector('figcaption').append(button);
  }

  /* Tab stops only at what has to be scrolled to be read. */
  function nameScroller(box) {
    if (box.scrollWidth <= box.clientWidth + 1 && box.scrollHeight <= box.clientHeight + 1)
      return;
    box.tabIndex = 0;
    box.setAttribute('role', 'group');
    box.setAttribute('aria-label', box.closest('figure')?.querySelector('figcaption').firstChild.textContent ?? 'What was printed');
  }

  /* A book is set as it is scrolled to: to measure all of it would set all of it. */
  const nearby = view === 'book' && window.IntersectionObserver &&
    new IntersectionObserver(seen => seen.forEach(({ isIntersecting, target }) => isIntersecting && nameScroller(target)),
      { rootMargin: '100%' });

  function nameScrollers() {
    if (nearby)
      nearby.disconnect();
    for (const box of document.querySelectorAll('.scroll'))
      nearby ? nearby.observe(box) : nameScroller(box);
  }

  const nameAllScrollers = () => document.querySelectorAll('.scroll').forEach(nameScroller);

  /* ---- theme, notes' language, view ----------------------------------- */

  function switchTheme() {
    const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
    root.dataset.theme = (root.dataset.theme || system) === 'dark' ? 'light' : 'dark';
    remember('theme', root.dataset.theme);
  }

  /* Notes are said in the page's language, and in those of the elements that
   * have one of their own. Which is shown is the reader's choice; '' is all. */
  const partLanguage = part => part.lang || root.lang;
  const noteLanguages = () =>
    [...new Set([...document.querySelectorAll('aside.notes > div > *')].map(partLanguage))];
  let noteLanguage = recall('notes') || '';

  function showNotesIn(language) {
    for (const note of document.querySelectorAll('aside.notes > div')) {
      const parts = [...note.children];
      const spoken = parts.some(part => partLanguage(part) === language);
      parts.forEach(part => { part.hidden = spoken && partLanguage(part) !== language; });
    }
  }

  function switchNotes() {
    const choices = ['', ...noteLanguages()];
    noteLanguage = choices[(choices.indexOf(noteLanguage) + 1) % choices.length];
    remember('notes', noteLanguage);
    showNotesIn(noteLanguage);
    dispatchEvent(new Event('notelanguage'));
  }

  /* The id of the last slide that starts in the upper third of the window. What has
   * none is no place: a sheet that repeats outcomes for paper. */
  function placeInBook() {
    const begun = [...document.querySelectorAll('section.slide[id]')]
      .filter(slide => slide.getBoundingClientRect().top < innerHeight / 3);
    return begun.length ? begun.at(-1).id : '';
  }

  /* Of a large book, one file has the slides and another all of the text. */
  function fileWith(name) {
    return (name === 'book' ? root.dataset.book : root.dataset.deck) || location.pathname;
  }

  function addressIn(name, id, more = {}) {
    const query = new URLSearchParams(location.search);
    query.delete('find');
    query.delete('print');
    Object.entries({ ...more, view: name }).forEach(([key, value]) => query.set(key, value));
    return `${fileWith(name)}?${query}${id ? '#' + id : ''}`;
  }

  function openView(name, id, more) {
    location.href = addressIn(name, id, more);
  }

  function switchView() {
    if (view === 'deck')
      openView('book', Reveal.getCurrentSlide().id);
    else
      openView('deck', placeInBook());
  }

  /* Another page of the book opens in the view that this one has. */
  function keepView(event) {
    const link = event.target.closest('a[href]');
    const parts = link && /^([^/:?#]+\.html)(#.*)?$/.exec(link.getAttribute('href'));
    const [, page, id = ''] = parts || [];
    const readable = page === root.dataset.book || id.startsWith('#chunk-');
    if (page)
      link.href = `${page}?view=${view === 'deck' && !readable ? 'deck' : 'book'}${id}`;
  }

  /* ---- keys ----------------------------------------------------------- */

  const keys = [];

  /* `action` runs in this view on `key`; without one the key is only listed. */
  function addKey(key, label, action) {
    keys.push({ key, label, action });
  }

  const isTyping = element => element.closest('input, textarea, select, dialog, [contenteditable]');

  function takeKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
      return;
    const taken = keys.find(({ key, action }) => action && key.toLowerCase() === event.key.toLowerCase());
    if (!taken)
      return;
    event.preventDefault();
    event.stopImmediatePropagation();
    taken.action();
  }

  /* ---- dialogs -------------------------------------------------------- */

  /* One that closes on Esc and on a click beside it. */
  function makeDialog(id, title, ...children) {
    const heading = make('h2', { id: id + '-title', textContent: title });
    const close = make('button', { type: 'button', className: 'close', textContent: 'Close' });
    const dialog = make('dialog', { id, className: 'panel' }, make('div', {}, heading, close, ...children));
    dialog.setAttribute('aria-labelledby', heading.id);
    dialog.addEventListener('click', event => event.target === dialog && dialog.close());
    dialog.addEventListener('keydown', event => {
      if (event.key !== 'Escape')
        return;
      event.preventDefault();       /* a search field would only be emptied */
      document.activeElement.blur();        /* or the next key would still be typed there */
      dialog.close();
    });
    close.addEventListener('click', () => dialog.close());
    document.body.append(dialog);
    return dialog;
  }

  function showKeys() {
    const list = make('dl', {}, ...keys.map(({ key, label }) => make('div', {},
      make('dt', {}, ...key.split(' ').map(name => make('kbd', { textContent: name.length > 1 ? name : name.toUpperCase() }))),
      make('dd', { textContent: label }))));
    (document.getElementById('keys') || makeDialog('keys', 'Keys', list)).showModal();
  }

  /* ---- search ---------------------------------------------------------
   *
   * Plain text as it was typed, whatever its case, in titles, prose, notes and
   * code. Reading units are as small as a paragraph, so that a hit can be shown.
   */

  const unitNames = 'h1, h2, h3, h4, p, li, td, th, figcaption, .scroll pre:not(.numbers)';
  const plain = text => text.replace(/\s+/g, ' ').trim();
  let units = null;

  function readUnits() {
    return [...document.querySelectorAll('section.slide[id]:not(.deck-only)')].flatMap(slide =>
      [...slide.querySelectorAll(unitNames)]
        .filter(element => !element.querySelector(unitNames) && !element.closest('.player'))
        .map(element => ({ slide, element, text: plain(element.textContent.replace(/Copy$/, '')) }))
        .map(unit => ({ ...unit, folded: unit.text.toLowerCase() })));
  }

  /* Slides that have it, those whose title has it first. */
  function search(words) {
    const wanted = plain(words).toLowerCase();
    const hits = new Map();

    units = units || readUnits();
    for (const unit of wanted ? units : []) {
      if (!unit.folded.includes(wanted))
        continue;
      const hit = hits.get(unit.slide) || { unit, count: 0 };
      hit.count++;
      hits.set(unit.slide, hit);
    }
    const inTitle = hit => /^H[12]$/.test(hit.unit.element.localName.toUpperCase()) ? 0 : 1;
    return [...hits.values()].sort((a, b) => inTitle(a) - inTitle(b));
  }

  /* The words around the first place, which is marked. */
  function makeSnippet(unit, words) {
    const wanted = plain(words);
    const at = unit.folded.indexOf(wanted.toLowerCase());
    const from = Math.max(0, at - 30);

    return make('span', { className: 'snippet', lang: unit.element.closest('[lang]').lang },
      (from > 0 ? '…' : '') + unit.text.slice(from, at),
      make('mark', { textContent: unit.text.slice(at, at + wanted.length) }),
      unit.text.slice(at + wanted.length, at + wanted.length + 60));
  }

  /* Mark the words where they stand, as far as the browser can. */
  function markWords(element, words) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const wanted = words.toLowerCase();
    const ranges = [];

    while (walker.nextNode()) {
      const node = walker.currentNode, at = node.data.toLowerCase().indexOf(wanted);
      if (at < 0)
        continue;
      ranges.push(new StaticRange({ startContainer: node, startOffset: at,
        endContainer: node, endOffset: at + wanted.length }));
    }
    if (window.Highlight)
      CSS.highlights.set('found', new Highlight(...ranges));
  }

  /* What a slide does not show is opened in the book. */
  function goTo(unit, words) {
    const id = unit.slide.id;

    if (view === 'deck' && (unit.element.closest('.book') || unit.slide.matches('.book')))
      return openView('book', id, { find: words });
    if (location.hash !== '#' + id)
      location.hash = id;
    if (view !== 'deck')
      unit.element.scrollIntoView({ block: 'center' });
    markWords(unit.slide, words);
  }

  function titleOf(slide) {
    const heading = slide.querySelector('h1, h2, h3');
    return heading ? plain(heading.textContent) : slide.id;
  }

  const pageOf = link => new URL(link.href).pathname;

  /* What has a page of its own is searched there. */
  function otherPages(words) {
    const links = [...document.querySelectorAll('.home a, #contents a')].filter(link => pageOf(link) !== location.pathname);
    const first = links.filter((link, i) => links.findIndex(other => pageOf(other) === pageOf(link)) === i);

    return first.map(link => {
      const url = new URL(link.href);
      const whole = root.dataset.book && url.pathname.endsWith('/' + root.dataset.book);
      url.hash = '';
      url.search = new URLSearchParams({ view: 'book', search: words });
      return make('a', { href: url.href, textContent: whole ? 'the whole book' : link.textContent });
    });
  }

  function makeSearch() {
    const input = make('input', { type: 'search', id: 'search-words', autocomplete: 'off', spellcheck: false });
    const label = make('label', { htmlFor: input.id, textContent: 'Words in titles, text, notes and code' });
    const count = make('p', { className: 'count' });
    const list = make('ol', { className: 'hits' });
    const beyond = make('p', { className: 'beyond' });
    const dialog = makeDialog('search', 'Search', label, input, count, list, beyond);

    count.setAttribute('role', 'status');
    input.addEventListener('input', () => showHits(input.value));
    dialog.addEventListener('keydown', event => moveAlong(event, dialog));

    function showHits(words) {
      const hits = search(words);
      const others = otherPages(words);

      count.textContent = plain(words) ? `${hits.length} ${hits.length === 1 ? 'slide' : 'slides'}` : '';
      beyond.replaceChildren(...(plain(words) && others.length ? ['Search also in ', ...others] : []));
      list.replaceChildren(...hits.slice(0, 50).map(({ unit, count }) => {
        const link = make('a', { href: '#' + unit.slide.id }, make('b', { textContent: titleOf(unit.slide) }),
          makeSnippet(unit, words), count > 1 ? make('small', { textContent: `${count} times` }) : '');
        link.addEventListener('click', event => {
          event.preventDefault();
          event.stopPropagation();
          dialog.close();
          goTo(unit, plain(words));
        });
        return make('li', {}, link);
      }));
    }

    return { dialog, input, showHits };
  }

  /* Up and down move through the hits, Enter in the field takes the first. */
  function moveAlong(event, dialog) {
    const stops = [dialog.querySelector('input'), ...dialog.querySelectorAll('.hits a')];
    const at = stops.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];

    if (step && at >= 0) {
      event.preventDefault();
      (stops[at + step] || stops[at]).focus();
    }
    if (event.key === 'Enter' && at === 0 && stops.length > 1) {
      event.preventDefault();
      stops[1].click();
    }
  }

  let searching = null;

  function openSearch(words = '') {
    searching = searching || makeSearch();
    if (words)
      searching.input.value = words;
    searching.showHits(searching.input.value);
    searching.dialog.showModal();
    searching.input.select();
  }

  /* ?search=words opens the field, ?find=words shows where they stand. */
  function openAsked() {
    const query = new URLSearchParams(location.search);
    const slide = document.getElementById(decodeURIComponent(location.hash.slice(1)));

    if (query.has('search'))
      openSearch(query.get('search'));
    if (!query.has('find') || !slide)
      return;
    const hit = search(query.get('find')).find(({ unit }) => unit.slide === slide);
    if (hit)
      goTo(hit.unit, query.get('find'));
    history.replaceState(null, '', addressIn(view, slide.id));
  }

  /* An address as reveal.js writes it, `#/id`, leads to the same place in all views;
   * one of numbers only a deck understands. */
  function placeAsked() {
    const [, id, step] = /^#\/([^/]+)(\/\d*)?$/.exec(location.hash) ?? [, location.hash.slice(1)];
    if (id.startsWith('/') || /^\d+$/.test(id) && location.hash.startsWith('#/'))
      return '';
    if (location.hash.startsWith('#/') && !(step && view === 'deck'))
      location.replace('#' + id);
    return decodeURIComponent(id);
  }

  let notice = null;

  /* An address that leads nowhere is said; a deck shows its first slide, and the book
   * may have what no slide has. */
  function sayUnknown() {
    const id = placeAsked();
    const button = (text, action) => make('button', { type: 'button', textContent: text, onclick: () => { notice.remove(); action(); } });

    notice?.remove();
    if (!id || document.getElementById(id))
      return;
    notice = make('p', { className: 'notice', textContent: `There is no place “${id}” here. ` }, button('Search', () => openSearch()),
      ...view === 'deck' && root.dataset.book ? [' ', button('Look in the book', () => openView('book', id))] : []);
    notice.setAttribute('role', 'status');
    document.body.append(notice);
  }

  /* ---- paper ---------------------------------------------------------- */

  /* A link out of the page would name a folder of this machine. */
  function unlinkForPaper() {
    for (const link of document.querySelectorAll('a[href]:not([href^="#"], [href^="https:"])')) {
      const href = link.getAttribute('href');
      link.removeAttribute('href');
      addEventListener('afterprint', () => link.setAttribute('href', href), { once: true });
    }
  }

  /* What a reader can open is open on paper. */
  function unfold() {
    for (const details of document.querySelectorAll('main details:not([open])')) {
      const name = details.getAttribute('name') || '';
      details.removeAttribute('name');
      details.open = true;
      addEventListener('afterprint', () => { details.open = false; details.setAttribute('name', name); }, { once: true });
    }
  }

  /* Contents stand behind the title, not in front of it. */
  function printContents() {
    const list = document.querySelector('#contents ol').cloneNode(true);
    list.className = 'printed';
    document.querySelector('section.slide').append(list);
    addEventListener('afterprint', () => list.remove(), { once: true });
  }

  /* Slides are printed as sheets, and when the last of them is there. */
  function printSheets(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== 'p')
      return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (view === 'deck')
      openView('sheets', '', { print: 'now', theme: 'light' });
    else
      heddle.ready.then(() => print());
  }

  /* ---- start ---------------------------------------------------------- */

  function start() {
    dress(document);
    addEventListener('hashchange', sayUnknown);
    addEventListener('resize', nameScrollers);
    addEventListener('beforeprint', unlinkForPaper);
    if (view === 'book')
      addEventListener('beforeprint', unfold);
    if (view === 'book' && document.getElementById('title'))
      addEventListener('beforeprint', printContents);
    if (view === 'deck' || view === 'sheets')
      addEventListener('keydown', printSheets, true);
    addEventListener('keydown', takeKey, true);
    document.addEventListener('click', keepView, true);
    showNotesIn(noteLanguage);
    if (view !== 'speaker')
      addKey('/', 'Search', () => openSearch());
    if (view !== 'speaker' && hasSlides) {
      addKey('M', view === 'deck' ? 'Read this place in the book' : 'Show this place as a slide', switchView);
    }
    addKey('T', 'Light or dark', switchTheme);
    if (noteLanguages().length > 1)
      addKey('L', 'Notes in one language, or in all', switchNotes);
    addKey('?', 'These keys', showKeys);
  }

  return {
    root, view, hasSlides, make, unpack, unpackUnseen, start, addKey, nameScrollers, nameAllScrollers, openView, addressIn, openAsked,
    dress, dressers, sayUnknown, openSearch, placeInBook, noteLanguages, switchView, switchTheme, switchNotes,
  };
})();
