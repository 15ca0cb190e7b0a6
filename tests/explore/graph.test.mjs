/*
 * State graphs of the book's programs (heddle explore --graph): what a graph
 * reaches is what exploring lists, every recorded run is a way through it, it is
 * the same to the byte every time, and small enough for a page.
 *
 *   node tests/explore/graph.test.mjs [PROGRAM...]     programs below build/explore
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';

const folder = path.join(process.env.OUT || 'build', 'explore');
const asked = process.argv.slice(2).filter(word => !word.startsWith('-'));
const recorded = fs.readdirSync(folder).filter(file => /^[^.]+\.graph$/.test(file)).map(file => file.slice(0, -6));
const programs = asked.length ? asked : recorded;

function explore(program, words) {
  const env = { ...process.env, EXPLORE: `${words} program=${program}` };
  try {
    return execFileSync(path.join(folder, program), [], { env, encoding: 'utf8', maxBuffer: 1 << 28 });
  } catch (ended) {   /* its status says what is wrong with the program */
    return ended.stdout;
  }
}

/* Who can go on, of a state: [op, next, ...]. */
const steps = (graph, at) => graph.states[at].filter(pair => Array.isArray(pair) && pair[1] >= 0);
const endOf = (graph, at) => typeof graph.states[at][0] === 'number' ? graph.states[at][0] : -1;
const placeOf = (graph, op) => {
  const [file, line] = op.c ? op.c.slice(1) : Array.isArray(op.l) ? op.l : [0, op.l];
  return op.l === undefined ? null : `${graph.files[file]}:${line}`;
};

/* A line of a trace, as far as an op says the same. */
function readStep(line) {
  const word = name => new RegExp(` ${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|(\\S+))`).exec(line);
  const text = name => word(name) && (word(name)[1] ?? word(name)[2]);
  const [, , thread, kind] = line.split(' ');
  return { thread: +thread, kind, at: text('at'), value: text('value'), size: +text('size'), partner: text('thread'),
    text: text('text'), unlucky: / unlucky/.test(line), failed: / failed/.test(line) };
}

const signed = (value, size) => Number(BigInt.asIntN(8 * (size || 8), BigInt(value)));

function says(graph, op, step) {
  return op.t === step.thread && op.k === step.kind && placeOf(graph, op) === step.at &&
    (op.v === undefined || op.v === signed(step.value, step.size)) &&
    (op.w === undefined || String(op.w) === step.partner) && Boolean(op.u) === step.unlucky &&
    Boolean(op.f) === step.failed && (op.x === undefined || op.x === JSON.parse(`"${step.text}"`));
}

/* All states in which such a run can have ended: one op may have several ways to
 * come out that look the same, whom a signal wakes, say. */
function walk(graph, trace) {
  let at = new Set([0]);
  for (const line of trace.split('\n').filter(text => text.startsWith('step '))) {
    const step = readStep(line);
    const next = new Set();
    for (const state of at)
      for (const [op, to] of steps(graph, state))
        if (says(graph, graph.ops[op], step))
          next.add(to);
    assert.notEqual(next.size, 0, `no step of the graph is: ${line}`);
    at = next;
  }
  return [...at].map(state => endOf(graph, state));
}

function reached(graph) {
  const seen = new Set([0]), list = [0];
  for (let i = 0; i < list.length; i++)
    for (const [, to] of steps(graph, list[i]))
      if (!seen.has(to)) {
        seen.add(to);
        list.push(to);
      }
  return seen;
}

describe('state graphs', () => {
  test('there are some', () => assert.ok(programs.length > 0));

  for (const program of programs)
    test(program, () => {
      const text = fs.readFileSync(path.join(folder, program + '.graph'), 'utf8');
      const graph = JSON.parse(text);
      const found = JSON.parse(explore(program, 'json'));

      assert.equal(reached(graph).size, graph.states.length, 'every state can be come to');
      const ends = graph.states.map((_, at) => endOf(graph, at)).filter(end => end >= 0);
      assert.deepEqual(ends.sort((a, b) => a - b), found.outcomes.map((_, at) => at), 'an end for each outcome');
      graph.states.forEach((_, at) => assert.equal(endOf(graph, at) < 0, steps(graph, at).length > 0, `state ${at}`));
      assert.deepEqual(graph.outcomes.map(one => one.text), found.outcomes.map(one => one.stdout));
      found.outcomes.forEach((outcome, at) => {
        const trace = explore(program, 'trace=' + outcome.schedule);
        if (graph.spurious > 0 || !/ unlucky/.test(trace))
          assert.ok(walk(graph, trace).includes(at), `${outcome.schedule} leads to outcome ${at}`);
      });
      if (graph.states.length < 1000)
        assert.equal(explore(program, 'graph jobs=1'), text, 'the same to the byte');
      const most = /^item-54/.test(program) ? 3 : 30;
      assert.ok(gzipSync(text).length < most * 1024, `${gzipSync(text).length} bytes, packed`);
    });
});
