import { BYTES_PER_ELEMENT, sizeOf } from '../tensor/program.ts';
import {
  allNetworks,
  type Critic,
  type GraphNode,
  type Model,
  type Training,
  type UpdatePlan,
} from './model.ts';
import { neededFor } from './needed-for.ts';
import { framesAt, numbersIn, PassSizes } from './pass-sizes.ts';
import { allOf, mostAtOnce, type Term } from './terms-at-once.ts';
import { unrolledUpdates } from './unrolled-updates.ts';

/**
 * The memory of a training step in bytes, reckoned from layers alone: a matter of microseconds, where the plan of
 * the whole program takes seconds. For the specs and examples of this project a test holds it between 0.8 and 1.4 of that.
 */
export interface MemoryEstimate {
  /** Weights, what optimizers keep for each, averages. */
  readonly kept: number;
  /** What the largest update takes beside them. */
  readonly step: number;
  /** The networks of that update. */
  readonly networks: readonly string[];
}

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
  // Outside of networks there are pools of examples.
  const pools = training.graph.flatMap(({ op }) => (op.kind === 'layer' ? op.weights : []));
  let kept = allNetworks(model).reduce((sum, { weights }) => sum + numbersIn(weights), numbersIn(pools));
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

/** The numbers that the layers give on the way to the losses. What is looked ahead through is kept, all of it. */
function layersOf(
  updates: readonly UpdatePlan[],
  { graph }: Training,
  passes: PassSizes,
  keepsAll = false,
): number {
  const frames = framesAt(graph);
  const trained = updates.flatMap(({ networks }) => networks);
  const isTrained = trainedAt(graph, trained, passes);
  const networks = new Set<string>();
  const terms = updates
    .flatMap(({ loss }) => termsOf(graph, loss))
    .map((term): Term => {
      const left = new Map<string, number>();
      let flight = 0;
      for (const index of neededFor(graph, term)) {
        const { op, inputs } = graph[index]!;
        if (op.kind !== 'call' && op.kind !== 'penalty') continue;
        if (op.kind === 'call') networks.add(op.network);
        const size = op.kind === 'call' ? passes.of(op.network) : passes.inGraph(op.critic.graph);
        flight = Math.max(flight, size.flight * frames[index]!);
        if (!isTrained[index]) continue;
        const numbers = size.needed * frames[index]!;
        // A network with several outputs is passed through once.
        if (op.kind === 'call') left.set(`${op.network} ${inputs.join()}`, numbers);
        else left.set(String(index), numbers * passesOf(op.critic, inputs, graph));
      }
      return { passes: left, flight };
    });
  const count = new Set(terms.flatMap((term) => [...term.passes.keys()])).size;
  const atOnce = keepsAll ? allOf(terms) : mostAtOnce(terms);
  const held = [...networks].reduce((sum, name) => sum + passes.held(name), 0);
  // The gradients of one pass wait for those of the others.
  return passes.batch * atOnce + held + (count > 1 ? passes.trained(trained).numbers : 0);
}

/** That of a generator looks at what the loss has made of the same latents. */
function passesOf(
  { graph, result }: Critic,
  inputs: readonly number[],
  around: readonly GraphNode[],
): number {
  const given = inputs.reduce((sum, input) => sum + sizeOf(around[input]!.type.shape), 0);
  return PASSES_OF_A_PENALTY - (sizeOf(graph[result]!.type.shape) >= given ? 1 : 0);
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
