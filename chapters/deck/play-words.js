/*
 * What is said of steps: a sentence each, the same for eyes and for ears.
 */
'use strict';

globalThis.heddle ??= {};

/* Colour = thread, and shape repeats it. */
heddle.playShapes = ['●', '■', '▲', '◆'];

heddle.playWords = graph => {
  const thread = number => graph.threads[number] ?? `thread ${number}`;
  const thing = op => (graph.objects[op.o]?.[1] ?? '').replace(/^memory \d+$/, 'memory');   /* that has no name */
  const inside = op => op.c ? ` (in ${op.c[0]})` : '';

  const verbs = {
    start: () => 'starts',
    create: op => `starts ${thread(op.w)}`,
    join: op => `joins ${thread(op.w)}`,
    exit: () => 'ends',
    lock: op => `locks ${thing(op)}`,
    trylock: op => op.f ? `tries to lock ${thing(op)}: it is taken` : `locks ${thing(op)}`,
    timedlock: op => op.f ? `gives up on ${thing(op)}: too late` : `locks ${thing(op)}`,
    unlock: op => `unlocks ${thing(op)}`,
    wait: op => op.u ? `waits for ${thing(op)} and wakes at once, without cause` : `begins to wait for ${thing(op)}`,
    resume: op => op.f ? `has waited long enough for ${thing(op)}` : `is woken by ${thing(op)}`,
    signal: op => `signals ${thing(op)}` + (op.wakes ? `, which wakes ${op.wakes.map(thread).join(' and ')}` : ', and nobody waits'),
    broadcast: op => `wakes all who wait for ${thing(op)}`,
    read: op => `reads ${thing(op)}` + (op.v === undefined ? '' : `: ${op.v}`),
    write: op => op.b ? `writes ${op.v} to ${thing(op)}: it waits in a buffer` : op.v === undefined ? `writes ${thing(op)}` : `writes ${op.v} to ${thing(op)}`,
    flush: op => `flushes: ${thing(op)} is ${op.v} in memory now`,
    update: op => `changes ${thing(op)}` + (op.v === undefined ? '' : ` to ${op.v}`),
    print: op => `prints ${JSON.stringify((op.x ?? '').replace(/\n$/, ''))}`,
    yield: () => 'lets others go first',
    sleep: () => 'sleeps',
    finish: () => 'begins to end the program',
    end: () => 'ends the program',
    crash: () => 'crashes',
    destroy: op => `destroys ${thing(op)}`,
    arrive: op => `arrives at ${thing(op)}`,
    leave: () => 'goes on, as all have arrived',
    'sem-wait': op => `takes one from ${thing(op)}: ${op.v} left`,
    'sem-post': op => `adds one to ${thing(op)}: ${op.v}`,
    fence: () => 'passes a fence',
    once: op => `comes to ${thing(op)}`,
    'once-done': op => `has done ${thing(op)}`,
    'futex-wait': op => op.f ? 'looks once more, and does not sleep' : 'falls asleep',
    'futex-resume': op => op.f ? 'has slept long enough' : 'is awake again',
    'futex-wake': op => op.wakes ? `wakes ${op.wakes.map(thread).join(' and ')}` : 'wakes whoever sleeps, and nobody does',
  };
  const waits = {
    lock: op => `waits for ${thing(op)}`,
    join: op => `waits for ${thread(op.w)} to end`,
    signalled: op => `waits for a signal on ${thing(op)}`,
    'sem-wait': op => `waits for ${thing(op)}`,
    leave: () => 'waits until all have arrived',
    once: op => `waits until ${thing(op)} is done`,
    read: op => `waits until ${thing(op)} is another`,
    update: op => `waits until ${thing(op)} is another`,
    'futex-resume': () => 'sleeps',
  };

  /* What somebody comes too late to do. */
  const infinitives = {
    lock: 'lock', trylock: 'try to lock', timedlock: 'lock', rdlock: 'lock', wrlock: 'lock', unlock: 'unlock', rwunlock: 'unlock', read: 'read', write: 'write', update: 'change', flush: 'flush',
    wait: 'wait for', signal: 'signal', broadcast: 'signal', 'sem-wait': 'take one from', 'sem-post': 'add one to', arrive: 'arrive at', once: 'come to', print: 'print',
  };
  const to = op => infinitives[op.k] ? [infinitives[op.k], thing(op)].filter(Boolean).join(' ') : '';

  const does = op => (verbs[op.k] ? verbs[op.k](op) : `${op.k} ${thing(op)}`) + inside(op);
  const waitsFor = op => waits[op.k] ? waits[op.k](op) : `waits (${op.k} ${thing(op)})`;
  const ending = outcome => outcome.end === 'exit'
    ? (outcome.status ? `ends with status ${outcome.status}` : '') : outcome.end;

  /* In a lane there is room for a word or two. */
  const shortly = {
    create: op => `starts ${heddle.playShapes[op.w % 4]}`,
    join: op => `joins ${heddle.playShapes[op.w % 4]}`,
    read: op => op.v === undefined ? 'reads' : `reads ${op.v}`,
    write: op => op.v === undefined ? 'writes' : `writes ${op.v}`,
    flush: () => 'flushes',
    update: op => op.v === undefined ? 'changes' : `makes ${op.v}`,
    wait: () => 'waits',
    resume: () => 'wakes',
    trylock: op => op.f ? 'is taken' : 'locks',
    timedlock: op => op.f ? 'too late' : 'locks',
    print: () => 'prints',
    yield: () => 'lets go',
    finish: () => 'ends',
    end: () => 'ends',
    exit: () => 'ends',
    arrive: () => 'arrives',
    leave: () => 'goes on',
    fence: () => 'fence',
    once: () => 'once',
    'once-done': () => 'is done',
    'sem-wait': () => 'takes one',
    'sem-post': () => 'adds one',
    'futex-wait': op => op.f ? 'looks' : 'sleeps',
    'futex-resume': () => 'awakes',
    'futex-wake': op => op.wakes ? `wakes ${heddle.playShapes[op.wakes[0] % 4]}` : 'wakes',
  };
  function brief(op) {
    const last = thing(op).replace(/^.*(?:->|\.)/, '');
    const all = shortly[op.k] ?? (/lock$/.test(op.k) && verbs[op.k] ? () => `${op.k}s ${last}` : verbs[op.k] ?? (() => op.k));
    return all(op).length > 10 && !/[●■▲◆]/.test(all(op)) ? all(op).split(' ')[0] : all(op);
  }

  /* What was written there and nobody has seen is gone. A line that reads and writes at
   * once, as `count += 1` does, was to add to it. */
  function loses({ thread: writer, name, value, was, read, by, once }) {
    const writers = by.map(thread).join(' and '), what = name.replace(/^memory \d+$/, 'memory');
    return once && read !== undefined && was !== undefined && was !== read
      ? `${what} was ${was}${was === value ? ' already' : ' by now'}, not ${read} as read: the update${by.length > 1 ? 's' : ''} of ${writers} ${by.length > 1 ? 'are' : 'is'} lost.`
      : `${what} has changed since ${thread(writer)} read it: what ${writers} wrote is overwritten.`;
  }

  return { thread, does, to, waitsFor, ending, brief, loses };
};

/* An outcome as the page lists it: what was printed, then who waits. */
heddle.outcomeText = (graph, outcome) => [
  ...(outcome.text + (outcome.err ?? '')).split('\n').filter(line => line !== ''),
  ...(outcome.waits ?? []).map(([thread, text]) => `${graph.threads[thread]} ${text}`),
].join('\n');
