/*
 * The editor's text in a field of the browser's own, where the parts from npm are
 * missing. Its functions are those of codemirror.js; undo is the browser's. Alt-/
 * completes the word before the cursor, and once more takes the next that fits.
 */
export function makeEditor(parent, { change, move, complete }) {
  const area = Object.assign(document.createElement('textarea'), { spellcheck: false });
  let tried = null;             /* the last completion: where, and which */

  area.setAttribute('aria-label', 'The text of the chapter');
  parent.append(area);

  function place() {
    const before = area.value.slice(0, area.selectionStart), from = before.lastIndexOf('\n') + 1;
    const end = area.value.indexOf('\n', from);
    return { line: before.split('\n').length, column: before.length - from, text: area.value.slice(from, end < 0 ? undefined : end) };
  }

  /* As if it had been typed, so that it can be undone. */
  function replace(from, to, text) {
    area.focus();
    area.setSelectionRange(from, to);
    if (!(text ? document.execCommand('insertText', false, text) : document.execCommand('delete')))
      area.setRangeText(text, from, to, 'end');
  }

  function set(text) {
    const old = area.value;
    let from = 0, end = 0;
    while (from < Math.min(old.length, text.length) && old[from] === text[from])
      from++;
    while (end < Math.min(old.length, text.length) - from && old.at(-1 - end) === text.at(-1 - end))
      end++;
    if (old === text)
      return;
    replace(from, old.length - end, text.slice(from, text.length - end));
    change();
  }

  function completeHere() {
    const { column, text } = place(), at = area.selectionStart;
    const found = tried?.end === at ? tried : complete(text.slice(0, column));
    if (!found)
      return;
    const start = found.start ?? at - column + found.from;
    const typed = found.typed ?? area.value.slice(start, at);
    const fitting = found.options.filter(option => option.startsWith(typed));
    const next = ((found.next ?? -1) + 1) % fitting.length;
    if (!fitting.length)
      return;
    replace(start, at, fitting[next]);
    tried = { options: found.options, start, typed, next, end: area.selectionStart };
    change();
  }

  area.addEventListener('input', () => change());
  area.addEventListener('keyup', event => /^(Arrow|Page|Home|End)/.test(event.key) && move());
  area.addEventListener('click', () => move());
  area.addEventListener('keydown', event => {
    if (event.altKey && event.key === '/') {
      event.preventDefault();
      if (!area.readOnly)
        completeHere();
    }
  });

  return {
    load(text) { area.value = text; },
    set,
    text: () => area.value,
    place,
    goTo(line) {
      const at = area.value.split('\n').slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
      area.setSelectionRange(at, at);
      area.scrollTop = Math.max(0, line - 3) * parseFloat(getComputedStyle(area).lineHeight);
    },
    mark(faults) { area.setAttribute('aria-invalid', faults.length > 0); },
    setReadOnly(yes) { area.readOnly = yes; },
    focus: () => area.focus(),
  };
}
