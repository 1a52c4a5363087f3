import type { ConvolutionAttributes } from '../tensor/convolution.ts';
import * as t from '../tensor/index.ts';

/** A convolution or one of its two gradients, with the shape that must come out. */
export interface Use {
  readonly op: string;
  readonly attributes: ConvolutionAttributes;
  readonly result: readonly number[];
}

export function useOf({ op, attributes, shape }: t.Node): Use {
  const { strides, padding, dilations, groups } = attributes as unknown as ConvolutionAttributes;
  return { op, attributes: { strides, padding, dilations, groups }, result: shape };
}

/** Appends it. All three are linear in both operands: (x, kernel), (dy, kernel) or (x, dy). */
export function convolve(a: t.Value, b: t.Value, { op, attributes, result }: Use): t.Value {
  if (op === 'conv') return t.conv(a, b, attributes);
  return op === 'conv_input_grad'
    ? t.convInputGrad(a, b, { ...attributes, inputShape: result })
    : t.convFilterGrad(a, b, { ...attributes, filterShape: result });
}

export function isDilated({ dilations }: ConvolutionAttributes): boolean {
  return dilations.some((distance) => distance > 1);
}

/** Cuts the channels into groups, and puts the results next to one another. */
export function eachGroup(a: t.Value, b: t.Value, use: Use): t.Value {
  const { groups } = use.attributes;
  const part = (x: t.Value, group: number) => {
    const size = x.shape.with(-1, x.shape.at(-1)! / groups);
    return t.slice(x, x.shape.map(() => 0).with(-1, group * size.at(-1)!), size);
  };
  const result = use.result.with(-1, use.result.at(-1)! / groups);
  const one = { ...use, attributes: { ...use.attributes, groups: 1 }, result };
  return t.concat(
    Array.from({ length: groups }, (_, group) => convolve(part(a, group), part(b, group), one)),
    -1,
  );
}

/** One axis as two, the first of length 1. */
export function withSecondAxis(a: t.Value, b: t.Value, { op, attributes, result }: Use): t.Value {
  const { strides, padding, dilations, groups } = attributes;
  const wide = (shape: readonly number[], isKernel: boolean) =>
    isKernel ? [1, ...shape] : [shape[0]!, 1, ...shape.slice(1)];
  const wideAttributes = {
    strides: [1, ...strides],
    padding: [[0, 0] as const, ...padding],
    dilations: [1, ...dilations],
    groups,
  };
  // The second operand is a kernel, or else the result is one.
  const givesKernel = op === 'conv_filter_grad';
  const widened = convolve(t.reshape(a, wide(a.shape, false)), t.reshape(b, wide(b.shape, !givesKernel)), {
    op,
    attributes: wideAttributes,
    result: wide(result, givesKernel),
  });
  return t.reshape(widened, result);
}

/** With the zeros around x written out. */
export function withoutPadding(a: t.Value, b: t.Value, { op, attributes, result }: Use): t.Value {
  const padding = attributes.padding.map(() => [0, 0] as const);
  const before = [0, ...attributes.padding.map(([count]) => count), 0];
  const after = [0, ...attributes.padding.map(([, count]) => count), 0];
  const plain = { op, attributes: { ...attributes, padding }, result };
  if (op !== 'conv_input_grad') return convolve(t.pad(a, { before, after }), b, plain);
  const whole = result.map((size, axis) => before[axis]! + size + after[axis]!);
  return t.slice(convolve(a, b, { ...plain, result: whole }), before, result);
}

/** A dilated kernel is a larger one with zeros between its taps. */
export function withoutDilation(a: t.Value, b: t.Value, { op, attributes, result }: Use): t.Value {
  const { dilations } = attributes;
  const plain = { op, attributes: { ...attributes, dilations: dilations.map(() => 1) }, result };
  const steps = [...dilations, 1, 1];
  if (op !== 'conv_filter_grad') {
    return convolve(a, t.pad(b, { interior: steps.map((step) => step - 1) }), plain);
  }
  const large = result.map((size, axis) => (size - 1) * steps[axis]! + 1);
  const begin = result.map(() => 0);
  return t.slice(convolve(a, b, { ...plain, result: large }), begin, result, steps);
}
