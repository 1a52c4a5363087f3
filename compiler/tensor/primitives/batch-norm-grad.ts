import { pullback } from '../autodiff.ts';
import type { Value } from '../builder.ts';
import { callable, type Primitive, ProgramError } from '../primitive.ts';
import { sizeOf } from '../program.ts';
import { sameShape } from '../shapes.ts';
import { checkBatchNorm, standardized } from './batch-norm.ts';
import { mul } from './mul.ts';
import { reshape } from './reshape.ts';
import { sub } from './sub.ts';
import { sum } from './sum.ts';

/** With respect to what: engines compute all three together. */
type Part = 'x' | 'gamma' | 'beta';

type BatchNormGradAttributes = { readonly epsilon: number; readonly part: Part };

const definition: Primitive<BatchNormGradAttributes> = {
  name: 'batch_norm_grad',
  summary:
    'the gradient of batch_norm(x, gamma, …) with respect to x, gamma or beta, given d, that of its result',
  family: 'composite',
  infer([d, x, gamma], { part }) {
    checkBatchNorm('batch_norm_grad', x!, [gamma!]);
    if (!sameShape(d!.shape, x!.shape)) throw new ProgramError('batch_norm_grad wants d to be as large as x');
    return { shape: part === 'x' ? x!.shape : gamma!.shape, dtype: 'f32' };
  },
  gradient({ inputs: [d, x, gamma], attributes, needed }, e) {
    const operands = [d!, x!, gamma!];
    const wanted = operands.filter((_, index) => needed[index]);
    const parts = pullback(written(d!, x!, gamma!, attributes), wanted, e);
    return operands.map((_, index) => (needed[index] ? parts.shift()! : null));
  },
  decompose: ([d, x, gamma], attributes) => written(d!, x!, gamma!, attributes),
  flops: (_inputs, output, { part }) => (part === 'x' ? 10 : part === 'gamma' ? 3 : 1) * sizeOf(output.shape),
  examples: (['x', 'gamma', 'beta'] as const).flatMap((part) => [
    { inputs: [[4, 3], [4, 3], [3]], attributes: { epsilon: 1e-2, part } },
    { inputs: [[2, 2, 3, 2], [2, 2, 3, 2], [2]], attributes: { epsilon: 1e-3, part } },
  ]),
};

/** With x̂ = (x − mean) · rate: Σd, Σd · x̂, and gamma · rate · (d − Σd / n − x̂ · Σ(d · x̂) / n). */
function written(d: Value, x: Value, gamma: Value, { epsilon, part }: BatchNormGradAttributes): Value {
  const axes = x.shape.slice(0, -1).map((_, axis) => axis);
  const total = sum(d, axes, true);
  if (part === 'beta') return reshape(total, gamma.shape);
  const { centred, rate } = standardized(x, epsilon);
  const along = sum(mul(d, centred), axes, true);
  if (part === 'gamma') return reshape(mul(along, rate), gamma.shape);
  const share = sizeOf(gamma.shape) / sizeOf(x.shape);
  const pull = mul(centred, mul(mul(along, share), mul(rate, rate)));
  return mul(sub(sub(d, mul(total, share)), pull), mul(rate, gamma));
}

/** The gradient of `batchNorm(x, gamma, beta, epsilon)` with respect to one of the three. */
export const batchNormGrad = callable(
  definition,
  (d: Value, x: Value, gamma: Value, epsilon: number, part: Part): Value =>
    d.builder.apply(definition, [d, x, gamma], { epsilon, part }),
);
