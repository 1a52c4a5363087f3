import type { Value } from './builder.ts';
import type { DType, Json } from './program.ts';

export interface Signature {
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/**
 * A primitive: one file in `primitives/`. The set is closed under differentiation: `gradient` is written in
 * primitives, so any order of gradient is again a program.
 */
export interface Primitive<A extends Attributes = Attributes> {
  readonly name: string;
  /** One line; shapes and attributes named. */
  readonly summary: string;
  readonly family: 'elementwise' | 'reduce' | 'move' | 'contract' | 'convolve' | 'random' | 'boundary' | 'composite';
  /** Shape and kind of the result; throws a ProgramError when the inputs do not fit. */
  infer(inputs: readonly Signature[], attributes: A): Signature;
  /**
   * The gradients with respect to the inputs, given the gradient of the output; null where the input has
   * none (integers, conditions) or `'none'` for the whole primitive where it is constant almost everywhere.
   * `needed[i]` is false for an input whose gradient nobody wants: return null there and save the work.
   */
  gradient(node: { inputs: readonly Value[]; output: Value; attributes: A; needed: readonly boolean[] }, d: Value): (Value | null)[];
  /** For composites: the same value written in other primitives; autodiff and any engine may use it. */
  decompose?(inputs: readonly Value[], attributes: A): Value;
  /** Floating-point operations, a multiply-add counted as two. */
  flops(inputs: readonly Signature[], output: Signature, attributes: A): number;
  /** Small runs for the conformance test: input shapes and attributes; values are drawn in `range`. */
  readonly examples: readonly { inputs: readonly (readonly number[])[]; attributes: A; range?: readonly [number, number] }[];
}

export type Attributes = { readonly [key: string]: Json };

/** A broken law of the tensor program: a mistake of ours, never of the user. */
export class ProgramError extends Error {
  override name = 'ProgramError';
}
