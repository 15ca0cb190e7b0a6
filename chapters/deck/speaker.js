/*
 * The speaker's window: this slide, the next one, the notes and the time.
 *
 * It is one more view of the same document, so notes keep their language and
 * their look. It follows the deck that opened it by messages, for pages from
 * file:// may not look at each other: the window says `hello` until the deck
 * answers with a `place`, again after either was loaded anew; its keys go to
 * the deck. Two frames hold decks of their own, moved by reveal.js's messages.
 */
'use strict';

/* ---- in the deck ---------------------------------------------------------- */

heddle.tellSpeaker = () => {
  let speaker = null;

  function place() {
    const state = Reveal.getState();
    return {
      heddle: 'place',
      id: Reveal.getCurrentSlide().id,
      number: `${Reveal.getSlidePastCount() + 1} / ${Reveal.getTotalSlides()}`,
      last: Reveal.isLastSlide() && !Reveal.availableFragments().next,
      state: { indexh: state.indexh, indexv: state.indexv, indexf: state.indexf },
      played: heddle.play?.here() ?? null,
    };
  }

  const moves = {
    ArrowRight: 'right', ArrowLeft: 'left', ArrowDown: 'down', ArrowUp: 'up', ' ': 'next', n: 'next', p: 'prev',
    PageDown: 'next', PageUp: 'prev', b: 'togglePause', '.': 'togglePause',
  };

  addEventListener('message', event => {
    if (event.data?.heddle === 'hello') {
      speaker = event.source;
      speaker.postMessage(place(), '*');
    }
    if (event.data?.heddle === 'key' && event.source === speaker && moves[event.data.key])
      Reveal[moves[event.data.key]]();
  });
  for (const name of ['slidechanged', 'fragmentshown', 'fragmenthidden'])
    Reveal.on(name, () => speaker?.postMessage(place(), '*'));
  document.addEventListener('played', () => speaker?.postMessage(place(), '*'));
};

heddle.openSpeaker = () => {
  open(heddle.addressIn('speaker', Reveal.getCurrentSlide().id), 'heddle-speaker', 'popup,width=1280,height=860');
};

/* ---- the window ------------------------------------------------------------ */

heddle.startSpeaker = async () => {
  const { make } = heddle;
  let here = null;

  /* ---- frames ---- */

  function makeFrame(title) {
    const frame = make('iframe', { src: heddle.addressIn('deck', '', { receiver: 1 }), title });
    frame.tabIndex = -1;
    return frame;
  }

  const now = makeFrame('This slide'), next = makeFrame('Next slide');
  const end = make('p', { className: 'end', textContent: 'This is the last one.', hidden: true });

  const order = (frame, method, ...args) =>
    frame.contentWindow?.postMessage(JSON.stringify({ method, args }), '*');

  function moveFrames() {
    if (!here)
      return;
    order(now, 'setState', here.state);
    now.contentWindow?.postMessage({ heddle: 'played', place: here.played }, '*');
    order(next, 'setState', here.state);
    order(next, 'next');
    next.hidden = here.last;
    end.hidden = !here.last;
  }

  /* ---- time: of day, and since the talk began ---- */

  const clock = make('time', { className: 'clock' });
  const timer = make('output', { className: 'timer' });
  const number = make('span', { className: 'number' });
  const two = value => String(value).padStart(2, '0');
  let began = history.state?.began || Date.now();

  function showTime() {
    const seconds = Math.floor((Date.now() - began) / 1000), date = new Date();
    clock.textContent = `${two(date.getHours())}:${two(date.getMinutes())}`;
    timer.textContent = `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
  }

  /* Where it began outlives a reload. */
  function restartTimer(time) {
    began = time;
    history.replaceState({ began }, '');
    showTime();
  }

  /* ---- notes ---- */

  const notes = make('section', { className: 'said' });
  const empty = () => make('p', { className: 'empty', textContent: 'There are no notes for this slide.' });

  notes.setAttribute('aria-label', 'Notes');
  notes.setAttribute('aria-live', 'polite');
  notes.tabIndex = 0;

  function showNotes() {
    const slide = here && document.getElementById(here.id);
    const said = slide ? [...slide.querySelectorAll('aside.notes')].map(aside => aside.cloneNode(true)) : [];

    notes.replaceChildren(...(said.length ? said : [empty()]));
    notes.scrollTop = 0;
  }

  function sizeNotes(step) {
    const size = parseFloat(getComputedStyle(notes).fontSize) + step;
    notes.style.fontSize = `${Math.min(60, Math.max(14, size))}px`;
  }

  /* ---- talking to the deck ---- */

  addEventListener('message', event => {
    if (event.data?.heddle === 'place' && event.source === opener) {
      here = event.data;
      number.textContent = here.number;
      showNotes();
      moveFrames();
    } else if (typeof event.data === 'string' && /"eventName":"ready"/.test(event.data)) {
      moveFrames();
    }
  });

  const hello = () => opener?.postMessage({ heddle: 'hello' }, '*');

  addEventListener('keydown', event => {
    if (/^(Arrow|Page)/.test(event.key) || ' np.b'.includes(event.key)) {
      if (event.key === ' ' && event.target.closest('button'))
        return;
      event.preventDefault();
      opener?.postMessage({ heddle: 'key', key: event.key }, '*');
    }
  });
  addEventListener('notelanguage', showNotes);

  /* ---- the window's parts ---- */

  function button(label, action) {
    const element = make('button', { type: 'button', textContent: label });
    element.addEventListener('click', action);
    return element;
  }

  const titled = (text, ...children) => make('figure', {}, make('figcaption', { textContent: text }), ...children);
  const tools = make('div', { className: 'tools' }, button('Restart timer', () => restartTimer(Date.now())),
    button('Smaller', () => sizeNotes(-2)), button('Larger', () => sizeNotes(2)));

  if (heddle.noteLanguages().length > 1)
    tools.append(button('Language', heddle.switchNotes));
  document.title = 'Notes: ' + document.title;
  document.body.append(make('main', { id: 'speaker' }, make('h1', { textContent: 'Speaker’s notes' }),
    make('div', { className: 'frames' }, titled('Now', now), titled('Next', next, end)),
    make('div', { className: 'words' }, make('header', {}, timer, clock, number, tools), notes)));
  restartTimer(began);
  setInterval(showTime, 1000);
  setInterval(hello, 1000);
  hello();
};
