import type * as ast from '../1-parse/ast.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { duplicateName } from '../diagnostics/codes/duplicate-name.ts';
import { unknownArgument } from '../diagnostics/codes/unknown-argument.ts';
import { renameFix } from '../diagnostics/fixes.ts';
import { nearest } from '../diagnostics/nearest.ts';
import { shapeText } from '../diagnostics/wording.ts';
import type { Refusal } from '../measures/measure.ts';
import { sizeOf } from '../tensor/program.ts';
import { evaluateOptions } from './block-options.ts';
import { type Context, freshContext, mistake } from './context.ts';
import { evaluate } from './expression.ts';
import { GraphBuilder } from './graph-builder.ts';
import type { Evaluation, GraphNode, MeasurePlan, Network } from './model.ts';
import { readOptions } from './options.ts';
import { PathScope } from './path-scope.ts';
import { declaredNetwork } from './sampling.ts';
import { textAt } from './source-text.ts';
import { nodeIn } from './tensors.ts';
import { inWords, type MeasureValue } from './values.ts';
import type { World } from './world.ts';

/** The `evaluate` blocks, one at most for each network; null in the place of one with a mistake. */
export function readEvaluations(world: World, blocks: readonly ast.Evaluate[]): (Evaluation | null)[] {
  const first = new Map<string, ast.Name>();
  return blocks.map((block) => {
    const { network } = block;
    const before = first.get(network.name);
    if (!before) {
      first.set(network.name, network);
      return readEvaluation(world, block);
    }
    const details = { at: network.span, facts: { name: `evaluate ${network.name}` } };
    world.report(duplicateName, { ...details, also: { first: before.span } });
    return null;
  });
}

function readEvaluation(world: World, block: ast.Evaluate): Evaluation | null {
  const { name, span } = block.network;
  const owner = `evaluate ${name}`;
  const graph = new GraphBuilder(true);
  const path = new PathScope(owner);
  const ctx: Context = { ...freshContext(world, 'evaluate', owner), graph, path };
  const before = world.errors;
  const network = declaredNetwork(block.network, ctx);
  const names = evaluateOptions.map((option) => option.name);
  const measured = block.options.filter((option) => !names.includes(option.name.name));
  const apart = measured.map((option) => option.name.name);
  const args = readOptions(ctx, owner, span, block.options, evaluateOptions, apart)?.args;
  reportTwice(measured, ctx);
  const samples = args?.int('samples') ?? null;
  const measures = measured.flatMap((option) => readMeasure(option, samples, block, ctx) ?? []);
  if (world.errors > before || !network || !args) return null;
  if (!isUsed(network, graph.nodes, world)) {
    mistake(ctx, argumentValue, {
      at: span,
      facts: {
        call: owner,
        name: 'the block',
        wanted: `a measure of what ${name} makes, such as modes: mode_coverage(${name}(z), data)`,
        given: measures.length === 0 ? 'none' : `none that uses ${name}`,
      },
    });
    return null;
  }
  const every = args.has('every') ? args.int('every') : null;
  return { network: name, every, samples: samples!, graph: graph.nodes, measures, span: block.span };
}

/** `modes: mode_coverage(G(z), ring)`; null after a mistake. */
function readMeasure(
  option: ast.Option,
  samples: number | null,
  block: ast.Evaluate,
  ctx: Context,
): MeasurePlan | null {
  const { name, value: expr } = option;
  const value = evaluate(expr, { ...ctx, wanted: 'measure' });
  if (value.kind === 'unknown') return null;
  if (value.kind !== 'measure') {
    reportNoMeasure(option, inWords(value), ctx);
    return null;
  }
  if (samples === null || !isAccepted(value, samples, option, block, ctx)) return null;
  const nodes = [...value.samples].map(([input, tensor]) => [input, nodeIn(ctx, tensor)] as const);
  return {
    name: name.name,
    measure: value.measure,
    args: value.args,
    samples: new Map(nodes),
    datasets: value.datasets,
    text: textAt(ctx.world, expr.span),
  };
}

/** Something that is no measure: an option that was misspelt, or a name for something else. */
function reportNoMeasure({ name, value }: ast.Option, given: string, ctx: Context): void {
  const suggestion = nearest(
    name.name,
    evaluateOptions.map((option) => option.name),
  );
  if (suggestion) {
    const facts = { call: ctx.owner, noun: 'option', signature: null, name: name.name, suggestion } as const;
    const fixes = [renameFix(name.span, suggestion)];
    mistake(ctx, unknownArgument, { at: name.span, facts: { ...facts, problem: 'unknown' }, fixes });
    return;
  }
  const wanted = 'a measure, such as mode_coverage(G(z), ring)';
  mistake(ctx, argumentValue, {
    at: value.span,
    facts: { call: ctx.owner, name: name.name, wanted, given },
  });
}

/** Numbers that the samples of one input may be in all: 1 GiB of them. */
const MOST_NUMBERS = 2 ** 28;

function isAccepted(
  { measure, args, samples: tensors, datasets }: MeasureValue,
  samples: number,
  option: ast.Option,
  block: ast.Evaluate,
  ctx: Context,
): boolean {
  const shapes = new Map<string, readonly number[]>();
  for (const [input, { shape }] of tensors) {
    shapes.set(
      input,
      shape.map((size) => size.value!),
    );
  }
  for (const [input, { source, args: given }] of datasets) {
    shapes.set(input, [source.modes!((argument) => given.number(argument)).centres[0]!.length]);
  }
  const most = Math.floor(MOST_NUMBERS / Math.max(...[...shapes.values()].map(sizeOf)));
  const refusal: Refusal | null =
    samples > most
      ? { name: 'samples', wanted: `at most ${most} here, as all of them are held in memory at once` }
      : (measure.refuses?.({ shapes, samples, args }) ?? null);
  if (!refusal) return true;
  const isOption = refusal.name === 'samples';
  const written = block.options.find(({ name }) => name.name === refusal.name);
  mistake(ctx, argumentValue, {
    at:
      (isOption ? written?.value.span : (args.span(refusal.name) ?? tensors.get(refusal.name)?.made)) ??
      option.value.span,
    facts: {
      call: isOption ? ctx.owner : measure.name,
      name: refusal.name,
      wanted: refusal.wanted,
      given: isOption ? String(samples) : shapeText(shapes.get(refusal.name) ?? []),
    },
  });
  return false;
}

function reportTwice(options: readonly ast.Option[], ctx: Context): void {
  const seen = new Map<string, ast.Name>();
  for (const { name } of options) {
    const first = seen.get(name.name);
    seen.set(name.name, first ?? name);
    if (!first) continue;
    const facts = { call: ctx.owner, noun: 'option', signature: null, name: name.name } as const;
    const also = { first: first.span };
    mistake(ctx, unknownArgument, { at: name.span, facts: { ...facts, problem: 'twice' }, also });
  }
}

/** Whether a graph uses a network, directly or in another one. */
function isUsed(network: Network, graph: readonly GraphNode[], world: World): boolean {
  return graph.some(({ op }) => {
    if (op.kind !== 'call') return false;
    if (op.network === network.name) return true;
    const other = [...world.networks.values()].find((one) => one?.name === op.network);
    return other ? isUsed(network, other.graph, world) : false;
  });
}
