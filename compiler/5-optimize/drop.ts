import type { Program } from '../tensor/program.ts';

/** Leaves out every node that no output and no update needs. Declared inputs stay declared. */
export function drop(program: Program): Program {
  const { nodes, outputs, updates } = program;
  const isNeeded = new Uint8Array(nodes.length);
  for (const { value } of [...outputs, ...updates]) isNeeded[value] = 1;
  for (let id = nodes.length - 1; id >= 0; id--) {
    if (isNeeded[id]) for (const input of nodes[id]!.inputs) isNeeded[input] = 1;
  }
  if (isNeeded.every((needed) => needed === 1)) return program;
  const renumbered = new Int32Array(nodes.length);
  let count = 0;
  for (let id = 0; id < nodes.length; id++) if (isNeeded[id]) renumbered[id] = count++;
  return {
    ...program,
    nodes: nodes.flatMap((node, id) =>
      isNeeded[id] ? [{ ...node, inputs: node.inputs.map((input) => renumbered[input]!) }] : [],
    ),
    outputs: outputs.map((output) => ({ ...output, value: renumbered[output.value]! })),
    updates: updates.map((update) => ({ ...update, value: renumbered[update.value]! })),
  };
}
