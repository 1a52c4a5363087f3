import type { Node, Program } from '../../tensor/program.ts';
import type { ReductionAttributes } from '../../tensor/reduction.ts';
import { sameShape } from '../../tensor/shapes.ts';
import { drop } from '../drop.ts';
import { type FusedTerm, fused } from './fused.ts';

/** What the generated kernels of the wasm engine can compute; `cast` of a condition only. */
const FUSIBLE = new Set([
  ...[
    'add',
    'sub',
    'mul',
    'div',
    'minimum',
    'maximum',
    'abs',
    'neg',
    'sqrt',
    'rsqrt',
    'floor',
    'sign',
    'relu',
  ],
  ...['leaky_relu', 'step', 'select', 'cast', 'equal', 'less', 'greater'],
]);

/** Alone, these are as fast in the library's own kernels, which run on all threads. */
const FAST_ALONE = new Set(['add', 'sub', 'mul', 'div', 'abs', 'neg', 'sqrt', 'relu']);

/** The backend's own kernels give wrong numbers when they broadcast over more axes. */
const MOST_KERNEL_AXES = 6;

/** Tensors that one kernel may read: every one of them takes an address register. */
const MAX_INPUTS = 12;

/**
 * Puts chains of elementwise nodes together, so that what lies between them is never written to memory. A node
 * joins the one that uses it if nobody else does; conditions, which cost next to nothing, are computed again
 * by everyone who needs them. A sum joins what it adds up.
 */
export function fuseElementwise(program: Program): Program {
  const { nodes } = program;
  const users: number[][] = nodes.map(() => []);
  nodes.forEach((node, id) => {
    for (const input of node.inputs) users[input]!.push(id);
  });
  const isResult = new Set([...program.outputs, ...program.updates].map(({ value }) => value));
  const absorbed = new Uint8Array(nodes.length);
  const rewritten: Node[] = [...nodes];

  for (let root = nodes.length - 1; root >= 0; root--) {
    const node = nodes[root]!;
    if (absorbed[root] || node.dtype !== 'f32') continue;
    const last = node.op === 'sum' ? summed(node) : root;
    if (last === null || !isFusible(nodes, last)) continue;
    const group = groupAt(last);
    const staysAlone = FAST_ALONE.has(node.op) && node.shape.length <= MOST_KERNEL_AXES;
    if (group.length === 1 && last === root && staysAlone) continue;
    const together = fusedNode(nodes, group);
    if (!together) continue;
    if (last !== root) absorbed[last] = 1;
    rewritten[root] = last === root ? together : totalOf(together, node);
    for (const member of group) if (member !== root && nodes[member]!.dtype === 'f32') absorbed[member] = 1;
  }
  return rewritten.every((node, id) => node === nodes[id]) ? program : drop({ ...program, nodes: rewritten });

  /** What a sum adds up, if nobody else needs it. */
  function summed({ inputs: [input] }: Node): number | null {
    return !absorbed[input!] && !isResult.has(input!) && users[input!]!.length === 1 ? input! : null;
  }

  /** The nodes that are computed together with `root`, in the order of the program. */
  function groupAt(root: number): number[] {
    const group = new Set([root]);
    const pending = [root];
    const boundary = new Set<number>();
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      for (const input of nodes[next]!.inputs) {
        if (group.has(input)) continue;
        const joins =
          isFusible(nodes, input) &&
          sameShape(nodes[input]!.shape, nodes[root]!.shape) &&
          (nodes[input]!.dtype === 'bool' ||
            (!absorbed[input] && !isResult.has(input) && users[input]!.every((user) => group.has(user))));
        if (!joins) {
          boundary.add(input);
          continue;
        }
        boundary.delete(input);
        group.add(input);
        pending.push(input);
        // Its own inputs may have waited for their last user to join.
        for (const member of group) {
          if (nodes[member]!.inputs.some((waiting) => boundary.has(waiting))) pending.push(member);
        }
      }
    }
    return [...group].sort((a, b) => a - b);
  }
}

/** Adds up what was fused, without writing it to memory first. */
function totalOf(terms: Node, sum: Node): Node {
  const { axes, keep } = sum.attributes as unknown as ReductionAttributes;
  const total = { shape: terms.shape, axes, keep };
  return { ...sum, op: fused.name, inputs: terms.inputs, attributes: { ...terms.attributes, total } };
}

function isFusible(nodes: readonly Node[], id: number): boolean {
  const { op, inputs, dtype } = nodes[id]!;
  if (!FUSIBLE.has(op) || dtype === 'i32') return false;
  // Conditions live within a kernel only: in memory they are bytes, and integers are not f32.
  if (op === 'cast') return nodes[inputs[0]!]!.dtype === 'bool' && isFusible(nodes, inputs[0]!);
  if (op === 'select') {
    const condition = inputs[0]!;
    return (
      nodes[condition]!.dtype === 'bool' &&
      isFusible(nodes, condition) &&
      sameShape(nodes[condition]!.shape, nodes[id]!.shape)
    );
  }
  return inputs.every((input) => nodes[input]!.dtype === 'f32');
}

function fusedNode(nodes: readonly Node[], group: readonly number[]): Node | null {
  const members = new Set(group);
  const inputs = [
    ...new Set(group.flatMap((id) => nodes[id]!.inputs.filter((input) => !members.has(input)))),
  ];
  // A condition that does not fit the loop would have to be read from memory.
  if (inputs.length > MAX_INPUTS || inputs.some((input) => nodes[input]!.dtype !== 'f32')) return null;
  const index = new Map<number, number>(inputs.map((input, at) => [input, at]));
  const terms = group.map((id, at): FusedTerm => {
    const { op, inputs: from, attributes } = nodes[id]!;
    index.set(id, inputs.length + at);
    return { op, inputs: from.map((input) => index.get(input)!), attributes };
  });
  return { ...nodes[group.at(-1)!]!, op: fused.name, inputs, attributes: { terms } };
}
