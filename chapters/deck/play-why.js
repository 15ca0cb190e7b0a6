/*
 * Why there is no way back: derived from what the run has done and what its program can still
 * do, never written in. No page is needed here, so node tests it.
 */
'use strict';

globalThis.heddle ??= {};

/*
 * Of each outcome: whether all runs that come to it lose an update: a line that reads and
 * writes, as `count += 1` does, writes over what another thread has written since it read. Of
 * none where no run does without, and where there are too many runs to look at.
 */
heddle.losingOutcomes = graph => {
  const MOST = 20000;   /* states, each with what is known there */
  const isPair = (one, other) => one.k === 'read' && other.k === 'write' && one.t === other.t && one.o === other.o && String(one.l) === String(other.l);
  const objects = new Set(graph.ops.filter(one => graph.ops.some(other => isPair(one, other))).map(op => op.o));
  const without = graph.outcomes.map(() => false), open = [], known = new Set();

  function come(here) {
    const key = JSON.stringify(here);
    if (!known.has(key))
      open.push(here);
    known.add(key);
  }
  if (objects.size)
    come({ at: 0, isLost: false, watch: { known: [], buffers: graph.threads.map(() => []) } });
  while (open.length && known.size <= MOST) {
    const { at, isLost, watch } = open.pop();
    if (graph.states[at].end >= 0 && !isLost)
      without[graph.states[at].end] = true;
    for (const { op, to } of graph.states[at].steps) {
      const { lost, ...next } = objects.has(op.o) ? heddle.watchReads(graph, watch, op) : watch;
      come({ at: to, isLost: isLost || lost?.once === true, watch: next });
    }
  }
  return graph.outcomes.map((_, outcome) => open.length === 0 && without.includes(true) && !without[outcome]);
};

heddle.playWhy = (graph, words) => {
  const all = names => names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names[0];
  const isStore = op => /^(write|update|flush)$/.test(op.k) && !op.b;

  /* What a thread does first at an object from here on, in every run; none where a run does without. */
  function firstOf(from, thread, object) {
    const first = [], open = [from], seen = new Set(open);
    while (open.length) {
      const { end, steps } = graph.states[open.pop()];
      if (end >= 0)
        return [];
      for (const { op, to } of steps)
        if (op.t === thread && op.o === object)
          first.push(op);
        else if (!seen.has(to)) {
          seen.add(to);
          open.push(to);
        }
    }
    return first;
  }
  /* It was read for a write on the same line, which is sure to come. */
  function willWrite(run, { thread, line }, object) {
    const first = firstOf(run.at, thread, object);
    return first.length > 0 && first.every(op => isStore(op) && String(op.l) === String(line));
  }

  /* Threads that have read the same of a variable, and will all write it. */
  function sameRead(run, { op }) {
    const name = graph.objects[op.o]?.[1], mine = run.known.find(one => one.thread === op.t && one.name === name);
    const who = op.k !== 'read' || op.v === undefined || !mine ? []
      : run.known.filter(one => one.name === name && one.value === mine.value && one.since.length === 0 && willWrite(run, one, op.o))
        .sort((one, other) => one.thread - other.thread);
    return who.length > 1 && who.includes(mine)
      ? `${all(who.map(one => words.thread(one.thread)))} have ${who.length === 2 ? 'both' : 'all'} read ${mine.value}: whoever writes last overwrites ${who.length === 2 ? 'the other' : 'the others'}.` : '';
  }
  /* Who has read before this write, and will write from that. */
  function oldRead(run, { op }) {
    const name = graph.objects[op.o]?.[1];
    const who = !isStore(op) ? undefined
      : run.known.find(one => one.name === name && one.value !== undefined && one.since.includes(op.t) && willWrite(run, one, op.o));
    return who ? `${words.thread(who.thread)} has read ${who.value}, which is out of date now, and will write from it.` : '';
  }
  /* Who waits for what somebody has who waits as well. */
  function circle(run) {
    const waits = run.steps.length ? [] : run.blocked.filter(op => /lock$/.test(op.k))
      .map(op => ({ op, holder: run.holders.get(graph.objects[op.o]?.[1]) ?? -1 }))
      .filter(({ op, holder }) => holder !== op.t && run.blocked.some(other => other.t === holder));
    return waits.map(({ op, holder }) => `${words.thread(op.t)} ${words.waitsFor(op)}, which ${words.thread(holder)} has`).join('; ') + (waits.length ? '.' : '');
  }
  /* What another thread could have done first, at the same thing, for what cannot come any more. */
  function tooLate({ op, from, to }) {
    const lost = graph.outcomesOf(from).filter(outcome => !graph.has(graph.reach[to], outcome));
    const meet = other => (op.o !== undefined && op.o === other.o || op.k === 'print' && other.k === 'print') && !(op.k === 'read' && other.k === 'read');
    const open = [from], seen = new Set(open);
    for (const at of open)
      for (const step of graph.states[at].steps.filter(one => one.op.t !== op.t && lost.some(outcome => graph.has(graph.reach[one.to], outcome)))) {
        if (meet(step.op) && words.to(step.op))
          return `It is too late for ${words.thread(step.op.t)} to ${words.to(step.op)} before that.`;
        if (!seen.has(step.to))
          open.push(step.to);
        seen.add(step.to);
      }
    return '';
  }

  /* Of the last step of a run; '' where none can be derived. */
  return run => {
    const last = run.taken.at(-1);
    return sameRead(run, last) || oldRead(run, last) || circle(run) || tooLate(last);
  };
};
