import { BYTES_PER_ELEMENT, type Program, sizeOf } from '../tensor/program.ts';

/** When every tensor of a program can be freed, and how much memory that takes at most. */
export interface MemoryPlan {
  /** By node: the nodes whose tensors can be freed once it has run. A view is not listed; its root is. */
  readonly freeAfter: readonly (readonly number[])[];
  /** By node: the node that owns its bytes; itself unless it is a view. */
  readonly root: readonly number[];
  /**
   * The largest number of bytes alive at once, inputs, outputs and new state included. The state as it was
   * before the run and constants that the engine keeps are not counted.
   */
  readonly peakBytes: number;
  /** The node at which the peak is reached. */
  readonly peakAt: number;
}

/** What the plan does not free or count: the engine keeps it from one run to the next. */
const KEPT = new Set(['state', 'constant']);

/** Nodes that are another view of their input's bytes. */
const VIEWS = new Set(['reshape', 'stop_gradient']);

/**
 * Liveness of a program run from first node to last. Inputs are alive from the start. A tensor is freed after
 * the last node that reads it or a view of it; outputs and updates live until the end.
 */
export function planMemory(program: Program): MemoryPlan {
  const { nodes } = program;
  const root = rootsOf(program);
  const bytes = bytesOwned(program, root);
  const lastUse = new Int32Array(nodes.length);
  nodes.forEach((node, id) => {
    lastUse[root[id]!] = id;
    for (const input of node.inputs) lastUse[root[input]!] = id;
  });
  for (const { value } of [...program.outputs, ...program.updates]) lastUse[root[value]!] = nodes.length;

  const freeAfter: number[][] = nodes.map(() => []);
  nodes.forEach((node, id) => {
    if (root[id] === id && !KEPT.has(node.op) && lastUse[id]! < nodes.length)
      freeAfter[lastUse[id]!]!.push(id);
  });

  let alive = 0;
  for (let id = 0; id < nodes.length; id++) if (nodes[id]!.op === 'input') alive += bytes[id]!;
  let [peakBytes, peakAt] = [alive, 0];
  nodes.forEach((node, id) => {
    if (node.op !== 'input') alive += bytes[id]!;
    if (alive > peakBytes) [peakBytes, peakAt] = [alive, id];
    for (const freed of freeAfter[id]!) alive -= bytes[freed]!;
  });
  return { freeAfter, root, peakBytes, peakAt };
}

/** By node: the node that owns its bytes; itself unless it is a view. */
export function rootsOf({ nodes }: Program): number[] {
  const root: number[] = [];
  nodes.forEach((node, id) => {
    root.push(VIEWS.has(node.op) ? root[node.inputs[0]!]! : id);
  });
  return root;
}

/** By node: the bytes that come into being with it; none for a view, or for what the engine keeps. */
export function bytesOwned({ nodes }: Program, root: readonly number[]): number[] {
  return nodes.map((node, id) =>
    root[id] !== id || KEPT.has(node.op) ? 0 : sizeOf(node.shape) * BYTES_PER_ELEMENT,
  );
}
