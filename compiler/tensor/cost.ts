import { plainOrigin } from './origin.ts';
import type { Primitive } from './primitive.ts';
import { BYTES_PER_ELEMENT, type Node, type Program, sizeOf } from './program.ts';
import { primitivesByName } from './registry.ts';

/** What a run costs. */
export interface Cost {
  /** Floating-point operations, a multiply-add counted as two. */
  readonly flops: number;
  /** Bytes read and written by all nodes, were each run on its own. */
  readonly bytes: number;
}

/** The cost of a program, in all and by origin: that of a layer holds both its passes, forward and backward. */
export function costOf(
  program: Program,
  extra: readonly Primitive[] = [],
): Cost & { readonly byOrigin: ReadonlyMap<string, Cost> } {
  const primitives = new Map([
    ...primitivesByName(),
    ...extra.map((primitive) => [primitive.name, primitive] as const),
  ]);
  const byOrigin = new Map<string, Cost>();
  let total: Cost = { flops: 0, bytes: 0 };
  for (const node of program.nodes) {
    const cost = costOfNode(program, node, primitives);
    const origin = plainOrigin(node.origin);
    byOrigin.set(origin, plus(byOrigin.get(origin), cost));
    total = plus(total, cost);
  }
  return { ...total, byOrigin };
}

function costOfNode(program: Program, node: Node, primitives: ReadonlyMap<string, Primitive>): Cost {
  const inputs = node.inputs.map((input) => program.nodes[input]!);
  const flops = primitives.get(node.op)?.flops(inputs, node, node.attributes) ?? 0;
  // A boundary node moves nothing, and a reshape is another view of the same bytes.
  if (inputs.length === 0 || node.op === 'reshape' || node.op === 'stop_gradient') return { flops, bytes: 0 };
  const elements = [...inputs, node].reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  return { flops, bytes: elements * BYTES_PER_ELEMENT };
}

function plus(a: Cost | undefined, b: Cost): Cost {
  return a ? { flops: a.flops + b.flops, bytes: a.bytes + b.bytes } : b;
}
