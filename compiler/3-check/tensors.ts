import type { Span } from '../source/span.ts';
import type { Context } from './context.ts';
import { Dim } from './dim.ts';
import { exactly, type Interval } from './interval.ts';
import type { GraphOp, TensorType } from './model.ts';
import type { Label, TensorValue, Walk } from './values.ts';

/** What a new tensor is, beside where it comes from. */
export interface TensorParts {
  readonly shape: readonly Dim[];
  readonly range: Interval;
  readonly label?: Label | null;
  readonly batched: boolean;
  readonly walk?: Walk | null;
}

/** Which node of which graph a tensor is. */
export type NodeRef = Pick<TensorValue, 'graph' | 'node'>;

/** Adds a node to the graph, where there is one, and gives its tensor. `span` is what made it. */
export function addNode(
  ctx: Context,
  op: GraphOp,
  inputs: readonly NodeRef[],
  parts: TensorParts,
  span: Span,
): TensorValue {
  const { shape, range, label = null, batched, walk = null } = parts;
  const tensor = { kind: 'tensor', shape, range, label, batched, made: span, walk } as const;
  const { graph } = ctx;
  if (!graph) return { ...tensor, graph: null, node: -1 };
  const nodes = inputs.map((input) => nodeIn(ctx, input));
  return { ...tensor, graph, node: graph.add(op, nodes, typeOf(parts), span, ctx.trace) };
}

/** The node of a tensor in the graph at hand; one of the graph around a critic is captured. */
export function nodeIn(ctx: Context, tensor: NodeRef): number {
  const graph = ctx.graph!;
  if (!tensor.graph || tensor.graph === graph) return tensor.node;
  return graph.capture(tensor.graph, tensor.node);
}

/** A type without names in it: outside of modules all sizes are known. */
export function typeOf({ shape, range, label = null, batched }: TensorParts): TensorType {
  return { shape: shape.map((size) => size.value!), range, label: label?.classes.value ?? null, batched };
}

/** A number where a tensor is needed. */
export function numberTensor(ctx: Context, value: number, span: Span): TensorValue {
  const parts = { shape: [], range: exactly(value), batched: false };
  return addNode(ctx, { kind: 'number', value }, [], parts, span);
}

export function knownShape(shape: readonly number[]): readonly Dim[] {
  return shape.map((size) => Dim.of(size));
}

export function sameShape(a: readonly Dim[], b: readonly Dim[]): boolean {
  return a.length === b.length && a.every((size, axis) => size.equals(b[axis]!));
}
