import type { Value } from '../../tensor/builder.ts';
import { type Attributes, type Primitive, ProgramError, type Signature } from '../../tensor/primitive.ts';
import { sum } from '../../tensor/primitives/sum.ts';
import { sizeOf } from '../../tensor/program.ts';
import { inferReduction } from '../../tensor/reduction.ts';
import { primitiveNamed } from '../../tensor/registry.ts';
import { type Shape, sameShape, showShape } from '../../tensor/shapes.ts';

/** One elementwise application; an input below the number of the node's inputs is one, above it an earlier term. */
export type FusedTerm = {
  readonly op: string;
  readonly inputs: readonly number[];
  readonly attributes: Attributes;
};

export type FusedAttributes = {
  readonly terms: readonly FusedTerm[];
  /** Where the result is not the last term but its sum over axes: the shape of that term, and the sum. */
  readonly total?: { readonly shape: Shape; readonly axes: readonly number[]; readonly keep: boolean };
};

/** Elementwise primitives computed in one go over all elements; the last term is the result. */
export const fused: Primitive<FusedAttributes> = {
  name: 'fused',
  summary:
    'elementwise terms computed together: each on inputs and on terms before it, the last one is the result',
  family: 'composite',
  infer(inputs, { terms, total }) {
    if (terms.length === 0) throw new ProgramError('fused has no terms');
    const known: Signature[] = [...inputs];
    for (const { op, inputs: from, attributes } of terms) {
      const operands = from.map((index) => known[index]);
      if (operands.some((operand) => !operand))
        throw new ProgramError('fused uses a term before it is computed');
      known.push(primitiveNamed(op).infer(operands as Signature[], attributes));
    }
    const last = known.at(-1)!;
    if (!total) return last;
    if (!sameShape(last.shape, total.shape)) {
      throw new ProgramError(
        `fused adds up terms of ${showShape(last.shape)}, not ${showShape(total.shape)}`,
      );
    }
    return inferReduction('fused', last, total);
  },
  gradient() {
    throw new ProgramError('programs are differentiated before they are fused');
  },
  decompose(inputs, { terms, total }) {
    const known: Value[] = [...inputs];
    for (const { op, inputs: from, attributes } of terms) {
      const operands = from.map((index) => known[index]!);
      known.push(operands[0]!.builder.apply(primitiveNamed(op), operands, attributes));
    }
    const last = known.at(-1)!;
    return total ? sum(last, total.axes, total.keep) : last;
  },
  flops: (_inputs, output, { terms, total }) =>
    total ? (terms.length + 1) * sizeOf(total.shape) : terms.length * sizeOf(output.shape),
  examples: [
    {
      inputs: [[2, 3], [3]],
      attributes: {
        terms: [
          { op: 'mul', inputs: [0, 1], attributes: {} },
          { op: 'relu', inputs: [2], attributes: {} },
        ],
      },
    },
    {
      inputs: [[5, 7], [7], []],
      attributes: {
        terms: [
          { op: 'greater', inputs: [0, 2], attributes: {} },
          { op: 'sub', inputs: [0, 1], attributes: {} },
          { op: 'select', inputs: [3, 4, 2], attributes: {} },
          { op: 'leaky_relu', inputs: [5], attributes: { slope: 0.2 } },
        ],
      },
    },
    ...[[0, 1], [0], [1], [2], [0, 2]].map((axes) => ({
      inputs: [
        [3, 5, 7],
        [5, 1],
      ],
      attributes: {
        terms: [{ op: 'mul', inputs: [0, 1], attributes: {} }],
        total: { shape: [3, 5, 7], axes, keep: false },
      },
    })),
  ],
};
