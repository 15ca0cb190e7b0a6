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
  const shapes = ['●', '■', '▲', '◆'];   /* colour = thread, and shape repeats it */
  const graphs = {}, waiting = {};
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

  const named = figure => figure.querySelector('figcaption b span')?.textContent.replace(/^.* of /, '').trim();
  const badge = thread => `t${thread % 4}`;
  const mark = thread => make('i', { className: 'shape ' + badge(thread), textContent: shapes[thread % 4], ariaHidden: 'true' });

  /* ---- one player --------------------------------------------------------- */

  function makePlayer(figure, graph) {
    const words = heddle.playWords(graph), tree = heddle.outcomeTree(graph);
    const lists = [...figure.querySelectorAll('details')];
    /* as the page numbers them */
    const listed = graph.outcomes.map((outcome, at) => {
      const text = heddle.outcomeText(graph, outcome);
      const found = lists.findIndex(one => (one.querySelector('pre')?.textContent ?? '').trim() === text.trim());
      return found < 0 ? at : found;
    });
    const order = graph.outcomes.map((_, at) => at).sort((a, b) => listed[a] - listed[b]);
    const label = outcome => String(listed[outcome] + 1);
    const says = outcome => {
      const { end, status, text } = graph.outcomes[outcome];
      const printed = text.trim().split('\n').join(' / ');
      return [printed, end === 'exit' ? (status ? `status ${status}` : '') : end].filter(Boolean).join(', ') || 'nothing is printed';
    };
    let run = heddle.beginRun(graph), plan = [], guessed = null;

    const box = make('div', { className: 'player', hidden: true });
    box.setAttribute('role', 'group');
    box.setAttribute('aria-label', 'You are the scheduler');
    const code = make('div', { className: 'play-code' });
    const side = make('div', { className: 'play-side' });
    const say = make('p', { className: 'play-say' });
    say.setAttribute('role', 'status');
    const map = make('div', { className: 'play-map' });
    const hold = make('div', { className: 'play-state' });
    const choose = make('div', { className: 'play-choose' });
    choose.setAttribute('role', 'group');
    choose.setAttribute('aria-label', 'Who takes the next step?');
    const tools = make('div', { className: 'play-tools' });
    const out = make('pre', { className: 'play-out', tabIndex: 0 });
    out.setAttribute('aria-label', 'Output so far');
    code.tabIndex = 0;
    code.setAttribute('role', 'group');
    code.setAttribute('aria-label', 'The program');
    side.append(hold, choose, tools, out);
    box.append(code, side, say, map);
    figure.append(box);

    const lines = new Map();
    const columns = Math.max(...graph.source.map(([, text]) => text.length));
    for (const [number, text] of graph.source) {
      if (/^\s*#include|^\s*$|^\/\* Written by|^ \* Copyright/.test(text))
        continue;
      const marks = make('span', { className: 'marks' });
      const line = make('div', { className: 'line' }, marks, make('code', { textContent: text }));
      lines.set(number, { line, marks });
      code.append(line);
    }
    code.style.setProperty('--cols', columns);

    const own = op => Array.isArray(op.l) ? (op.l[0] === 0 ? op.l[1] : 0) : op.l;

    function pills(set) {
      const row = make('span', { className: 'pills' });
      for (const outcome of order) {
        const possible = graph.has(set, outcome);
        if (!possible && graph.outcomes.length > 4)   /* of many, what is left is enough */
          continue;
        row.append(make('b', { className: 'pill' + (possible ? '' : ' off') + (isBad(outcome) ? ' bad' : ''), textContent: label(outcome) }));
      }
      return row;
    }
    const isBad = outcome => graph.outcomes[outcome].end !== 'exit';
    const left = set => {
      const which = order.filter(outcome => graph.has(set, outcome)).map(label);
      return which.length === 1 ? `only outcome ${which[0]} is left` : `outcomes ${which.join(', ')} are left`;
    };

    /* ---- drawing ---- */

    function drawCode() {
      for (const { line, marks } of lines.values()) {
        line.className = 'line';
        marks.replaceChildren();
      }
      const last = run.taken.at(-1)?.op;
      for (const op of [...run.steps.map(step => step.op), ...run.blocked]) {
        const at = lines.get(own(op));
        if (at && !at.marks.querySelector('.' + badge(op.t)))
          at.marks.append(mark(op.t));
      }
      const lit = last && lines.get(own(last));
      if (lit) {
        lit.line.classList.add('on', badge(last.t));
        const top = lit.line.offsetTop - code.clientHeight / 2;
        code.scrollTop = Math.max(0, top);
      }
    }

    function drawState() {
      const parts = [];
      for (const [name, value] of run.values)
        parts.push(make('span', { className: 'cell' }, name + ' ', make('b', { textContent: value })));
      for (const [name, thread] of run.holders) {
        const free = thread < 0;
        parts.push(make('span', { className: 'cell' + (free ? '' : ' ' + badge(thread)) }, name + ' ',
          ...(free ? ['is free'] : ['held by ', mark(thread), ' ' + words.thread(thread)])));
      }
      hold.replaceChildren(...(parts.length ? parts : ['Nothing is shared yet.']));
    }

    function drawChoices() {
      const stops = [];
      graph.threads.forEach((name, thread) => {
        const steps = run.steps.map((step, number) => ({ ...step, number })).filter(step => step.op.t === thread);
        for (const { op, to, number } of steps) {
          const button = make('button', { type: 'button', className: 'go ' + badge(thread) }, mark(thread),
            make('span', { className: 'who', textContent: name }),
            make('span', { className: 'what', textContent: words.does(op) }), pills(graph.reach[to]));
          button.dataset.thread = thread;
          button.setAttribute('aria-label', `${name} ${words.does(op)}: then ${left(graph.reach[to])}`);
          button.addEventListener('click', () => take(number, true));
          stops.push(button);
        }
        const blocked = run.blocked.find(op => op.t === thread);
        if (!steps.length && blocked)
          stops.push(make('p', { className: 'go still ' + badge(thread) }, mark(thread),
            make('span', { className: 'who', textContent: name }),
            make('span', { className: 'what', textContent: words.waitsFor(blocked) })));
      });
      choose.replaceChildren(...stops);
    }

    const svg = (name, attributes, text) => {
      const element = document.createElementNS('http://www.w3.org/2000/svg', name);
      Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
      if (text !== undefined)
        element.textContent = text;
      return element;
    };

    function drawMap() {
      const rows = graph.outcomes.length, high = Math.max(84, rows * 27), wide = 1100, end = 560;
      const x = node => 24 + (tree.columns > 1 ? node.column / (tree.columns - 1) : 1) * (end - 24);
      const y = node => (node.row + 0.5) * high / rows;
      const passed = new Set([graph.reach[0], ...run.taken.map(step => graph.reach[step.to])]);
      const picture = svg('svg', { viewBox: `0 0 ${wide} ${high}`, role: 'img' });
      const here = graph.reach[run.at], total = graph.ways?.[0].reduce((a, b) => a + b, 0);
      picture.append(svg('title', {}, `The tree of outcomes: you are here, ${left(here)}.`));
      for (const [from, to] of tree.links) {
        const on = passed.has(from.set) && passed.has(to.set);
        const gone = (to.set & here) !== to.set && !on;
        picture.append(svg('path', { d: `M${x(from)} ${y(from)}C${(x(from) + x(to)) / 2} ${y(from)} ${(x(from) + x(to)) / 2} ${y(to)} ${x(to)} ${y(to)}`,
          class: on ? 'way on' : gone ? 'way gone' : 'way' }));
      }
      for (const node of tree.nodes) {
        const gone = (node.set & here) !== node.set && !passed.has(node.set);
        const share = node.end >= 0 && total ? graph.ways[0][node.end] / total : 0;
        picture.append(svg('circle', { cx: x(node), cy: y(node), r: node.end >= 0 ? 5 + 6 * Math.sqrt(share) : 5,
          class: (node.set === here ? 'spot here' : gone ? 'spot gone' : 'spot') + (node.end >= 0 && isBad(node.end) ? ' bad' : '') }));
        if (node.end >= 0) {
          const orders = graph.ways ? ` · ${graph.ways[run.at][node.end].toLocaleString('en')} order${graph.ways[run.at][node.end] === 1 ? '' : 's'}` : '';
          const words = says(node.end);
          picture.append(svg('text', { x: x(node) + 20, y: y(node) + 7, class: gone ? 'gone' : '' },
            `${label(node.end)}  ${words.length > 36 ? '…' + words.slice(-35) : words}${orders}`));
        }
      }
      map.replaceChildren(picture);
    }

    function drawTools() {
      const button = (text, action, off) => {
        const one = make('button', { type: 'button', textContent: text });
        one.setAttribute('aria-disabled', String(off));
        one.addEventListener('click', () => off || action());
        return one;
      };
      const goals = order.map(outcome => {
        const one = button(label(outcome), () => aim(outcome), false);
        one.className = 'pill' + (isBad(outcome) ? ' bad' : '');
        one.setAttribute('aria-label', `Show me how to get outcome ${label(outcome)}: ${says(outcome)}`);
        return one;
      });
      tools.replaceChildren(button('Undo', undo, !run.taken.length), button('Start again', restart, !run.taken.length),
        button('Step', step, !plan.length), make('span', { textContent: 'Show me' }), ...goals, button('List', close, false));
    }

    function sentence() {
      const last = run.taken.at(-1);
      if (!last)
        return [guessed === null ? 'Predict first: which outcomes can it have? Then choose who takes the first step.' : 'Who takes the first step?'];
      const parts = [make('b', { textContent: `Step ${run.taken.length}. ` }), mark(last.op.t),
        make('b', { className: badge(last.op.t), textContent: ` ${words.thread(last.op.t)} ` }), `${words.does(last.op)}.`];
      if (graph.outcomes.length > 1 && run.decided() === run.taken.length)
        parts.push(make('strong', { textContent: ` The point of no return: ${left(graph.reach[run.at])}.` }));
      if (run.end >= 0)
        parts.push(make('strong', { textContent: ` Outcome ${label(run.end)}: ${says(run.end)}.` +
          (run.decided() > 0 && graph.outcomes.length > 1 ? ` It was decided at step ${run.decided()}.` : '') }));
      return parts;
    }

    function draw() {
      drawCode();
      drawState();
      drawChoices();
      drawTools();
      drawMap();
      out.replaceChildren(...run.printed.length ? [] : ['nothing is printed yet'], ...run.printed.flatMap(({ thread, text }) => [mark(thread), ' ' + text.replace(/\n?$/, '\n')]));
      say.replaceChildren(...sentence());
      figure.classList.toggle('ended', run.end >= 0);
    }

    /* ---- what a reader does ---- */

    /* The focus stays with the thread that was chosen, or goes to who can go on. */
    function take(number, byHand) {
      if (byHand)
        plan = plan[0] === number ? plan.slice(1) : [];
      const thread = run.steps[number].op.t;
      const focused = choose.contains(document.activeElement);
      run = run.take(number);
      draw();
      if (focused)
        (choose.querySelector(`button[data-thread="${thread}"]`) ?? choose.querySelector('button') ?? tools.querySelector('button')).focus();
    }
    function undo() { plan = []; run = run.back(); draw(); tools.querySelector('button').focus(); }
    function restart() { plan = []; run = heddle.beginRun(graph); draw(); tools.querySelector('button').focus(); }
    function step() {
      if (!plan.length)
        return;
      take(plan.shift(), false);
      drawTools();
    }
    /* Back only as far as that outcome needs. */
    function aim(outcome) {
      while (!graph.has(graph.reach[run.at], outcome))
        run = run.back();
      plan = graph.wayTo(run.at, outcome, run.taken.at(-1)?.op.t) ?? [];
      draw();
      [...tools.querySelectorAll('button')].find(one => one.textContent === 'Step').focus();
    }
    function show(open) {
      box.hidden = !open;
      figure.classList.toggle('playing', open);
      if (open)
        draw();
    }
    function close() { show(false); figure.querySelector('.play')?.focus(); }

    box.addEventListener('keydown', event => {
      const digit = /^[1-9]$/.test(event.key) ? +event.key - 1 : -1;
      const button = digit >= 0 && choose.querySelector(`button[data-thread="${digit}"]`);
      const action = { Backspace: undo, n: step, Escape: close }[event.key];
      if (event.ctrlKey || event.metaKey || event.altKey || !(button || action))
        return;
      event.preventDefault();
      event.stopPropagation();
      button ? button.click() : action();
    });

    /* The schedule as fragments: which steps of which way each stands for. */
    function goTo(outcome, count) {
      run = heddle.beginRun(graph);
      plan = graph.wayTo(0, outcome);
      for (let i = 0; i < count; i++)
        run = run.take(plan.shift());
      show(true);
    }
    function stops() {
      return order.flatMap(outcome => {
        const way = graph.wayTo(0, outcome);
        if (graph.outcomes.length > few)
          return [{ outcome, count: way.length }];
        let at = heddle.beginRun(graph);
        const threads = way.map(number => { const { t } = at.steps[number].op; at = at.take(number); return t; });
        return way.map((_, i) => i).filter(i => threads[i] !== threads[i + 1]).map(i => ({ outcome, count: i + 1 }));
      });
    }
    return { show, goTo, stops, get run() { return run; }, graph, label, take: number => take(number, true), undo, restart };
  }

  /* ---- the page ------------------------------------------------------------- */

  const players = new Map();

  async function playerOf(figure) {
    if (!players.has(figure))
      players.set(figure, graphOf(named(figure)).then(graph =>
        graph.outcomes.length === figure.querySelectorAll('details').length ? makePlayer(figure, graph) : null));
    return players.get(figure);
  }

  function addButton(figure) {
    const button = make('button', { type: 'button', className: 'play', textContent: 'Be the scheduler' });
    button.addEventListener('click', async () => {
      const player = await playerOf(figure);
      if (!player)
        return button.remove();
      if (player.run.end >= 0)   /* there is no step left to take */
        player.restart();
      player.show(true);
      figure.querySelector('.play-choose button')?.focus();
    });
    figure.querySelector('figcaption').append(button);
  }

  /* Fragments of the deck: none shown is the list as it was. */
  async function addFragments(slide) {
    for (const figure of slide.querySelectorAll('.outcomes')) {
      if (!heddle.playable.includes(named(figure)) || figure.querySelector('.play-stop'))
        continue;
      const player = await playerOf(figure);
      if (!player || figure.querySelector('.play-stop'))
        continue;
      for (const { outcome, count } of player.stops()) {
        const stop = make('span', { className: 'fragment play-stop' });
        stop.dataset.outcome = outcome;
        stop.dataset.count = count;
        figure.append(stop);
      }
      Reveal.sync();
    }
  }
  async function follow() {
    for (const figure of Reveal.getCurrentSlide()?.querySelectorAll('.outcomes') ?? []) {
      const stop = [...figure.querySelectorAll('.play-stop.visible')].at(-1);
      const player = stop || figure.classList.contains('playing') ? await playerOf(figure) : null;
      if (stop)
        player.goTo(+stop.dataset.outcome, +stop.dataset.count);
      else
        player?.show(false);
    }
  }

  async function begin() {
    await Promise.all(['list.js', 'play-graph.js', 'play.css'].map(load));
    await Promise.all(['play-words.js', 'play-tree.js'].map(load));
    const addButtons = part => [...part.querySelectorAll('.outcomes')]
      .filter(figure => heddle.playable.includes(named(figure))).forEach(addButton);
    heddle.dressers.push(addButtons);
    addButtons(document);
    if (heddle.view === 'deck') {
      Reveal.on('slidechanged', event => addFragments(event.currentSlide));
      Reveal.on('fragmentshown', follow);
      Reveal.on('fragmenthidden', follow);
      await addFragments(Reveal.getCurrentSlide());
      await follow();
    }
    heddle.play = { playerOf, graphs };
    heddle.root.classList.add('can-play');
  }
  begin();
})();
