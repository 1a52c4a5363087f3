import type { Argument } from '../../arguments/argument.ts';
import type { Arguments, CallValue } from '../../arguments/arguments.ts';
import type { WeightDeclaration } from '../layer.ts';

/** Arguments that layers with a kernel share, and the weights that they describe. */

export const biasArgument: Argument = {
  name: 'bias',
  kind: 'boolean',
  summary: 'adds a trained number to every channel; leave it out before batch_norm, which cancels it',
  default: true,
};

export const initArgument: Argument = {
  name: 'init',
  kind: 'distribution',
  summary: 'where the kernel is drawn at first; none: what `init` of train says, else glorot_uniform',
  default: null,
};

export const constraintArgument: Argument = {
  name: 'weights',
  kind: 'constraint',
  summary: 'how the kernel is held: spectral_norm, weight_norm, equalized or standardized; none: freely',
  default: null,
};

export const lrArgument: Argument = {
  name: 'lr',
  kind: 'number',
  summary: 'a factor on how far an update moves the weights of this layer; 0 leaves them as they are',
  default: 1,
  min: 0,
};

/** What every layer with a kernel takes at its end. */
export const trainedArguments: readonly Argument[] = [initArgument, constraintArgument, lrArgument];

/** The kernel of a layer, of `fanIn` numbers per output and `fanOut` outputs per input. */
export function kernelWeight(
  args: Arguments,
  shape: readonly number[],
  fans: { readonly fanIn: number; readonly fanOut: number },
  name = 'kernel',
  own: CallValue | null = args.call('init'),
): WeightDeclaration {
  return {
    name,
    shape,
    kind: 'weight',
    initial: { kind: 'kernel', ...fans, own },
    constraint: args.call('weights'),
  };
}

/** The bias, zero at first, when the layer has one. */
export function biasWeight(args: Arguments, size: number): readonly WeightDeclaration[] {
  if (!args.boolean('bias')) return [];
  return [{ name: 'bias', shape: [size], kind: 'weight', initial: { kind: 'constant', value: 0 } }];
}
