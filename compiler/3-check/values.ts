import type { Expr, Graph, Loss, Name } from '../1-parse/ast.ts';
import type { Arguments, CallValue } from '../arguments/arguments.ts';
import type { Constraint } from '../constraints/constraint.ts';
import { listText } from '../diagnostics/wording.ts';
import type { Distribution } from '../distributions/distribution.ts';
import type { Layer } from '../layers/layer.ts';
import type { Measure } from '../measures/measure.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import type { Penalty } from '../regularizers/penalty.ts';
import type { Schedule } from '../schedules/schedule.ts';
import type { Span } from '../source/span.ts';
import type { Source } from '../sources/source.ts';
import type { Dim } from './dim.ts';
import type { GraphBuilder } from './graph-builder.ts';
import type { Interval } from './interval.ts';
import type { Dataset, Network, ScheduleValue } from './model.ts';
import type { Pretrained } from './pretrained.ts';

/**
 * What an expression stands for while it is checked. `unknown` is the value of whatever a mistake was
 * reported in: everything that depends on it stays silent.
 */
export type Value =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'number'; readonly value: number }
  /** A whole number that is named, not known: inside a module that is checked once for all uses. */
  | { readonly kind: 'size'; readonly size: Dim }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** Nothing; as a layer, the one that does nothing. */
  | { readonly kind: 'none' }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | TensorValue
  | { readonly kind: 'record'; readonly fields: ReadonlyMap<string, Value>; readonly owner: string }
  | { readonly kind: 'dataset'; readonly dataset: Dataset }
  | DistributionValue
  /** `0.1 * normal`: a distribution with what is done to its numbers once a tensor beside it gives their shape. */
  | { readonly kind: 'noise'; readonly distribution: DistributionValue; calculate(drawn: TensorValue): Value }
  | { readonly kind: 'constraint'; readonly call: CallValue }
  | ScheduleValue
  | OptimizerValue
  | { readonly kind: 'source'; readonly source: Source; readonly args: Arguments }
  | MeasureValue
  | CallableValue;

export interface DistributionValue {
  readonly kind: 'distribution';
  readonly call: CallValue;
  readonly range: Interval;
}

export interface TensorValue {
  readonly kind: 'tensor';
  /** The graph that it is a node of; null while a module is checked for all sizes at once. */
  readonly graph: GraphBuilder | null;
  readonly node: number;
  readonly shape: readonly Dim[];
  readonly range: Interval;
  readonly label: Label | null;
  readonly batched: boolean;
  /** Where it was made: a layer, a name, a call. */
  readonly made: Span;
  /** The steps that made it, the last one first. */
  readonly walk: Walk | null;
}

/** Which class an example is of: not a number to compute with. */
export interface Label {
  readonly classes: Dim;
  /** Where `label(10)` stands. */
  readonly declared: Span | null;
}

/** One step of a flow, for messages such as "4 → 8 → 16 here". */
export interface Walk {
  /** The whole step: `for f in [4*ch, 2*ch] { Up(f) }`. */
  readonly span: Span;
  /** The shape that went in. */
  readonly from: readonly Dim[];
  /** The shapes that came out: one, or one per round of a loop. */
  readonly to: readonly (readonly Dim[])[];
  readonly loop: 'for' | 'repeat' | null;
  readonly previous: Walk | null;
}

export interface OptimizerValue {
  readonly kind: 'optimizer';
  readonly optimizer: Optimizer;
  readonly args: Arguments;
  /** Options that are schedules. */
  readonly schedules: ReadonlyMap<string, ScheduleValue>;
}

/** A measure, and what it looks at. */
export interface MeasureValue {
  readonly kind: 'measure';
  readonly measure: Measure;
  readonly args: Arguments;
  /** By the names of the inputs of the measure. */
  readonly samples: ReadonlyMap<string, TensorValue>;
  readonly datasets: ReadonlyMap<string, Dataset>;
}

/** Something that takes a tensor: as a step of a flow, in an argument of type `layer`, or called. */
export interface CallableValue {
  readonly kind: 'callable';
  readonly callee: Callee;
  /** What it was given already: `dropout(0.5)`. */
  readonly args: readonly Given[];
  /** What is to be taken of the outputs that it makes: `D.score`. */
  readonly fields?: readonly Name[];
  /** The name and its parentheses. */
  readonly span: Span;
}

export type Callee =
  | { readonly kind: 'layer'; readonly definition: Layer }
  | { readonly kind: 'module'; readonly graph: Graph }
  | { readonly kind: 'network'; readonly network: Network; readonly graph: Graph }
  | { readonly kind: 'pretrained'; readonly pretrained: Pretrained }
  | { readonly kind: 'loss'; readonly loss: Loss; readonly name: string }
  | { readonly kind: 'penalty'; readonly definition: Penalty }
  | { readonly kind: 'measure'; readonly definition: Measure }
  | Maker;

/** What makes a value that is no tensor, from its arguments alone. */
export type Maker =
  | { readonly kind: 'distribution'; readonly definition: Distribution }
  | { readonly kind: 'constraint'; readonly definition: Constraint }
  | { readonly kind: 'schedule'; readonly definition: Schedule }
  | { readonly kind: 'optimizer'; readonly definition: Optimizer }
  | { readonly kind: 'source'; readonly definition: Source };

/** An argument as written, and what it stands for. */
export interface Given {
  readonly name: string | null;
  /** Where the name stands, or the value when there is no name. */
  readonly nameSpan: Span;
  readonly value: Value;
  /** What was written; null for what flows in from the left. */
  readonly expr: Expr | null;
  /** Name and value together. */
  readonly span: Span;
}

export const UNKNOWN: Value = { kind: 'unknown' };

/** A size as a value: a plain number once it is known. */
export function sizeValue(size: Dim): Value {
  return size.value === null ? { kind: 'size', size } : { kind: 'number', value: size.value };
}

export function isTensorLike(value: Value): boolean {
  return value.kind === 'tensor' || value.kind === 'record';
}

/** What it is, in words, for messages: "a label", "the number 3". */
export function inWords(value: Value): string {
  switch (value.kind) {
    case 'unknown':
      return 'something unknown';
    case 'number':
      return String(value.value);
    case 'size':
      return value.size.toString();
    case 'text':
      return JSON.stringify(value.value);
    case 'boolean':
      return String(value.value);
    case 'none':
      return 'none';
    case 'list':
      return `[${value.items.map(inWords).join(', ')}]`;
    case 'tensor':
      return value.label ? 'a label' : `a tensor of shape [${value.shape.join(', ')}]`;
    case 'record':
      return `the outputs of ${value.owner}, ${listText([...value.fields.keys()], 'and')}`;
    case 'dataset':
      return `the dataset ${value.dataset.name}`;
    case 'distribution':
      return `the distribution ${value.call.name}`;
    case 'noise':
      return `a calculation with ${inWords(value.distribution)}`;
    case 'constraint':
      return value.call.name;
    case 'schedule':
      return `the schedule ${value.schedule.name}`;
    case 'optimizer':
      return `the optimizer ${value.optimizer.name}`;
    case 'source':
      return `the source ${value.source.name}`;
    case 'measure':
      return `the measure ${value.measure.name}`;
    case 'callable':
      return `the ${value.callee.kind} ${calleeName(value.callee)}`;
  }
}

/** What to do where one tensor is wanted, and a network with several outputs gives them all; null for anything else. */
export function takeOneOf(value: Value): string | null {
  if (value.kind !== 'record') return null;
  return `take ${listText(
    [...value.fields.keys()].map((name) => `.${name}`),
    'or',
  )} of ${value.owner}`;
}

export function calleeName(callee: Callee): string {
  switch (callee.kind) {
    case 'module':
      return callee.graph.name.name;
    case 'network':
      return callee.network.name;
    case 'pretrained':
      return callee.pretrained.name;
    case 'loss':
      return callee.name;
    default:
      return callee.definition.name;
  }
}
