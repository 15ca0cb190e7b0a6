/*
 * Predict first: what can this program do? The reader ticks, then looks, and is
 * told of each line whether some order does it, and in how many.
 */
'use strict';

/* `pill` draws an outcome's name, `done` is told that she has looked, `go` begins. */
heddle.askFirst = (graph, { pill, done, go }) => {
  const { make } = heddle, { counts, list } = heddle.guesses(graph);
  const box = make('fieldset', { className: 'play-ask' });
  const button = (text, action, className = '') => {
    const one = make('button', { type: 'button', textContent: text, className });
    one.addEventListener('click', action);
    return one;
  };
  const look = button('Show the answer', () => { show(true); done(summary()); begin.focus(); }, 'primary');
  const begin = button('Be the scheduler', go, 'primary');
  const skip = button('I will just play', go);

  const rows = list.map(({ text, outcomes }) => {
    const tick = make('input', { type: counts ? 'radio' : 'checkbox', name: 'guess-' + graph.program });
    const verdict = make('span', { className: 'verdict' });
    return { tick, verdict, outcomes, row: make('label', { className: 'guess' }, tick, make('span', { className: 'text', textContent: text }), verdict) };
  });
  const hint = make('p');
  box.append(make('legend', { textContent: counts ? 'How many outcomes has this program?' : 'What can this program do?' }),
    hint,
    ...rows.map(one => one.row), make('div', { className: 'buttons' }, look, begin, skip));

  function judge({ outcomes, verdict, row, tick }) {
    const can = outcomes.length > 0;
    const orders = graph.ways && !counts ? outcomes.reduce((sum, outcome) => sum + graph.ways[0][outcome], 0) : 0;
    const words = counts ? (can ? 'yes' : 'no') : !can ? 'no order does this'
      : orders ? `${orders.toLocaleString('en')} order${orders === 1 ? ' does' : 's do'}` : 'can be';
    verdict.replaceChildren(...(can && !counts ? outcomes.map(pill) : []), ' ' + words);
    row.classList.toggle('can', can);
    row.classList.toggle('missed', can !== tick.checked && (tick.checked || !counts));
  }
  function summary() {
    const said = rows.filter(one => one.tick.checked);
    const wrong = said.filter(one => !one.outcomes.length).length, right = said.length - wrong;
    if (counts)
      return `It has ${graph.outcomes.length} outcomes${said.length ? right ? ', as you said' : ', and not as you said' : ''}.`;
    const all = rows.filter(one => one.outcomes.length).length;
    return `You said ${right} of the ${all} that can be` + (wrong ? `, and ${wrong} that cannot.` : right === all ? ', and nothing else: right.' : '.');
  }
  function show(looked) {
    box.classList.toggle('looked', looked);
    hint.textContent = looked ? 'This is what it does, and in how many orders of its steps.'
      : counts ? 'Choose one.' : 'Tick all that you think possible.';
    rows.forEach(one => {
      one.tick.disabled = looked;
      one.row.classList.remove('can', 'missed');
      one.verdict.replaceChildren();
      if (looked)
        judge(one);
    });
    look.hidden = skip.hidden = looked;
    begin.hidden = !looked;
  }
  show(false);
  return { box, show, focus: () => rows[0].tick.focus() };
};
