/*
 * The reader is the scheduler: each list of outcomes can be played. A button a
 * thread takes its next step; what that step leaves possible is said before it
 * is taken. Pages load this, and it loads a program's graph when it is wanted.
 *
 * In the deck the ways to the outcomes are fragments as well: so a clicker
 * reaches each, and the speaker's window follows.
 */
'use strict';

(() => {
  const { make } = heddle;
  const graphs = {}, waiting = {};
  heddle.still ??= matchMedia('(prefers-reduced-motion: reduce)').matches;
  const few = 3;   /* outcomes whose ways are shown turn by turn */

  function load(name) {
    return new Promise((done, failed) => {
      const isStyle = name.endsWith('.css');
      const part = isStyle ? make('link', { rel: 'stylesheet', href: 'play/' + name }) : make('script', { src: 'play/' + name });
      part.onload = done;
      part.onerror = failed;
      document.head.append(part);
    });
  }

  heddle.played = (name, graph, source) => { graphs[name] = { ...heddle.readGraph(graph), source }; };
  const graphOf = async name => {
    waiting[name] ??= graphs[name] ? Promise.resolve() : load(name + '.js');
    await waiting[name];
    return graphs[name];
  };

  const named = figure => figure.dataset.play ?? figure.querySelector('figcaption b span')?.textContent.replace(/^.* of /, '').trim();

  /* The outcomes as the page lists them: one after the other, or all at once. */
  const listOf = figure => [...figure.querySelectorAll('details, .scroll > pre > code > span')]
    .map(one => (one.matches('span') ? one : one.querySelector('pre'))?.textContent.trim() ?? '');

  /* ---- one player --------------------------------------------------------- */

  function makePlayer(figure, graph) {
    const { playBadge: badge, playMark: mark } = heddle;
    const words = heddle.playWords(graph), why = heddle.playWhy(graph, words), says = outcome => heddle.outcomeWords(graph.outcomes[outcome]);
    const lists = listOf(figure);
    /* as the page numbers them */
    const listed = graph.outcomes.map((outcome, at) => {
      const text = heddle.outcomeText(graph, outcome);
      const found = lists.findIndex(one => one === text.trim());
      return found < 0 ? at : found;
    });
    const order = graph.outcomes.map((_, at) => at).sort((a, b) => listed[a] - listed[b]);
    const { areWords, names } = heddle.outcomeNames(order.map(outcome => graph.outcomes[outcome]));
    const label = outcome => names[listed[outcome]];
    const named = outcome => areWords ? `“${label(outcome)}”` : `outcome ${label(outcome)}`;
    const whole = outcome => areWords ? named(outcome) : `${named(outcome)}: ${says(outcome)}`;
    /* what is lost on every way there, when somebody wants to know */
    let losing = null;
    const lossOf = outcome => (losing ??= heddle.losingOutcomes(graph))[outcome] ? ', an update is lost' : '';
    const isBad = outcome => graph.outcomes[outcome].end !== 'exit';
    const left = set => {
      const which = order.filter(outcome => graph.has(set, outcome));
      return which.length === 1 ? `only ${named(which[0])} is left`
        : `${areWords ? which.map(named).join(', ') : `outcomes ${which.map(label).join(', ')}`} are left`;
    };
    /* the one that is hardest to find is the reader's aim, until she chooses another */
    const rarest = order.reduce((best, one) => (graph.ways?.[0][one] ?? 0) < (graph.ways?.[0][best] ?? 0) ? one : best, order[0]);
    const found = new Set();
    let run = heddle.beginRun(graph), plan = [], phase = 'ask', timer = 0, said = '', chosen = false, fresh = -1, aim = rarest;

    const part = (tag, className, properties = {}) => make(tag, { className, ...properties });
    const box = part('div', graph.outcomes.length > few + 1 ? 'player many' : 'player', { hidden: true });
    const say = part('p', 'play-say'), hold = part('div', 'play-state'), choose = part('div', 'play-choose');
    const target = part('div', 'play-aim'), tools = part('div', 'play-tools'), out = part('pre', 'play-out', { tabIndex: 0 });
    const code = heddle.drawnCode(graph), lanes = heddle.drawnLanes(graph, words);
    const tree = heddle.drawnTree(graph, { label, areWords, isBad, left });
    const ask = heddle.askFirst(graph, { pill, done: text => { setPhase('look'); said = text; draw(); }, go: begin });
    const side = part('div', 'play-side');
    box.setAttribute('role', 'group');
    box.setAttribute('aria-label', 'You are the scheduler');
    say.setAttribute('role', 'status');
    choose.setAttribute('role', 'group');
    choose.setAttribute('aria-label', 'Who takes the next step?');
    out.setAttribute('aria-label', 'Output so far');
    side.append(ask.box, hold, make('div', { className: 'play-dock' }, target, say, choose, tools), out);
    box.append(code.box, side, lanes.box, tree.box);
    figure.append(box);

    function pill(outcome) {
      return make('b', { className: 'pill' + (isBad(outcome) ? ' bad' : ''), textContent: label(outcome) });
    }
    function pills(set) {
      const row = part('span', 'pills');
      row.append(make('small', { textContent: 'leaves' }));
      for (const outcome of order) {
        const one = pill(outcome), possible = graph.has(set, outcome);
        one.classList.toggle('off', !possible);
        if (possible || graph.outcomes.length <= few + 1)   /* of many, what is left is enough */
          row.append(one);
      }
      return row;
    }

    /* ---- drawing ---- */

    function drawState() {
      const parts = [];
      for (const [name, value] of run.values)
        if (!/^memory \d+$/.test(name))   /* that has no name in the program */
          parts.push(make('span', { className: 'cell' }, name + ' ', make('b', { textContent: value })));
      for (const [name, thread] of run.holders) {
        const free = thread < 0;
        parts.push(make('span', { className: 'cell' + (free ? '' : ' ' + badge(thread)) }, name + ' ',
          ...(free ? ['is free'] : ['held by ', mark(thread), ' ' + words.thread(thread)])));
      }
      run.buffers.forEach((stores, thread) => {
        if (graph.ops.some(op => op.b && op.t === thread))
          parts.push(make('span', { className: `cell buffer ${badge(thread)}` }, mark(thread), ' buffer ',
            ...stores.length ? stores.map(({ name, value }) => make('b', { textContent: `${name} ${value}` })) : ['is empty']));
      });
      hold.replaceChildren(...(parts.length ? parts : ['What threads share is shown here.']));
    }

    function goButton(thread, { op, to, number }) {
      const button = make('button', { type: 'button', className: 'go ' + badge(thread) },
        make('kbd', { textContent: thread + 1, ariaHidden: 'true' }), mark(thread),
        make('span', { className: 'who', textContent: words.thread(thread) }),
        make('span', { className: 'what', textContent: words.does(op) }), pills(graph.reach[to]));
      button.dataset.thread = thread;
      button.setAttribute('aria-label', `${words.thread(thread)} ${words.does(op)}: then ${left(graph.reach[to])}`);
      button.addEventListener('click', () => take(number, true));
      return button;
    }

    /* Each thread keeps its place, also where it has nothing to choose. */
    function stillRow(thread) {
      const blocked = run.blocked.find(op => op.t === thread);
      const holder = blocked && /lock$/.test(blocked.k) ? run.holders.get(graph.objects[blocked.o]?.[1]) ?? -1 : -1;
      const born = thread === 0 || run.taken.some(({ op }) => op.k === 'create' && op.w === thread);
      return make('p', { className: `go still ${badge(thread)}${blocked && run.end >= 0 ? ' stuck' : ''}` }, make('kbd', { ariaHidden: 'true' }), mark(thread),
        make('span', { className: 'who', textContent: words.thread(thread) }),
        make('span', { className: 'what', textContent: blocked
          ? words.waitsFor(blocked) + (holder >= 0 ? `, which ${words.thread(holder)} has` : '')
          : born ? 'has ended' : 'is not there yet' }));
    }
    function drawChoices() {
      choose.replaceChildren(...graph.threads.flatMap((_, thread) => {
        const steps = run.steps.map((step, number) => ({ ...step, number })).filter(step => step.op.t === thread);
        return steps.length ? steps.map(step => goButton(thread, step)) : [stillRow(thread)];
      }));
    }

    /* The focus stays with the button of the same name. */
    function drawTools() {
      const focused = tools.contains(document.activeElement) ? document.activeElement.textContent : null;
      const button = (text, action, off) => {
        const one = make('button', { type: 'button', textContent: text });
        one.setAttribute('aria-disabled', String(off));
        one.addEventListener('click', () => off || action());
        return one;
      };
      const goals = order.map(outcome => {
        const one = button(label(outcome), () => setAim(outcome), false);
        one.className = 'pill' + (isBad(outcome) ? ' bad' : '') + (found.has(outcome) ? ' found' : '');
        one.setAttribute('aria-label', `Aim for ${whole(outcome)}` + (found.has(outcome) ? ' (found)' : ''));
        one.setAttribute('aria-pressed', String(outcome === aim));
        return one;
      });
      const onward = run.end >= 0 || plan.length ? [] : isSure() ? [button('Finish', finish, false)]
        : graph.matters(run.at) ? [] : [button('Next choice', nextChoice, false)];
      tools.replaceChildren(button('Undo', undo, !run.taken.length), button('Start again', restart, !run.taken.length), ...onward,
        ...plan.length ? [button('Step', step, false), ...heddle.still ? [] : [button(timer ? 'Stop' : 'Play', playOn, false)]] : [],
        button('Close', close, false),
        ...goals.length > 1 ? [make('span', { className: 'goals' }, make('span', { className: 'first' }, 'Aim for', goals[0]), ...goals.slice(1))] : []);
      if (focused !== null)
        ([...tools.querySelectorAll('button')].find(one => one.textContent === focused) ?? tools.querySelector('button')).focus();
    }

    /* How many steps back the aim could still be reached. */
    function stepsToAim() {
      const at = run.taken.findIndex(({ to }) => !graph.has(graph.reach[to], aim));
      return at < 0 ? 0 : run.taken.length - at;
    }
    const isSure = () => graph.outcomesOf(run.at).length === 1;
    const steps = count => `${count} step${count === 1 ? '' : 's'}`;

    const aimWords = () => (areWords ? label(aim) : `${label(aim)}, ${says(aim)}`) + lossOf(aim);

    /* What the reader wants, how that stands, and what leads there. */
    function drawAim() {
      const isOne = graph.outcomes.length === 1, back = stepsToAim(), hadFocus = target.contains(document.activeElement);
      const how = isOne ? (run.end < 0 ? 'can you?' : 'no order gives anything else') : run.end === aim ? 'reached'
        : back ? 'cannot come any more' : isSure() ? 'is sure to come now' : 'can still come';
      const button = (text, action) => {
        const one = make('button', { type: 'button', textContent: text });
        one.addEventListener('click', action);
        return one;
      };
      const words = aimWords();
      target.className = `play-aim${areWords ? '' : ' brief'}${run.end === aim && !isOne ? ' reached' : back ? ' gone' : ''}`;
      target.replaceChildren(make('p', {}, 'Aim: ', make('b', { textContent: isOne ? `anything but ${says(aim)}` : words, title: says(aim) }), ' ',
        make('span', { textContent: how })), ' ',
        ...isOne ? [] : back ? [button(`Undo ${steps(back)}`, () => backTo(run.taken.length - back))]
          : run.end < 0 && !isSure() && !plan.length ? [button('Show me how', showHow)] : []);
      if (hadFocus)
        (target.querySelector('button') ?? tools.querySelector('button')).focus();
    }

    function planned() {
      let at = run;
      return plan.map(number => { at = at.take(number); return at.taken.at(-1); });
    }

    function firstWords() {
      if (phase === 'ask')
        return [];   /* the question says it all */
      if (phase === 'look')
        return [said || 'This is the answer.'];
      return graph.outcomes.length > 1
        ? ['Choose who goes next; each button says what that leaves possible.']
        : ['You choose who takes the next step. Can you get anything but ', make('b', { textContent: says(aim) }), '?'];
    }
    /* A way that was asked for, before its first step. */
    const wayWords = () => ['The way there is dashed below. Step takes its next step', heddle.still ? '.' : ', Play takes them all, one after the other.'];

    const matterWords = () => run.taken.some(({ from }) => graph.matters(from)) ? ' Now it matters who goes.'
      : ' So far nothing is decided. Now it matters who goes: each button says what that leaves possible.';

    /* What the last step has given up, and why; or that it matters from here on who goes. */
    function turnWords() {
      const last = run.taken.at(-1), isTurn = graph.outcomes.length > 1 && run.decided() === run.taken.length;
      const isLost = chosen && run.end < 0 && graph.has(graph.reach[last.from], aim) && !graph.has(graph.reach[last.to], aim);
      const reason = isTurn || isLost ? why(run) : '';
      return [...isTurn ? [make('strong', { textContent: ` The point of no return: ${left(graph.reach[run.at])}${areWords || run.end >= 0 ? '' : `: ${says(graph.outcomesOf(run.at)[0])}`}.` })] : [],
        ...reason ? [` ${reason}`] : [],
        ...isLost ? [' Your aim is lost: undo 1 step.'] : graph.matters(run.at) && !graph.matters(last.from) ? [matterWords()] : []];
    }
    function endWords() {
      const decided = graph.outcomes.length > 1 ? run.decided() : 0, back = stepsToAim();
      return [make('strong', { textContent: ` The end: ${whole(run.end)}${lossOf(run.end)}.` + (decided > 0 && decided < run.taken.length ? ` It was decided at step ${decided}.` : '') }),
        ...back ? [` For your aim, undo ${steps(back)} and choose otherwise.`] : []];
    }
    function sentence() {
      const last = phase === 'play' ? run.taken.at(-1) : undefined;
      if (plan.length && fresh === run.taken.length)
        return wayWords();
      if (!last)
        return firstWords();
      return [make('b', { textContent: `Step ${run.taken.length}. ` }), mark(last.op.t),
        make('b', { className: badge(last.op.t), textContent: ` ${words.thread(last.op.t)} ` }), `${words.does(last.op)}.`,
        ...run.lost ? [make('strong', { className: 'loss', textContent: ` ${words.loses(run.lost)}` })] : [],
        ...turnWords(), ...run.end >= 0 ? endWords() : []];
    }

    function draw() {
      if (run.end >= 0)
        found.add(run.end);
      const fits = box.dataset.phase === phase;
      box.dataset.phase = phase;
      if (!fits) {
        lanes.measure();
        tree.measure();
      }
      drawState();
      drawChoices();
      drawTools();
      drawAim();
      lanes.draw(run, planned());
      out.replaceChildren(...run.printed.length ? [] : ['nothing is printed yet'], ...run.printed.flatMap(({ thread, text }) => [mark(thread), ' ' + text.replace(/\n?$/, '\n')]));
      say.replaceChildren(...sentence());
      const scroll = code.draw(run), inDeck = heddle.view === 'deck';
      if (!fits && inDeck)
        code.fit();
      if (inDeck)
        tree.measure();   /* the room that the others leave */
      tree.draw(run);
      scroll();
      figure.classList.toggle('ended', run.end >= 0);
      document.dispatchEvent(new Event('played'));
    }

    /* ---- what a reader does ---- */

    function setPhase(next) {
      phase = next;
      said = '';
      if (next !== 'play')
        ask.show(next === 'look');
    }
    function focusChoice() {
      (choose.querySelector('button') ?? tools.querySelector('button')).focus();
    }
    function stop() {
      clearInterval(timer);
      timer = 0;
    }
    /* The focus stays with the thread that was chosen, or goes to who can go on. */
    function take(number, byHand) {
      chosen = byHand;
      if (byHand) {
        stop();
        plan = plan[0] === number ? plan.slice(1) : [];
      }
      const thread = run.steps[number].op.t;
      const focused = choose.contains(document.activeElement);
      phase = 'play';
      run = run.take(number);
      draw();
      if (focused)
        (choose.querySelector(`button[data-thread="${thread}"]`) ?? choose.querySelector('button') ?? tools.querySelector('button')).focus();
    }
    /* A thread may have several ways to go on: then its key goes from one to the next. */
    function press(button) {
      const all = [...choose.querySelectorAll(`button[data-thread="${button.dataset.thread}"]`)];
      if (all.length === 1)
        return button.click();
      all[(all.indexOf(document.activeElement) + 1) % all.length].focus();
    }
    function undo() { stop(); plan = []; run = run.back(); draw(); }
    function backTo(count) { stop(); plan = []; run = run.back(run.taken.length - count); draw(); focusChoice(); }
    function restart() { stop(); plan = []; run = heddle.beginRun(graph); draw(); }
    function step() {
      if (plan.length)
        take(plan.shift(), false);
    }
    function playOn() {
      if (timer)
        stop();
      else
        timer = setInterval(() => { step(); if (!plan.length) { stop(); drawTools(); } }, 900);
      drawTools();
    }
    function setAim(outcome) {
      stop();
      plan = [];
      aim = outcome;
      draw();
    }
    const lastThread = () => run.taken.at(-1)?.op.t;

    /* Steps that are nobody's choice, at once, up to one that loses what another wrote: that is
     * said when it is the last. */
    function runOn(numbers) {
      stop();
      plan = [];
      chosen = false;
      phase = 'play';
      for (const number of numbers) {
        run = run.take(number);
        if (run.lost)
          break;
      }
      draw();
      focusChoice();
    }
    const nextChoice = () => runOn(graph.wayToChoice(run.at, lastThread()));
    const finish = () => runOn(graph.wayTo(run.at, graph.outcomesOf(run.at)[0], lastThread()));

    /* Behind the steps that decide nothing: who wants to take those as well starts again. */
    function begin() {
      setPhase('play');
      if (!run.taken.length)
        run = (graph.wayToChoice(run.at) ?? []).reduce((at, number) => at.take(number), run);
      draw();
      focusChoice();
    }

    function showHow() {
      stop();
      plan = graph.wayTo(run.at, aim, lastThread()) ?? [];
      fresh = run.taken.length;
      draw();
      [...tools.querySelectorAll('button')].find(one => one.textContent === 'Step').focus();
    }
    function show(open) {
      stop();
      delete box.dataset.phase;   /* to be measured anew */
      box.hidden = !open;
      figure.classList.toggle('playing', open);
      if (!open)
        return document.dispatchEvent(new Event('played'));
      draw();
    }
    function close() { show(false); figure.querySelector('.play')?.focus(); }

    /* What is a key of a button's or a box's is not the deck's. */
    box.addEventListener('keydown', event => {
      const digit = /^[1-9]$/.test(event.key) && phase === 'play' ? +event.key - 1 : -1;
      const button = digit >= 0 && choose.querySelector(`button[data-thread="${digit}"]`);
      const action = { Backspace: phase === 'play' && undo, n: step, Escape: close }[event.key];
      const own = event.target.closest('button, input') ? /^( |Enter)$/ : /^Arrow/;
      const scrolls = event.target.matches('.play-code, .play-out') && event.target.scrollHeight > event.target.clientHeight + 1;
      if (event.ctrlKey || event.metaKey || event.altKey)
        return;
      if (own.test(event.key) && (scrolls || event.target.closest('button, input')) || event.target.matches('[type=radio]') && /^Arrow/.test(event.key))
        event.stopPropagation();
      if (!(button || action))
        return;
      event.preventDefault();
      event.stopPropagation();
      button ? press(button) : action();
    });
    addEventListener('resize', () => { delete box.dataset.phase; box.hidden || draw(); });

    /* Where it is, and to be there: for fragments, and for the speaker's window. */
    function place() {
      return { open: !box.hidden, phase, aim, taken: run.taken.map(one => one.number) };
    }
    function setPlace({ open, phase: next, aim: wanted = rarest, taken }) {
      setPhase(next);
      plan = [];
      aim = graph.outcomes[wanted] ? wanted : rarest;   /* it may be of another day */
      chosen = false;
      fresh = -1;
      run = taken.reduce((at, number) => at.steps[number] ? at.take(number) : at, heddle.beginRun(graph));
      show(open);
    }
    function goTo(outcome, count) {
      const way = graph.wayTo(0, outcome);
      setPlace({ open: true, phase: 'play', aim: outcome, taken: way.slice(0, count) });
      plan = way.slice(count);
      draw();
    }
    /* The schedule as fragments: the question, the answer, and which steps of which way. */
    function stops() {
      const turns = order.flatMap(outcome => {
        const way = graph.wayTo(0, outcome);
        if (graph.outcomes.length > few)
          return [{ outcome, count: way.length }];
        let at = heddle.beginRun(graph);
        const threads = way.map(number => { const { t } = at.steps[number].op; at = at.take(number); return t; });
        return way.map((_, i) => i).filter(i => threads[i] !== threads[i + 1]).map(i => ({ outcome, count: i + 1 }));
      });
      return [{ phase: 'ask' }, { phase: 'look' }, ...turns];
    }
    /* By hand: the question first, for who has not seen it. */
    function open() {
      if (run.end >= 0)   /* there is no step left to take */
        run = heddle.beginRun(graph);
      show(true);
      phase === 'ask' ? ask.focus() : phase === 'play' && focusChoice();
    }
    function addEnds() {
      const alone = heddle.drawnTree(graph, { label, areWords, isBad, left });
      figure.append(heddle.drawnEnds(graph, words, { order, few, pill, tree: alone }));
      figure.classList.add('ends');
    }
    return figure.player = { addEnds, show, open, goTo, stops, place, setPlace, get run() { return run; }, graph, order, label, left, undo, restart };
  }

  /* ---- the page ------------------------------------------------------------- */

  const players = new Map();

  async function playerOf(figure) {
    if (!players.has(figure))
      players.set(figure, graphOf(named(figure)).then(graph =>
        graph.outcomes.length === listOf(figure).length ? makePlayer(figure, graph) : null));
    return players.get(figure);
  }

  function addButton(figure) {
    const button = make('button', { type: 'button', className: 'play', textContent: '▶ Be the scheduler' });
    button.addEventListener('click', async () => {
      const player = await playerOf(figure);
      if (!player)
        return button.remove();
      player.open();
    });
    figure.querySelector('figcaption').after(button);
  }

  /* Why there is no button, so that nobody looks for it. */
  function addReason(figure, why) {
    if (why && figure.querySelector('details'))
      figure.querySelector('figcaption').after(make('p', { className: 'play-not', textContent: `Not to be played: it ${why.replace(/\d{4,}/, number => (+number).toLocaleString('en'))}.` }));
  }

  const addWayIn = figure => heddle.playable.includes(named(figure)) ? addButton(figure)
    : addReason(figure, heddle.unplayable[named(figure)]);

  /* Fragments of the deck: none shown is the list as it was. */
  async function addStops(figure) {
    const player = await playerOf(figure), slide = figure.closest('section.slide');
    if (!player || figure.querySelector('.play-stop'))
      return;
    const all = Reveal.getSlides(), here = all.indexOf(Reveal.getCurrentSlide()), isBehind = all.indexOf(slide) < here;
    for (const { phase = 'play', outcome = '', count = '' } of player.stops()) {
      const stop = make('span', { className: isBehind ? 'fragment play-stop visible' : 'fragment play-stop' });
      Object.assign(stop.dataset, { phase, outcome, count });
      figure.append(stop);
    }
    slide === all[here] ? Reveal.sync() : Reveal.syncFragments(slide);
  }

  /* One list after the other: reveal counts fragments as they come. A list that cannot
   * be read has said so, and has none. */
  async function addFragments(slide) {
    for (const figure of slide.querySelectorAll('.outcomes'))
      if (heddle.playable.includes(named(figure)) && !figure.closest('.book'))
        await addStops(figure).catch(() => {});
  }

  /* Of each slide: null when its steps are there, until then a promise of them. */
  const steps = new Map();

  function prepare(slide) {
    if (!steps.has(slide))
      steps.set(slide, addFragments(slide).then(() => { steps.set(slide, null); }));
    return steps.get(slide);
  }
  /* All slides, the nearest first. */
  function prepareAll() {
    const all = Reveal.getSlides(), here = all.indexOf(Reveal.getCurrentSlide());
    const near = all.map((slide, at) => [slide, Math.abs(at - here)]).sort((a, b) => a[1] - b[1]);
    return Promise.all(near.map(([slide]) => prepare(slide)));
  }
  /* Who goes on before a slide's steps are there takes the first of them when it is. */
  function waitForSteps(event) {
    const slide = Reveal.getCurrentSlide(), { h, v } = Reveal.getIndices(), { indexh, indexv } = event;
    const isOn = indexh === h + 1 || indexh === h && indexv === v + 1;
    if (!isOn || !steps.get(slide) || Reveal.isOverview())
      return;
    event.preventDefault();
    steps.get(slide).then(() => slide !== Reveal.getCurrentSlide() || Reveal.nextFragment() || Reveal.slide(indexh, indexv));
  }
  /* What was left behind has all its steps taken, and shows the last. */
  async function arrive() {
    const slide = Reveal.getCurrentSlide();
    await prepare(slide);
    if (slide === Reveal.getCurrentSlide() && slide.querySelector('.play-stop.visible') && !slide.querySelector('.playing'))
      await follow();
  }
  async function follow() {
    for (const figure of Reveal.getCurrentSlide()?.querySelectorAll('.outcomes') ?? []) {
      const stop = [...figure.querySelectorAll('.play-stop.visible')].at(-1);
      const player = stop || figure.classList.contains('playing') ? await playerOf(figure) : null;
      if (stop?.dataset.outcome)
        player.goTo(+stop.dataset.outcome, +stop.dataset.count);
      else if (stop)
        player.setPlace({ open: true, phase: stop.dataset.phase, taken: [] });
      else
        player?.show(false);
    }
  }

  /* On paper: the last frame of each outcome; of many, the tree and sheets of their own. */
  async function addEnds() {
    for (const figure of document.querySelectorAll('.outcomes:has(> details)')) {
      const player = figure.querySelector('.play') ? await playerOf(figure) : null;
      player?.addEnds();
      if (figure.querySelectorAll('details').length > (player ? few : 1))
        figure.closest('section.slide').after(...heddle.endSheets(figure));
    }
  }

  /* ---- the speaker's window ---- */

  /* What is played on this slide: which of its figures, and where that is; or null. */
  const shown = () => [...Reveal.getCurrentSlide().querySelectorAll('.outcomes')];
  function here() {
    const at = shown().findIndex(figure => figure.classList.contains('playing'));
    return at < 0 ? null : { at, ...shown()[at].player.place() };
  }
  /* To be there, as the deck is that this window follows. */
  async function beThere(place) {
    for (const [at, figure] of shown().entries()) {
      const wanted = place?.at === at;
      const player = wanted || figure.player ? await playerOf(figure) : null;
      if (player && (wanted ? JSON.stringify({ at, ...player.place() }) !== JSON.stringify(place) : player.place().open))
        player.setPlace(wanted ? place : { open: false, phase: 'ask', taken: [] });
    }
  }

  /* A page that is loaded again goes on where it was. */
  async function comeBack() {
    const { id, step, played } = heddle.arrival ?? {}, { h, v } = Reveal.getIndices();
    const isHere = Reveal.getCurrentSlide().id === id;
    if (isHere && step >= 0)
      Reveal.slide(h, v, step);
    await follow();
    if (isHere && played)
      await beThere(played);
  }

  /* The pages were woven again (heddle serve): what was read before may be of another
   * program, and a list that was replaced has no steps yet. What is played goes on. */
  async function readAgain() {
    for (const figure of players.keys())
      if (!figure.isConnected || !figure.classList.contains('playing')) {
        figure.querySelectorAll('.player, .play-stop').forEach(one => one.remove());
        delete figure.player;
        players.delete(figure);
      }
    for (const name of Object.keys(waiting)) {
      delete waiting[name];
      delete graphs[name];
    }
    await load('list.js');
    for (const figure of document.querySelectorAll('.outcomes:not(:has(> .play, > .play-not))'))
      addWayIn(figure);
    steps.clear();
    if (heddle.view === 'deck')
      await Promise.all([arrive(), prepareAll()]);
  }

  async function begin() {
    await Promise.all(['list.js', 'play-graph.js', 'play.css'].map(load));
    await Promise.all(['play-words.js', 'play-tree.js', 'play-guess.js', 'play-why.js', 'play-draw.js', 'play-ask.js'].map(load));
    document.querySelectorAll('.outcomes').forEach(addWayIn);
    const play = { playerOf, graphs, named, here, readAgain };
    if (heddle.view === 'deck') {
      Reveal.on('beforeslidechange', waitForSteps);
      Reveal.on('slidechanged', arrive);
      Reveal.on('fragmentshown', follow);
      Reveal.on('fragmenthidden', follow);
      addEventListener('message', ({ data, source }) => data?.heddle === 'played' && source === parent && beThere(data.place));
      const all = prepareAll();
      heddle.stepsKnown?.();   /* who went on sooner waits with the others now */
      await arrive();
      await comeBack();
      heddle.play = play;   /* from now on what is played is recorded */
      await all;
    }
    if (heddle.view === 'sheets')
      await addEnds();
    heddle.play = play;
    heddle.root.classList.add('can-play');
  }
  heddle.playReady = begin();
})();
