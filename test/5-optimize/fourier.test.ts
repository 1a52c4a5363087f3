import { describe, expect, test } from 'vitest';
import { viaFourier } from '../../compiler/5-optimize/fourier.ts';
import { bandsOf } from '../../compiler/5-optimize/fourier-matrices.ts';
import type { FourierCost } from '../../compiler/5-optimize/fourier-plan.ts';
import { optimizeProgram } from '../../compiler/5-optimize/optimize.ts';
import { tensorflowTarget } from '../../compiler/5-optimize/tensorflow/legalize.ts';
import type * as t from '../../compiler/tensor/index.ts';
import { convolution, type Size } from './convolution-program.ts';

/** Convolutions and gradients that are left after a pass, and products that it brought. */
function opsAfter(program: t.Program, target: Parameters<typeof optimizeProgram>[1]) {
  const { nodes } = optimizeProgram(program, target);
  const count = (isCounted: (op: string) => boolean) => nodes.filter(({ op }) => isCounted(op)).length;
  return { convolutions: count((op) => op.startsWith('conv')), products: count((op) => op === 'matmul') };
}

const small: Size = { batch: 2, length: 7, window: 5, channels: [3, 4] };
const always = { name: 'always', legalize: viaFourier(() => true) };

test('a picture, a kernel and a gradient are transformed once for a convolution and both its gradients', () => {
  // Three there, three products, three back.
  expect(opsAfter(convolution(small), always)).toEqual({ convolutions: 0, products: 9 });
  expect(opsAfter(convolution(small, 0), always)).toEqual({ convolutions: 0, products: 4 });
});

test('a pair of frequencies takes three real products, one that is its own conjugate takes one', () => {
  expect(bandsOf([9, 9])).toBe(1 + 3 * 40);
  expect(bandsOf([8, 8])).toBe(4 + 3 * 30);
  expect(bandsOf([1, 6])).toBe(2 + 3 * 2);
});

describe('what is asked for', () => {
  const [picture, kernel, output] = [49 * 2 * 3, 25 * 3 * 4, 49 * 2 * 4] as const;

  test('is counted: 121 products instead of 1225 where 5 × 5 taps meet 7 × 7 places', () => {
    const asked: FourierCost[] = [];
    viaFourier((cost) => asked.push(cost) === 0)(convolution(small, 0));
    const pairs = 2 * 3 * 4;
    const planes = 2 * 3 + 3 * 4 + 2 * 4;
    expect(asked).toEqual([
      {
        products: 121 * pairs,
        transforms: 121 * (picture + kernel + output),
        moved: picture + kernel + output + 2 * 121 * planes,
        largest: 121 * 12,
        direct: 1225 * pairs,
        isStrided: false,
      },
    ]);
  });

  test('a transform costs its share, and all of it once the others have been left out', () => {
    const asked: number[] = [];
    // Of the convolution and its two gradients the first alone is taken, and then asked for again.
    viaFourier(({ transforms }) => [1, 4].includes(asked.push(transforms)))(convolution(small));
    expect(asked[0]).toBe(121 * (picture / 2 + kernel / 2 + output));
    expect(asked.slice(3)).toEqual([121 * (picture + kernel + output)]);
  });
});

describe('TensorFlow on a CPU', () => {
  const isTaken = (size: Size, usesGpu = false) => {
    const { convolutions } = opsAfter(convolution(size), tensorflowTarget({ usesGpu }));
    return convolutions < 3;
  };
  const dcgan: Size = { batch: 64, length: 7, window: 5, channels: [256, 128] };

  test('takes it for wide kernels on small pictures, also with strides', () => {
    expect(isTaken(dcgan)).toBe(true);
    expect(isTaken({ batch: 64, length: 8, window: 3, channels: [256, 256] })).toBe(true);
    expect(isTaken({ batch: 64, length: 14, window: 5, stride: 2, channels: [64, 128] })).toBe(true);
  });

  test('leaves large pictures, small batches, thin layers, and what would take too much memory', () => {
    expect(isTaken({ ...dcgan, length: 32, window: 3 })).toBe(false);
    expect(isTaken({ ...dcgan, batch: 1 })).toBe(false);
    expect(isTaken({ ...dcgan, channels: [3, 16] })).toBe(false);
    expect(isTaken({ ...dcgan, channels: [1024, 512] })).toBe(false);
    expect(isTaken({ ...dcgan, window: 1 })).toBe(false);
  });

  test('leaves all of them to a GPU', () => {
    expect(isTaken(dcgan, true)).toBe(false);
  });
});
