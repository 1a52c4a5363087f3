import type { FusedAttributes, FusedTerm } from '../../../../compiler/5-optimize/tfjs/fused.ts';
import { BYTES_PER_ELEMENT, type Node, sizeOf } from '../../../../compiler/tensor/program.ts';
import type { Device } from '../device.ts';
import type { Operand, Term } from '../wasm/expression.ts';
import { broadcastWalk, type Loop, rowMajor, type Walk } from '../wasm/loop.ts';
import type { LoopFunction } from '../wasm/loops.ts';
import { cast as castOutside } from './elementwise.ts';
import type { Emission } from './emission.ts';
import { gather as gatherByKernel, pad as padByKernel } from './move.ts';

/** Emissions for wasm that take the place of slow kernels: loops generated for the shapes at hand. */

const COPY: readonly Term[] = [{ op: 'copy', operands: [{ input: 0 }], attributes: {} }];
const TRUNCATE: readonly Term[] = [{ op: 'truncate', operands: [{ input: 0 }], attributes: {} }];

/** From f32 to i32, as places in a table are; other casts are of labels and masks, small and rare. */
export const cast: Emission = (node, inputs, device) => {
  const [x] = inputs;
  if (x!.dtype !== 'f32' || node.dtype !== 'i32') return castOutside(node, inputs, device);
  const { shape, dtype } = node;
  const loop = { sizes: shape, output: contiguous(node), inputs: [contiguous(x!)] };
  const run = lazily(device, loop, TRUNCATE);
  return ([tensor]) => {
    const output = device.allocate(shape, dtype);
    run(device.address(output), device.address(tensor!));
    return output;
  };
};

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
  const { total } = node.attributes as unknown as FusedAttributes;
  const sizes = total?.shape ?? shape;
  const loop: Loop = {
    sizes,
    output: total ? sumWalk(sizes, total.axes) : { strides: rowMajor(shape), offset: 0 },
    inputs: read.map((index) => broadcastWalk(inputs[index]!.shape, sizes)),
  };
  const run = lazily(device, loop, terms, total !== undefined);
  return (tensors) => {
    const output = device.allocate(shape, 'f32');
    if (total) device.fill(output, 0);
    run(device.address(output), ...read.map((index) => device.address(tensors[index]!)));
    return output;
  };
};

/** Walks a sum while its terms are walked: it stands still along the axes that are added up. */
function sumWalk(sizes: readonly number[], axes: readonly number[]): Walk {
  const kept = rowMajor(sizes.map((size, axis) => (axes.includes(axis) ? 1 : size)));
  return { strides: kept.map((stride, axis) => (axes.includes(axis) ? 0 : stride)), offset: 0 };
}

/** A sum on its own, in one pass over x as it lies in memory. */
export const sum: Emission = (node, [x], device) => {
  const loop: Loop = {
    sizes: x!.shape,
    output: sumWalk(x!.shape, node.attributes.axes as number[]),
    inputs: [contiguous(x!)],
  };
  const run = lazily(device, loop, COPY, true);
  return ([tensor]) => {
    const output = device.allocate(node.shape, 'f32');
    device.fill(output, 0);
    run(device.address(output), device.address(tensor!));
    return output;
  };
};

export const uniform: Emission = ({ attributes, shape }, _inputs, device) => {
  const bytes = sizeOf(shape) * BYTES_PER_ELEMENT;
  const place = attributes.place as number;
  return ([key]) => {
    const [low, high, step, repetition] = device.read(key!) as Int32Array;
    const output = device.allocate(shape, 'f32');
    const start = device.address(output);
    device.loops!.uniform()(start, start + bytes, low!, high!, step!, repetition!, place);
    return output;
  };
};

/** One loop that copies x along a walk of its own into a tensor of the node's shape. */
function copying(walk: (node: Node, x: Node) => Walk): Emission {
  return (node, [x], device) => {
    const { shape, dtype } = node;
    const loop = {
      sizes: shape,
      output: { strides: rowMajor(shape), offset: 0 },
      inputs: [walk(node, x!)],
      ofBytes: dtype === 'bool',
    };
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
  const ofBytes = dtype === 'bool';
  let offset = 0;
  const runs = inputs.map((input) => {
    const output = { strides, offset: offset * strides[axis]! };
    offset += input.shape[axis]!;
    return lazily(device, { sizes: input.shape, output, inputs: [contiguous(input)], ofBytes }, COPY);
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
  const ofBytes = dtype === 'bool';
  const run = lazily(device, { sizes: x!.shape, output, inputs: [contiguous(x!)], ofBytes }, COPY);
  return ([tensor]) => {
    const output = device.allocate(shape, dtype);
    device.fill(output, attributes.value as number);
    run(device.address(output), device.address(tensor!));
    return output;
  };
};

/** The rows of a table that indices name. Conditions, of a byte each, go by the kernel. */
export const gather: Emission = (node, inputs, device) => {
  if (node.dtype === 'bool') return gatherByKernel(node, inputs, device);
  const { shape, dtype } = node;
  const run = rowsMoved(device, inputs[0]!.shape, inputs[1]!.shape, 'copy');
  return ([table, indices]) => {
    const output = device.allocate(shape, dtype);
    run(device.address(output), device.address(indices!), device.address(table!));
    return output;
  };
};

/** A table of zeros, to which each row of a list is added where its index says. */
export const scatterAdd: Emission = ({ shape }, [indices], device) => {
  const run = rowsMoved(device, shape, indices!.shape, 'add');
  return ([places, list]) => {
    const output = device.allocate(shape, 'f32');
    device.fill(output, 0);
    run(device.address(list!), device.address(places!), device.address(output));
    return output;
  };
};

function rowsMoved(
  device: Device,
  [ofTable, ...row]: readonly number[],
  indices: readonly number[],
  direction: 'copy' | 'add',
): LoopFunction {
  const rows = { count: sizeOf(indices), width: sizeOf(row), ofTable: ofTable! };
  return (...addresses) => device.loops!.rows(rows, direction)(...addresses);
}

/** Copies numbers from one walk to another, over all places of `sizes`. */
export function copy(device: Device, sizes: readonly number[], output: Walk, input: Walk): LoopFunction {
  return lazily(device, { sizes, output, inputs: [input] }, COPY);
}

function contiguous({ shape }: Node): Walk {
  return { strides: rowMajor(shape), offset: 0 };
}

/** The function of a loop, compiled when it is first called: many programs are opened and never run. */
function lazily(device: Device, loop: Loop, terms: readonly Term[], accumulates = false): LoopFunction {
  let run: LoopFunction | null = null;
  return (...addresses) => {
    run ??= device.loops!.function(loop, terms, accumulates);
    run(...addresses);
  };
}
