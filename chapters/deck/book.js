/*
 * The book: buttons for what keys do, and a contents list that follows.
 */
'use strict';

heddle.startBook = () => {
  const contents = document.getElementById('contents');

  function toolButton(label, key, action) {
    const button = heddle.make('button', { type: 'button', textContent: label, title: `Key ${key}` });
    button.addEventListener('click', () => action());
    return button;
  }

  /* The contents say where the reader is, and keep that in sight. */
  function followReader() {
    const id = heddle.placeInBook();
    const link = contents.querySelector(`a[href="#${CSS.escape(id)}"]`);
    const before = contents.querySelector('[aria-current]');

    if (!link || link === before)
      return;
    before?.removeAttribute('aria-current');
    link.setAttribute('aria-current', 'location');
    if (getComputedStyle(contents).position === 'fixed')
      contents.scrollTo({ top: link.offsetTop - contents.clientHeight / 2 });
  }

  let waiting = false;

  function followSoon() {
    if (waiting)
      return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      followReader();
    });
  }

  const tools = heddle.make('div', { className: 'tools' },
    ...heddle.hasSlides ? [toolButton('Slides', 'M', heddle.switchView)] : [],
    toolButton('Search', '/', heddle.openSearch),
    toolButton('Light or dark', 'T', heddle.switchTheme));

  if (heddle.noteLanguages().length > 1)
    tools.append(toolButton('Language', 'L', heddle.switchNotes));
  contents.prepend(tools);
  addEventListener('scroll', followSoon, { passive: true });
  followReader();
};
