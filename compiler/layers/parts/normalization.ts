import type { Argument } from '../../arguments/argument.ts';
import type { Arguments } from '../../arguments/arguments.ts';
import * as t from '../../tensor/index.ts';
import type { LowerQuery, WeightDeclaration } from '../layer.ts';

export const epsilonArgument: Argument = {
  name: 'epsilon',
  kind: 'number',
  summary: 'added to the variance, so that nothing is divided by zero',
  default: 1e-5,
  min: 0,
  // Where others write the number of channels, epsilon stands here.
  max: 1,
};

export function affineArgument(byDefault: boolean): Argument {
  return {
    name: 'affine',
    kind: 'boolean',
    summary: 'whether a trained scale (gamma) and shift (beta) per channel follow',
    default: byDefault,
  };
}

/** `gamma`, one at first, and `beta`, zero at first, when they are asked for. */
export function affineWeights(args: Arguments, channels: number): WeightDeclaration[] {
  if (!args.boolean('affine')) return [];
  const weight = (name: string, value: number): WeightDeclaration => ({
    name,
    shape: [channels],
    kind: 'weight',
    initial: { kind: 'constant', value },
  });
  return [weight('gamma', 1), weight('beta', 0)];
}

/** x without its mean over some axes, and both moments with those axes kept. */
export function centre(
  x: t.Value,
  axes: readonly number[],
): { readonly mean: t.Value; readonly variance: t.Value; readonly centred: t.Value } {
  const mean = t.mean(x, axes, true);
  const centred = t.sub(x, mean);
  return { mean, centred, variance: t.mean(t.square(centred), axes, true) };
}

/** x without its mean, and what it is to be multiplied by so that its variance is 1. */
export interface Normalized {
  readonly centred: t.Value;
  readonly rate: t.Value;
}

/** The first input with mean 0 and variance 1 over some axes. */
export function normalizedOver({ inputs: [x], args }: LowerQuery, axes: readonly number[]): Normalized {
  const { centred, variance } = centre(x!, axes);
  return { centred, rate: t.rsqrt(t.add(variance, args.number('epsilon'))) };
}

/** The axes of an N…C tensor between the batch and the channels. */
export function placesOf({ shape }: t.Value): readonly number[] {
  return shape.slice(1, -1).map((_, axis) => axis + 1);
}

/** centred · (rate · gamma) + beta: the small product first, so that the large tensor is multiplied once. */
export function scaleAndShift({ args, weight }: LowerQuery, { centred, rate }: Normalized): t.Value {
  if (!args.boolean('affine')) return t.mul(centred, rate);
  return t.add(t.mul(centred, t.mul(rate, weight('gamma'))), weight('beta'));
}
