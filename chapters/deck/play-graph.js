/*
 * A program's state graph, as `heddle explore --graph` writes it, and what can be
 * asked of it: who may go, what that leaves possible, how to get somewhere. No
 * page is needed here, so node tests it.
 */
'use strict';

globalThis.heddle ??= {};

heddle.readGraph = graph => {
  /* Of each state: its end, or -1; its steps; who cannot go on. */
  const states = graph.states.map(row => ({
    end: typeof row[0] === 'number' ? row[0] : -1,
    steps: row.filter(pair => Array.isArray(pair) && pair[1] >= 0).map(([op, to]) => ({ op: graph.ops[op], to })),
    blocked: row.filter(pair => Array.isArray(pair) && pair[1] < 0).map(([op]) => graph.ops[op]),
  }));

  /* Which outcomes can still come, as bits: what a step leads to, until nothing
   * is added any more, for a loop of a thread may lead back. */
  const reach = states.map(state => state.end >= 0 ? 2 ** state.end : 0);
  const before = states.map(() => []);
  const open = [];
  states.forEach((state, at) => {
    state.steps.forEach(step => before[step.to].push(at));
    if (state.end >= 0)
      open.push(at);
  });
  while (open.length) {
    const at = open.pop();
    for (const from of before[at]) {
      if ((reach[from] | reach[at]) !== reach[from]) {
        reach[from] |= reach[at];
        open.push(from);
      }
    }
  }

  /* In how many orders each can come; null where loops make that endless. */
  function countWays() {
    if (graph.orders === null)
      return null;
    const ways = [];
    const visit = at => {
      if (ways[at])
        return ways[at];
      const here = graph.outcomes.map((_, outcome) => states[at].end === outcome ? 1 : 0);
      for (const step of states[at].steps)
        visit(step.to).forEach((count, outcome) => { here[outcome] += count; });
      return ways[at] = here;
    };
    visit(0);
    return ways;
  }

  const has = (set, outcome) => (set >>> outcome & 1) === 1;
  const outcomesOf = at => graph.outcomes.map((_, outcome) => outcome).filter(outcome => has(reach[at], outcome));

  /* The way to a state with the fewest changes of thread, then the fewest steps: a
   * list of numbers of steps, or null. It goes only where it may. */
  function way(from, thread, isThere, may) {
    const best = new Map([[`${from} ${thread}`, { at: from, thread, cost: 0, back: null, step: -1 }]]);
    const queue = [[...best.values()]];
    for (let cost = 0; cost < queue.length; cost++) {
      for (const here of queue[cost] ?? []) {
        if (here.cost !== cost)
          continue;
        if (isThere(here.at)) {
          const steps = [];
          for (let one = here; one.back; one = one.back)
            steps.unshift(one.step);
          return steps;
        }
        states[here.at].steps.forEach((step, number) => {
          if (!may(step.to))
            return;
          const more = cost + 1 + (step.op.t === here.thread ? 0 : 200) + (step.op.u || step.op.f ? 400 : 0);
          const key = `${step.to} ${step.op.t}`;
          const known = best.get(key);
          if (known && known.cost <= more)
            return;
          const next = { at: step.to, thread: step.op.t, cost: more, back: here, step: number };
          best.set(key, next);
          (queue[more] ??= []).push(next);
        });
      }
    }
    return null;
  }
  const wayTo = (from, outcome, thread = -1) =>
    way(from, thread, at => states[at].end === outcome, to => has(reach[to], outcome));

  /* Where it matters who goes: some step gives an outcome up. And the way to the next
   * such state, none where this is one; null where none is left. */
  const matters = at => states[at].steps.some(step => reach[step.to] !== reach[at]);
  const wayToChoice = (from, thread = -1) => way(from, thread, matters, to => reach[to] === reach[from]);

  return { ...graph, states, reach, ways: countWays(), has, outcomesOf, wayTo, matters, wayToChoice };
};

/*
 * Where a reader is: the steps taken, and what is to be seen there. A run is
 * never changed: take() and back() give another one.
 */
heddle.beginRun = graph => {
  const run = (at, taken) => ({
    at,
    taken,     /* [{ op, from, to, number }] */
    end: graph.states[at].end,
    steps: graph.states[at].steps,
    blocked: graph.states[at].blocked,
    take: number => {
      const step = graph.states[at].steps[number];
      return run(step.to, [...taken, { op: step.op, from: at, to: step.to, number }]);
    },
    back: (count = 1) => {
      const left = taken.slice(0, Math.max(0, taken.length - count));
      return run(left.length ? left.at(-1).to : 0, left);
    },
    /* The step after which one outcome alone was left: its number from 1, or 0. */
    decided: () => 1 + taken.findIndex(({ from, to }) => graph.reach[from] !== graph.reach[to] &&
      graph.outcomesOf(to).length === 1),
    ...seen(graph, taken),
  });
  return run(0, []);
};

/*
 * What threads have read and have yet to use, and what waits in their buffers, the oldest first,
 * after one more step; and what that step overwrites unseen, or null. Of a read it is known who
 * wrote there since, of a write, whether its line has read as well, as `count += 1` does.
 */
heddle.watchReads = (graph, { known, buffers }, op) => {
  const name = graph.objects[op.o]?.[1], own = buffers[op.t];
  const isUse = /^(read|write|update)$/.test(op.k), isStore = /^(update|flush)$/.test(op.k) || op.k === 'write' && !op.b;
  const used = isUse ? known.find(one => one.thread === op.t && one.name === name) : undefined;
  const from = op.k === 'flush' ? own[0]?.last : op.k === 'write' && used ? { ...used, once: String(used.line) === String(op.l) } : undefined;
  const told = one => isStore && one?.name === name && one.thread !== op.t && !one.since.includes(op.t) ? { ...one, since: [...one.since, op.t] } : one;
  const isNew = op.k === 'read' && !own.some(one => one.name === name);
  const queue = op.k === 'flush' ? own.slice(1) : op.b ? [...own, { name, value: op.v, last: from }] : own;

  return {
    known: [...known.filter(one => one !== used).map(told), ...isNew ? [{ thread: op.t, name, value: op.v, line: op.l, since: [] }] : []],
    buffers: buffers.map((stores, thread) => (thread === op.t ? queue : stores).map(one => ({ ...one, last: told(one.last) }))),
    lost: isStore && from?.since.length ? { thread: op.t, name, value: op.v, read: from.value, by: from.since, once: from.once } : null,
  };
};

/* What variables hold, who has which lock, what was printed and by whom; what each
 * thread has read that has yet to be used, and may be out of date by now; what waits
 * in its buffer, the oldest first; and what the last step overwrote unseen. */
function seen(graph, taken) {
  const values = new Map(), holders = new Map(), printed = [], read = new Map();
  let watch = { known: [], buffers: graph.threads.map(() => []), lost: null };

  for (const { op } of taken) {
    const [kind, name] = graph.objects[op.o] ?? [];
    const isOwn = op.k === 'read' && watch.buffers[op.t].some(one => one.name === name);
    read.delete(op.t);
    watch = heddle.watchReads(graph, watch, op);
    if (watch.lost)
      watch.lost.was = values.get(name);
    if (kind === 'memory' && op.v !== undefined && !op.b && !isOwn)
      values.set(name, op.v);
    if (kind === 'memory' && op.k === 'read' && op.v !== undefined)
      read.set(op.t, { name, value: op.v, line: op.l });
    for (const [variable, value] of op.s ?? [])
      values.set(graph.vars[variable], value);
    if (op.k === 'lock' || (/^(trylock|timedlock|wrlock)$/.test(op.k) && !op.f))
      holders.set(name, op.t);
    if (op.k === 'unlock' || op.k === 'rwunlock')
      holders.set(name, -1);
    if (op.k === 'wait' && op.m !== undefined)
      holders.set(graph.objects[op.m][1], -1);
    if (op.x !== undefined)
      printed.push({ thread: op.t, text: op.x, isError: op.e === 1 });
  }
  return { values, holders, printed, read, ...watch };
}
