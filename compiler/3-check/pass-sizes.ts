import { sizeOf } from '../tensor/program.ts';
import { allNetworks, type GraphNode, type Model, type Network, type Weight } from './model.ts';

/** A gradient on its way back through a layer that keeps the shape: that of what came out, and of what went in. */
const GRADIENTS_IN_FLIGHT = 2;

/** Numbers per example. */
export interface PassSize {
  /** Of all tensors that gradients are computed from. */
  readonly needed: number;
  /** What is on its way at once where that is most. */
  readonly flight: number;
}

/** What a pass through each network leaves behind, with a number of examples at a time. */
export class PassSizes {
  readonly batch: number;
  readonly #networks: ReadonlyMap<string, Network>;
  readonly #known = new Map<string, PassSize>();

  constructor(model: Model, batch: number) {
    this.batch = batch;
    this.#networks = new Map(allNetworks(model).map((network) => [network.name, network]));
  }

  /** Of the weights that an update of these networks moves. */
  trained(names: readonly string[]): { readonly numbers: number; readonly largest: number } {
    const weights = names.flatMap((name) => this.#networks.get(name)!.weights);
    const sizes = weights.filter(({ kind }) => kind === 'weight').map(({ shape }) => sizeOf(shape));
    return { numbers: sizes.reduce((sum, size) => sum + size, 0), largest: Math.max(0, ...sizes) };
  }

  /** Weights as they are used where they are not used as they are kept. */
  held(name: string): number {
    return numbersIn(this.#networks.get(name)!.weights.filter(({ constraint }) => constraint));
  }

  /** Whether a pass through one network goes through another. */
  uses(name: string, other: string): boolean {
    return (
      name === other ||
      this.#networks.get(name)!.graph.some(({ op }) => op.kind === 'call' && this.uses(op.network, other))
    );
  }

  of(name: string): PassSize {
    const known = this.#known.get(name) ?? this.inGraph(this.#networks.get(name)!.graph);
    this.#known.set(name, known);
    return known;
  }

  inGraph(graph: readonly GraphNode[]): PassSize {
    const frames = framesAt(graph);
    const sizes = graph.map(({ type }, index) => (type.batched ? sizeOf(type.shape) * frames[index]! : 0));
    const kept = neededIn(graph, sizes);
    let [needed, flight] = [0, 0];
    for (const index of graph.keys()) {
      const size = sizes[index]!;
      if (kept.has(index)) needed += size;
      // What is kept makes room as its gradient comes, unless it is needed for the next one too.
      const gradients = isSameShape(graph, index) ? GRADIENTS_IN_FLIGHT : kept.has(index) ? 0 : 1;
      const inside = this.#inside(graph, index);
      needed += inside.needed * frames[index]!;
      flight = Math.max(flight, gradients * size, inside.flight * frames[index]!);
    }
    // The reference batch goes through it as well.
    const isTwice = graph.some(({ op }) => op.kind === 'layer' && op.layer.usesReference);
    return { needed: isTwice ? 2 * needed : needed, flight };
  }

  /** Within a node: what a layer makes on the way, or another network. */
  #inside(graph: readonly GraphNode[], index: number): PassSize {
    const { op, inputs, type } = graph[index]!;
    if (op.kind === 'call') return this.of(op.network);
    if (op.kind !== 'layer' || !op.layer.keeps) return NOTHING;
    const shapes = inputs.map((input) => graph[input]!.type.shape);
    const numbers = op.layer.keeps({
      inputs: shapes,
      output: type.shape,
      args: op.args,
      batch: this.batch,
    });
    return { needed: numbers, flight: numbers };
  }
}

const NOTHING: PassSize = { needed: 0, flight: 0 };

/**
 * The tensors that gradients are computed from: what goes into a layer with weights, what comes out of one that
 * works number by number, both sides of a product. A sum, a pooling or a new shape needs nothing.
 */
function neededIn(graph: readonly GraphNode[], sizes: readonly number[]): ReadonlySet<number> {
  const needed = new Set<number>();
  const root: number[] = [];
  for (const [index, { op, inputs }] of graph.entries()) {
    const [first] = inputs;
    const isLayer = op.kind === 'layer';
    const hasWeights = isLayer && op.weights.length > 0;
    const keepsSize = first !== undefined && inputs.length === 1 && sizes[first] === sizes[index];
    const keepsShape = isSameShape(graph, index);
    // Another shape for the same numbers is the same memory.
    const isView = op.kind === 'fold_time' || op.kind === 'unfold_time';
    root.push(isView || (isLayer && !hasWeights && keepsSize && !keepsShape) ? root[first!]! : index);
    if (hasWeights || (op.kind === 'binary' && (op.operator === '*' || op.operator === '/'))) {
      for (const input of inputs) needed.add(root[input]!);
    } else if (keepsShape) needed.add(index);
  }
  return needed;
}

/** Whether a node is a layer that changes its one input place by place. */
function isSameShape(graph: readonly GraphNode[], index: number): boolean {
  const { op, inputs, type } = graph[index]!;
  if (op.kind !== 'layer' || inputs.length !== 1) return false;
  const { shape } = graph[inputs[0]!]!.type;
  return shape.length === type.shape.length && shape.every((size, axis) => size === type.shape[axis]);
}

/** How many frames stand beside each other in the batch at each node, one outside of `per_frame`. */
export function framesAt(graph: readonly GraphNode[]): readonly number[] {
  const frames: number[] = [];
  for (const { op, inputs } of graph) {
    const before = Math.max(1, ...inputs.map((input) => frames[input]!));
    frames.push(op.kind === 'fold_time' ? op.frames : op.kind === 'unfold_time' ? 1 : before);
  }
  return frames;
}

export function numbersIn(weights: readonly Weight[]): number {
  return weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}
