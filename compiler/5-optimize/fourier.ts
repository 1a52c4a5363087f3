import * as t from '../tensor/index.ts';
import { fourierMatrix, type Role } from './fourier-matrices.ts';
import {
  costOf,
  countOf,
  type FourierCost,
  onBoth,
  type Plan,
  plansOf,
  type Signal,
} from './fourier-plan.ts';
import { rewrite } from './rewrite.ts';
import type { Pass } from './target.ts';

/**
 * Convolutions over two axes and their gradients by way of the Fourier transform (Mathieu et al. 2013, "Fast training of
 * convolutional networks through FFTs"), where the engine says that it is worth it: picture and kernel are transformed, multiplied
 * frequency by frequency, and the result is transformed back. Where pictures are small and kernels are not, that
 * takes a tenth of the multiplications: 121 instead of 1225 for 5 × 5 taps on 7 × 7 places.
 *
 * The signals are real and short, so each transform is one product with a matrix of real numbers, in which every
 * row stands for one real multiplication. The gradients rest on the same matrices transposed: a picture, a kernel or
 * the gradient of a result is transformed once for all of its uses. Rounding is as small as that of the plain sum.
 */
export function viaFourier(isWorth: (cost: FourierCost) => boolean): Pass {
  return (program) => {
    const plans = worthy(plansOf(program), isWorth);
    if (plans.length === 0) return program;
    const planned = new Map(plans.map((plan) => [plan.node, plan]));
    return rewrite(program, (node, [a, b]) => {
      const plan = planned.get(node);
      return plan ? t.reshape(asProducts(a!, b!, plan), node.shape) : null;
    });
  };
}

/** What one leaves out makes the transforms that it would have shared dearer for the others, so they are asked again. */
function worthy(plans: readonly Plan[], isWorth: (cost: FourierCost) => boolean): readonly Plan[] {
  const uses = new Map<string, number>();
  for (const key of plans.flatMap(({ keys }) => keys)) uses.set(key, (uses.get(key) ?? 0) + 1);
  const left = plans.filter((plan) => isWorth(costOf(plan, uses)));
  return left.length === plans.length ? plans : worthy(left, isWorth);
}

function asProducts(a: t.Value, b: t.Value, { use, periods, bands, signals }: Plan): t.Value {
  const matrix = (role: Role) => {
    const { places } = signals[role];
    return t.constant(a.builder, fourierMatrix(role, periods, places), [bands, countOf(places)]);
  };
  const transformed = (x: t.Value, role: Role) =>
    t.reshape(t.matmul(matrix(role), toPlanes(x, signals[role])), [bands, ...signals[role].factor]);
  const [left, right] = use.from;
  const products = t.matmul(transformed(a, left), transformed(b, right), use.product);
  const result = signals[use.to];
  const flat = t.reshape(products, [bands, result.factor[0] * result.factor[1]]);
  return fromPlanes(t.matmul(matrix(use.to), flat, { transposeA: true }), result);
}

/** [pictures, height, width, channels] as [places, planes], where the places within a stride are planes of their own. */
function toPlanes(x: t.Value, { shape, strides, lead, places }: Signal): t.Value {
  const [pictures, height, width, channels] = shape;
  const [rows, columns] = onBoth(places, ({ count }) => count);
  const padded = t.pad(t.reshape(x, shape), {
    before: [0, ...lead, 0],
    after: [0, rows * strides[0] - height - lead[0], columns * strides[1] - width - lead[1], 0],
  });
  const apart = t.reshape(padded, [pictures, rows, strides[0], columns, strides[1], channels]);
  const planes = pictures * strides[0] * strides[1] * channels;
  return t.reshape(t.transpose(apart, [1, 3, 0, 2, 4, 5]), [rows * columns, planes]);
}

/** The other way round. */
function fromPlanes(planes: t.Value, { shape, strides, lead, places }: Signal): t.Value {
  const [pictures, , , channels] = shape;
  const [rows, columns] = onBoth(places, ({ count }) => count);
  const apart = t.reshape(planes, [rows, columns, pictures, ...strides, channels]);
  const whole = t.reshape(t.transpose(apart, [2, 0, 3, 1, 4, 5]), [
    pictures,
    rows * strides[0],
    columns * strides[1],
    channels,
  ]);
  return t.slice(whole, [0, ...lead, 0], shape);
}
