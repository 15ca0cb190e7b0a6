/*
 * What this view needs is started, when all of it has been read.
 */
'use strict';

(async () => {
  const { startBook, startDeck, startSpeaker } = heddle;

  /* what stands apart may be for the book alone */
  if (heddle.view === 'deck' && !heddle.hasSlides)
    return location.replace(heddle.addressIn('book', location.hash.slice(1)));
  await heddle.unpackUnseen();
  heddle.start();
  await { book: startBook, deck: startDeck, speaker: startSpeaker }[heddle.view]?.();
  document.getElementById('first').remove();   /* first.css */
  await document.fonts.ready;
  heddle.nameScrollers();
  heddle.openAsked();
  heddle.sayUnknown();
  if ('play' in heddle.root.dataset && document.querySelector('.outcomes'))
    document.head.append(heddle.make('script', { src: 'play/play.js' }));
})();
