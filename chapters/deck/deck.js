/*
 * The deck: reveal.js moves the slides.
 */
'use strict';

heddle.startDeck = async () => {
  const isFrame = new URLSearchParams(location.search).has('receiver');   /* of the speaker's window */

  /* In front of our own style sheet, which has the last word. */
  async function loadReveal() {
    const [css, js] = await Promise.all(['reveal-css', 'reveal-js'].map(id => heddle.unpack(id)));
    document.head.prepend(heddle.make('style', { id: 'reveal-style', textContent: css }), heddle.make('script', { textContent: js }));
  }

  /* A listing that has the focus and does not fit keeps its arrow keys; a
   * dialog keeps all. */
  function deckTakesKey(event) {
    const box = document.activeElement;
    const scrolls = box && box.matches('.scroll') &&
      (box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1);
    return !document.querySelector('dialog[open]') && !(scrolls && /^(Arrow|Page|Home|End)/.test(event.key));
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

  /*
   * How far its slide has come outlives a reload, as the address does: steps
   * that were taken, which outcome is open, and what is played (play.js).
   */
  function openedOutcomes() {
    return [...Reveal.getCurrentSlide().querySelectorAll('details')].map(one => one.open);
  }

  function recordSteps() {
    const played = heddle.play ? heddle.play.here() : history.state?.played;   /* as long as that is not there, as it was */
    history.replaceState({ step: Reveal.getIndices().f, open: openedOutcomes(), played }, '');
  }

  /* Each step of a player says so, and browsers count what is recorded. */
  const CALM_MS = 300;
  let recording = 0;

  function recordSoon() {
    clearTimeout(recording);
    recording = setTimeout(recordSteps, CALM_MS);
  }

  function returnToSteps({ step, open = [] } = {}) {
    const { h, v } = Reveal.getIndices();

    if (step >= 0)
      Reveal.slide(h, v, step);
    Reveal.getCurrentSlide().querySelectorAll('details').forEach((one, at) => { one.open = open[at] ?? one.open; });
  }

  /*
   * Whoever prints from a menu gets sheets, a slide a page; reveal's own paper would
   * cut the code. What comes later than a slide, as all ends of a list, only the view
   * of sheets has: there Ctrl-P leads (page.js).
   */
  const moved = ['display', 'position', 'top', 'right', 'bottom', 'left', 'width', 'height', 'transform', 'zoom'];

  function printAsSheets() {
    const { root } = heddle, deck = document.getElementById('deck'), slides = Reveal.getSlidesElement();
    const parts = [deck, slides, ...slides.querySelectorAll('section')];
    const kept = parts.map(part => [part, part.className, part.getAttribute('style') ?? '', part.hidden]);
    const { theme } = root.dataset, style = document.getElementById('reveal-style');

    root.classList.replace('as-deck', 'as-sheets');
    root.dataset.theme = 'light';
    style.media = 'not all';
    deck.className = '';
    for (const part of parts) {
      moved.forEach(name => part.style.removeProperty(name));
      part.hidden = false;
    }
    addEventListener('afterprint', () => {
      root.classList.replace('as-sheets', 'as-deck');
      theme ? root.dataset.theme = theme : delete root.dataset.theme;
      style.media = '';
      kept.forEach(([part, names, look, hidden]) => {
        part.className = names;
        part.setAttribute('style', look);
        part.hidden = hidden;
      });
      Reveal.layout();
    }, { once: true });
  }

  /* What is only in the book cannot be reached on a slide: open the book. */
  function followIntoBook(event) {
    const link = event.target.closest('a[href^="#"]');
    const id = link && decodeURIComponent(link.hash.slice(1));
    const target = id && document.getElementById(id);
    if (target && target.closest('.book, .index')) {
      event.preventDefault();
      heddle.openView('book', id);
    }
  }

  /* ---- line steps: data-steps="1-2|4,6" -------------------------------- */

  const ranges = step => step.split(',').map(range => range.split('-').map(Number));

  /* reveal counts and announces steps as fragments; they have no size. */
  function addSteps(listing) {
    for (const step of listing.dataset.steps.split('|')) {
      const words = ranges(step).map(([first, last]) => last ? `${first} to ${last}` : first).join(', ');
      const fragment = heddle.make('span', { className: 'fragment step', textContent: `Lines ${words}` });
      fragment.dataset.lines = step;
      listing.append(fragment);
    }
  }

  /* Bands behind the lines of the last step that was taken. */
  function showStep(listing) {
    const step = [...listing.querySelectorAll('.step.visible')].at(-1);

    listing.querySelectorAll('.band').forEach(band => band.remove());
    for (const [first, last] of step ? ranges(step.dataset.lines) : []) {
      const band = heddle.make('span', { className: 'band' });
      band.style.setProperty('--first', first - 1);
      band.style.setProperty('--count', (last || first) - first + 1);
      listing.querySelector('.scroll').append(band);
    }
  }

  function showSteps() {
    Reveal.getCurrentSlide()?.querySelectorAll('[data-steps]').forEach(showStep);
  }

  /* The page says so at its root: to ask it what is in it (:has) would set its styles anew
   * whatever changes in it. */
  function noteOverview() {
    heddle.root.classList.toggle('all-slides', Reveal.isOverview());
  }

  /* In the overview all slides are seen, and so all are read. */
  function uncoverSlides() {
    if (Reveal.isOverview())
      Reveal.getSlidesElement().querySelectorAll('section').forEach(slide => slide.removeAttribute('aria-hidden'));
  }

  /* ---- keys ----------------------------------------------------------- */

  function showNextOutcome() {
    const all = [...Reveal.getCurrentSlide().querySelectorAll('details')];
    const next = all.findIndex(one => one.open) + 1;
    all.forEach((one, at) => { one.open = at === next % all.length; });
    recordSteps();
  }

  /* ---- the hand -------------------------------------------------------- */

  const REST_MS = 2500;
  let resting = 0;
  let laser = null;

  function showHand(event) {
    heddle.root.classList.add('pointing');
    clearTimeout(resting);
    resting = setTimeout(() => heddle.root.classList.remove('pointing'), REST_MS);
    if (laser)
      Object.assign(laser.style, { left: `${event.clientX}px`, top: `${event.clientY}px` });
  }

  function switchLaser() {
    laser?.remove();
    laser = laser ? null : heddle.make('div', { className: 'laser' });
    heddle.root.classList.toggle('lasing', laser !== null);
    if (laser)
      document.body.append(laser);
  }

  function addKeys() {
    heddle.addKey('→ ←', 'Next topic, the one before');
    heddle.addKey('↓ ↑', 'Deeper into the topic, and back');
    heddle.addKey('Space', 'Next slide, in reading order');
    heddle.addKey('PageDown PageUp', 'The same for a remote: on, and back');
    heddle.addKey('Home End', 'First slide, last slide');
    heddle.addKey('O', 'Overview');
    heddle.addKey('G', 'Go to a number');
    heddle.addKey('S', 'Speaker’s window: notes, time, next slide', heddle.openSpeaker);
    heddle.addKey('E', 'The next outcome', showNextOutcome);
    heddle.addKey('X', 'Laser pointer', switchLaser);
    heddle.addKey('F', 'Full screen');
    heddle.addKey('B .', 'Black screen');
    heddle.addKey('Esc', 'Close, or overview');
  }

  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;

  /*
   * Slides of others may be too full. Their text is set smaller then, to the least
   * that a room can read; what still does not fit scrolls. Code was given what its
   * text seemed to leave: where that is more, it grows, and where a picture left it
   * less, it shrinks, first to what is wanted, then, with the text, to the least.
   */
  const LEAST_FIT = 0.6, CODE_WANTED = 26, CODE_LEAST = 18;

  const isHigh = box => box.scrollHeight > box.clientHeight + 4;
  const isWide = box => box.scrollWidth > box.clientWidth + 4;

  function fitText(slide, tooFull) {
    const scrolled = isHigh(slide) || isWide(slide);

    slide.classList.remove('fitted');
    for (let fit = 0.95; tooFull() && fit > LEAST_FIT - 0.01; fit -= 0.05) {
      slide.classList.add('fitted');
      slide.style.setProperty('--fit', fit.toFixed(2));
    }
    if (!scrolled && tooFull())   /* it is the code that is long */
      slide.classList.remove('fitted');
  }

  function fitSlide(slide = Reveal.getCurrentSlide()) {
    if (!slide || !('loose' in heddle.root.dataset))
      return;
    const boxes = [...slide.querySelectorAll('.scroll')];
    const tooFull = () => isHigh(slide) || isWide(slide) || boxes.some(isHigh);
    const setCode = size => slide.style.setProperty('--code', size + 'px');
    let size = parseFloat(slide.dataset.code ??= slide.style.getPropertyValue('--code').replace('px', ''));

    if (size)
      setCode(size);
    while (size > CODE_WANTED && tooFull())
      setCode(--size);
    fitText(slide, tooFull);
    while (size > CODE_LEAST && tooFull())
      setCode(--size);
    while (size < CODE_WANTED && !tooFull() && !boxes.some(isWide))
      setCode(++size);
    if (size > slide.dataset.code && (tooFull() || boxes.some(isWide)))
      setCode(--size);
  }

  /*
   * As long as the player is on its way, nobody knows what steps a slide with outcomes
   * has. Who goes on from one, does so when that is known, or the player does not come.
   */
  function awaitPlayer() {
    const held = event => {
      const slide = Reveal.getCurrentSlide(), { h, v } = Reveal.getIndices(), { indexh, indexv } = event;
      const isOn = indexh === h + 1 || indexh === h && indexv === v + 1;
      if (!isOn || Reveal.isOverview() || !slide.querySelector('.outcomes'))
        return;
      event.preventDefault();
      known.then(() => slide !== Reveal.getCurrentSlide() || Reveal.nextFragment() || Reveal.slide(indexh, indexv));
    };
    const known = new Promise(done => { heddle.stepsKnown = done; }).then(() => Reveal.off('beforeslidechange', held));
    Reveal.on('beforeslidechange', held);
  }

  const addAllSteps = part => part.querySelectorAll('[data-steps]').forEach(addSteps);
  heddle.dressers.push(addAllSteps);
  addAllSteps(document);
  await loadReveal();
  document.getElementById('deck').className = 'reveal';
  await Reveal.initialize({
    width: 1500,
    height: 1000,
    margin: 0.02,
    center: false,
    display: 'flex',
    hash: false,
    help: false,
    controls: !isFrame,
    progress: !isFrame,
    slideNumber: isFrame ? false : 'c/t',
    controlsTutorial: false,
    transition: still || isFrame ? 'none' : heddle.root.dataset.transition || 'slide',
    transitionSpeed: 'fast',
    backgroundTransition: 'none',
    autoAnimate: !still,
    scrollActivationWidth: null,
    keyboardCondition: deckTakesKey,
  });

  /* role=application would take reading keys from screen readers */
  Reveal.getRevealElement().removeAttribute('role');
  document.addEventListener('click', followIntoBook);
  for (const event of ['slidechanged', 'fragmentshown', 'fragmenthidden'])
    Reveal.on(event, showSteps);
  Reveal.on('slidechanged', () => fitSlide());
  Reveal.on('slidechanged', heddle.nameScrollers);
  for (const event of ['overviewshown', 'overviewhidden'])
    Reveal.on(event, noteOverview);
  Reveal.on('overviewshown', uncoverSlides);
  Reveal.on('slidechanged', uncoverSlides);
  document.fonts.ready.then(() => fitSlide());
  document.fonts.addEventListener('loadingdone', () => fitSlide());
  document.addEventListener('load', event => event.target.matches?.('img') && fitSlide(), true);
  showSteps();
  if (!isFrame) {
    if ('play' in heddle.root.dataset)
      awaitPlayer();
    addKeys();
    addEventListener('beforeprint', printAsSheets);
    addEventListener('pointermove', showHand);
    heddle.arrival = { id: Reveal.getCurrentSlide().id, ...history.state };
    returnToSteps(heddle.arrival);
    showSteps();
    Reveal.on('slidechanged', recordPlace);
    Reveal.on('fragmentshown', recordSteps);
    Reveal.on('fragmenthidden', recordSteps);
    document.addEventListener('played', recordSoon);
    heddle.tellSpeaker();
    if (!still)
      heddle.addFlow();
  }
  heddle.root.classList.add('ready');
};
