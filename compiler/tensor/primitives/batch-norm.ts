import { pullback } from '../autodiff.ts';
import type { Value } from '../builder.ts';
import { mean, square } from '../derived.ts';
import { callable, type Primitive, ProgramError, type Signature } from '../primitive.ts';
import { sizeOf } from '../program.ts';
import { sameShape, showShape } from '../shapes.ts';
import { add } from './add.ts';
import { batchNormGrad } from './batch-norm-grad.ts';
import { mul } from './mul.ts';
import { reshape } from './reshape.ts';
import { rsqrt } from './rsqrt.ts';
import { sub } from './sub.ts';

/** Which of the results that engines compute together: the normalized tensor, or a moment of the batch. */
type Part = 'result' | 'mean' | 'variance';

type BatchNormAttributes = { readonly epsilon: number; readonly part: Part };

const definition: Primitive<BatchNormAttributes> = {
  name: 'batch_norm',
  summary:
    'gamma * (x - mean) / sqrt(variance + epsilon) + beta per channel, or the mean or the variance of x',
  family: 'composite',
  infer([x, gamma, beta], { part }) {
    checkBatchNorm('batch_norm', x!, [gamma!, beta!]);
    return { shape: part === 'result' ? x!.shape : gamma!.shape, dtype: 'f32' };
  },
  gradient({ inputs: [x, gamma], attributes: { epsilon, part }, needed }, d) {
    if (part !== 'result') {
      return [needed[0] ? pullback(moment(x!, part), [x!], d)[0]! : null, null, null];
    }
    const gradientOf = (wanted: 'x' | 'gamma' | 'beta', index: number) =>
      needed[index] ? batchNormGrad(d, x!, gamma!, epsilon, wanted) : null;
    return [gradientOf('x', 0), gradientOf('gamma', 1), gradientOf('beta', 2)];
  },
  decompose([x, gamma, beta], { epsilon, part }) {
    if (part !== 'result') return moment(x!, part);
    const { centred, rate } = standardized(x!, epsilon);
    // The small product first, so that the large tensor is multiplied once.
    return add(mul(centred, mul(rate, gamma!)), beta!);
  },
  flops: ([x], _output, { part }) => (part === 'result' ? 7 : part === 'mean' ? 1 : 4) * sizeOf(x!.shape),
  examples: (['result', 'mean', 'variance'] as const).flatMap((part) => [
    { inputs: [[4, 3], [3], [3]], attributes: { epsilon: 1e-2, part } },
    { inputs: [[2, 2, 3, 2], [2], [2]], attributes: { epsilon: 1e-3, part } },
  ]),
};

/** x without its mean over all axes but the last, and 1 / √(variance + epsilon), both with those axes kept. */
export function standardized(x: Value, epsilon: number): { readonly centred: Value; readonly rate: Value } {
  const axes = x.shape.slice(0, -1).map((_, axis) => axis);
  const centred = sub(x, mean(x, axes, true));
  return { centred, rate: rsqrt(add(mean(square(centred), axes, true), epsilon)) };
}

function moment(x: Value, part: 'mean' | 'variance'): Value {
  const axes = x.shape.slice(0, -1).map((_, axis) => axis);
  const centre = mean(x, axes, true);
  const kept = part === 'mean' ? centre : mean(square(sub(x, centre)), axes, true);
  return reshape(kept, [x.shape.at(-1)!]);
}

/** Throws unless x is f32 with channels behind, and each of `vectors` has one number for each. */
export function checkBatchNorm(op: string, x: Signature, vectors: readonly Signature[]): void {
  const channels = x.shape.slice(-1);
  const fits = x.shape.length >= 2 && vectors.every(({ shape }) => sameShape(shape, channels));
  if (!fits || [x, ...vectors].some(({ dtype }) => dtype !== 'f32')) {
    throw new ProgramError(`${op} of ${[x, ...vectors].map(({ shape }) => showShape(shape)).join(', ')}`);
  }
}

/**
 * Every channel (the last axis) of x with mean 0 and variance 1 over all other axes, times gamma plus beta, both
 * of shape [channels]. The variance is divided by n.
 */
export const batchNorm = callable(
  definition,
  (x: Value, gamma: Value, beta: Value, epsilon: number, part: Part = 'result'): Value =>
    x.builder.apply(definition, [x, gamma, beta], { epsilon, part }),
);
