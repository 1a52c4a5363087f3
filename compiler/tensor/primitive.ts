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
  readonly family:
    | 'elementwise'
    | 'reduce'
    | 'move'
    | 'contract'
    | 'convolve'
    | 'random'
    | 'boundary'
    | 'composite';
  /** Shape and kind of the result; throws a ProgramError when the inputs do not fit. */
  infer(inputs: readonly Signature[], attributes: A): Signature;
  /**
   * The gradients with respect to the inputs, given the gradient `d` of the output; null where the input has
   * none (integers, conditions). `needed[i]` is false for an input whose gradient nobody wants: return null
   * there and save the work.
   */
  gradient(application: Application<A>, d: Value): readonly (Value | null)[];
  /** True when the value is constant almost everywhere: no gradient passes, and autodiff does not try. */
  readonly flat?: boolean;
  /** For composites: the same value written in other primitives; autodiff and any engine may use it. */
  decompose?(inputs: readonly Value[], attributes: A): Value;
  /** Floating-point operations, a multiply-add counted as two. */
  flops(inputs: readonly Signature[], output: Signature, attributes: A): number;
  /** Small runs for the conformance test. */
  readonly examples: readonly PrimitiveExample<A>[];
}

/** One use of a primitive in a program. */
export interface Application<A extends Attributes = Attributes> {
  readonly inputs: readonly Value[];
  readonly output: Value;
  readonly attributes: A;
  readonly needed: readonly boolean[];
}

export interface PrimitiveExample<A extends Attributes = Attributes> {
  /** Shapes of the inputs. */
  readonly inputs: readonly (readonly number[])[];
  readonly attributes: A;
  /** Where f32 inputs are drawn; default [-1, 1]. */
  readonly range?: readonly [number, number];
  /** Kinds of the inputs; default all f32. */
  readonly dtypes?: readonly DType[];
  /** i32 inputs are drawn from 0 up to this, itself left out; default 2. */
  readonly below?: number;
}

export type Attributes = { readonly [key: string]: Json };

/** A broken law of the tensor program: a mistake of ours, never of the user. */
export class ProgramError extends Error {
  override name = 'ProgramError';
}

/** The function that applies a primitive, with its definition at hand: `matmul(a, b)`, `matmul.primitive`. */
export type Callable<F> = F & { readonly primitive: Primitive };

export function callable<A extends Attributes, F extends (...args: never[]) => Value>(
  primitive: Primitive<A>,
  apply: F,
): Callable<F> {
  return Object.assign(apply, { primitive: primitive as unknown as Primitive });
}
