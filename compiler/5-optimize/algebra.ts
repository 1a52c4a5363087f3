import { broadcastTo } from '../tensor/broadcasting.ts';
import type { Builder, Value } from '../tensor/builder.ts';
import { add } from '../tensor/primitives/add.ts';
import { broadcast } from '../tensor/primitives/broadcast.ts';
import { constant } from '../tensor/primitives/constant.ts';
import { mul } from '../tensor/primitives/mul.ts';
import { neg } from '../tensor/primitives/neg.ts';
import { reshape } from '../tensor/primitives/reshape.ts';
import { slice } from '../tensor/primitives/slice.ts';
import { sub } from '../tensor/primitives/sub.ts';
import { sum } from '../tensor/primitives/sum.ts';
import { transpose } from '../tensor/primitives/transpose.ts';
import { type Node, type Program, sizeOf } from '../tensor/program.ts';
import { primitivesByName } from '../tensor/registry.ts';
import { broadcastShapes, sameShape } from '../tensor/shapes.ts';
import { rewrite } from './rewrite.ts';

/**
 * Replaces a node by a simpler one of the same value. Products with a constant 0 become 0 and thereby forget a
 * NaN in the other factor: such a factor plays no part in the result.
 */
export function algebra(program: Program): Program {
  return rewrite(program, (node, inputs, builder) => {
    const simplify = rules[node.op];
    const simpler = simplify?.(node, inputs, builder) ?? null;
    return simpler ?? beforeBroadcasts(node, inputs, builder);
  });
}

type Simplify = (node: Node, inputs: readonly Value[], builder: Builder) => Value | null;

/** x itself when it has the shape of the result, else x stretched to it. */
function as(node: Node, x: Value): Value {
  return broadcastTo(x, node.shape);
}

/** The node that made a value. */
function made(x: Value): Node {
  return x.builder.nodes[x.id]!;
}

/** The i-th input of the node that made x. */
function inputOf(x: Value, index = 0): Value {
  return x.builder.value(made(x).inputs[index]!);
}

const rules: Readonly<Record<string, Simplify>> = {
  stop_gradient: (_node, [x]) => x!,
  cast: (node, [x]) => (x!.dtype === node.dtype ? x! : null),

  add(node, [x, y], builder) {
    if (builder.constantOf(x!) === 0) return as(node, y!);
    if (builder.constantOf(y!) === 0) return as(node, x!);
    if (made(y!).op === 'neg') return sub(x!, inputOf(y!));
    if (made(x!).op === 'neg') return sub(y!, inputOf(x!));
    return null;
  },
  sub(node, [x, y], builder) {
    if (builder.constantOf(y!) === 0) return as(node, x!);
    if (builder.constantOf(x!) === 0) return as(node, neg(y!));
    if (made(y!).op === 'neg') return add(x!, inputOf(y!));
    return null;
  },
  mul(node, [x, y], builder) {
    return timesConstant(node, x!, builder.constantOf(y!)) ?? timesConstant(node, y!, builder.constantOf(x!));
  },
  div: (node, [x, y], builder) => (builder.constantOf(y!) === 1 ? as(node, x!) : null),
  neg(_node, [x], builder) {
    const { op } = made(x!);
    if (op === 'neg') return inputOf(x!);
    if (op === 'sub') return sub(inputOf(x!, 1), inputOf(x!, 0));
    if (op !== 'mul') return null;
    for (const side of [0, 1]) {
      const factor = builder.constantOf(inputOf(x!, side));
      if (factor !== null) return mul(inputOf(x!, 1 - side), -factor);
    }
    return null;
  },
  pow(node, [x, y], builder) {
    const exponent = builder.constantOf(y!);
    if (exponent === 1) return as(node, x!);
    if (exponent === 2) return as(node, mul(x!, x!));
    return null;
  },
  select: (node, [, x, y]) => (x!.id === y!.id ? as(node, x!) : null),

  reshape(node, [x]) {
    if (sameShape(x!.shape, node.shape)) return x!;
    return made(x!).op === 'reshape' ? reshape(inputOf(x!), node.shape) : null;
  },
  transpose(node, [x]) {
    const perm = node.attributes.perm as readonly number[];
    const order = perm.filter((axis) => x!.shape[axis] !== 1);
    if (order.every((axis, index) => index === 0 || axis > order[index - 1]!)) return reshape(x!, node.shape);
    if (made(x!).op !== 'transpose') return null;
    const inner = made(x!).attributes.perm as readonly number[];
    return transpose(
      inputOf(x!),
      perm.map((axis) => inner[axis]!),
    );
  },
  broadcast(node, [x]) {
    if (sizeOf(x!.shape) === sizeOf(node.shape)) return reshape(x!, node.shape);
    return made(x!).op === 'broadcast' ? broadcast(inputOf(x!), node.shape) : null;
  },
  slice(node, [x], builder) {
    if (sameShape(x!.shape, node.shape)) return x!;
    return made(x!).op === 'concat' ? pieceOf(node, x!, builder) : null;
  },
  pad: (node, [x]) => (sameShape(x!.shape, node.shape) ? x! : null),
  reverse(_node, [x]) {
    return x!.shape.every((size) => size === 1) ? x! : null;
  },
  concat: (_node, inputs) => (inputs.length === 1 ? inputs[0]! : null),
  sum: (node, [x]) => simplerSum(node, x!),
  max: (node, [x]) => (sizeOf(x!.shape) === sizeOf(node.shape) ? reshape(x!, node.shape) : null),
};

/** x times a number known now; two such factors in a row become one. */
function timesConstant(node: Node, x: Value, factor: number | null): Value | null {
  if (factor === null) return null;
  if (factor === 1) return as(node, x);
  if (factor === 0) return constant(x.builder, 0, node.shape, node.dtype);
  if (factor === -1) return as(node, neg(x));
  if (made(x).op === 'neg') return as(node, mul(inputOf(x), -factor));
  if (made(x).op !== 'mul' || x.dtype !== 'f32') return null;
  for (const side of [0, 1]) {
    const inner = x.builder.constantOf(inputOf(x, side));
    const product = inner === null ? 0 : Math.fround(inner * factor);
    // Beyond f32 the two steps may still be right where one is not.
    if (product !== 0 && Number.isFinite(product)) return as(node, mul(inputOf(x, 1 - side), product));
  }
  return null;
}

/**
 * A sum over axes of size 1 moves nothing. A sign or a constant factor is applied after a sum, where there is less
 * to apply it to.
 */
function simplerSum(node: Node, x: Value): Value | null {
  const axes = node.attributes.axes as readonly number[];
  const real = axes.filter((axis) => x.shape[axis] !== 1);
  if (real.length === 0) return reshape(x, node.shape);
  if (real.length < axes.length) return reshape(sum(x, real, true), node.shape);
  const keep = node.attributes.keep === true;
  if (made(x).op === 'neg') return neg(sum(inputOf(x), axes, keep));
  if (made(x).op !== 'mul') return null;
  for (const side of [0, 1]) {
    const factor = x.builder.constantOf(inputOf(x, side));
    const other = inputOf(x, 1 - side);
    if (factor !== null && sameShape(other.shape, x.shape)) return mul(sum(other, axes, keep), factor);
  }
  return null;
}

/** A slice that lies within one of the tensors put together is a slice of that tensor. */
function pieceOf(node: Node, whole: Value, builder: Builder): Value | null {
  const { begin, size, strides } = node.attributes as Record<string, readonly number[]>;
  const axis = made(whole).attributes.axis as number;
  const last = begin![axis]! + (size![axis]! - 1) * strides![axis]!;
  let offset = 0;
  for (const input of made(whole).inputs) {
    const piece = builder.value(input);
    const end = offset + piece.shape[axis]!;
    if (begin![axis]! >= offset && last < end) {
      return slice(piece, begin!.with(axis, begin![axis]! - offset), size!, strides!);
    }
    offset = end;
  }
  return null;
}

/**
 * An elementwise primitive takes what was broadcast for it as it was before: it broadcasts by itself, and where all
 * operands were stretched, the result is computed small and stretched instead.
 */
function beforeBroadcasts(node: Node, inputs: readonly Value[], builder: Builder): Value | null {
  if (primitivesByName().get(node.op)?.family !== 'elementwise') return null;
  const smaller = inputs.map((input) => unstretched(input, builder));
  if (smaller.every((small) => small === null)) return null;
  const operands = inputs.map((input, index) => smaller[index]?.() ?? input);
  const shape = broadcastShapes(node.op, ...operands.map((operand) => operand.shape));
  const result = builder.append({ ...node, shape, inputs: operands.map((operand) => operand.id) });
  return broadcastTo(result, node.shape);
}

/** The value that a broadcast stretched, or the single number of a constant whose elements are all alike. */
function unstretched(x: Value, builder: Builder): (() => Value) | null {
  if (made(x).op === 'broadcast') return () => inputOf(x);
  const number = x.shape.length > 0 ? builder.constantOf(x) : null;
  return number === null ? null : () => constant(builder, number, [], x.dtype);
}
