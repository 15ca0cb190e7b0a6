/*
 * What this view needs is started, when all of it has been read.
 */
'use strict';

(async () => {
  const { startBook, startDeck, startSpeaker } = heddle;

  heddle.start();
  await { book: startBook, deck: startDeck, speaker: startSpeaker }[heddle.view]?.();
  await document.fonts.ready;
  heddle.nameScrollers();
  heddle.openAsked();
})();
