/*
 * What an explored program says of itself, and the way of a recorded run through
 * its state graph. Programs lie below build/explore.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';

export const folder = path.join(process.env.OUT || 'build', 'explore');

/* `program` may say how, as the names of records do: item-54-letter-box.model-tso */
export function explore(program, words) {
  const [name, ...how] = program.split('.');
  const env = { ...process.env, EXPLORE: `${words} ${how.map(one => one.replace('-', '=')).join(' ')} program=${name}` };
  try {
    return execFileSync(path.resolve(folder, name), [], { env, encoding: 'utf8', maxBuffer: 1 << 28 });
  } catch (ended) {   /* its status says what is wrong with the program */
    return ended.stdout;
  }
}

/* Who can go on, of a state: [op, next, ...]. */
export const stepsOf = (graph, at) => graph.states[at].filter(pair => Array.isArray(pair) && pair[1] >= 0);
export const endOf = (graph, at) => typeof graph.states[at][0] === 'number' ? graph.states[at][0] : -1;
const placeOf = (graph, op) => {
  const [file, line] = op.c ? op.c.slice(1) : Array.isArray(op.l) ? op.l : [0, op.l];
  return op.l === undefined ? null : `${graph.files[file]}:${line}`;
};

const signed = (value, size) => Number(BigInt.asIntN(8 * (size || 8), BigInt(value)));

/* A line of a trace. */
function readStep(line) {
  const word = name => new RegExp(` ${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|(\\S+))`).exec(line);
  const text = name => word(name) && (word(name)[1] ?? word(name)[2]);
  const [, , thread, kind] = line.split(' ');
  const object = /^step \d+ \d+ \S+ (?:mutex|memory|condition|rwlock|semaphore|barrier|once|atomic)="((?:[^"\\]|\\.)*)"/.exec(line);
  return { thread: +thread, kind, at: text('at'), partner: text('thread'), object: object?.[1],
    value: text('value') === null ? undefined : signed(text('value'), +text('size')),
    printed: text('text') === null ? undefined : JSON.parse(`"${text('text')}"`), stderr: / stream=stderr/.test(line),
    unlucky: / unlucky/.test(line), failed: / failed/.test(line) };
}
export const readTrace = trace => trace.split('\n').filter(text => text.startsWith('step ')).map(readStep);

/* As far as an op says the same. */
function says(graph, op, step) {
  return op.t === step.thread && op.k === step.kind && placeOf(graph, op) === step.at &&
    (op.v === undefined || op.v === step.value) && (op.w === undefined || String(op.w) === step.partner) &&
    Boolean(op.u) === step.unlucky && Boolean(op.f) === step.failed && (op.x === undefined || op.x === step.printed);
}

/* Ways on which such a run can have come, one for each state where it can have
 * ended: { at, numbers }, with the number of each step among those of its state.
 * One op may have several ways to come out that look the same, whom a signal
 * wakes, say. None where a memory model allows a run that is no order of steps. */
export function waysOf(graph, trace, { assumed }) {
  let ways = [{ at: 0, numbers: [] }];
  for (const step of readTrace(trace)) {
    const next = new Map();
    for (const { at, numbers } of ways)
      stepsOf(graph, at).forEach(([op, to], number) => {
        if (says(graph, graph.ops[op], step) && !next.has(to))
          next.set(to, { at: to, numbers: [...numbers, number] });
      });
    if (next.size === 0 && /RC11/.test(assumed))
      return [];
    assert.notEqual(next.size, 0, `no step of the graph is: ${JSON.stringify(step)}`);
    ways = [...next.values()];
  }
  return ways;
}

/* A way with store buffers to that outcome, on which each thread does just what it does in
 * the trace; when a store comes out, no trace says. The numbers of its steps, and what
 * the trace says of each, or null. */
export function bufferedWay(graph, trace, outcome) {
  const own = graph.threads.map((_, thread) => readTrace(trace).filter(step => step.thread === thread));
  const list = [{ at: 0, done: own.map(() => 0), numbers: [], steps: [] }], seen = new Set();
  for (let here; (here = list.pop());) {
    if (endOf(graph, here.at) === outcome && here.done.every((count, thread) => count === own[thread].length))
      return here;
    const key = `${here.at} ${here.done}`;
    if (seen.has(key))
      continue;
    seen.add(key);
    stepsOf(graph, here.at).forEach(([number, to], at) => {
      const op = graph.ops[number], flush = op.k === 'flush', step = own[op.t][here.done[op.t]];
      if (flush || step && says(graph, op, step))
        list.push({ at: to, done: here.done.map((count, thread) => count + (!flush && thread === op.t ? 1 : 0)),
          numbers: [...here.numbers, at], steps: [...here.steps, flush ? null : step] });
    });
  }
  return null;
}

/* Of each state, the outcomes that can still come: by going back from each end. */
export function outcomesLeft(graph) {
  const left = graph.states.map(() => new Set()), from = graph.states.map(() => []);
  graph.states.forEach((_, at) => stepsOf(graph, at).forEach(([, to]) => from[to].push(at)));
  graph.outcomes.forEach((_, outcome) => {
    const list = graph.states.map((_, at) => at).filter(at => endOf(graph, at) === outcome);
    for (let at; (at = list.pop()) !== undefined;)
      if (!left[at].has(outcome)) {
        left[at].add(outcome);
        list.push(...from[at]);
      }
  });
  return left.map(set => [...set].sort((a, b) => a - b));
}

/* Along a way: of each state on it the outcomes that are left, and those behind each of its steps. */
export function leftOnWay(graph, left, numbers) {
  const seen = [];
  let at = 0;
  for (const number of numbers) {
    const steps = stepsOf(graph, at);
    seen.push({ left: left[at], behind: steps.map(([, to]) => left[to]) });
    at = steps[number][1];
  }
  return [...seen, { left: left[at], behind: [] }];
}
