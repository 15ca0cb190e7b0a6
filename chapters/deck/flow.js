/*
 * From a slide to the one below or above it, lines of code that both have move to
 * where they are then, and what is new appears: so it is seen what has changed.
 *
 * Nothing is marked for that in a chapter: lines are compared, and slides that have
 * too few in common change as all others do. While lines move, copies of them lie
 * over the slide, and its own are hidden.
 */
'use strict';

heddle.addFlow = () => {
  const MOVE_MS = 600;
  const LINE = 1.42;        /* its height, by the type's size: theme.css */
  let change = null;        /* what beforeslidechange has seen */
  const nothing = () => {};
  let finish = nothing;     /* the one that is under way */
  let release = nothing;    /* the slides that stand still for it */

  const codesOf = slide => [...slide.querySelectorAll('.listing:not(.out, .wrap) code')].filter(code => !code.closest('.book'));

  /* Where each line stands on its slide, in the slide's px. */
  function readLines(slide) {
    const origin = slide.getBoundingClientRect(), scale = Reveal.getScale();
    return codesOf(slide).flatMap(code => {
      const box = code.getBoundingClientRect(), size = parseFloat(getComputedStyle(code).fontSize);
      return code.textContent.replace(/\n$/, '').split('\n').map((text, at) => ({
        code, at, size, text: text.trim(), words: text.match(/\w+|\S/g) ?? [],
        x: (box.left - origin.left) / scale, y: (box.top - origin.top) / scale + at * size * LINE,
      }));
    });
  }

  /* 2 for the same line, less for one that was changed a little, 0 for another. */
  function likeness(one, other) {
    const left = [...other.words];
    if (one.words.length === 0 || one.text === other.text)
      return one.text === other.text ? 2 : 0;
    const common = one.words.filter(word => left.includes(word) && left.splice(left.indexOf(word), 1)).length;
    const part = 2 * common / (one.words.length + other.words.length);
    return part >= 0.6 ? part : 0;
  }

  /* Pairs of lines, in the order of both, alike as far as that goes. */
  function align(before, after) {
    const best = Array.from({ length: before.length + 1 }, () => new Array(after.length + 1).fill(0));
    for (let i = before.length - 1; i >= 0; i--)
      for (let j = after.length - 1; j >= 0; j--) {
        const like = likeness(before[i], after[j]);
        best[i][j] = Math.max(best[i + 1][j], best[i][j + 1], like && like + best[i + 1][j + 1]);
      }
    const pairs = [];
    for (let i = 0, j = 0; i < before.length && j < after.length;)
      if (best[i][j] === best[i + 1][j])
        i++;
      else if (best[i][j] === best[i][j + 1])
        j++;
      else
        pairs.push([before[i++], after[j++]]);
    return pairs;
  }

  /* Two lines at least that say something, and a third of what will be there. */
  function isWorthIt(pairs, after) {
    const tells = line => line.words.length > 2;
    const stay = pairs.filter(([one, other]) => tells(one) && one.text === other.text).length;
    return stay >= 2 && 3 * pairs.filter(([one]) => tells(one)).length >= after.filter(tells).length;
  }

  /* ---- copies ---------------------------------------------------------- */

  /* The lines of an element, each with its colours. */
  function cutLines(code) {
    const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
    const lines = [], range = document.createRange();
    range.setStart(code, 0);
    const end = () => lines.push(heddle.make('code', {}, range.cloneContents()));
    while (walker.nextNode())
      for (let at = walker.currentNode.data.indexOf('\n'); at >= 0; at = walker.currentNode.data.indexOf('\n', at + 1)) {
        range.setEnd(walker.currentNode, at);
        end();
        range.setStart(walker.currentNode, at + 1);
      }
    range.setEndAfter(code.lastChild ?? code);
    end();
    return lines;
  }

  function place(copy, line) {
    Object.assign(copy.style, { left: `${line.x}px`, top: `${line.y}px`, fontSize: `${line.size}px` });
    return copy;
  }

  function move(copy, from, to) {
    copy.classList.toggle('changed', from.text !== to.text);
    return copy.animate([
      { transform: `translate(${from.x - to.x}px, ${from.y - to.y}px) scale(${from.size / to.size})` }, { transform: 'none' },
    ], { duration: MOVE_MS, easing: 'ease-in-out' });
  }

  const appear = copy => copy.animate([{ opacity: 0 }, { opacity: 0, offset: 0.6 }, { opacity: 1 }], { duration: MOVE_MS });

  function flow({ target, before }) {
    const after = readLines(target), pairs = align(before, after);
    const layer = heddle.make('div', { className: 'flow', ariaHidden: 'true' });
    const codes = codesOf(target), copies = new Map(codes.map(code => [code, cutLines(code)]));
    const moves = after.filter(line => line.words.length > 0).map(line => {
      const copy = place(copies.get(line.code)[line.at], line), from = pairs.find(pair => pair[1] === line)?.[0];
      layer.append(copy);
      return from ? move(copy, from, line) : appear(copy);
    });

    codes.forEach(code => { code.style.visibility = 'hidden'; });
    target.append(layer);
    const end = () => {
      if (finish !== end)   /* another one is under way, maybe on the same slide */
        return;
      finish = nothing;
      codes.forEach(code => { code.style.visibility = ''; });
      layer.remove();
    };
    finish = end;
    Promise.all(moves.map(one => one.finished)).then(end, nothing);
  }

  /* ---- slides ---------------------------------------------------------- */

  /* The whole slide stands still then. */
  function hold(slides) {
    const kept = slides.map(slide => slide.getAttribute('data-transition'));
    const end = () => {
      if (release !== end)
        return;
      release = nothing;
      slides.forEach((slide, at) => kept[at] === null ? slide.removeAttribute('data-transition') : slide.setAttribute('data-transition', kept[at]));
    };
    slides.forEach(slide => slide.setAttribute('data-transition', 'none'));
    release = end;
    setTimeout(end, MOVE_MS);
  }

  Reveal.on('beforeslidechange', ({ indexh, indexv }) => {
    const slide = Reveal.getCurrentSlide(), target = Reveal.getSlide(indexh, indexv);

    finish();
    release();
    change = null;
    if (Reveal.isOverview() || !target || !slide ||
        ![slide.previousElementSibling, slide.nextElementSibling].includes(target))
      return;
    const before = readLines(slide), after = readLines(target);
    if (!isWorthIt(align(before, after), after))
      return;
    change = { target, before };
    hold([slide, target]);
  });
  Reveal.on('slidechanged', ({ currentSlide }) => {
    if (change?.target === currentSlide)
      flow(change);
    change = null;
  });
};
