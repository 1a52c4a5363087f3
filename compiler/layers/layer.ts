import type { Dim } from '../3-check/dim.ts';
import type { Interval } from '../3-check/interval.ts';
import type { Argument } from '../arguments/argument.ts';
import type { Arguments, CallValue } from '../arguments/arguments.ts';
import type { DiagnosticDefinition, Fix } from '../diagnostics/diagnostic.ts';
import type { Span } from '../source/span.ts';
import type { Builder, Value } from '../tensor/builder.ts';

/**
 * A layer that the user can write: one file, the only place that knows it. A layer without weights is also
 * a function: `relu(1 - score)` and `score -> relu` are the same.
 */
export interface Layer {
  /** As written in a spec, `snake_case`; the file has the same name in kebab-case. */
  readonly name: string;
  /** One plain line, for completion and tables. */
  readonly summary: string;
  /** Markdown: what it computes, shapes, defaults and why, errors, the paper. */
  readonly documentation: string;
  /** Whether it takes one tensor, or several as `concat(a, b)` and `x -> concat(a)`. */
  readonly inputs: 'one' | 'many';
  /** Tensors that it takes beside the one that flows in, after which they stand among the inputs, in this order. */
  readonly sides?: readonly SideInput[];
  /** Whether it takes all outputs of a network together; every other layer is applied to each of them. */
  readonly takesOutputs?: boolean;
  readonly arguments: readonly Argument[];
  /**
   * `example` (default): a tensor with a batch axis. `batch`: one number or tensor for the whole batch, as `mean`
   * and `batch_mean`. Those of the second kind are for losses.
   */
  readonly result?: 'example' | 'batch';
  /** Works number by number or sums all of them, so that it takes what the second kind gives, too. */
  readonly needsNoBatch?: boolean;
  /** The shape of the result, batch left out; null after `query.report` has said what is wrong. */
  shape(query: ShapeQuery): readonly Dim[] | null;
  /** The values it can give; unbounded when left out. */
  range?(inputs: readonly Interval[], args: Arguments): Interval;
  /** Everything that it keeps between steps, in a fixed order. Input shapes are concrete. */
  weights?(
    inputs: readonly (readonly number[])[],
    args: Arguments,
    /** How many classes each input has, where it is a label. */
    labels: readonly (number | null)[],
  ): readonly WeightDeclaration[];
  /** The computation, in primitives; the batch is axis 0 of every input. */
  lower(query: LowerQuery): Value;
  /**
   * How many numbers it makes on the way, for each example, that gradients need; beside what goes in and what comes out. For the
   * estimate of memory; none when left out.
   */
  keeps?(query: KeepsQuery): number;
  /** Mixes the examples of a batch, as batch_norm does. */
  readonly mixesExamples?: boolean;
  /** How many examples it makes one of: in training the batch must be divisible by that. */
  joins?(args: Arguments): number;
  /** Compares every example with a batch that is kept: `query.reference` is then what it is given in that batch. */
  readonly usesReference?: boolean;
  /** Keeps examples from step to step, as pool does: it stands in `train`, and what it keeps moves with the updates that read it. */
  readonly keepsExamples?: boolean;
  /** Flat wherever it has a slope, as sign is: no gradient passes it, so no penalty on slopes can use it. */
  readonly isStep?: boolean;
  /**
   * True for a layer whose input is a label, as `embed`; `too` for one that takes labels and tensors alike,
   * and gives back what it was given. Every other layer refuses labels.
   */
  readonly takesLabel?: boolean | 'too';
  /** Draws random numbers in training, as dropout does. */
  readonly isRandom?: boolean;
  /** Small uses for the conformance test: shape, weights, first and second gradient, every engine. */
  readonly examples: readonly LayerExample[];
}

/** A tensor beside the one that flows in: `x -> modulated_conv2d(64, style: w)`. */
export interface SideInput {
  readonly name: string;
  /** One line: meaning and shape. */
  readonly summary: string;
  readonly takes: 'tensor' | 'label' | 'either';
  /** One number for the whole batch does as well: a state, a schedule, a plain number. */
  readonly orOfBatch?: boolean;
  /** It may be left out, and must be written with its name. Only the last one can be so. */
  readonly optional?: boolean;
}

/** What a layer is asked when its shape is wanted: sizes may be named, inside a module. */
export interface ShapeQuery {
  readonly inputs: readonly (readonly Dim[])[];
  /** How many classes each input has, where it is a label. */
  readonly labels: readonly (Dim | null)[];
  readonly args: Arguments;
  /** The call, for labels. */
  readonly span: Span;
  /** Where each input was made. */
  readonly inputSpans: readonly Span[];
  /** Says what is wrong; the checker adds the trace. Always returns null: `return query.report(…)`. */
  report<F, L extends string>(
    definition: DiagnosticDefinition<F, L>,
    details: { at?: Span; facts: F; also?: { readonly [role in L]?: Span }; fixes?: readonly Fix[] },
  ): null;
}

export interface WeightDeclaration {
  /** `kernel`, `bias`, `scale`, … the last part of the weight's path. */
  readonly name: string;
  readonly shape: readonly number[];
  /**
   * `weight` is trained; `statistic` is a moving statistic; `auxiliary` is neither counted nor trained. In a
   * pretrained network every weight is `frozen`, whatever its layer declares.
   */
  readonly kind: 'weight' | 'statistic' | 'auxiliary' | 'frozen';
  readonly initial: Initial;
  /** How it is held, as the layer's `weights:` says: `spectral_norm`; null or left out for freely. */
  readonly constraint?: CallValue | null;
  /** The axis of its outputs; the last when left out. A transposed convolution has it last but one. */
  readonly outputAxis?: number;
  /** A row per class of a label, of which one is taken: no matrix that anything is multiplied by. */
  readonly isTable?: boolean;
}

export type Initial =
  | { readonly kind: 'constant'; readonly value: number }
  /** What `init:` of the layer or of `train` says, else glorot_uniform with these fans. */
  | {
      readonly kind: 'kernel';
      readonly fanIn: number;
      readonly fanOut: number;
      readonly own: CallValue | null;
    }
  | { readonly kind: 'distribution'; readonly call: CallValue }
  /** What a constraint makes of the weight that it holds, as that is drawn. */
  | { readonly kind: 'beside' }
  /** For frozen weights: a tensor of the model's files by its name there, or numbers in row-major order. */
  | { readonly kind: 'file'; readonly tensor: string }
  | { readonly kind: 'values'; readonly values: readonly number[] };

/** What a layer is asked when its memory is wanted. */
export interface KeepsQuery {
  /** Without the batch. */
  readonly inputs: readonly (readonly number[])[];
  readonly output: readonly number[];
  readonly args: Arguments;
  readonly batch: number;
}

/** What a layer is given to write itself in primitives. */
export interface LowerQuery {
  readonly builder: Builder;
  readonly inputs: readonly Value[];
  readonly args: Arguments;
  /** True in `train`: batch statistics, dropout. False in `sample` and `evaluate`. */
  readonly training: boolean;
  /** The weight as the forward pass uses it, constraint applied. */
  weight(name: string): Value;
  /** The number of an argument that may also be a schedule. */
  scheduled(name: string): Value;
  /** What flows in in the pass over the reference batch; null in that pass itself. */
  reference(): Value | null;
  /** Gives a statistic or auxiliary weight its next value (ignored where the network is not being updated). */
  assign(name: string, value: Value): void;
  /** Random numbers with a key of their own for this place in the spec. */
  normal(shape: readonly number[]): Value;
  uniform(shape: readonly number[]): Value;
}

export interface LayerExample {
  /** As written in a spec: `conv2d(4, kernel: 3, stride: 2)`. */
  readonly call: string;
  /** Input shapes without the batch. */
  readonly inputs: readonly (readonly number[])[];
  /** Expected. */
  readonly output: readonly number[];
  /** Expected number of trainable weights; 0 when left out. */
  readonly weights?: number;
  /** Where the input values are drawn; default [-1, 1]. */
  readonly range?: readonly [number, number];
  /** The inputs of shape [] are i32 labels with that many classes. */
  readonly label?: number;
}

export function defineLayer(layer: Layer): Layer {
  return layer;
}
