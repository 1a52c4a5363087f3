import { timeIgnored } from '../../diagnostics/codes/time-ignored.ts';
import type { Span } from '../../source/span.ts';
import type { GraphNode, Network } from '../model.ts';
import { defineLint } from './lint.ts';
import { isLayer } from './network-layers.ts';
import type { TrainingView } from './training-view.ts';

export const timeIgnoredLint = defineLint({
  codes: ['time-ignored'],
  check({ report, training }) {
    if (!training) return;
    for (const [index, node] of training.training.graph.entries()) {
      if (node.op.kind !== 'call' || node.type.shape.length !== 4) continue;
      const maker = training.network(node.op.network);
      if (maker.role !== 'generator' || training.updatesOf(maker.name).length === 0) continue;
      const way = new WayOfAClip(training);
      way.follow(training.training.graph, index, { perFrame: false, isJudged: false });
      const [first] = way.places;
      if (way.seesTime || !first || way.judges.size === 0) continue;
      report.report(timeIgnored, {
        at: first,
        facts: { maker: maker.name, frames: node.type.shape[0]!, judges: [...way.judges] },
        also: { maker: training.spanOf(node) },
      });
    }
  },
});

/** How a clip, or what was made of it, is at a node. */
interface Carried {
  /** Each frame is an example of its own. */
  readonly perFrame: boolean;
  /** A discriminator has had its say. */
  readonly isJudged: boolean;
}

/**
 * Follows a clip through everything that is computed from it, and finds out whether anything sees two frames
 * together. What is not understood counts as seeing: a wrong warning is worse than none.
 */
class WayOfAClip {
  seesTime = false;
  /** Where something looks at single frames. */
  readonly places: Span[] = [];
  readonly judges = new Set<string>();
  readonly #training: TrainingView;

  constructor(training: TrainingView) {
    this.#training = training;
  }

  /** What becomes of it at the nodes of a graph, from the one that it comes in at. */
  follow(graph: readonly GraphNode[], from: number, start: Carried): ReadonlyMap<number, Carried> {
    const carried = new Map([[from, start]]);
    for (let index = from + 1; index < graph.length && !this.seesTime; index++) {
      const node = graph[index]!;
      if (!node.inputs.some((input) => carried.has(input))) continue;
      const next = this.#next(node, graph, carried);
      if (next) carried.set(index, next);
    }
    return carried;
  }

  /** Null where its way ends. */
  #next(node: GraphNode, graph: readonly GraphNode[], carried: ReadonlyMap<number, Carried>): Carried | null {
    const inputs = node.inputs.flatMap((input) => carried.get(input) ?? []);
    const perFrame = inputs.every((input) => input.perFrame);
    const isJudged = inputs.some((input) => input.isJudged);
    const { op, type } = node;
    switch (op.kind) {
      case 'fold_time':
        return { perFrame: true, isJudged };
      case 'unfold_time':
        return { perFrame: false, isJudged };
      case 'call': {
        // Two frames side by side are seen together.
        if (inputs.length > 1) return this.#sees();
        const place = node.inputs.findIndex((input) => carried.has(input));
        if (perFrame) this.places.push(this.#training.spanOf(node));
        return this.#through(this.#training.network(op.network), place, inputs[0]!);
      }
      case 'layer':
        if (!type.batched) return null;
        if (perFrame) {
          if (op.weights.length > 0) this.places.push(this.#training.spanOf(node));
          return { perFrame, isJudged };
        }
        return isJudged ? this.#scoresThrough(node) : this.#clipThrough(node, graph);
      case 'negate':
        return { perFrame, isJudged };
      case 'binary':
        if (isJudged) return type.batched ? { perFrame, isJudged } : null;
        return this.#isArithmetic(node, graph) ? { perFrame, isJudged } : this.#sees();
      default:
        // A penalty looks at networks that are judged where they are used.
        return null;
    }
  }

  /** After a judge, only weights bring frames together. */
  #scoresThrough(node: GraphNode): Carried | null {
    const hasWeights = isLayer(node) && node.op.weights.length > 0;
    return hasWeights ? this.#sees() : { perFrame: false, isJudged: true };
  }

  /** A layer that is given a clip: one without weights sees no time if it keeps the frames, or adds them all up. */
  #clipThrough(node: GraphNode, graph: readonly GraphNode[]): Carried | null {
    const { shape } = node.type;
    const before = graph[node.inputs[0]!]!.type.shape;
    if (!isLayer(node)) return this.#sees();
    const { layer, weights } = node.op;
    if (layer.name === 'pick_frames') {
      return { perFrame: shape[0] === 1, isJudged: false };
    }
    const isPlain = node.inputs.length === 1 && weights.length === 0 && !layer.mixesExamples;
    const keepsFrames = shape.length === before.length && shape[0] === before[0];
    return isPlain && (keepsFrames || shape.length < before.length)
      ? { perFrame: false, isJudged: false }
      : this.#sees();
  }

  /** Adding a number or noise; in a loss, the difference of two clips sees both whole. */
  #isArithmetic(node: GraphNode, graph: readonly GraphNode[]): boolean {
    if (graph !== this.#training.training.graph) return true;
    return node.inputs.some((input) => PLAIN_NUMBERS.has(graph[input]!.op.kind));
  }

  #through(network: Network, place: number, state: Carried): Carried | null {
    const isJudge = network.role === 'discriminator';
    if (isJudge) this.judges.add(network.name);
    const after = { perFrame: state.perFrame, isJudged: state.isJudged || isJudge };
    if (state.perFrame) return after;
    const { graph } = network;
    const port = network.ports[place]?.name;
    const from = graph.findIndex(({ op }) => op.kind === 'port' && op.port === port);
    if (from < 0) return this.#sees();
    const inside = this.follow(graph, from, { perFrame: false, isJudged: false });
    return network.outputs.some(({ node }) => inside.has(node)) ? after : null;
  }

  #sees(): null {
    this.seesTime = true;
    return null;
  }
}

const PLAIN_NUMBERS: ReadonlySet<string> = new Set(['number', 'noise', 'schedule', 'state']);
