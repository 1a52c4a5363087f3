import type { ConvolutionAttributes } from '../../compiler/tensor/convolution.ts';
import type { DType } from '../../compiler/tensor/program.ts';
import { fillNormal, fillUniform } from '../../compiler/tensor/random.ts';
import { batchNorm, batchNormGrad } from './batch-norm.ts';
import { conv, convFilterGrad, convInputGrad, maxPool } from './convolution.ts';
import { elementwise } from './elementwise.ts';
import { at, broadcastAt, count, indicesOf, offset, type Tensor, tabulate, tensor } from './tensor.ts';

/** The result of a node: its shape is known. Attributes are those that the primitive's file declares. */
type Evaluate = (inputs: readonly Tensor[], shape: readonly number[], attributes: never) => Tensor;

interface Reduction {
  axes: readonly number[];
  keep: boolean;
}

/** Goes through x; `visit` is told where in the result an element counts. */
function eachReduced(x: Tensor, { axes, keep }: Reduction, visit: (index: number[], value: number) => void) {
  for (const index of indicesOf(x.shape)) {
    const reduced = index.flatMap((i, axis) => (axes.includes(axis) ? (keep ? [0] : []) : [i]));
    visit(reduced, at(x, index));
  }
}

/** Every primitive in the plainest way, but for the boundary ones, which the interpreter itself knows. */
export const evaluators: Readonly<Record<string, Evaluate>> = {
  ...Object.fromEntries(
    Object.entries(elementwise).map(([op, f]): [string, Evaluate] => [
      op,
      (inputs, shape) => tabulate(shape, (index) => f(...inputs.map((x) => broadcastAt(x, index)))),
    ]),
  ),

  cast: ([x], shape, { dtype }: { dtype: DType }) => {
    const convert = { f32: (n: number) => n, i32: Math.trunc, bool: (n: number) => Number(n !== 0) }[dtype];
    return tensor(shape, x!.data.map(convert));
  },
  leaky_relu: ([x], shape, { slope }: { slope: number }) =>
    tensor(
      shape,
      x!.data.map((n) => (n > 0 ? n : slope * n)),
    ),
  step: ([x], shape, { low }: { low: number }) =>
    tensor(
      shape,
      x!.data.map((n) => (n > 0 ? 1 : low)),
    ),

  sum: ([x], shape, attributes: Reduction) => {
    const data = new Float64Array(count(shape));
    eachReduced(x!, attributes, (index, value) => {
      data[offset(shape, index)]! += value;
    });
    return { shape, data };
  },
  max: ([x], shape, attributes: Reduction) => {
    const data = new Float64Array(count(shape)).fill(Number.NEGATIVE_INFINITY);
    eachReduced(x!, attributes, (index, value) => {
      const place = offset(shape, index);
      data[place] = Math.max(data[place]!, value);
    });
    return { shape, data };
  },
  argmax: ([x], shape, { axis }: { axis: number }) =>
    tabulate(shape, (index) => {
      let best = 0;
      const value = (i: number) => at(x!, index.toSpliced(axis, 0, i));
      for (let i = 1; i < x!.shape[axis]!; i++) if (value(i) > value(best)) best = i;
      return best;
    }),

  reshape: ([x], shape) => tensor(shape, x!.data),
  stop_gradient: ([x]) => x!,
  transpose: ([x], shape, { perm }: { perm: readonly number[] }) =>
    tabulate(shape, (index) =>
      at(
        x!,
        perm.map((_, axis) => index[perm.indexOf(axis)]!),
      ),
    ),
  broadcast: ([x], shape) => tabulate(shape, (index) => broadcastAt(x!, index)),
  slice: ([x], shape, { begin, strides }: { begin: readonly number[]; strides: readonly number[] }) =>
    tabulate(shape, (index) =>
      at(
        x!,
        index.map((i, axis) => begin[axis]! + i * strides[axis]!),
      ),
    ),
  pad: ([x], shape, attributes: PadFields) => tabulate(shape, (index) => padded(x!, index, attributes)),
  concat: (inputs, shape, { axis }: { axis: number }) =>
    tabulate(shape, (index) => {
      let place = index[axis]!;
      for (const x of inputs) {
        if (place < x.shape[axis]!) return at(x, index.with(axis, place));
        place -= x.shape[axis]!;
      }
      throw new RangeError('concat read past its inputs');
    }),
  reverse: ([x], shape, { axes }: { axes: readonly number[] }) =>
    tabulate(shape, (index) =>
      at(
        x!,
        index.map((i, axis) => (axes.includes(axis) ? shape[axis]! - 1 - i : i)),
      ),
    ),
  gather: ([table, indices], shape) => {
    const rank = indices!.shape.length;
    return tabulate(shape, (index) => {
      const row = rowAt(indices!, index.slice(0, rank), table!.shape[0]!);
      return at(table!, [row, ...index.slice(rank)]);
    });
  },
  scatter_add: ([indices, updates], shape, { rows }: { rows: number }) => {
    const rank = indices!.shape.length;
    const data = new Float64Array(count(shape));
    for (const index of indicesOf(updates!.shape)) {
      const row = rowAt(indices!, index.slice(0, rank), rows);
      data[offset(shape, [row, ...index.slice(rank)])]! += at(updates!, index);
    }
    return { shape, data };
  },

  matmul: ([a, b], shape, { transposeA, transposeB }: { transposeA: boolean; transposeB: boolean }) => {
    const inner = a!.shape.at(transposeA ? -2 : -1)!;
    return tabulate(shape, (index) => {
      const batch = index.slice(0, -2);
      const [row, column] = index.slice(-2) as [number, number];
      let total = 0;
      for (let k = 0; k < inner; k++) {
        const left = at(a!, [...batch, ...(transposeA ? [k, row] : [row, k])]);
        total += left * at(b!, [...batch, ...(transposeB ? [column, k] : [k, column])]);
      }
      return total;
    });
  },
  conv: ([x, kernel], shape, attributes: ConvolutionAttributes) => conv(x!, kernel!, shape, attributes),
  conv_input_grad: ([dy, kernel], shape, attributes: ConvolutionAttributes) =>
    convInputGrad(dy!, kernel!, shape, attributes),
  conv_filter_grad: ([x, dy], shape, attributes: ConvolutionAttributes) =>
    convFilterGrad(x!, dy!, shape, attributes),
  batch_norm: batchNorm,
  batch_norm_grad: batchNormGrad,
  max_pool: ([x], shape, attributes: Parameters<typeof maxPool>[2]) => maxPool(x!, shape, attributes),

  normal: ([key], shape, { place }: { place: number }) => {
    const data = new Float64Array(count(shape));
    fillNormal(data, key!.data, place);
    return { shape, data };
  },
  uniform: ([key], shape, { place }: { place: number }) => {
    const data = new Float64Array(count(shape));
    fillUniform(data, key!.data, place);
    return { shape, data };
  },
};

interface PadFields {
  before: readonly number[];
  interior: readonly number[];
  mode: 'constant' | 'reflect';
  value: number;
}

function padded(x: Tensor, index: readonly number[], { before, interior, mode, value }: PadFields): number {
  const place = index.map((i, axis) => (i - before[axis]!) / (interior[axis]! + 1));
  if (mode === 'reflect') {
    return at(
      x,
      place.map((i, axis) => {
        const last = x.shape[axis]! - 1;
        return i < 0 ? -i : i > last ? 2 * last - i : i;
      }),
    );
  }
  const inside = place.every((i, axis) => Number.isInteger(i) && i >= 0 && i < x.shape[axis]!);
  return inside ? at(x, place) : value;
}

function rowAt(indices: Tensor, index: readonly number[], rows: number): number {
  const row = at(indices, index);
  if (!Number.isInteger(row) || row < 0 || row >= rows) throw new RangeError(`row ${row} of ${rows}`);
  return row;
}
