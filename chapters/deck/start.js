/*
 * What this view needs is started, when all of it has been read. After
 * `heddle.ready` nothing comes any more: no button, and no sheet between others.
 */
'use strict';

heddle.ready = (async () => {
  const { startBook, startDeck, startSpeaker } = heddle;

  /* what stands apart may be for the book alone */
  if (heddle.view === 'deck' && !heddle.hasSlides) {
    location.replace(heddle.addressIn('book', location.hash.slice(1)));
    await new Promise(() => {});   /* it is left, and never ready */
  }
  await heddle.unpackUnseen();
  heddle.start();
  await { book: startBook, deck: startDeck, speaker: startSpeaker }[heddle.view]?.();
  document.getElementById('first').remove();   /* first.css */
  /* also the type of what is not shown yet: nothing is set anew when it comes */
  await Promise.allSettled([...document.fonts].filter(one => /Heddle/.test(one.family)).map(one => one.load()));
  await document.fonts.ready;
  heddle.nameScrollers();
  heddle.openAsked();
  heddle.sayUnknown();
  if (!('play' in heddle.root.dataset && document.querySelector('.outcomes')))
    return;
  try {
    await new Promise(done => document.head.append(heddle.make('script', { src: 'play/play.js', onload: done, onerror: done })));
    await heddle.playReady;
  } finally {
    heddle.stepsKnown?.();
  }
})();

/* Ctrl-P on a slide has led here (page.js), and when it is done goes back there. */
if (heddle.view === 'sheets' && new URLSearchParams(location.search).get('print') === 'now')
  heddle.ready.then(() => {
    addEventListener('afterprint', () => history.back(), { once: true });
    print();
  });
