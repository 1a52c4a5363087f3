import { BYTES_PER_ELEMENT, sizeOf } from '../tensor/program.ts';
import {
  allNetworks,
  type GraphNode,
  type Model,
  type Network,
  type Training,
  type UpdatePlan,
} from './model.ts';

/**
 * The memory of a training step in bytes, reckoned from layers alone: a matter of microseconds, where the plan of
 * the whole program takes seconds. It leaves out what goes on inside of a layer, so it is rather too low.
 */
export interface MemoryEstimate {
  /** Weights, what optimizers keep for each, averages. */
  readonly kept: number;
  /** What the layers of the largest update give, which gradients need. */
  readonly step: number;
  /** The networks of that update. */
  readonly networks: readonly string[];
}

/** A gradient that is on its way back through the largest layer takes as much again. */
const GRADIENTS_IN_FLIGHT = 1;

/** The slope of a critic is computed by going through it and back, and all of that is gone back through. */
const PASSES_OF_A_PENALTY = 2;

export function estimateMemory(model: Model, training: Training): MemoryEstimate {
  const passes = new PassSizes(model);
  let [kept, step, networks] = [0, 0, training.updates[0]?.networks ?? []];
  for (const network of allNetworks(model)) kept += numbersIn(network);
  for (const update of training.updates) {
    const trained = update.networks.reduce((sum, name) => sum + passes.trainedNumbers(name), 0);
    const slots = update.optimizer.optimizer.slots(update.optimizer.options).length;
    kept += trained * (slots + (update.ema === null ? 0 : 1));
    // Either the way through the layers takes most, or the new weights and slots after it.
    const most = Math.max(layersOf(update, training, passes), trained * (1 + slots));
    if (most > step) [step, networks] = [most, update.networks];
  }
  return { kept: kept * BYTES_PER_ELEMENT, step: step * BYTES_PER_ELEMENT, networks };
}

function numbersIn({ weights }: Network): number {
  return weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}

/**
 * The numbers that the layers give on the way to the loss, in that of its terms that takes most: terms are worked off
 * one by one.
 */
function layersOf({ loss, networks }: UpdatePlan, { graph, batch }: Training, passes: PassSizes): number {
  const frames = framesAt(graph);
  const isTrained = trainedAt(graph, networks, passes);
  const numbers = termsOf(graph, loss).map((term) => {
    // A network with several outputs is passed through once.
    const counted = new Set<string>();
    let [needed, largest] = [0, 0];
    for (const index of beneath(graph, term)) {
      const { op, inputs } = graph[index]!;
      if (op.kind !== 'call' && op.kind !== 'penalty') continue;
      const size = op.kind === 'call' ? passes.of(op.network) : passes.inGraph(op.critic.graph);
      largest = Math.max(largest, size.largest * frames[index]!);
      const pass = op.kind === 'call' ? `${op.network} ${inputs.join()}` : String(index);
      if (!isTrained[index] || counted.has(pass)) continue;
      counted.add(pass);
      needed += size.needed * frames[index]! * (op.kind === 'penalty' ? PASSES_OF_A_PENALTY : 1);
    }
    return needed + GRADIENTS_IN_FLIGHT * largest;
  });
  return batch * Math.max(0, ...numbers);
}

/** Everything that a node is computed from, itself included. */
function beneath(graph: readonly GraphNode[], from: number): ReadonlySet<number> {
  const found = new Set([from]);
  for (const index of found) for (const input of graph[index]!.inputs) found.add(input);
  return found;
}

/** By node: whether gradients pass it on their way to the weights of these networks. */
function trainedAt(
  graph: readonly GraphNode[],
  networks: readonly string[],
  passes: PassSizes,
): readonly boolean[] {
  const trained: boolean[] = [];
  for (const { op, inputs } of graph) {
    const isOwn = op.kind === 'call' && networks.some((name) => passes.uses(op.network, name));
    trained.push(isOwn || op.kind === 'penalty' || inputs.some((input) => trained[input]!));
  }
  return trained;
}

/** The terms of a sum, whatever they are multiplied with. */
function termsOf(graph: readonly GraphNode[], index: number): number[] {
  const { op, inputs } = graph[index]!;
  const isNumber = (input: number) => graph[input]!.op.kind === 'number';
  if (op.kind === 'negate') return termsOf(graph, inputs[0]!);
  if (op.kind !== 'binary') return [index];
  if (op.operator === '*' || op.operator === '/') {
    const others = inputs.filter((input) => !isNumber(input));
    return others.length === 1 ? termsOf(graph, others[0]!) : [index];
  }
  return graph[index]!.type.batched ? [index] : inputs.flatMap((input) => termsOf(graph, input));
}

/** How many frames stand beside each other in the batch at each node, one outside of `per_frame`. */
function framesAt(graph: readonly GraphNode[]): readonly number[] {
  const frames: number[] = [];
  for (const { op, inputs } of graph) {
    const before = Math.max(1, ...inputs.map((input) => frames[input]!));
    frames.push(op.kind === 'fold_time' ? op.frames : op.kind === 'unfold_time' ? 1 : before);
  }
  return frames;
}

/** Numbers per example. */
interface PassSize {
  /** Of all tensors that gradients are computed from. */
  readonly needed: number;
  readonly largest: number;
}

/** What a pass through each network leaves behind. */
class PassSizes {
  readonly #networks: ReadonlyMap<string, Network>;
  readonly #known = new Map<string, PassSize>();

  constructor(model: Model) {
    this.#networks = new Map(allNetworks(model).map((network) => [network.name, network]));
  }

  trainedNumbers(name: string): number {
    const weights = this.#networks.get(name)!.weights.filter(({ kind }) => kind === 'weight');
    return weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
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
    let [needed, largest] = [0, 0];
    for (const index of neededIn(graph, sizes)) needed += sizes[index]!;
    for (const [index, { op }] of graph.entries()) {
      largest = Math.max(largest, sizes[index]!);
      if (op.kind !== 'call') continue;
      const inside = this.of(op.network);
      needed += inside.needed * frames[index]!;
      largest = Math.max(largest, inside.largest * frames[index]!);
    }
    return { needed, largest };
  }
}

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
    const isSameShape = keepsSize && graph[first]!.type.shape.join() === graph[index]!.type.shape.join();
    // Another shape for the same numbers is the same memory.
    const isView = op.kind === 'fold_time' || op.kind === 'unfold_time';
    root.push(isView || (isLayer && !hasWeights && keepsSize && !isSameShape) ? root[first!]! : index);
    if (hasWeights || (op.kind === 'binary' && (op.operator === '*' || op.operator === '/'))) {
      for (const input of inputs) needed.add(root[input]!);
    } else if (isLayer && isSameShape) needed.add(index);
  }
  return needed;
}
