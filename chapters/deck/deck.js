/*
 * What the page needs beyond its markup. The same document is shown as a book,
 * a deck or sheets; the head of the page has already chosen which, as a class
 * of <html>. A place has one address in all of them, `#id`, so a link that was
 * copied on a slide opens in the book on a phone, and the other way round.
 */
'use strict';

(() => {
  const root = document.documentElement;
  const isDeck = root.classList.contains('as-deck');

  /* ---- listings ------------------------------------------------------- */

  /* The code as it is written, without its numbers, ending in one newline. */
  function listingText(listing) {
    return listing.querySelector('code').textContent.replace(/\n?$/, '\n');
  }

  /* For browsers that give file:// pages no clipboard. */
  function copyBySelection(text) {
    const area = document.createElement('textarea');
    area.value = text;
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

  function addCopyButton(listing) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = 'Copy';
    button.addEventListener('click', async () => {
      button.textContent = await copyText(listingText(listing)) ? 'Copied' : 'Not copied';
      setTimeout(() => { button.textContent = 'Copy'; }, 1500);
    });
    listing.querySelector('figcaption').append(button);
  }

  /* Tab stops only at what has to be scrolled to be read. */
  function nameScrollers() {
    for (const box of document.querySelectorAll('.scroll')) {
      if (box.scrollWidth <= box.clientWidth + 1 && box.scrollHeight <= box.clientHeight + 1)
        continue;
      box.tabIndex = 0;
      box.setAttribute('role', 'group');
      box.setAttribute('aria-label', box.parentElement.querySelector('figcaption').firstChild.textContent);
    }
  }

  /* ---- theme and view ------------------------------------------------- */

  function switchTheme() {
    const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
    root.dataset.theme = (root.dataset.theme || system) === 'dark' ? 'light' : 'dark';
    try {
      localStorage.setItem('heddle-theme', root.dataset.theme);
    } catch (denied) {
      /* no storage: the choice lasts as long as the page */
    }
  }

  /* The id of the last slide that starts in the upper third of the window. */
  function placeInBook() {
    const begun = [...document.querySelectorAll('section.slide')]
      .filter(slide => slide.getBoundingClientRect().top < innerHeight / 3);
    return begun.length ? begun.at(-1).id : '';
  }

  function openView(name, id) {
    const query = new URLSearchParams(location.search);
    query.set('view', name);
    location.href = `${location.pathname}?${query}${id ? '#' + id : ''}`;
  }

  function switchView() {
    if (isDeck)
      openView('book', Reveal.getCurrentSlide().id);
    else
      openView('deck', placeInBook());
  }

  /* ---- book ----------------------------------------------------------- */

  function toolButton(label, key, action) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = label;
    button.title = `Key ${key}`;
    button.addEventListener('click', action);
    return button;
  }

  async function startBook() {
    const tools = document.createElement('div');
    tools.className = 'tools';
    tools.append(toolButton('Slides', 'M', switchView), toolButton('Light or dark', 'T', switchTheme));
    document.getElementById('contents').prepend(tools);

    addEventListener('keydown', event => {
      if (event.ctrlKey || event.metaKey || event.altKey)
        return;
      if (event.key === 'm')
        switchView();
      if (event.key === 't')
        switchTheme();
    });
  }

  /* ---- deck ----------------------------------------------------------- */

  /* reveal.js travels packed: readers of the book never unpack it. */
  async function unpack(id) {
    const packed = Uint8Array.from(atob(document.getElementById(id).textContent), c => c.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Response(stream).text();
  }

  /* In front of our own style sheet, which has the last word. */
  async function loadReveal() {
    const texts = await Promise.all(['reveal-css', 'reveal-js', 'reveal-notes-js'].map(unpack));
    ['style', 'script', 'script'].forEach((tag, i) => {
      const element = document.createElement(tag);
      element.textContent = texts[i];
      document.head.prepend(element);
    });
  }

  /* A listing that has the focus and does not fit keeps its arrow keys. */
  function deckTakesKey(event) {
    const box = document.activeElement;
    const scrolls = box && box.matches('.scroll') &&
      (box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1);
    return !(scrolls && /^(Arrow|Page|Home|End)/.test(event.key));
  }

  /*
   * reveal would write `#/id`, an address that only a deck understands. An
   * address inside the slide, as a followed link leaves it, is kept.
   */
  function recordPlace() {
    const slide = Reveal.getCurrentSlide();
    const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!place || !slide.contains(place))
      history.pushState(null, '', '#' + slide.id);
  }

  /* What is only in the book cannot be reached on a slide: open the book. */
  function followIntoBook(event) {
    const link = event.target.closest('a[href^="#"]');
    const id = link && decodeURIComponent(link.hash.slice(1));
    const target = id && document.getElementById(id);
    if (target && target.closest('.book, .index')) {
      event.preventDefault();
      openView('book', id);
    }
  }

  async function startDeck() {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const receiver = new URLSearchParams(location.search).has('receiver');

    await loadReveal();
    document.getElementById('deck').className = 'reveal';
    await Reveal.initialize({
      width: 1500,
      height: 1000,
      margin: 0.02,
      center: false,
      display: 'flex',
      hash: false,
      slideNumber: 'c/t',
      controlsTutorial: false,
      transition: still ? 'none' : 'slide',
      transitionSpeed: 'fast',
      backgroundTransition: 'none',
      autoAnimate: !still,
      pdfSeparateFragments: false,
      scrollActivationWidth: null,
      keyboardCondition: deckTakesKey,
      plugins: [RevealNotes],
    });

    /* role=application would take reading keys from screen readers */
    Reveal.getRevealElement().removeAttribute('role');
    Reveal.addKeyBinding({ keyCode: 77, key: 'M', description: 'Book' }, switchView);
    Reveal.addKeyBinding({ keyCode: 84, key: 'T', description: 'Light or dark' }, switchTheme);
    document.addEventListener('click', followIntoBook);
    Reveal.on('slidechanged', nameScrollers);
    if (!receiver)
      Reveal.on('slidechanged', recordPlace);
    root.classList.add('ready');
  }

  document.querySelectorAll('figure.listing').forEach(addCopyButton);
  addEventListener('resize', nameScrollers);
  (isDeck ? startDeck() : startBook()).then(() => document.fonts.ready).then(nameScrollers);
})();
