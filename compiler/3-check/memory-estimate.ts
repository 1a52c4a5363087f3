import { BYTES_PER_ELEMENT, sizeOf } from '../tensor/program.ts';
import {
  allNetworks,
  type GraphNode,
  type Model,
  type Network,
  type Training,
  type UpdatePlan,
  type Weight,
} from './model.ts';
import { unrolledUpdates } from './unrolled-updates.ts';

/**
 * The memory of a training step in bytes, reckoned from layers alone: a matter of microseconds, where the plan of
 * the whole program takes seconds. For the specs and examples of this project a test holds it between 0.7 and 1.4 of that.
 */
export interface MemoryEstimate {
  /** Weights, what optimizers keep for each, averages. */
  readonly kept: number;
  /** What the largest update takes beside them. */
  readonly step: number;
  /** The networks of that update. */
  readonly networks: readonly string[];
}

/** A gradient on its way back through a layer that keeps the shape: that of what came out, and of what went in. */
const GRADIENTS_IN_FLIGHT = 2;

/** The slope of a critic is computed by going through it and back, and half of that once more to go back through it all. */
const PASSES_OF_A_PENALTY = 2.5;

/** A step of another network that is looked ahead through: its way there and back, and what gradients make of both. */
const PASSES_OF_A_STEP_AHEAD = 2.5;

/** The first of them begins with weights as they are: no gradient goes back through what it makes of the data. */
const CONSTANT_IN_THE_FIRST = 0.5;

/** What is on its way from a weight to the next one. */
const MOVING = 2;

export function estimateMemory(model: Model, training: Training): MemoryEstimate {
  const { updates, batch, draw } = training;
  let kept = allNetworks(model).reduce((sum, { weights }) => sum + numbersIn(weights), 0);
  let [step, networks] = [0, updates[0]?.networks ?? []];
  for (const together of draw === 'shared' ? [updates] : updates.map((update) => [update])) {
    const passes = new PassSizes(model, together[0]?.batch ?? batch);
    for (const update of together) kept += passes.trained(update.networks).numbers * (copies(update) - 1);
    // Either the way through the layers takes most, or the new weights and slots after it.
    const layers = layersOf(together, training, passes) + stepsAhead(model, training, together, passes);
    const most = Math.max(layers, newWeights(together, passes));
    if (most > step) [step, networks] = [most, together.flatMap((update) => update.networks)];
  }
  return { kept: kept * BYTES_PER_ELEMENT, step: step * BYTES_PER_ELEMENT, networks };
}

/** What is kept of the steps that `unroll` looks ahead through: all terms of their losses, and the weights on their way. */
function stepsAhead(
  model: Model,
  training: Training,
  updates: readonly UpdatePlan[],
  passes: PassSizes,
): number {
  let numbers = 0;
  for (const update of updates) {
    for (const other of unrolledUpdates(model, training, update)) {
      const layers = layersOf([other], training, passes, true);
      const weights = passes.trained(other.networks).numbers * copies(other);
      numbers += (update.unroll - CONSTANT_IN_THE_FIRST) * (PASSES_OF_A_STEP_AHEAD * layers + weights);
    }
  }
  return numbers;
}

/** A weight, what the optimizer keeps for it, its average. */
function copies({ optimizer: { optimizer, options }, ema }: UpdatePlan): number {
  return 1 + optimizer.slots(options).length + (ema === null ? 0 : 1);
}

function newWeights(updates: readonly UpdatePlan[], passes: PassSizes): number {
  let [all, moving] = [0, 0];
  for (const update of updates) {
    const { numbers, largest } = passes.trained(update.networks);
    all += numbers * copies(update);
    moving = Math.max(moving, largest * Math.min(MOVING, copies(update)));
  }
  return all + moving;
}

function numbersIn(weights: readonly Weight[]): number {
  return weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}

/**
 * The numbers that the layers give on the way to the losses. Terms are worked off one by one, so those of the largest count,
 * but passes whose result is no smaller than what they take wait for each other, and all that `draw: shared` needs is kept.
 */
function layersOf(
  updates: readonly UpdatePlan[],
  { graph }: Training,
  passes: PassSizes,
  keepsAll = updates.length > 1,
): number {
  const frames = framesAt(graph);
  const trained = updates.flatMap(({ networks }) => networks);
  const isTrained = trainedAt(graph, trained, passes);
  const networks = new Set<string>();
  const waiting = new Map<string, number>();
  let [largest, count] = [0, 0];
  for (const term of updates.flatMap(({ loss }) => termsOf(graph, loss))) {
    // A network with several outputs is passed through once.
    const counted = new Set<string>();
    let [needed, flight] = [0, 0];
    for (const index of beneath(graph, term)) {
      const { op, inputs, type } = graph[index]!;
      if (op.kind !== 'call' && op.kind !== 'penalty') continue;
      const given = inputs.reduce((sum, input) => sum + sizeOf(graph[input]!.type.shape), 0);
      const pass = op.kind === 'call' ? `${op.network} ${inputs.join()}` : String(index);
      const size = op.kind === 'call' ? passes.of(op.network) : passes.inGraph(op.critic.graph);
      flight = Math.max(flight, size.flight * frames[index]!);
      if (op.kind === 'call') networks.add(op.network);
      if (!isTrained[index] || counted.has(pass)) continue;
      counted.add(pass);
      count++;
      const numbers = size.needed * frames[index]!;
      if (op.kind === 'penalty') {
        // That of a generator looks at what the loss has made of the same latents.
        const isMade = sizeOf(op.critic.graph[op.critic.result]!.type.shape) >= given;
        needed += numbers * (PASSES_OF_A_PENALTY - (isMade ? 1 : 0));
      } else if (keepsAll || sizeOf(type.shape) >= given) waiting.set(pass, numbers);
      else needed += numbers;
    }
    largest = Math.max(largest, needed + flight);
  }
  const atOnce = [...waiting.values()].reduce((sum, numbers) => sum + numbers, largest);
  const held = [...networks].reduce((sum, name) => sum + passes.held(name), 0);
  // The gradients of one pass wait for those of the others.
  return passes.batch * atOnce + held + (count > 1 ? passes.trained(trained).numbers : 0);
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
  /** What is on its way at once where that is most. */
  readonly flight: number;
}

/** What a pass through each network leaves behind, with a number of examples at a time. */
class PassSizes {
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
