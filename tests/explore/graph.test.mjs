/*
 * State graphs of the book's programs (heddle explore --graph): what a graph
 * reaches is what exploring lists, every recorded run is a way through it, it is
 * the same to the byte every time, and small enough for a page.
 *
 *   node tests/explore/graph.test.mjs [PROGRAM...]     programs below build/explore
 */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { bufferedWay, endOf, explore, folder, stepsOf, waysOf } from './trace.mjs';

const asked = process.argv.slice(2).filter(word => !word.startsWith('-'));
const recorded = fs.readdirSync(folder).filter(file => /^[^.]+\.graph$/.test(file)).map(file => file.slice(0, -6));
const graphOf = program => JSON.parse(fs.readFileSync(path.join(folder, program + '.graph'), 'utf8'));
const programs = asked.length ? asked : recorded.filter(program => !graphOf(program).none);

function reached(graph) {
  const seen = new Set([0]), list = [0];
  for (let i = 0; i < list.length; i++)
    for (const [, to] of stepsOf(graph, list[i]))
      if (!seen.has(to)) {
        seen.add(to);
        list.push(to);
      }
  return seen;
}

describe('state graphs', () => {
  test('there are some', () => assert.ok(programs.length > 0));

  test('a thread that turns in a loop has one', () => ['ex-peterson', 'ex-peterson-swapped'].forEach(program =>
    assert.equal(graphOf(program).none, undefined, program)));

  test('where there is none, it is said why', () =>
    assert.deepEqual(recorded.filter(program => graphOf(program).none).map(program => `${program} ${graphOf(program).none}`),
      ['item-54-letter-box-released has an outcome that no order of its steps has', 'item-55-task-done has more than 6000 states']));

  /* Two opinions: what is judged as a graph of events, and what a machine with buffers does. */
  test('with store buffers: the outcomes of TSO, and what its traces say of each thread', () => {
    const program = 'item-54-letter-box.model-tso', graph = graphOf(program), found = JSON.parse(explore(program, 'json'));
    assert.deepEqual(graph.outcomes.map(one => one.text), found.outcomes.map(one => one.stdout));
    assert.equal(found.outcomes.length, 4);
    found.outcomes.forEach(({ schedule }, outcome) =>
      assert.ok(bufferedWay(graph, explore(program, 'trace=' + schedule), outcome), schedule));
    const flushes = graph.ops.filter(op => op.k === 'flush').map(op => `${op.t} ${op.o} ${op.v}`).sort();
    assert.deepEqual(flushes, graph.ops.filter(op => op.b).map(op => `${op.t} ${op.o} ${op.v}`).sort(), 'what goes in comes out');
  });

  for (const program of programs)
    test(program, () => {
      const text = fs.readFileSync(path.join(folder, program + '.graph'), 'utf8');
      const graph = JSON.parse(text);
      const found = JSON.parse(explore(program, 'json'));

      assert.equal(reached(graph).size, graph.states.length, 'every state can be come to');
      assert.ok(!graph.vars.includes('completed'), 'what the compiler writes at the end is no variable of its');
      const ends = graph.states.map((_, at) => endOf(graph, at)).filter(end => end >= 0);
      assert.deepEqual(ends.sort((a, b) => a - b), found.outcomes.map((_, at) => at), 'an end for each outcome');
      graph.states.forEach((_, at) => assert.equal(endOf(graph, at) < 0, stepsOf(graph, at).length > 0, `state ${at}`));
      assert.deepEqual(graph.outcomes.map(one => one.text), found.outcomes.map(one => one.stdout));
      found.outcomes.forEach((outcome, at) => {
        const trace = explore(program, 'trace=' + outcome.schedule);
        if (graph.spurious > 0 || !/ unlucky/.test(trace)) {
          const ways = waysOf(graph, trace, found);
          assert.ok(!ways.length || ways.some(way => endOf(graph, way.at) === at), `${outcome.schedule} leads to outcome ${at}`);
        }
      });
      if (graph.states.length < 1000)
        assert.equal(explore(program, 'graph jobs=1'), text, 'the same to the byte');
      const most = /^item-54/.test(program) ? 3 : 30;
      assert.ok(gzipSync(text).length < most * 1024, `${gzipSync(text).length} bytes, packed`);
    });
});
