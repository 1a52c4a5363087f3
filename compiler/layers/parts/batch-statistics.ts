import type { Argument } from '../../arguments/argument.ts';
import * as t from '../../tensor/index.ts';
import type { LowerQuery, WeightDeclaration } from '../layer.ts';
import { centre, type Normalized } from './normalization.ts';

/** Means and variances of a batch in training, their moving averages afterwards. */

export const momentumArgument: Argument = {
  name: 'momentum',
  kind: 'number',
  summary: 'how much of the moving averages stays at each step',
  default: 0.9,
  min: 0,
  max: 1,
};

export function movingAverages(channels: number): WeightDeclaration[] {
  const average = (name: string, value: number): WeightDeclaration => ({
    name,
    shape: [channels],
    kind: 'statistic',
    initial: { kind: 'constant', value },
  });
  return [average('moving_mean', 0), average('moving_variance', 1)];
}

/** x without its mean, and 1 / √(variance + epsilon), per channel over the batch and all places. */
export function normalizedOverBatch({ inputs, args, training, weight, assign }: LowerQuery): Normalized {
  const x = inputs[0]!;
  const epsilon = args.number('epsilon');
  if (!training) {
    const rate = t.rsqrt(t.add(weight('moving_variance'), epsilon));
    return { centred: t.sub(x, weight('moving_mean')), rate };
  }
  const axes = x.shape.slice(0, -1).map((_, axis) => axis);
  const { mean, variance, centred } = centre(x, axes);
  for (const [name, batch] of [
    ['moving_mean', mean],
    ['moving_variance', variance],
  ] as const) {
    const old = weight(name);
    const now = t.stopGradient(t.reshape(batch, old.shape));
    assign(name, t.add(old, t.mul(t.sub(now, old), 1 - args.number('momentum'))));
  }
  return { centred, rate: t.rsqrt(t.add(variance, epsilon)) };
}
