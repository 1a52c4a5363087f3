import { sizeOf } from '../../../../compiler/tensor/program.ts';
import type { Device, Kernel, TensorInfo } from '../device.ts';
import type { Emission, Step } from './emission.ts';

export const matmul: Emission = ({ attributes, shape }, inputs, device) => {
  const kernel = device.kernel('BatchMatMul');
  const attrs = {
    transposeA: attributes.transposeA as boolean,
    transposeB: attributes.transposeB as boolean,
  };
  const whole: Step = ([a, b]) => withOwnBytes(b!, device, (own) => kernel({ a: a!, b: own }, attrs));
  const count = sizeOf(shape.slice(0, -2));
  const [left, right] = inputs.map((input) => input.shape.slice(-2)) as [number[], number[]];
  const multiplications = sizeOf(left) * shape.at(-1)!;
  const isBatchSlow = device.loops !== null && count > 1 && multiplications >= WORTH_STARTING;
  return isBatchSlow ? oneByOne(whole, left, right, shape, count, device) : whole;
};

/** Multiplications of a product that takes longer than starting a kernel for it alone. */
const WORTH_STARTING = 2 ** 16;

/**
 * wasm has a fast product of two matrices, but takes a batch of them element by element: the products of self_attention
 * take 4 to 24 times as long that way.
 */
function oneByOne(
  product: Step,
  left: readonly number[],
  right: readonly number[],
  shape: readonly number[],
  count: number,
  device: Device,
): Step {
  return (factors) => {
    const output = device.allocate(shape, 'f32');
    for (let index = 0; index < count; index++) {
      const pair = [left, right].map((size, side) => {
        const matrix = device.allocate(size, 'f32');
        device.copy(factors[side]!, index * sizeOf(size), matrix, 0, sizeOf(size));
        return matrix;
      });
      const y = product(pair);
      const size = sizeOf(y.shape);
      device.copy(y, 0, output, index * size, size);
      for (const tensor of [...pair, y]) device.free(tensor);
    }
    return output;
  };
}

/** The shape under which the bytes of a second factor were seen first. */
const firstShape = new WeakMap<object, string>();

/**
 * The wasm kernel packs its second factor once and finds it again by its bytes alone. Seen under another shape,
 * the same bytes would be read in the order of the first one: they are copied then, and so packed anew.
 */
function withOwnBytes(
  tensor: TensorInfo,
  device: Device,
  run: (tensor: TensorInfo) => TensorInfo,
): TensorInfo {
  const shape = tensor.shape.join();
  const known = firstShape.get(tensor.dataId);
  if (known === undefined) firstShape.set(tensor.dataId, shape);
  if (known === undefined || known === shape) return run(tensor);
  const identity: Kernel = device.kernel('Identity');
  const copy = identity({ x: tensor });
  try {
    return run(copy);
  } finally {
    device.free(copy);
  }
}
