import type { ConvolutionAttributes } from '../tensor/convolution.ts';
import * as t from '../tensor/index.ts';
import type { Node, Program } from '../tensor/program.ts';
import { rewrite } from './rewrite.ts';
import type { Target } from './target.ts';
import { fuseTensorflow } from './tensorflow/fuse.ts';
import { leakyReluGrad } from './tensorflow/leaky-relu-grad.ts';

/**
 * TensorFlow on a CPU convolves over two axes with any padding, over three without; its gradients know no
 * dilation, and not all of its kernels know groups. What is missing is written in what is there.
 */
export const TENSORFLOW_TARGET: Target = {
  name: 'tensorflow',
  fuse: fuseTensorflow,
  legalize: legalizeTensorflow,
  primitives: [leakyReluGrad.primitive],
};

export function legalizeTensorflow(program: Program): Program {
  return rewrite(program, (node, inputs) => {
    const write = rules[node.op];
    return write ? write(node, inputs) : null;
  });
}

type Write = (node: Node, inputs: readonly t.Value[]) => t.Value | null;

const rules: Readonly<Record<string, Write>> = {
  max_pool: (node, inputs) => t.maxPool.primitive.decompose!(inputs, node.attributes),
  conv(node, [x, kernel]) {
    const at = node.attributes as unknown as ConvolutionAttributes;
    return isPlain(at, x!) ? null : conv(x!, kernel!, at);
  },
  conv_input_grad(node, [dy, kernel]) {
    const at = node.attributes as unknown as ConvolutionAttributes & { inputShape: readonly number[] };
    return isPlainGradient(at, dy!) ? null : inputGrad(dy!, kernel!, at, at.inputShape);
  },
  conv_filter_grad(node, [x, dy]) {
    const at = node.attributes as unknown as ConvolutionAttributes & { filterShape: readonly number[] };
    return isPlainGradient(at, x!) ? null : filterGrad(x!, dy!, at, at.filterShape);
  },
};

const axesOf = (x: t.Value) => x.shape.length - 2;
const isPadded = ({ padding }: ConvolutionAttributes) => padding.flat().some((count) => count > 0);
const isDilated = ({ dilations }: ConvolutionAttributes) => dilations.some((gap) => gap > 1);

function isPlain(at: ConvolutionAttributes, x: t.Value): boolean {
  if (at.groups > 1 || axesOf(x) === 1) return false;
  return axesOf(x) === 2 || !(isPadded(at) || isDilated(at));
}

function isPlainGradient(at: ConvolutionAttributes, x: t.Value): boolean {
  return isPlain(at, x) && !isDilated(at);
}

function conv(x: t.Value, kernel: t.Value, at: ConvolutionAttributes): t.Value {
  if (at.groups > 1) {
    const [xs, kernels] = [split(x, at.groups), split(kernel, at.groups)];
    return join(xs.map((part, group) => conv(part, kernels[group]!, { ...at, groups: 1 })));
  }
  if (axesOf(x) === 1) return narrow(conv(widen(x), widenKernel(kernel), wide(at)));
  if (axesOf(x) === 2) return t.conv(x, kernel, at);
  return t.conv(padded(x, at), dilated(kernel, at), plain(at));
}

function inputGrad(
  dy: t.Value,
  kernel: t.Value,
  at: ConvolutionAttributes,
  inputShape: readonly number[],
): t.Value {
  if (at.groups > 1) {
    const [dys, kernels] = [split(dy, at.groups), split(kernel, at.groups)];
    const shape = inputShape.with(-1, inputShape.at(-1)! / at.groups);
    return join(dys.map((part, group) => inputGrad(part, kernels[group]!, { ...at, groups: 1 }, shape)));
  }
  if (axesOf(dy) === 1) {
    return narrow(inputGrad(widen(dy), widenKernel(kernel), wide(at), widenShape(inputShape)));
  }
  if (axesOf(dy) === 2) {
    return t.convInputGrad(dy, dilated(kernel, at), { ...at, dilations: ones(at), inputShape });
  }
  const around = at.padding.map(([before, after]) => before + after);
  const whole = inputShape.map((size, axis) => size + (around[axis - 1] ?? 0));
  const gradient = t.convInputGrad(dy, dilated(kernel, at), { ...plain(at), inputShape: whole });
  return t.slice(gradient, [0, ...at.padding.map(([before]) => before), 0], inputShape);
}

function filterGrad(
  x: t.Value,
  dy: t.Value,
  at: ConvolutionAttributes,
  filterShape: readonly number[],
): t.Value {
  if (at.groups > 1) {
    const [xs, dys] = [split(x, at.groups), split(dy, at.groups)];
    const shape = filterShape.with(-1, filterShape.at(-1)! / at.groups);
    return join(xs.map((part, group) => filterGrad(part, dys[group]!, { ...at, groups: 1 }, shape)));
  }
  if (axesOf(x) === 1) {
    const gradient = filterGrad(widen(x), widen(dy), wide(at), [1, ...filterShape]);
    return t.reshape(gradient, filterShape);
  }
  const spread = filterShape.map((size, axis) => (size - 1) * (at.dilations[axis] ?? 1) + 1);
  const [from, settings] = axesOf(x) === 2 ? [x, { ...at, dilations: ones(at) }] : [padded(x, at), plain(at)];
  const gradient = t.convFilterGrad(from, dy, { ...settings, filterShape: spread });
  if (!isDilated(at)) return gradient;
  const steps = filterShape.map((_, axis) => at.dilations[axis] ?? 1);
  return t.slice(
    gradient,
    filterShape.map(() => 0),
    filterShape,
    steps,
  );
}

/** No padding and no dilation: both have been written out. */
function plain(at: ConvolutionAttributes): ConvolutionAttributes {
  return { ...at, padding: at.padding.map(() => [0, 0] as const), dilations: ones(at) };
}

function ones({ dilations }: ConvolutionAttributes): readonly number[] {
  return dilations.map(() => 1);
}

function padded(x: t.Value, at: ConvolutionAttributes): t.Value {
  if (!isPadded(at)) return x;
  const before = [0, ...at.padding.map(([count]) => count), 0];
  const after = [0, ...at.padding.map(([, count]) => count), 0];
  return t.pad(x, { before, after });
}

/** A kernel with its dilation written as zeros between its taps. */
function dilated(kernel: t.Value, at: ConvolutionAttributes): t.Value {
  if (!isDilated(at)) return kernel;
  const none = kernel.shape.map(() => 0);
  return t.pad(kernel, {
    before: none,
    after: none,
    interior: [...at.dilations.map((gap) => gap - 1), 0, 0],
  });
}

// One axis is two, the first of length 1.

function wide(at: ConvolutionAttributes): ConvolutionAttributes {
  return {
    ...at,
    strides: [1, ...at.strides],
    dilations: [1, ...at.dilations],
    padding: [[0, 0], ...at.padding],
  };
}

function widenShape([batch, ...rest]: readonly number[]): readonly number[] {
  return [batch!, 1, ...rest];
}

function widen(x: t.Value): t.Value {
  return t.reshape(x, widenShape(x.shape));
}

function widenKernel(kernel: t.Value): t.Value {
  return t.reshape(kernel, [1, ...kernel.shape]);
}

function narrow(x: t.Value): t.Value {
  return t.reshape(x, [x.shape[0]!, ...x.shape.slice(2)]);
}

// A group is a run of the last axis.

function split(x: t.Value, groups: number): t.Value[] {
  const size = x.shape.at(-1)! / groups;
  const shape = x.shape.with(-1, size);
  return Array.from({ length: groups }, (_, group) =>
    t.slice(
      x,
      shape.map((_, axis) => (axis === shape.length - 1 ? group * size : 0)),
      shape,
    ),
  );
}

function join(parts: readonly t.Value[]): t.Value {
  return t.concat(parts, parts[0]!.shape.length - 1);
}
