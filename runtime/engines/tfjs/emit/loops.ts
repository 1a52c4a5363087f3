import type { FusedTerm } from '../../../../compiler/5-optimize/tfjs/fused.ts';
import type { DType, Node } from '../../../../compiler/tensor/program.ts';
import type { Device } from '../device.ts';
import type { Operand, Term } from '../wasm/expression.ts';
import { broadcastWalk, type Loop, rowMajor, type Walk } from '../wasm/loop.ts';
import type { LoopFunction } from '../wasm/loops.ts';
import type { Emission } from './emission.ts';
import { pad as padByKernel } from './move.ts';

/** Emissions for wasm that take the place of slow kernels: loops generated for the shapes at hand. */

const COPY: readonly Term[] = [{ op: 'copy', operands: [{ input: 0 }], attributes: {} }];

/** Elementwise terms in one loop; single numbers become part of the code. */
export const fused: Emission = (node, inputs, device) => {
  const { shape } = node;
  const numbers = inputs.map(({ op, attributes }) =>
    op === 'constant' && typeof attributes.value === 'number' ? attributes.value : null,
  );
  const read = inputs.flatMap((_, index) => (numbers[index] === null ? [index] : []));
  const operand = (index: number): Operand => {
    if (index >= inputs.length) return { term: index - inputs.length };
    const number = numbers[index];
    return number == null ? { input: read.indexOf(index) } : { number };
  };
  const terms = (node.attributes.terms as unknown as FusedTerm[]).map(
    ({ op, inputs: from, attributes }): Term => ({ op, operands: from.map(operand), attributes }),
  );
  const loop: Loop = {
    sizes: shape,
    output: { strides: rowMajor(shape), offset: 0 },
    inputs: read.map((index) => broadcastWalk(inputs[index]!.shape, shape)),
  };
  const run = lazily(device, loop, terms);
  return (tensors) => {
    const output = device.allocate(shape, 'f32');
    run(device.address(output), ...read.map((index) => device.address(tensors[index]!)));
    return output;
  };
};

/** One loop that copies x along a walk of its own into a tensor of the node's shape. */
function copying(walk: (node: Node, x: Node) => Walk): Emission {
  return (node, [x], device) => {
    const { shape, dtype } = node;
    const loop = { sizes: shape, output: { strides: rowMajor(shape), offset: 0 }, inputs: [walk(node, x!)] };
    const run = lazily(device, loop, COPY);
    return ([tensor]) => {
      const output = device.allocate(shape, dtype);
      run(device.address(output), device.address(tensor!));
      return output;
    };
  };
}

export const slice = copying(({ attributes }, x) => {
  const [begin, strides] = [attributes.begin as number[], attributes.strides as number[]];
  const own = rowMajor(x.shape);
  return {
    strides: own.map((stride, axis) => stride * strides[axis]!),
    offset: own.reduce((offset, stride, axis) => offset + stride * begin[axis]!, 0),
  };
});

export const reverse = copying(({ attributes }, x) => {
  const axes = attributes.axes as number[];
  const own = rowMajor(x.shape);
  return {
    strides: own.map((stride, axis) => (axes.includes(axis) ? -stride : stride)),
    offset: axes.reduce((offset, axis) => offset + own[axis]! * (x.shape[axis]! - 1), 0),
  };
});

export const broadcast = copying(({ shape }, x) => broadcastWalk(x.shape, shape));

export const transpose = copying(({ attributes }, x) => {
  const own = rowMajor(x.shape);
  return { strides: (attributes.perm as number[]).map((axis) => own[axis]!), offset: 0 };
});

/** The inputs one after the other, each copied to its place. */
export const concat: Emission = (node, inputs, device) => {
  const { shape, dtype } = node;
  const axis = node.attributes.axis as number;
  const strides = rowMajor(shape);
  let offset = 0;
  const runs = inputs.map((input) => {
    const output = { strides, offset: offset * strides[axis]! };
    offset += input.shape[axis]!;
    return lazily(device, { sizes: input.shape, output, inputs: [contiguous(input)] }, COPY);
  });
  return (tensors) => {
    const output = device.allocate(shape, dtype);
    for (const [index, run] of runs.entries()) run(device.address(output), device.address(tensors[index]!));
    return output;
  };
};

/** A value everywhere, then x in its place: around it and between its elements the value stays. */
export const pad: Emission = (node, inputs, device) => {
  if (node.attributes.mode === 'reflect') return padByKernel(node, inputs, device);
  const x = inputs[0];
  const { shape, dtype, attributes } = node;
  const [before, interior] = [attributes.before as number[], attributes.interior as number[]];
  const own = rowMajor(shape);
  const output = {
    strides: own.map((stride, axis) => stride * (interior[axis]! + 1)),
    offset: own.reduce((offset, stride, axis) => offset + stride * before[axis]!, 0),
  };
  const run = lazily(device, { sizes: x!.shape, output, inputs: [contiguous(x!)] }, COPY);
  return ([tensor]) => {
    const output = device.allocate(shape, dtype);
    device.fill(output, attributes.value as number);
    run(device.address(output), device.address(tensor!));
    return output;
  };
};

function contiguous({ shape }: Node): Walk {
  return { strides: rowMajor(shape), offset: 0 };
}

/** The function of a loop, compiled when it is first called: many programs are opened and never run. */
function lazily(device: Device, loop: Loop, terms: readonly Term[]): LoopFunction {
  let run: LoopFunction | null = null;
  return (...addresses) => {
    run ??= device.loops!.function(loop, terms);
    run(...addresses);
  };
}

/** These loops move 32 bits at a time: a condition, which is a byte, goes by the library's kernel. */
export function unlessBool(loop: Emission, kernel: Emission): Emission {
  return (node, inputs, device) => {
    const dtypes: DType[] = [node.dtype, ...inputs.map(({ dtype }) => dtype)];
    return (dtypes.includes('bool') ? kernel : loop)(node, inputs, device);
  };
}
