import type * as ast from '../1-parse/ast.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { inputShapeMismatch } from '../diagnostics/codes/input-shape-mismatch.ts';
import type { CriticPenalty, Penalty, WeightPenalty } from '../regularizers/penalty.ts';
import { apply } from './apply.ts';
import { assign } from './assign.ts';
import { readAssigned } from './bind.ts';
import { type Context, mistake } from './context.ts';
import { evaluate } from './expression.ts';
import { evaluateGiven } from './given.ts';
import { GraphBuilder } from './graph-builder.ts';
import { UNBOUNDED } from './interval.ts';
import { type Critic, kernelsOf } from './model.ts';
import { bareName } from './source-text.ts';
import { addNode, type NodeRef, nodeIn, sameShape } from './tensors.ts';
import { type Given, inWords, type TensorValue, takeOneOf, UNKNOWN, type Value } from './values.ts';
import { isOfWholeBatch } from './whole-batch.ts';

export function applyPenalty(penalty: Penalty, ref: ast.Ref, ctx: Context): Value {
  return penalty.looksAt === 'weights' ? onWeights(penalty, ref, ctx) : onCritic(penalty, ref, ctx);
}

/** `orthogonal_penalty(G)`: a network, and options. */
function onWeights(penalty: WeightPenalty, ref: ast.Ref, ctx: Context): Value {
  const read = readArguments(penalty, 'network', ref, ctx);
  if (!read) return UNKNOWN;
  const { span, value: written } = read.subject;
  const value = evaluate(written, { ...ctx, top: false });
  if (value.kind === 'unknown') return UNKNOWN;
  const network = value.kind === 'callable' && value.callee.kind === 'network' ? value.callee.network : null;
  if (!network || kernelsOf(network).length === 0) {
    return mistake(ctx, argumentValue, {
      at: span,
      facts: {
        call: penalty.name,
        name: 'network',
        wanted: 'the name of a network that has kernels, such as G',
        given: network ? `${network.name}, which has none` : inWords(value),
      },
    });
  }
  if (!read.bound) return UNKNOWN;
  const path = ctx.path.claim(penalty.name);
  const op = { kind: 'weight_penalty', penalty, args: read.bound.args, network: network.name, path } as const;
  return addNode(ctx, op, [], RESULT, ref.span);
}

/** `gradient_penalty(D(_, y), real, fake)`: a critic with a hole, the tensors it is tried on, options. */
function onCritic(penalty: CriticPenalty, ref: ast.Ref, ctx: Context): Value {
  const { name } = penalty;
  const read = readArguments(penalty, 'critic', ref, ctx);
  if (!read) return UNKNOWN;
  const { given, bound } = read;
  const tensors = penalty.tensors.map((role) => tensorFor(name, role, given.get(role)!, ctx));
  if (!bound || !tensors.every((tensor) => tensor !== null)) return UNKNOWN;
  if (!sameShapes(penalty, tensors, given, ctx)) return UNKNOWN;
  const path = ctx.path.claim(name);
  const found = readCritic(penalty, read.subject, tensors[0]!, ctx);
  if (!found) return UNKNOWN;
  const op = { kind: 'penalty', penalty, args: bound.args, critic: found.critic, path } as const;
  const { shape, batched } = tensors[0]!;
  const result = penalty.gives === 'gradient' ? { shape, range: UNBOUNDED, batched } : RESULT;
  return addNode(ctx, op, [...tensors, ...found.captured], result, ref.span);
}

const RESULT = { shape: [], range: { low: 0, high: Infinity }, batched: false };

/** The first argument of a penalty as it is written, for it is no value yet, and the others with what they stand for. */
function readArguments(penalty: Penalty, subject: 'critic' | 'network', ref: ast.Ref, ctx: Context) {
  const { name, arguments: table, tensors } = penalty;
  const call = { name, noun: 'argument', span: ref.span } as const;
  const assigned = assign(
    ctx,
    call,
    [...[subject, ...tensors].map((role) => ({ name: role })), ...table],
    (ref.args ?? []).map((arg) => {
      const { name: written, value, span } = arg;
      return { name: written?.name ?? null, nameSpan: written?.span ?? value.span, span, arg };
    }),
  );
  if (!assigned) return null;
  const given = new Map<string, Given>();
  for (const [role, [one]] of assigned) {
    if (role !== subject) given.set(role, evaluateGiven(one!.arg, table, ctx));
  }
  const bound = readAssigned(ctx, call, table, new Map([...given].map(([role, one]) => [role, [one]])));
  return { subject: assigned.get(subject)![0]!.arg, given, bound };
}

function tensorFor(penalty: string, role: string, given: Given, ctx: Context): TensorValue | null {
  const { value, expr } = given;
  if (value.kind === 'tensor' && !value.label) {
    return isOfWholeBatch(ctx, value, given, penalty, role) ? null : value;
  }
  if (value.kind !== 'unknown') {
    mistake(ctx, argumentValue, {
      at: expr!.span,
      facts: { call: penalty, name: role, wanted: 'a tensor', given: inWords(value) },
    });
  }
  return null;
}

/** Real and fake must be alike, since the penalty looks between them. */
function sameShapes(
  penalty: CriticPenalty,
  tensors: readonly TensorValue[],
  given: ReadonlyMap<string, Given>,
  ctx: Context,
): boolean {
  const [first] = tensors;
  const other = tensors.findIndex((tensor) => !sameShape(tensor.shape, first!.shape));
  if (other < 0) return true;
  const port = penalty.tensors[other]!;
  const { expr } = given.get(port)!;
  mistake(ctx, inputShapeMismatch, {
    at: expr!.span,
    facts: {
      network: penalty.name,
      port,
      wanted: first!.shape,
      value: bareName(expr),
      given: tensors[other]!.shape,
    },
    also: { port: given.get(penalty.tensors[0]!)!.expr!.span },
  });
  return false;
}

/** The critic as a small graph of its own, and the tensors that it uses from around it. */
function readCritic(
  penalty: CriticPenalty,
  arg: ast.Arg,
  like: TensorValue,
  ctx: Context,
): { critic: Critic; captured: NodeRef[] } | null {
  const graph = new GraphBuilder(true, ctx.graph);
  const around = { ...ctx, graph, top: false };
  const { shape, range } = like;
  const hole = addNode(
    around,
    { kind: 'port', port: '_' },
    [],
    { shape, range, batched: true },
    arg.value.span,
  );
  const inner = { ...around, scope: ctx.scope.with('_', hole) };
  let value = evaluate(arg.value, inner);
  // `gradient_penalty(D, …)` means D(_).
  if (value.kind === 'callable') {
    const first = { name: null, nameSpan: arg.span, value: hole, expr: arg.value, span: arg.value.span };
    value = apply(value, first, inner);
  }
  if (value.kind === 'unknown') return null;
  if (value.kind !== 'tensor' || value.graph !== graph || !dependsOn(graph, value.node, hole.node)) {
    mistake(ctx, argumentValue, {
      at: arg.value.span,
      facts: {
        call: penalty.name,
        name: 'critic',
        wanted: 'a network with _ in the place of its input, such as D(_)',
        given: value.kind === 'tensor' ? 'something without _' : inWords(value),
        instead: takeOneOf(value),
      },
    });
    return null;
  }
  const critic = {
    graph: graph.nodes,
    result: nodeIn(inner, value),
    captures: graph.captured.map((c) => c.port),
  };
  return { critic, captured: graph.captured.map(({ from, node }) => ({ graph: from, node })) };
}

function dependsOn(graph: GraphBuilder, node: number, on: number): boolean {
  const reached = new Set([on]);
  // Inputs stand before what uses them.
  graph.nodes.forEach((each, index) => {
    if (each.inputs.some((input) => reached.has(input))) reached.add(index);
  });
  return reached.has(node);
}
