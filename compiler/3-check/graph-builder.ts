import type { Span } from '../source/span.ts';
import type { GraphNode, GraphOp, TensorType } from './model.ts';

/** Grows the graph of a network, of training, or of a critic inside a penalty. */
export class GraphBuilder {
  readonly nodes: GraphNode[] = [];
  /** Nodes that another graph's tensors became here, in order: what a critic captures. */
  readonly captured: { readonly from: GraphBuilder; readonly node: number; readonly port: string }[] = [];
  /** The graph around a critic. */
  readonly outer: GraphBuilder | null;
  readonly #known = new Map<string, number>();
  readonly #merge: boolean;
  readonly #identities = new Map<object, number>();

  /** With `merge`, nodes that are alike become one; so a network passes over the same values once. */
  constructor(merge: boolean, outer: GraphBuilder | null = null) {
    this.#merge = merge;
    this.outer = outer;
  }

  add(
    op: GraphOp,
    inputs: readonly number[],
    type: TensorType,
    span: Span,
    trace: GraphNode['trace'],
  ): number {
    const key = this.#merge ? this.#key(op, inputs) : null;
    const known = key === null ? undefined : this.#known.get(key);
    if (known !== undefined) return known;
    const index = this.nodes.push({ op, inputs, type, span, trace }) - 1;
    if (key !== null) this.#known.set(key, index);
    return index;
  }

  /** A tensor of the outer graph as a port of this one. */
  capture(from: GraphBuilder, node: number): number {
    const known = this.captured.find((c) => c.from === from && c.node === node);
    if (known) return this.nodes.findIndex((n) => n.op.kind === 'port' && n.op.port === known.port);
    const port = `captured ${this.captured.length + 1}`;
    this.captured.push({ from, node, port });
    const { type, span, trace } = from.nodes[node]!;
    return this.nodes.push({ op: { kind: 'port', port }, inputs: [], type, span, trace }) - 1;
  }

  /** What a node computes, as text; null when writing it twice means two results. */
  #key(op: GraphOp, inputs: readonly number[]): string | null {
    const from = inputs.join(' ');
    switch (op.kind) {
      case 'port':
      case 'noise':
      case 'penalty':
      case 'weight_penalty':
        return null;
      case 'layer':
        if (op.layer.isRandom || op.weights.length > 0 || op.schedules.size > 0) return null;
        return `layer ${op.layer.name} ${this.#identity(op.args.entries())} ${from}`;
      case 'call':
        return `call ${op.network} ${op.output} ${from}`;
      case 'fold_time':
      case 'unfold_time':
        return `${op.kind} ${op.frames} ${from}`;
      case 'number':
        return `number ${op.value}`;
      case 'binary':
        return `binary ${op.operator} ${from}`;
      case 'negate':
        return `negate ${from}`;
      case 'data':
        return `data ${op.dataset} ${op.field}`;
      case 'latent':
        return `latent ${op.latent}`;
      case 'state':
        return `state ${op.state}`;
      case 'schedule':
        return `schedule ${op.schedule.schedule.name} ${this.#identity(op.schedule.args.entries())}`;
    }
  }

  /** The arguments as text; values that are objects of their own count as different. */
  #identity(entries: Iterable<[string, unknown]>): string {
    return [...entries].map(([name, value]) => `${name}=${this.#text(value)}`).join(',');
  }

  #text(value: unknown): string {
    if (Array.isArray(value)) return `[${value.map((v) => this.#text(v)).join(',')}]`;
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    if (value.toString !== Object.prototype.toString) return value.toString();
    const known = this.#identities.get(value) ?? this.#identities.size;
    this.#identities.set(value, known);
    return `#${known}`;
  }
}
