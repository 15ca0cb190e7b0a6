/*
 * What a player shows of where its run is: the program, with what threads are
 * about; a lane a thread with the steps that ran; the tree of outcomes.
 *
 * A colour and a shape for each thread, everywhere the same.
 */
'use strict';

heddle.playBadge = thread => `t${thread % 4}`;
heddle.playMark = thread => heddle.make('i', {
  className: 'shape ' + heddle.playBadge(thread), textContent: heddle.playShapes[thread % 4], ariaHidden: 'true' });

/* Code in the colours of the listings (theme.css): near enough for one line. */
heddle.paintC = text => {
  const part = /(\/\*.*?(?:\*\/|$)|\/\/.*|^ \*.*)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(^\s*#.*)|\b(if|else|for|while|do|return|switch|case|break|continue|default|goto|sizeof)\b|\b(void|int|bool|char|long|unsigned|struct|static|const|volatile|size_t|enum|_Atomic|\w+_t)\b|\b(\d\w*|NULL|true|false)\b|\b(\w+)(?=\()/g;
  const names = ['i', 'c-s', 'c-d', 'b', 'c-t', 'c-n', 'c-f'];
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(part)) {
    parts.push(text.slice(end, found.index), heddle.make(names[found.slice(1).findIndex(one => one !== undefined)], { textContent: found[0] }));
    end = found.index + found[0].length;
  }
  return [...parts, text.slice(end)];
};

/* ---- the program ----------------------------------------------------------- */

heddle.drawnCode = graph => {
  const { make, playBadge: badge, playMark: mark } = heddle;
  const box = make('div', { className: 'play-code', tabIndex: 0 }), lines = new Map();
  const own = line => Array.isArray(line) ? (line[0] === 0 ? line[1] : 0) : line;
  let gap = false;

  box.setAttribute('role', 'group');
  box.setAttribute('aria-label', 'The program');
  for (const [number, text] of graph.source) {
    if (/^\s*#include|^\/\* Written by|^ \* Copyright|^\s*$/.test(text)) {
      gap = lines.size > 0 && /^\s*$/.test(text);
      continue;
    }
    const marks = make('span', { className: 'marks' }), notes = make('span', { className: 'reads' });
    const code = make('code', {}, ...heddle.paintC(text), notes);
    const line = make('div', { className: gap ? 'line gap' : 'line' }, make('span', { className: 'number', textContent: number }), marks, code);
    code.style.setProperty('--in', `${/^ */.exec(text)[0].length + 4}ch`);
    lines.set(number, { line, marks, notes });
    box.append(line);
    gap = false;
  }

  /* What a thread has read and not yet used; it may be out of date. */
  function note(run, [thread, { name, value, line }]) {
    const next = run.steps.find(step => step.op.t === thread)?.op;
    const at = lines.get(own(line));
    if (!at || next?.k !== 'write' || graph.objects[next.o]?.[1] !== name || own(next.l) !== own(line))
      return;
    const old = run.values.get(name) !== value;
    at.notes.append(make('span', { className: `read ${badge(thread)}${old ? ' old' : ''}` },
      mark(thread), ` has read ${value}${old ? ', which is out of date' : ''}`));
  }

  function draw(run) {
    for (const { line, marks, notes } of lines.values()) {
      line.classList.remove('on', 't0', 't1', 't2', 't3');
      marks.replaceChildren();
      notes.replaceChildren();
    }
    for (const op of [...run.steps.map(step => step.op), ...run.blocked]) {
      const at = lines.get(own(op.l));
      if (at && !at.marks.querySelector('.' + badge(op.t)))
        at.marks.append(mark(op.t));
    }
    [...run.read].forEach(one => note(run, one));
    const last = run.taken.at(-1)?.op, lit = last && lines.get(own(last.l));
    lit?.line.classList.add('on', badge(last.t));
    return () => lit && (box.scrollTop = Math.max(0, lit.line.offsetTop - box.clientHeight / 2));
  }

  /* As large as all of it fits, on a slide; a line that is too long goes on below. */
  function fit() {
    for (let size = 24; size >= 18; size--) {
      box.style.fontSize = `${size}px`;
      if (box.scrollHeight <= box.clientHeight)
        return;
    }
  }
  return { box, draw, fit };
};

/* ---- lanes ------------------------------------------------------------------ */

heddle.drawnLanes = (graph, words) => {
  const { make, playBadge: badge, playMark: mark } = heddle;
  const box = make('div', { className: 'play-lanes' });
  const wanted = 96, least = 86;   /* px of a step: with air, and as much as the longest word needs */
  let room = 4, most = 4;

  /* How many steps there is room for, and how many when they stand closer; to ask at each step
   * would set the page anew. */
  function measure(count, wide = box.clientWidth - 150) {
    room = count ?? Math.max(4, Math.floor(wide / wanted));
    most = count ?? Math.max(4, Math.floor(wide / least));
  }

  /* Of each thread at each step: what it does, or that it waits, is alive. */
  function cells(run, thread, plan) {
    let alive = thread === 0;
    const row = [...run.taken, ...plan].map(({ op, from }, at) => {
      const planned = at >= run.taken.length;
      if (op.t === thread) {
        alive = !/^(exit|end)$/.test(op.k);
        return { className: planned ? 'did planned' : 'did', text: words.brief(op) };
      }
      const began = op.k === 'create' && op.w === thread;
      const waits = alive && graph.states[from].blocked.some(one => one.t === thread);
      const className = planned ? '' : waits ? 'waits' : alive ? 'lives' : '';
      alive ||= began;
      return { className, text: '' };
    });
    return row;
  }

  /* The last steps, and so many of those that are planned as there is room for. */
  function draw(run, plan) {
    const shown = run.taken.length + Math.min(plan.length, 3), first = Math.max(0, shown - most);
    const columns = Math.min(most, Math.max(room, shown)), count = Math.min(columns, run.taken.length + plan.length - first);
    const decided = graph.outcomes.length > 1 ? run.decided() : 0;
    const axis = make('div', { className: 'axis' }, make('span', { className: 'name', textContent: first > 0 ? `… ${first} earlier` : 'step' }));
    for (let at = first; at < first + count; at++)
      axis.append(make('span', { textContent: at + 1, className: at + 1 === decided ? 'turn' : at >= run.taken.length ? 'planned' : '' }));
    const rows = graph.threads.map((name, thread) => make('div', { className: 'lane ' + badge(thread) },
      make('span', { className: 'name' }, mark(thread), ' ' + name),
      ...cells(run, thread, plan).slice(first, first + count).map(({ className, text }) =>
        make('span', { className, textContent: text, title: text }))));
    box.style.setProperty('--room', columns);
    box.replaceChildren(axis, ...rows);
    box.setAttribute('role', 'img');
    box.setAttribute('aria-label', `A lane a thread: ${graph.threads.map((name, thread) =>
      `${name} has taken ${run.taken.filter(step => step.op.t === thread).length} of ${run.taken.length} steps`).join(', ')}`);
  }
  return { box, draw, measure };
};

/* ---- the tree of outcomes ------------------------------------------------------ */

heddle.drawnTree = (graph, { label, areWords, isBad, left }) => {
  const { make } = heddle;
  const box = make('div', { className: 'play-map' }), tree = heddle.outcomeTree(graph);
  const total = graph.ways?.[0].reduce((a, b) => a + b, 0);

  const svg = (name, attributes, text) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    if (text !== undefined)
      element.textContent = text;
    return element;
  };
  let wide = 300, deep = 0;
  function measure(width = Math.max(300, box.clientWidth), height = box.clientHeight) {
    wide = width;
    deep = height;
  }
  const orders = count => `${count.toLocaleString('en')} order${count === 1 ? '' : 's'}`;

  /* What the numbers beside outcomes are; at an end there are none. */
  function caption(run) {
    const left = graph.ways?.[run.at].reduce((a, b) => a + b, 0);
    return run.end >= 0 || !left ? '' : run.taken.length ? `The steps that are left have ${orders(left)}:` : `The steps have ${orders(left)}. So many lead to each outcome:`;
  }

  /* As large as the room that it has, so that its words keep their size. */
  function draw(run) {
    const narrow = wide < 760, small = wide < 420;
    const rows = graph.outcomes.length, type = small ? 15 : rows > 6 ? 18 : 20;
    const pitch = small ? type * 1.4 : Math.min(type * 1.9, Math.max(type * 1.05, (deep - 30) / rows));
    const high = Math.max(small ? 50 : 60, rows * pitch);
    const end = wide * (small ? 0.22 : narrow ? 0.36 : 0.42);
    const x = node => 24 + (tree.columns > 1 ? node.column / (tree.columns - 1) : 1) * (end - 24);
    const y = node => (node.row + 0.5) * high / rows;
    const passed = new Set([graph.reach[0], ...run.taken.map(step => graph.reach[step.to])]);
    const picture = svg('svg', { viewBox: `0 0 ${wide} ${high}`, width: wide, height: high, role: 'img' });
    const here = graph.reach[run.at];
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
      picture.append(svg('circle', { cx: x(node), cy: y(node), r: (node.end >= 0 ? 5 + 6 * Math.sqrt(share) : 5) * (small ? 0.8 : 1),
        class: (node.set === here ? 'spot here' : gone ? 'spot gone' : 'spot') + (node.end >= 0 && isBad(node.end) ? ' bad' : '') }));
      if (node.set === here && node.end < 0 && !small && rows <= 4)
        picture.append(svg('text', { x: x(node), y: Math.max(type, y(node) - type * 0.9), class: 'you', 'text-anchor': node.column ? 'middle' : 'start' }, 'you are here'));
      if (node.end >= 0) {
        const tag = areWords ? '' : `${label(node.end)}  `, words = areWords ? label(node.end) : heddle.outcomeWords(graph.outcomes[node.end]);
        const count = graph.ways && run.end < 0 ? ' · ' + orders(graph.ways[run.at][node.end]) : '';
        const most = Math.floor((wide - end - 20) / (type * 0.46)) - count.length - 4;
        picture.append(svg('text', { x: x(node) + 20, y: y(node) + type * 0.35, class: gone ? 'gone' : isBad(node.end) ? 'bad' : '', 'font-size': type },
          `${tag}${words.length > most ? '…' + words.slice(1 - most) : words}${count}`));
      }
    }
    box.replaceChildren(...caption(run) ? [make('p', { textContent: caption(run) })] : [], picture);
  }
  return { box, draw, measure };
};

/* ---- paper ------------------------------------------------------------------------ */

/* Of so many outcomes two pictures make a sheet, of more, four. */
const PAIRS = 6;

/* The last frame of each outcome; of many, the tree with all of them. */
heddle.drawnEnds = (graph, words, { order, few, pill, tree }) => {
  const { make } = heddle, box = make('div', { className: 'player play-ends' });

  const last = outcome => graph.wayTo(0, outcome).reduce((at, number) => at.take(number), heddle.beginRun(graph));
  function frame(outcome) {
    const lanes = heddle.drawnLanes(graph, words), run = last(outcome);
    const count = graph.ways?.[0][outcome], total = graph.ways?.[0].reduce((a, b) => a + b, 0), decided = graph.outcomes.length > 1 ? run.decided() : 0;
    lanes.measure(Math.min(14, Math.max(...order.map(one => last(one).taken.length))));   /* the same for all */
    lanes.draw(run, []);
    const waits = (graph.outcomes[outcome].waits ?? []).map(([thread, text]) => `; ${words.thread(thread)} ${text}`).join('');
    return make('div', {}, make('p', {}, pill(outcome), ` ${heddle.outcomeWords(graph.outcomes[outcome])}${waits}` +
      (count ? ` · in ${count.toLocaleString('en')} of ${total.toLocaleString('en')} orders of the steps` : '') + (decided > 0 ? `, decided at step ${decided}` : '')), lanes.box);
  }
  if (graph.outcomes.length <= few) {
    box.append(...order.map(frame));
  } else {
    const many = graph.outcomes.length > PAIRS;
    tree.measure(many ? 1320 : 1000, many ? 40 * graph.outcomes.length : 420);   /* of few, set larger than it is drawn */
    tree.draw(heddle.beginRun(graph));
    box.append(tree.box);
  }
  return box;
};

/* The pictures of all outcomes, on sheets of their own. */
heddle.endSheets = figure => {
  const { make } = heddle, all = [...figure.querySelectorAll('details')];
  const few = all.length <= PAIRS, most = few ? 2 : 4;
  const title = figure.closest('section.slide').querySelector('h1, h2').textContent;
  const cell = (one, at) => make('div', { className: 'listing out' },
    make('p', {}, make('b', { className: 'pill', textContent: figure.player ? figure.player.label(figure.player.order[at]) : at + 1 }), one.querySelector('summary').textContent.replace(/^\d+ of \d+/, '')),
    one.querySelector('.run').cloneNode(true));
  const numbers = (from, to) => from < to ? `${from} to ${to}` : to;
  const sheets = Math.ceil(all.length / most), first = sheet => Math.ceil(sheet * all.length / sheets);
  return Array.from({ length: sheets }, (_, sheet) => make('section', { className: 'slide ends-sheet' },
    make('h2', { textContent: `${title} (${numbers(first(sheet) + 1, first(sheet + 1))} of ${all.length})` }),
    make('div', { className: few ? 'ends-grid pair' : 'ends-grid' }, ...all.map(cell).slice(first(sheet), first(sheet + 1)))));
};
