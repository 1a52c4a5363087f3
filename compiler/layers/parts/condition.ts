import { rankMismatch } from '../../diagnostics/codes/rank-mismatch.ts';
import * as t from '../../tensor/index.ts';
import type { Layer, LowerQuery, ShapeQuery, SideInput, WeightDeclaration } from '../layer.ts';
import type { Normalized } from './normalization.ts';
import { constraintArgument, initArgument, kernelWeight, lrArgument } from './weight-arguments.ts';

/** What follows from a label or a vector: the scale and shift of a norm, the direction of a projection. */

/** A row per class of a label, or what a matrix makes of a vector. */
export function following(y: t.Value, table: t.Value): t.Value {
  return y.dtype === 'i32' ? t.gather(table, y) : t.matmul(y, table);
}

export const conditionInput: SideInput = {
  name: 'y',
  summary: 'what the scale and the shift follow from: a label, or a vector [n]',
  takes: 'either',
};

export const conditionArguments = [
  {
    ...initArgument,
    summary: 'where gamma and beta are drawn at first; none: 0 for a label, else as every kernel',
  },
  { ...constraintArgument, summary: 'how gamma and beta are held: spectral_norm; none: freely' },
  lrArgument,
];

export function conditionFits(query: ShapeQuery, layer: string): boolean {
  const given = query.inputs[1]!;
  if (given.length <= 1) return true;
  query.report(rankMismatch, {
    at: query.inputSpans[1]!,
    facts: { layer: `y of ${layer}`, wanted: 'vector', given },
  });
  return false;
}

/** `gamma` and `beta`: a row per class of a label, or a matrix that a vector is multiplied by. */
export const conditionWeights: NonNullable<Layer['weights']> = ([x, y], args, [, classes]) => {
  const channels = x!.at(-1) ?? 1;
  const rows = classes ?? y![0]!;
  return ['gamma', 'beta'].map((name): WeightDeclaration => {
    const kernel = kernelWeight(args, [rows, channels], { fanIn: rows, fanOut: channels }, name);
    if (classes === null || classes === undefined) return kernel;
    // A constraint divides by the size of what it holds, which may then not be nothing.
    const isFree = !args.has('init') && !args.has('weights');
    return { ...kernel, isTable: true, ...(isFree && { initial: { kind: 'constant', value: 0 } }) };
  });
};

/** centred · rate · (1 + gamma of y) + beta of y */
export function conditioned({ inputs, weight }: LowerQuery, { centred, rate }: Normalized): t.Value {
  const y = inputs[1]!;
  const follow = (name: string) => {
    const found = following(y, weight(name));
    const [batch, channels] = found.shape as [number, number];
    return t.reshape(found, centred.shape.map((_, axis) => (axis === 0 ? batch : 1)).with(-1, channels));
  };
  return t.add(t.mul(centred, t.mul(rate, t.add(follow('gamma'), 1))), follow('beta'));
}
