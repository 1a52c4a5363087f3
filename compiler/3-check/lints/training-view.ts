import type * as ast from '../../1-parse/ast.ts';
import type { Span } from '../../source/span.ts';
import {
  allNetworks,
  type GraphNode,
  type GraphOp,
  type Model,
  type Network,
  type Training,
  type UpdatePlan,
} from '../model.ts';
import { networksBeneath } from '../networks-beneath.ts';

/** A score: a use of a network that judges, on something real or on something that another network made. */
export interface Judgement {
  readonly node: number;
  readonly judge: string;
  readonly output: string | null;
  /** The networks that made what is judged; empty for real data. */
  readonly makers: readonly string[];
}

type Op<K extends GraphOp['kind']> = Extract<GraphOp, { kind: K }>;

/** Questions that several lints ask of the training graph. */
export class TrainingView {
  readonly training: Training;
  readonly model: Model;
  readonly #file: ast.SpecFile;
  readonly #train: ast.Train | null;
  readonly #networks: ReadonlyMap<string, Network>;
  readonly #beneath = new Map<number, ReadonlySet<number>>();

  constructor(model: Model, training: Training, file: ast.SpecFile) {
    this.model = model;
    this.training = training;
    this.#file = file;
    this.#train = file.items.find((item) => item.kind === 'train') ?? null;
    this.#networks = new Map(allNetworks(model).map((network) => [network.name, network]));
  }

  node(index: number): GraphNode {
    return this.training.graph[index]!;
  }

  network(name: string): Network {
    return this.#networks.get(name)!;
  }

  /** Everything that a node is computed from, itself included. */
  beneath(index: number): ReadonlySet<number> {
    const known = this.#beneath.get(index);
    if (known) return known;
    const found = new Set<number>();
    const rest = [index];
    while (rest.length > 0) {
      const next = rest.pop()!;
      if (found.has(next)) continue;
      found.add(next);
      rest.push(...this.node(next).inputs);
    }
    this.#beneath.set(index, found);
    return found;
  }

  /** The nodes of one kind that a node is computed from, in the order of the graph. */
  findBeneath<K extends GraphOp['kind']>(
    index: number,
    kind: K,
  ): { readonly index: number; readonly op: Op<K>; readonly node: GraphNode }[] {
    return [...this.beneath(index)]
      .sort((a, b) => a - b)
      .map((i) => ({ index: i, node: this.node(i), op: this.node(i).op }))
      .filter((found): found is { index: number; node: GraphNode; op: Op<K> } => found.op.kind === kind);
  }

  /** Networks that are used beneath a node, those inside penalties and inside other networks included. */
  networksBeneath(index: number): ReadonlySet<string> {
    return networksBeneath(this.model, this.training.graph, index);
  }

  /** The updates that train a network. */
  updatesOf(network: string): readonly UpdatePlan[] {
    return this.training.updates.filter((update) => update.networks.includes(network));
  }

  /**
   * The scores that a loss is made of. A use of a network is one when it looks at something that another
   * network made, or when the network is declared a discriminator.
   */
  judgements(loss: number): Judgement[] {
    return this.findBeneath(loss, 'call').flatMap(({ index, op, node }) => {
      const isJudge = this.network(op.network).role === 'discriminator';
      const makers = isJudge ? this.makersOf(node) : [];
      return isJudge ? [{ node: index, judge: op.network, output: op.output, makers }] : [];
    });
  }

  /** The other networks that made what a network is given. */
  makersOf({ op, inputs }: GraphNode): readonly string[] {
    const names = inputs.flatMap((input) => this.findBeneath(input, 'call').map((call) => call.op.network));
    return [...new Set(names)].filter((name) => op.kind !== 'call' || name !== op.network);
  }

  /** The judges: networks declared as discriminators that training uses. */
  get judges(): readonly string[] {
    const used = new Set(
      this.training.updates.flatMap(({ loss }) => this.judgements(loss).map(({ judge }) => judge)),
    );
    return [...used];
  }

  /** The loss of an update as it was written. */
  lossOf(update: UpdatePlan): ast.Expr | null {
    return this.option(update, 'loss')?.value ?? null;
  }

  /** The names after `update`. */
  updateName(update: UpdatePlan): Span | null {
    for (const entry of this.#train?.entries ?? []) {
      if (entry.kind !== 'update' || entry.span.start !== update.span.start) continue;
      return entry.networks[0]?.span ?? null;
    }
    return null;
  }

  lossSpan(update: UpdatePlan): Span {
    return this.lossOf(update)?.span ?? update.span;
  }

  /** An option of an update as it was written. */
  option(update: UpdatePlan, name: string): ast.Option | null {
    for (const entry of this.#train?.entries ?? []) {
      if (entry.kind === 'update' && entry.span.start === update.span.start) {
        return entry.options.find((option) => option.name.name === name) ?? null;
      }
    }
    return null;
  }

  /** An option of `train` as it was written. */
  trainOption(name: string): ast.Option | null {
    for (const entry of this.#train?.entries ?? []) {
      if (entry.kind === 'option' && entry.name.name === name) return entry;
    }
    return null;
  }

  /** Where an argument of an update's optimizer was written; `lr` may stand first, without its name. */
  optimizerArgument(update: UpdatePlan, name: string): Span | null {
    const call = this.option(update, 'optimizer')?.value;
    if (call?.kind !== 'ref' || !call.args) return null;
    const named = call.args.find((arg) => arg.name?.name === name);
    const first = call.args[0];
    return (named ?? (name === 'lr' && first?.name === null ? first : undefined))?.span ?? null;
  }

  /** Where the user wrote a node: the use of a preset, when the node comes out of the library. */
  spanOf(node: GraphNode): Span {
    const own = this.#file.source.name;
    if (node.span.file === own) return node.span;
    return node.trace.find(({ span }) => span.file === own)?.span ?? node.span;
  }

  /** A node with the factors before and after it, as a term of a loss: `10 * gradient_penalty(…)`. */
  termOf(update: UpdatePlan, node: GraphNode): Span {
    const span = this.spanOf(node);
    const loss = this.lossOf(update);
    return (loss && termAround(loss, span)) ?? span;
  }

  /** A stretch of the spec as text. */
  text(span: Span): string {
    return this.#file.source.text.slice(span.start, span.end).replace(/\s+/g, ' ');
  }
}

/** The largest product in an expression that a place belongs to. */
function termAround(expr: ast.Expr, place: Span): Span | null {
  const inside = (span: Span) => span.start <= place.start && place.end <= span.end;
  let current: ast.Expr = expr;
  while (current.kind === 'binary' && (current.operator === '+' || current.operator === '-')) {
    const side: ast.Expr = inside(current.right.span) ? current.right : current.left;
    if (!inside(side.span)) return null;
    current = side;
  }
  return current.kind === 'binary' ? current.span : null;
}
