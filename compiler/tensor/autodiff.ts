import type { Builder, Value } from './builder.ts';
import { gradientOrigin } from './origin.ts';
import { ProgramError } from './primitive.ts';
import { add } from './primitives/add.ts';
import { constant } from './primitives/constant.ts';
import { primitivesByName } from './registry.ts';
import { sameShape, showShape } from './shapes.ts';

/**
 * The gradients of a scalar y with respect to each of xs, appended to their builder; zeros where y does not
 * depend on x. They are ordinary values: a loss made of them can be differentiated again.
 */
export function gradients(y: Value, xs: readonly Value[]): Value[] {
  if (y.shape.length > 0) {
    throw new ProgramError(`gradients wants a scalar, not a value of shape ${showShape(y.shape)}`);
  }
  return pullback(y, xs, constant(y.builder, 1));
}

/** The gradients of Σ(d · y) with respect to each of xs: `d` has the shape of y. */
export function pullback(y: Value, xs: readonly Value[], d: Value): Value[] {
  const { builder } = y;
  if (!sameShape(d.shape, y.shape)) {
    throw new ProgramError(`a gradient of ${showShape(d.shape)} for a value of ${showShape(y.shape)}`);
  }
  if (xs.some((x) => x.builder !== builder)) {
    throw new ProgramError('a gradient for a value of another program');
  }
  if (y.dtype !== 'f32' || xs.some((x) => x.dtype !== 'f32')) {
    throw new ProgramError('only f32 values have gradients');
  }
  const wanted = new Set(xs.map((x) => x.id));
  const first = Math.min(y.id, ...wanted);
  const reaches = dependants(builder, wanted, first, y.id);
  const gradientOf = new Map<number, Value>();
  if (reaches[y.id - first]) gradientOf.set(y.id, d);

  for (let id = y.id; id >= first; id--) {
    const gradient = gradientOf.get(id);
    const node = builder.nodes[id]!;
    if (!gradient || node.inputs.length === 0) continue;
    const needed = node.inputs.map((input) => input >= first && reaches[input - first] === 1);
    if (!needed.includes(true)) continue;
    builder.within(gradientOrigin(node.origin), () => {
      const primitive = primitivesByName().get(node.op)!;
      const inputs = node.inputs.map((input) => builder.value(input));
      const output = builder.value(id);
      const parts = primitive.gradient({ inputs, output, attributes: node.attributes, needed }, gradient);
      node.inputs.forEach((input, index) => {
        const part = parts[index];
        if (!part || !needed[index]) return;
        if (!sameShape(part.shape, inputs[index]!.shape)) {
          throw new ProgramError(
            `the gradient of ${node.op} has shape ${showShape(part.shape)} for ${showShape(inputs[index]!.shape)}`,
          );
        }
        const before = gradientOf.get(input);
        gradientOf.set(input, before ? add(before, part) : part);
      });
    });
    // What nobody asked for is not needed any longer.
    if (!wanted.has(id)) gradientOf.delete(id);
  }
  return xs.map((x) => gradientOf.get(x.id) ?? constant(builder, 0, x.shape));
}

/** For nodes first … last: 1 where a gradient with respect to one of `wanted` can pass through. */
function dependants(builder: Builder, wanted: ReadonlySet<number>, first: number, last: number): Uint8Array {
  const reaches = new Uint8Array(last - first + 1);
  const primitives = primitivesByName();
  for (let id = first; id <= last; id++) {
    const node = builder.nodes[id]!;
    if (wanted.has(id)) reaches[id - first] = 1;
    else if (node.dtype === 'f32' && !primitives.get(node.op)?.flat) {
      if (node.inputs.some((input) => input >= first && reaches[input - first] === 1))
        reaches[id - first] = 1;
    }
  }
  return reaches;
}
