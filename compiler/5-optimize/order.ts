import { BYTES_PER_ELEMENT, type Program, sizeOf } from '../tensor/program.ts';
import { primitivesByName } from '../tensor/registry.ts';
import { bytesOwned, planMemory, rootsOf } from './plan-memory.ts';

/** Families whose nodes are computed where they are first needed, if they rest on what is small or kept. */
const CHEAP = new Set<string>(['boundary', 'elementwise', 'random']);
const CHEAP_MOVES = new Set(['broadcast', 'reshape']);

/** What an input may have at most to be kept for nodes that wait: a key, a learning rate. */
const SMALL_BYTES = 64;

/**
 * Puts the nodes in an order that needs less memory at once. Of the nodes whose inputs are there, the next is one that
 * frees as much as it makes; where there is none, of those whose last input has just been made, the one that adds the least. So
 * a pass through the networks is followed to its loss and all the way back, and its activations are freed, before
 * another pass begins, wherever that is possible. The given order stays where it needs no more.
 *
 * Nodes that can be computed at any time for next to nothing, such as the mask of a dropout, wait for the node that needs
 * them.
 */
export function order(program: Program): Program {
  const { nodes, outputs, updates } = program;
  const root = rootsOf(program);
  /** By node: the tensors that it reads, each once, whatever view of them it reads. */
  const owners = nodes.map((node) => [...new Set(node.inputs.map((input) => root[input]!))]);
  const waits = waitingNodes(program);
  const bytes = bytesOwned(program, root).map((size, id) => (waits[id] ? 0 : size));
  const consumers: number[][] = nodes.map(() => []);
  const missing = new Int32Array(nodes.length);
  /** How many nodes have yet to read a tensor; results are read once more, by the caller. */
  const readers = new Int32Array(nodes.length);
  nodes.forEach((node, id) => {
    for (const input of new Set(node.inputs)) {
      if (waits[input]) continue;
      missing[id]!++;
      consumers[input]!.push(id);
    }
    for (const owner of owners[id]!) readers[owner]!++;
  });
  for (const { value } of [...outputs, ...updates]) readers[root[value]!]!++;

  const sequence: number[] = [];
  const placed = new Uint8Array(nodes.length);
  /** Appends a node, and before it those that have waited for it. */
  const place = (wanted: number) => {
    const needed = new Set([wanted]);
    for (const id of needed) {
      for (const input of nodes[id]!.inputs) if (waits[input] && !placed[input]) needed.add(input);
    }
    for (const id of [...needed].sort((a, b) => a - b)) {
      placed[id] = 1;
      sequence.push(id);
      for (const owner of owners[id]!) readers[owner]!--;
    }
  };
  const added = (id: number) => {
    let sum = bytes[id]!;
    for (const owner of owners[id]!) if (readers[owner] === 1) sum -= bytes[owner]!;
    return sum;
  };

  /** What can be computed next: what became possible at the same time in a list of its own, the newest last. */
  const ready = [nodes.flatMap((_, id) => (!waits[id] && missing[id] === 0 ? [id] : []))];
  const take = (): number | undefined => {
    while (ready.at(-1)?.length === 0) ready.pop();
    const list = ready.findLast((ids) => ids.some((id) => added(id) <= 0)) ?? ready.at(-1);
    return list?.splice(leastOf(list, added), 1)[0];
  };
  for (let id = take(); id !== undefined; id = take()) {
    place(id);
    ready.push(consumers[id]!.filter((consumer) => --missing[consumer]! === 0));
  }
  // What is left was needed by nobody but the caller.
  nodes.forEach((_, id) => {
    if (!placed[id]) place(id);
  });
  const reordered = inSequence(program, sequence);
  return planMemory(reordered).peakBytes < planMemory(program).peakBytes ? reordered : program;
}

/** Where the element stands of which `amount` says least. */
function leastOf(list: readonly number[], amount: (element: number) => number): number {
  const amounts = list.map(amount);
  return amounts.indexOf(Math.min(...amounts));
}

/** By node: 1 where it is cheap and rests on nothing but what is kept or small. */
function waitingNodes({ nodes }: Program): Uint8Array {
  const waits = new Uint8Array(nodes.length);
  nodes.forEach(({ op, inputs, shape }, id) => {
    const family = primitivesByName().get(op)?.family;
    if (!CHEAP.has(family ?? '') && !CHEAP_MOVES.has(op)) return;
    if (op === 'input') waits[id] = sizeOf(shape) * BYTES_PER_ELEMENT <= SMALL_BYTES ? 1 : 0;
    else waits[id] = inputs.every((input) => waits[input]) ? 1 : 0;
  });
  return waits;
}

function inSequence(program: Program, sequence: readonly number[]): Program {
  const place = new Int32Array(sequence.length);
  sequence.forEach((id, at) => {
    place[id] = at;
  });
  return {
    ...program,
    nodes: sequence.map((id) => {
      const node = program.nodes[id]!;
      return { ...node, inputs: node.inputs.map((input) => place[input]!) };
    }),
    outputs: program.outputs.map((output) => ({ ...output, value: place[output.value]! })),
    updates: program.updates.map((update) => ({ ...update, value: place[update.value]! })),
  };
}
