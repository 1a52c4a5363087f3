import { sumTo } from './broadcasting.ts';
import type { Value } from './builder.ts';
import { type Callable, callable, type Primitive, type PrimitiveExample, ProgramError } from './primitive.ts';
import { constant } from './primitives/constant.ts';
import { type DType, sizeOf } from './program.ts';
import { broadcastShapes } from './shapes.ts';

/** What an elementwise function takes: a number is lifted to a scalar constant of the other operand's kind. */
export type Operand = Value | number;

export type NoAttributes = Record<string, never>;

type Example = Omit<PrimitiveExample<NoAttributes>, 'attributes'>;

export const NONE: NoAttributes = {};

/** Turns operands into values of one builder. At least one of them must be a value. */
export function lift(op: string, operands: readonly Operand[], dtype?: DType): Value[] {
  const first = operands.find((operand): operand is Value => typeof operand !== 'number');
  if (!first) throw new ProgramError(`${op} of plain numbers has no program to stand in`);
  return operands.map((operand) =>
    typeof operand === 'number' ? constant(first.builder, operand, [], dtype ?? first.dtype) : operand,
  );
}

interface UnaryDefinition {
  readonly name: string;
  readonly summary: string;
  /** d · f′(x), written in primitives; null when f is constant almost everywhere. */
  readonly gradient: ((d: Value, x: Value, y: Value) => Value) | null;
  /** Where the examples are drawn; default [-1, 1]. */
  readonly range?: readonly [number, number];
  readonly examples?: readonly Example[];
  /** The kinds that it accepts beside f32. */
  readonly integers?: boolean;
}

/** Defines y = f(x), element by element, and the function that applies it. */
export function unary(definition: UnaryDefinition): Callable<(x: Value) => Value> {
  const { name, summary, gradient, range = [-1, 1] } = definition;
  const primitive: Primitive<NoAttributes> = {
    name,
    summary,
    family: 'elementwise',
    flat: gradient === null,
    infer([x]) {
      const fits = x!.dtype === 'f32' || (definition.integers === true && x!.dtype === 'i32');
      if (!fits) throw new ProgramError(`${name} takes no ${x!.dtype}`);
      return { shape: x!.shape, dtype: x!.dtype };
    },
    gradient: ({ inputs, output, needed }, d) => [
      gradient && needed[0] ? gradient(d, inputs[0]!, output) : null,
    ],
    flops: (_inputs, output) => sizeOf(output.shape),
    examples: (definition.examples ?? [{ inputs: [[2, 3]] }]).map((example) => ({
      range,
      ...example,
      attributes: NONE,
    })),
  };
  return callable(primitive, (x: Value) => x.builder.apply(primitive, [x], NONE));
}

interface BinaryDefinition {
  readonly name: string;
  readonly summary: string;
  /** The gradients for x and for y before summing over broadcast axes; null for a comparison. */
  readonly gradients:
    | readonly [
        (d: Value, x: Value, y: Value, z: Value) => Value,
        (d: Value, x: Value, y: Value, z: Value) => Value,
      ]
    | null;
  /** The gradient where both operands are one value x, when it is cheaper than the sum of the two. */
  readonly gradientOfBoth?: (d: Value, x: Value) => Value;
  /** The kind of the result; default that of the operands. */
  readonly result?: DType;
  readonly integers?: boolean;
  readonly range?: readonly [number, number];
}

/** Defines z = f(x, y), element by element with NumPy's broadcasting, and the function that applies it. */
export function binary(definition: BinaryDefinition): Callable<(x: Operand, y: Operand) => Value> {
  const { name, summary, gradients, range = [-1, 1] } = definition;
  const primitive: Primitive<NoAttributes> = {
    name,
    summary,
    family: 'elementwise',
    flat: gradients === null,
    infer([x, y]) {
      if (x!.dtype !== y!.dtype) throw new ProgramError(`${name} mixes ${x!.dtype} and ${y!.dtype}`);
      const fits = x!.dtype === 'f32' || (definition.integers === true && x!.dtype === 'i32');
      if (!fits) throw new ProgramError(`${name} takes no ${x!.dtype}`);
      return { shape: broadcastShapes(name, x!.shape, y!.shape), dtype: definition.result ?? x!.dtype };
    },
    gradient({ inputs: [x, y], output, needed }, d) {
      if (!gradients) return [null, null];
      if (definition.gradientOfBoth && x!.id === y!.id) {
        return [needed[0] ? definition.gradientOfBoth(d, x!) : null, null];
      }
      const side = (index: 0 | 1, input: Value) =>
        needed[index] ? sumTo(gradients[index](d, x!, y!, output), input.shape) : null;
      return [side(0, x!), side(1, y!)];
    },
    flops: (_inputs, output) => sizeOf(output.shape),
    examples: [
      [
        [2, 3],
        [2, 3],
      ],
      [[2, 3], [3]],
      [
        [2, 1],
        [1, 3],
      ],
      [[], [2, 2]],
      [
        [2, 1, 2, 1, 2, 1],
        [1, 2, 2, 2, 2, 2],
      ],
    ].map((inputs) => ({ inputs, attributes: NONE, range })),
  };
  return callable(primitive, (x: Operand, y: Operand) => {
    const operands = lift(name, [x, y]);
    return operands[0]!.builder.apply(primitive, operands, NONE);
  });
}
