import type * as ast from '../1-parse/ast.ts';
import { signatureText } from '../arguments/signature-text.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { inputShapeMismatch } from '../diagnostics/codes/input-shape-mismatch.ts';
import { unknownArgument } from '../diagnostics/codes/unknown-argument.ts';
import type { Penalty } from '../regularizers/penalty.ts';
import { apply } from './apply.ts';
import { bind } from './bind.ts';
import { type Context, mistake } from './context.ts';
import { evaluate } from './expression.ts';
import { GraphBuilder } from './graph-builder.ts';
import type { Critic } from './model.ts';
import { bareName } from './source-text.ts';
import { addNode, nodeIn, sameShape } from './tensors.ts';
import { type Given, inWords, type TensorValue, UNKNOWN, type Value } from './values.ts';

/** `gradient_penalty(D(_, y), real, fake)`: a critic with a hole, the tensors it is tried on, options. */
export function applyPenalty(penalty: Penalty, ref: ast.Ref, ctx: Context): Value {
  const { name } = penalty;
  const parameters = ['critic', ...penalty.tensors].map(
    (n) => ({ name: n, kind: 'number', summary: '' }) as const,
  );
  const signature = signatureText(name, [...parameters, ...penalty.arguments]);
  const base = { call: name, noun: 'argument', signature } as const;
  const roles = ['critic', ...penalty.tensors];
  const assigned = new Map<string, ast.Arg>();
  const rest: ast.Arg[] = [];
  let next = 0;
  for (const arg of ref.args ?? []) {
    const role = arg.name ? roles.find((r) => r === arg.name!.name) : roles[next++];
    if (role && !assigned.has(role)) assigned.set(role, arg);
    else rest.push(arg);
  }
  const missing = roles.find((role) => !assigned.has(role));
  if (missing) {
    return mistake(ctx, unknownArgument, {
      at: ref.span,
      facts: { ...base, problem: 'missing', name: missing },
    });
  }
  const given = rest.map((arg) => givenOf(arg, evaluate(arg.value, { ...ctx, top: false })));
  const bound = bind(ctx, { name, noun: 'argument', span: ref.span }, penalty.arguments, given);
  const tensors = penalty.tensors.map((role) => {
    const arg = assigned.get(role)!;
    return tensorFor(name, role, arg, evaluate(arg.value, { ...ctx, top: false }), ctx);
  });
  if (!bound || !tensors.every((tensor) => tensor !== null)) return UNKNOWN;
  if (!sameShapes(penalty, tensors, assigned, ctx)) return UNKNOWN;
  const path = ctx.path.claim(name);
  const found = readCritic(penalty, assigned.get('critic')!, tensors[0]!, ctx);
  if (!found) return UNKNOWN;
  const parts = { shape: [], range: { low: 0, high: Infinity }, batched: false };
  const op = { kind: 'penalty', penalty, args: bound.args, critic: found.critic, path } as const;
  return addNode(ctx, op, [...tensors, ...found.captured], parts, ref.span);
}

function givenOf(arg: ast.Arg, value: Value): Given {
  return {
    name: arg.name?.name ?? null,
    nameSpan: arg.name?.span ?? arg.value.span,
    value,
    expr: arg.value,
    span: arg.span,
  };
}

function tensorFor(
  penalty: string,
  role: string,
  arg: ast.Arg,
  value: Value,
  ctx: Context,
): TensorValue | null {
  if (value.kind === 'tensor' && !value.label) return value;
  if (value.kind !== 'unknown') {
    mistake(ctx, argumentValue, {
      at: arg.value.span,
      facts: { call: penalty, name: role, wanted: 'a tensor', given: inWords(value) },
    });
  }
  return null;
}

/** Real and fake must be alike, since the penalty looks between them. */
function sameShapes(
  penalty: Penalty,
  tensors: readonly TensorValue[],
  assigned: ReadonlyMap<string, ast.Arg>,
  ctx: Context,
): boolean {
  const other = tensors.findIndex((tensor) => !sameShape(tensor.shape, tensors[0]!.shape));
  if (other < 0) return true;
  const arg = assigned.get(penalty.tensors[other]!)!;
  mistake(ctx, inputShapeMismatch, {
    at: arg.value.span,
    facts: {
      network: penalty.name,
      port: penalty.tensors[other]!,
      wanted: tensors[0]!.shape,
      value: bareName(arg.value),
      given: tensors[other]!.shape,
    },
    also: { port: assigned.get(penalty.tensors[0]!)!.value.span },
  });
  return false;
}

/** The critic as a small graph of its own, and the tensors that it uses from around it. */
function readCritic(
  penalty: Penalty,
  arg: ast.Arg,
  like: TensorValue,
  ctx: Context,
): { critic: Critic; captured: TensorValue[] } | null {
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
      },
    });
    return null;
  }
  const captured = graph.captured.map(({ from, node }): TensorValue => {
    const { type, span } = from.nodes[node]!;
    return { ...like, graph: from, node, made: span, batched: type.batched };
  });
  const critic = {
    graph: graph.nodes,
    result: nodeIn(inner, value),
    captures: graph.captured.map((c) => c.port),
  };
  return { critic, captured };
}

function dependsOn(graph: GraphBuilder, node: number, on: number): boolean {
  const reached = new Set([on]);
  // Inputs stand before what uses them.
  graph.nodes.forEach((each, index) => {
    if (each.inputs.some((input) => reached.has(input))) reached.add(index);
  });
  return reached.has(node);
}
