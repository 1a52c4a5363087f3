import type { Arguments, CallValue } from '../arguments/arguments.ts';
import type { Layer, WeightDeclaration } from '../layers/layer.ts';
import type { Measure } from '../measures/measure.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import type { CriticPenalty, WeightPenalty } from '../regularizers/penalty.ts';
import type { Schedule } from '../schedules/schedule.ts';
import type { Span } from '../source/span.ts';
import type { Source } from '../sources/source.ts';
import type { Interval } from './interval.ts';

/** A spec that has been checked: networks of layers, every value typed, every weight named, all sizes known. */
export interface Model {
  readonly doc: string | null;
  /** Params with their values after `--set`. */
  readonly params: ReadonlyMap<string, ParamValue>;
  readonly datasets: readonly Dataset[];
  readonly latents: readonly Latent[];
  /** In the order of the text. */
  readonly networks: readonly Network[];
  readonly pretrained: readonly PretrainedModel[];
  readonly training: Training | null;
  readonly samples: readonly Sampling[];
  readonly evaluations: readonly Evaluation[];
}

export type ParamValue = number | string | boolean | null | readonly ParamValue[] | ScheduleValue;

export interface Dataset {
  readonly name: string;
  readonly source: Source;
  readonly args: Arguments;
  readonly fields: readonly { readonly name: string; readonly type: TensorType; readonly span: Span }[];
  readonly span: Span;
}

export interface Latent {
  readonly name: string;
  readonly distribution: CallValue;
  readonly type: TensorType;
  readonly span: Span;
}

/** The type of a value: its shape without the batch, the values it may hold, or that it is a label. */
export interface TensorType {
  readonly shape: readonly number[];
  readonly range: Interval;
  /** The number of classes when it is a label (shape `[]`, i32); else null. */
  readonly label: number | null;
  /** False for one number for the whole batch: a loss, a constant, a schedule. */
  readonly batched: boolean;
}

export interface Network {
  readonly name: string;
  readonly role: 'network' | 'generator' | 'discriminator' | 'pretrained';
  readonly ports: readonly { readonly name: string; readonly type: TensorType }[];
  /** One unnamed output, or the fields of a record. */
  readonly outputs: readonly {
    readonly name: string | null;
    readonly node: number;
    readonly type: TensorType;
  }[];
  readonly graph: GraphNode[];
  readonly weights: readonly Weight[];
  readonly span: Span;
}

/** A model on disk. Its weights are frozen, and read when a session is opened. */
export interface PretrainedModel {
  readonly name: string;
  /** Its path, as written. */
  readonly from: string;
  /** It laid out for every shape that it is given somewhere; weights of one path are the same. */
  readonly networks: readonly Network[];
  readonly span: Span;
}

/** Every network that a pass may be made through. */
export function allNetworks({ networks, pretrained }: Model): readonly Network[] {
  return [...networks, ...pretrained.flatMap((model) => model.networks)];
}

export interface Weight extends WeightDeclaration {
  /** `G/up.2/conv2d_transpose/kernel` */
  readonly path: string;
  /** `spectral_norm` on this weight. */
  readonly constraint: CallValue | null;
  /** A factor on how far an update moves it. */
  readonly lr: number;
}

/**
 * One step of a graph; inputs are indices of earlier nodes of the same graph. Modules, loops and loss
 * presets are gone: what is left are layers, uses of networks, arithmetic and penalties.
 */
export interface GraphNode {
  readonly op: GraphOp;
  readonly inputs: readonly number[];
  readonly type: TensorType;
  readonly span: Span;
  /** The uses of modules that led here, innermost first. */
  readonly trace: readonly { readonly module: string; readonly span: Span }[];
}

export type GraphOp =
  | { readonly kind: 'port'; readonly port: string }
  /** A layer, with or without weights; `path` is unique in the model: `G/up.2/batch_norm`. */
  | {
      readonly kind: 'layer';
      readonly layer: Layer;
      readonly args: Arguments;
      readonly schedules: ReadonlyMap<string, ScheduleValue>;
      readonly path: string;
      readonly weights: readonly Weight[];
    }
  /** A use of a network; `output` picks a field of a record by name. */
  | { readonly kind: 'call'; readonly network: string; readonly output: string | null }
  /** `per_frame`: time joins the batch, and leaves it again. */
  | { readonly kind: 'fold_time'; readonly frames: number }
  | { readonly kind: 'unfold_time'; readonly frames: number }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'binary'; readonly operator: '+' | '-' | '*' | '/' }
  | { readonly kind: 'negate' }
  // only in training
  | { readonly kind: 'data'; readonly dataset: string; readonly field: string }
  | { readonly kind: 'latent'; readonly latent: string }
  | { readonly kind: 'schedule'; readonly schedule: ScheduleValue }
  /** A number that training carries along, as it is before the step. */
  | { readonly kind: 'state'; readonly state: string; readonly start: number }
  /** `real + normal(std: 0.1)`: noise shaped like input 0, which it is not added to yet. */
  | { readonly kind: 'noise'; readonly distribution: CallValue; readonly path: string }
  /** The inputs are the penalty's tensors, then what the critic captures (`y` in `D(_, y)`). */
  | {
      readonly kind: 'penalty';
      readonly penalty: CriticPenalty;
      readonly args: Arguments;
      readonly critic: Critic;
      readonly path: string;
    }
  | {
      readonly kind: 'weight_penalty';
      readonly penalty: WeightPenalty;
      readonly args: Arguments;
      readonly network: string;
      readonly path: string;
    };

/** Trained weights that something is multiplied by, which penalties on weights are about: no biases, scales or tables. */
export function kernelsOf({ weights }: Network): readonly Weight[] {
  return weights.filter(
    ({ kind, initial, isTable }) => kind === 'weight' && initial.kind === 'kernel' && !isTable,
  );
}

/** `D(_, y)`: a small graph whose first port is the hole; further ports are the captured values in order. */
export interface Critic {
  readonly graph: readonly GraphNode[];
  readonly result: number;
  /** Names of the ports after the hole, in the order of the penalty node's remaining inputs. */
  readonly captures: readonly string[];
}

export interface ScheduleValue {
  readonly kind: 'schedule';
  readonly schedule: Schedule;
  readonly args: Arguments;
}

export type ScheduledNumber = number | ScheduleValue;

/** A stretch of training with params of its own. A training without stages is one from its first step to its last. */
export interface Stage {
  /** `stage "16x16"`; null for a training without stages. */
  readonly label: string | null;
  /** Steps of training before it. */
  readonly start: number;
  readonly steps: number;
  /** In how many of its steps what is new is faded in. */
  readonly fade: number;
}

export interface Training {
  readonly on: readonly string[];
  /** Examples of an update that does not say how many it takes. */
  readonly batch: number;
  /** In all stages together. */
  readonly steps: number;
  /** Which part of the training this is. */
  readonly stage: Stage;
  /** Where kernels are drawn at first, unless a layer says otherwise; null for glorot_uniform. */
  readonly init: CallValue | null;
  /** `fresh`: each update draws data and latents of its own. `shared`: one draw, gradients before any move. */
  readonly draw: 'fresh' | 'shared';
  /** All bindings and losses; every update takes what its loss needs. Pure nodes that are alike are one. */
  readonly graph: readonly GraphNode[];
  /** Names bound in `train`, for plots and messages. */
  readonly bindings: ReadonlyMap<string, number>;
  readonly states: readonly StatePlan[];
  readonly updates: readonly UpdatePlan[];
  readonly span: Span;
}

/** A number that training carries along: `state k { start: 0  next: … }`. */
export interface StatePlan {
  readonly name: string;
  readonly start: number;
  /** A node of the training graph, one number: what it is after the step. */
  readonly next: number;
  /** The name of the update that it moves in: the first one whose loss rests on it. */
  readonly update: string;
}

export interface UpdatePlan {
  /** `D`, or `A+B` when it moves several: the name of its program is `update.` and this. */
  readonly name: string;
  readonly networks: readonly string[];
  /** A node of the training graph, one number. */
  readonly loss: number;
  readonly optimizer: {
    readonly optimizer: Optimizer;
    readonly options: ReadonlyMap<string, ScheduledNumber | boolean | string>;
  };
  /** Examples each time that it runs: all alike with `draw: shared`. */
  readonly batch: number;
  /** After how many further steps of the other networks its loss is taken. */
  readonly unroll: number;
  /** How often it runs in each step; `wholeTimes` of what a schedule gives. */
  readonly times: ScheduledNumber;
  /** The decay of the averaged copy that `sample` uses; null for none. */
  readonly ema: ScheduledNumber | null;
  /** Bounds on gradients and weights; null for none. */
  readonly clip: {
    /** On the length of all gradients together. */
    readonly norm: ScheduledNumber | null;
    /** On each number of a gradient. */
    readonly gradients: ScheduledNumber | null;
    /** On each number of a weight, after the update. */
    readonly weights: ScheduledNumber | null;
  };
  readonly span: Span;
}

export interface Sampling {
  readonly network: string;
  /** Steps between grids in training; null for the trainer's own choice. */
  readonly every: number | null;
  /** Rows and columns. */
  readonly grid: readonly [number, number] | null;
  /** The port whose class changes from row to row; null for none. */
  readonly rows: string | null;
  readonly span: Span;
}

/** An `evaluate` block. */
export interface Evaluation {
  readonly network: string;
  /** Steps between evaluations in training; null for once, after the last step. */
  readonly every: number | null;
  readonly samples: number;
  /** What the measures look at, computed from data and latents as sampling does. */
  readonly graph: readonly GraphNode[];
  readonly measures: readonly MeasurePlan[];
  readonly span: Span;
}

export interface MeasurePlan {
  /** As the author calls it. */
  readonly name: string;
  readonly measure: Measure;
  readonly args: Arguments;
  /** Nodes of the graph, and datasets whose modes are known, by the names of the inputs of the measure. */
  readonly samples: ReadonlyMap<string, number>;
  readonly datasets: ReadonlyMap<string, Dataset>;
  /** As written: `mode_coverage(G(z), ring)`. */
  readonly text: string;
}
