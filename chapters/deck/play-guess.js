/*
 * What a reader may expect of a program before she looks: what it can do, and
 * beside that what it cannot. Nothing in their order tells which is which. No
 * page is needed here, so node tests it.
 */
'use strict';

globalThis.heddle ??= {};

/* An outcome in one line, the same words everywhere. */
heddle.outcomeWords = ({ end, status, text }) => {
  const printed = text.trim().split('\n').join(' / ');
  return [printed, end === 'exit' ? (status ? `status ${status}` : '') : end].filter(Boolean).join(', ') || 'nothing is printed';
};

/*
 * What outcomes are called: by what they print, where that is short, else by letters.
 * A number would be taken for one that is printed. What all of them begin with says
 * nothing, but for the words in front of a number: "count is 1".
 */
heddle.outcomeNames = outcomes => {
  const ROOM = 24;   /* letters that there is room for on a button */
  const texts = outcomes.map(heddle.outcomeWords), rows = texts.map(text => text.split(' '));
  const same = at => rows.every(row => row[at] === rows[0][at] && row.length > at + 1);
  let first = 0;

  while (rows.length > 1 && same(first))
    first++;
  const short = rows.map(row => row.slice(Math.max(0, first - 2)).join(' '));
  const names = [texts, short].find(all => all.join('').length <= ROOM && new Set(all).size === all.length && !all.some(one => /[,/]/.test(one)));
  return { areWords: names !== undefined,
    names: names ?? outcomes.map((_, at) => String.fromCharCode(65 + at % 26) + (at < 26 ? '' : Math.floor(at / 26) + 1)) };
};

heddle.guesses = graph => {
  const many = 5;   /* more outcomes than that are only counted */
  const texts = graph.outcomes.map(heddle.outcomeWords);

  /* A number one less and one more, a large one halved; lines the other way
   * round; no end at all. */
  function* wrong() {
    for (const text of texts) {
      const number = /(?<![\d.])-?\d+(?!.*\d)/.exec(text);
      const value = number && +number[0];
      for (const other of !number ? [] : value < 100 ? [value - 1, value + 1] : [value / 2 | 0])
        if (other >= 0 || value < 0)
          yield text.slice(0, number.index) + other + text.slice(number.index + number[0].length);
    }
    if (!graph.outcomes.some(outcome => outcome.end !== 'exit'))
      yield 'deadlock';
    for (const text of texts)
      if (text.includes(' / '))
        yield text.split(' / ').reverse().join(' / ');
    yield 'nothing is printed';
  }

  if (texts.length > many) {
    /* the same four steps apart, but nobody knows which of them it is */
    const at = [...graph.program].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 4;
    return { counts: true, list: [0, 1, 2, 3].map(n => Math.max(1, Math.round(texts.length * 2 ** (n - at))))
      .map((count, n) => ({ text: `${count} different outcomes`, outcomes: n === at ? texts.map((_, outcome) => outcome) : [] })) };
  }
  const list = [...new Set(texts)].map(text =>
    ({ text, outcomes: texts.flatMap((one, outcome) => one === text ? [outcome] : []) }));
  for (const text of wrong())
    if (list.length < Math.max(4, texts.length + 1) && !list.some(one => one.text === text))
      list.push({ text, outcomes: [] });
  return { counts: false, list: list.sort((a, b) => a.text.localeCompare(b.text, 'en', { numeric: true })) };
};
