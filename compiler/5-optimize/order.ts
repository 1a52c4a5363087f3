import type { Program } from '../tensor/program.ts';
import { bytesOwned, planMemory, rootsOf } from './plan-memory.ts';

/**
 * Puts the nodes in an order that needs less memory at once. Of the nodes whose inputs are there, the next is the
 * one that adds the least: what it makes, less what it reads for the last time. So the pass over the real images is
 * differentiated, and its activations are freed, before the pass over the fakes begins, wherever that is possible.
 * A greedy choice can be a bad one: the given order stays where it needs no more.
 */
export function order(program: Program): Program {
  const { nodes, outputs, updates } = program;
  const root = rootsOf(program);
  /** By node: the tensors that it reads, each once, whatever view of them it reads. */
  const owners = nodes.map((node) => [...new Set(node.inputs.map((input) => root[input]!))]);
  const bytes = bytesOwned(program, root);
  const consumers: number[][] = nodes.map(() => []);
  const missing = new Int32Array(nodes.length);
  /** How many nodes have yet to read a tensor; results are read once more, by the caller. */
  const readers = new Int32Array(nodes.length);
  nodes.forEach((node, id) => {
    const distinct = new Set(node.inputs);
    missing[id] = distinct.size;
    for (const input of distinct) consumers[input]!.push(id);
    for (const owner of owners[id]!) readers[owner]!++;
  });
  for (const { value } of [...outputs, ...updates]) readers[root[value]!]!++;

  const added = (id: number) => {
    let sum = bytes[id]!;
    for (const owner of owners[id]!) if (readers[owner] === 1) sum -= bytes[owner]!;
    return sum;
  };
  const ready = nodes.flatMap((_, id) => (missing[id] === 0 ? [id] : []));
  const sequence: number[] = [];
  while (ready.length > 0) {
    let best = 0;
    let least = added(ready[0]!);
    for (let at = 1; at < ready.length && least > 0; at++) {
      const sum = added(ready[at]!);
      if (sum < least || (sum === least && ready[at]! < ready[best]!)) [best, least] = [at, sum];
    }
    const id = ready[best]!;
    ready[best] = ready.at(-1)!;
    ready.pop();
    sequence.push(id);
    for (const owner of owners[id]!) readers[owner]!--;
    for (const consumer of consumers[id]!) if (--missing[consumer]! === 0) ready.push(consumer);
  }
  const reordered = inSequence(program, sequence);
  return planMemory(reordered).peakBytes < planMemory(program).peakBytes ? reordered : program;
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
