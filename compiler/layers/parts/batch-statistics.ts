import type { Argument } from '../../arguments/argument.ts';
import * as t from '../../tensor/index.ts';
import type { LowerQuery, WeightDeclaration } from '../layer.ts';

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

/**
 * The first input with mean 0 and variance 1 per channel, over the batch and all places or by the moving averages,
 * times gamma plus beta, both of shape [C].
 */
export function normalizedOverBatch(query: LowerQuery, affine?: { gamma: t.Value; beta: t.Value }): t.Value {
  const { inputs, args, training, weight, assign } = query;
  const [given] = inputs as [t.Value];
  const x = given.shape.length > 1 ? given : t.reshape(given, [...given.shape, 1]);
  const epsilon = args.number('epsilon');
  const gamma = affine?.gamma ?? t.constant(x.builder, 1, x.shape.slice(-1));
  const beta = affine?.beta ?? t.constant(x.builder, 0, x.shape.slice(-1));
  if (!training) {
    const rate = t.rsqrt(t.add(weight('moving_variance'), epsilon));
    const centred = t.sub(x, weight('moving_mean'));
    return t.reshape(t.add(t.mul(centred, t.mul(rate, gamma)), beta), given.shape);
  }
  for (const part of ['mean', 'variance'] as const) {
    const old = weight(`moving_${part}`);
    const now = t.stopGradient(t.batchNorm(x, gamma, beta, epsilon, part));
    assign(`moving_${part}`, t.add(old, t.mul(t.sub(now, old), 1 - args.number('momentum'))));
  }
  return t.reshape(t.batchNorm(x, gamma, beta, epsilon), given.shape);
}
