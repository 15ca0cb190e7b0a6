/*
 * The editor's text in CodeMirror 6. plain.js has the same functions without it:
 *
 *   makeEditor(parent, { change, move, complete })
 *     change()  the text is another; move() the cursor was moved by who edits
 *     complete(before)  { from, options } for the text of the line before the cursor
 *   set(text)  undone by undo, as if it had been typed; load(text) forgets what was
 *   text(), place() { line, column, text of the line }, goTo(line), mark(faults), focus()
 *   setReadOnly(yes)  nothing is typed; set() and load() still are
 */
import { autocompletion, completionKeymap, startCompletion } from '@codemirror/autocomplete';
import { defaultKeymap, history, isolateHistory, historyKeymap } from '@codemirror/commands';
import { cppLanguage } from '@codemirror/lang-cpp';
import { bracketMatching, defineLanguageFacet, HighlightStyle, Language, languageDataProp, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { Annotation, Compartment, EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { parseCode, parser } from '@lezer/markdown';

const data = defineLanguageFacet({});
const markdown = new Language(data, parser.configure([
  parseCode({ codeParser: info => /^(\{\s*\.)?(c|cc|cpp|c\+\+|h)\b/i.test(info) ? cppLanguage.parser : null }),
  { props: [languageDataProp.add({ Document: data })] },
]), [], 'markdown');

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.controlKeyword, tags.modifier], color: 'var(--keyword)' },
  { tag: [tags.typeName, tags.standard(tags.typeName)], color: 'var(--type)' },
  { tag: [tags.string, tags.character], color: 'var(--string)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--constant)' },
  { tag: [tags.lineComment, tags.blockComment], color: 'var(--comment)', fontStyle: 'italic' },
  { tag: [tags.processingInstruction, tags.labelName, tags.meta], color: 'var(--directive)' },
  { tag: tags.heading, fontWeight: 'bold', color: 'var(--link)' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: tags.strong, fontWeight: 'bold' },
]);

const ours = Annotation.define();       /* a change or a move that nobody typed */

export function makeEditor(parent, { change, move, complete }) {
  function completions(context) {
    const line = context.state.doc.lineAt(context.pos);
    const found = complete(line.text.slice(0, context.pos - line.from));
    return found && { from: line.from + found.from, options: found.options.map(label => ({ label })), validFor: /^[^\s>}"]*$/ };
  }

  const writing = new Compartment();
  let readOnly = false;

  function beginning(text) {
    return EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(), highlightActiveLineGutter(), history(), drawSelection(), bracketMatching(), highlightActiveLine(),
        highlightSelectionMatches(), lintGutter(), markdown, syntaxHighlighting(colours), EditorView.lineWrapping,
        EditorState.tabSize.of(8), writing.of(EditorState.readOnly.of(readOnly)), autocompletion({ override: [completions], interactionDelay: 0 }),
        keymap.of([...completionKeymap, { key: 'Alt-/', run: startCompletion }, ...defaultKeymap, ...historyKeymap, ...searchKeymap, ...lintKeymap]),
        EditorView.contentAttributes.of({ 'aria-label': 'The text of the chapter' }),
        EditorView.updateListener.of(update => {
          const typed = !update.transactions.some(one => one.annotation(ours));
          if (update.docChanged)
            change();
          else if (update.selectionSet && typed)
            move();
        }),
      ],
    });
  }

  const view = new EditorView({ parent, state: beginning('') });

  /* Only what differs is another: the cursor and what is undone keep their places. */
  function set(text) {
    const old = view.state.doc.toString();
    let from = 0, end = 0;
    while (from < Math.min(old.length, text.length) && old[from] === text[from])
      from++;
    while (end < Math.min(old.length, text.length) - from && old.at(-1 - end) === text.at(-1 - end))
      end++;
    view.dispatch({ changes: { from, to: old.length - end, insert: text.slice(from, text.length - end) }, annotations: [ours.of(true), isolateHistory.of('full')] });
  }

  function mark(faults) {
    const doc = view.state.doc;
    view.dispatch(setDiagnostics(view.state, faults.filter(({ line }) => line >= 1 && line <= doc.lines).map(({ line, column, text }) => {
      const at = doc.line(line), from = Math.min(at.from + Math.max(column - 1, 0), at.to);
      return { from, to: at.to, severity: 'error', message: text };
    })));
  }

  return {
    load: text => view.setState(beginning(text)),
    set,
    text: () => view.state.doc.toString(),
    place() {
      const at = view.state.selection.main.head, line = view.state.doc.lineAt(at);
      return { line: line.number, column: at - line.from, text: line.text };
    },
    goTo(line) {
      const at = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
      view.dispatch({ selection: { anchor: at.from }, effects: EditorView.scrollIntoView(at.from, { y: 'start', yMargin: 60 }), annotations: ours.of(true) });
    },
    mark,
    setReadOnly(yes) {
      readOnly = yes;
      view.dispatch({ effects: writing.reconfigure(EditorState.readOnly.of(yes)) });
    },
    focus: () => view.focus(),
  };
}
