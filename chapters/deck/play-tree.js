/*
 * The tree of outcomes: states put together that leave the same outcomes
 * possible. It begins with all of them on the left and has an end for each on
 * the right; what lies between are the choices that give some of them up.
 */
'use strict';

globalThis.heddle ??= {};

heddle.outcomeTree = graph => {
  const sets = [...new Set(graph.reach)].filter(set => set !== 0);
  const size = set => graph.outcomes.filter((_, outcome) => graph.has(set, outcome)).length;
  const links = new Set();
  graph.states.forEach((state, at) => state.steps.forEach(step => {
    if (graph.reach[at] !== graph.reach[step.to])
      links.add(`${graph.reach[at]} ${graph.reach[step.to]}`);
  }));

  /* The ends in the order in which one comes to them from the beginning, so that
   * few ways cross. */
  const places = new Map(), seen = new Set();
  const visit = set => {
    if (seen.has(set))
      return;
    seen.add(set);
    if (size(set) === 1)
      places.set(graph.outcomes.findIndex((_, outcome) => graph.has(set, outcome)), places.size);
    [...links].map(link => link.split(' ').map(Number)).filter(([from]) => from === set)
      .map(([, to]) => to).sort((a, b) => size(b) - size(a) || a - b).forEach(visit);
  };
  visit(graph.reach[0]);

  /* Sets of one size in a column, each as high as its outcomes are on average. */
  const sizes = [...new Set(sets.map(size))].sort((a, b) => b - a);
  const nodes = new Map(sets.map(set => {
    const rows = graph.outcomes.map((_, outcome) => outcome).filter(outcome => graph.has(set, outcome));
    const end = rows.length === 1 ? rows[0] : -1;
    rows.forEach((outcome, at) => { rows[at] = places.get(outcome); });
    return [set, { set, column: sizes.indexOf(size(set)), row: rows.reduce((a, b) => a + b, 0) / rows.length,
      end }];
  }));
  for (let column = 0; column < sizes.length - 1; column++) {
    const here = [...nodes.values()].filter(node => node.column === column).sort((a, b) => a.row - b.row);
    const room = graph.outcomes.length - 1, gap = Math.min(1, room / Math.max(1, here.length - 1));
    here.forEach((node, at) => { node.row = at ? Math.max(node.row, here[at - 1].row + gap) : node.row; });
    const over = here.length ? here.at(-1).row - room : 0;
    here.forEach(node => { node.row -= Math.max(0, over) * (here.length > 1 ? here.indexOf(node) / (here.length - 1) : 1); });
  }
  return {
    nodes: [...nodes.values()],
    links: [...links].map(link => link.split(' ').map(set => nodes.get(+set))),
    columns: sizes.length,
    at: set => nodes.get(set),
  };
};
