import type { Node, Program } from '../../../compiler/tensor/program.ts';

/** One weight that Adam moves, as nodes of the program: TensorFlow has one kernel for all of it. */
export interface AdamUpdate {
  readonly weight: string;
  readonly m: string;
  readonly v: string;
  /** The node that is the moved weight: whoever reads it must read the variable after the update. */
  readonly moved: number;
  /** Nodes that the kernel computes: they need not be written. */
  readonly inside: readonly number[];
  readonly gradient: number;
  readonly beta1: number;
  readonly beta2: number;
  /** The learning rate with both bias corrections, and epsilon with its own. */
  readonly rate: number;
  readonly epsilon: number;
}

/**
 * Finds what `compiler/optimizers/adam.ts` writes, by its shape:
 *
 *   m′ = m · β₁ + g · (1 − β₁)     v′ = v · β₂ + g² · (1 − β₂)     w′ = w − m′ · rate / (√v′ + ε)
 *
 * An update whose parts are needed elsewhere is left as it is.
 */
export function findAdam(program: Program): AdamUpdate[] {
  const { nodes, updates, outputs } = program;
  const usesOf = new Int32Array(nodes.length);
  for (const node of nodes) for (const input of node.inputs) usesOf[input]!++;
  for (const { value } of [...updates, ...outputs]) usesOf[value]!++;
  const updated = new Map(updates.map(({ path, value }) => [value, path]));
  const reader = new Reader(nodes);
  return updates.flatMap(({ path, value }) => {
    const found = matchAdam(reader, value);
    if (!found || reader.statePath(found.weightRead) !== path) return [];
    const { m, v, parts } = found;
    const owners = [m, v].map((slot) => updated.get(slot.moved));
    const ownSlots = [m, v].map((slot) => reader.statePath(slot.read));
    if (owners.some((owner, index) => owner === undefined || owner !== ownSlots[index])) return [];
    // m′ is used by its own update and by the step; v′ by its own update and by the root.
    if ([m, v].some((slot) => usesOf[slot.moved] !== 2) || parts.some((part) => usesOf[part] !== 1))
      return [];
    return [
      {
        weight: path,
        m: owners[0]!,
        v: owners[1]!,
        moved: value,
        inside: [value, m.moved, v.moved, ...parts],
        gradient: m.gradient,
        beta1: m.share,
        beta2: v.share,
        rate: found.rate,
        epsilon: found.epsilon,
      },
    ];
  });
}

interface Slot {
  readonly moved: number;
  readonly read: number;
  readonly share: number;
  readonly gradient: number;
  readonly parts: readonly number[];
}

class Reader {
  readonly nodes: readonly Node[];

  constructor(nodes: readonly Node[]) {
    this.nodes = nodes;
  }

  is(id: number, op: string): readonly number[] | null {
    const node = this.nodes[id]!;
    return node.op === op ? node.inputs : null;
  }

  isScalar(id: number): boolean {
    return this.nodes[id]!.shape.length === 0;
  }

  statePath(id: number): string | null {
    const node = this.nodes[id]!;
    return node.op === 'state' ? (node.attributes.path as string) : null;
  }

  /** The inputs of a product, the scalar last. */
  scaled(id: number): readonly [large: number, scalar: number] | null {
    const inputs = this.is(id, 'mul');
    if (!inputs) return null;
    const [a, b] = inputs as [number, number];
    if (this.isScalar(b)) return [a, b];
    return this.isScalar(a) ? [b, a] : null;
  }

  constant(id: number): number | null {
    const { op, attributes } = this.nodes[id]!;
    return op === 'constant' && typeof attributes.value === 'number' ? attributes.value : null;
  }

  /** slot · share + g · (1 − share), the two numbers known. */
  slot(id: number): Slot | null {
    const sum = this.is(id, 'add');
    if (!sum) return null;
    for (const [old, fresh] of [sum, sum.toReversed()]) {
      const kept = this.scaled(old!);
      const taken = this.scaled(fresh!);
      if (!kept || !taken || this.statePath(kept[0]) === null) continue;
      const [share, rest] = [this.constant(kept[1]), this.constant(taken[1])];
      if (share === null || rest === null || Math.abs(share + rest - 1) > 1e-6) continue;
      return { moved: id, read: kept[0], share: kept[1], gradient: taken[0], parts: [old!, fresh!] };
    }
    return null;
  }
}

function matchAdam(reader: Reader, moved: number) {
  const difference = reader.is(moved, 'sub');
  if (!difference) return null;
  const [weightRead, step] = difference as [number, number];
  const quotient = reader.is(step, 'div');
  if (!quotient) return null;
  const [above, below] = quotient as [number, number];
  const scaled = reader.scaled(above);
  const rooted = reader.is(below, 'add');
  if (!scaled || !rooted) return null;
  const root =
    rooted.find((id) => reader.is(id, 'sqrt') && !reader.isScalar(id)) ??
    rooted.find((id) => reader.is(id, 'sqrt'));
  const epsilon = rooted.find((id) => id !== root);
  if (root === undefined || epsilon === undefined || !reader.isScalar(epsilon)) return null;
  const m = reader.slot(scaled[0]);
  const v = reader.slot(reader.is(root, 'sqrt')![0]!);
  if (!m || !v) return null;
  const square = reader.is(v.gradient, 'mul');
  if (!square || square[0] !== m.gradient || square[1] !== m.gradient) return null;
  const parts = [step, above, below, root, v.gradient, ...m.parts, ...v.parts];
  return { weightRead, m, v, rate: scaled[1], epsilon, parts };
}
