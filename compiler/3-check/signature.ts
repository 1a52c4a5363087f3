import type * as ast from '../1-parse/ast.ts';
import { eachReference } from '../2-resolve/references.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { unknownName } from '../diagnostics/codes/unknown-name.ts';
import { nearest } from '../diagnostics/nearest.ts';
import type { Span } from '../source/span.ts';
import { type Context, freshContext, mistake } from './context.ts';
import { Dim } from './dim.ts';
import { latentOf } from './latent.ts';
import { promisedMultiples } from './multiples.ts';
import { Scope } from './scope.ts';
import { latentType, type TensorPort, tensorType } from './type-expression.ts';
import { UNKNOWN } from './values.ts';
import type { World } from './world.ts';

/** What a module or network takes and gives, in named sizes. */
export interface Signature {
  readonly graph: ast.Graph;
  readonly ports: readonly SignaturePort[];
  readonly output: readonly SignatureOutput[];
  /** Capital names to be found, in ports first. */
  readonly letters: ReadonlySet<string>;
  /** What each named size is promised to be a multiple of: a signature that says `H/2` demands an even H. */
  readonly multiples: ReadonlyMap<string, number>;
  /** False after a mistake in the signature itself. */
  readonly sound: boolean;
}

export interface SignaturePort {
  readonly name: string;
  readonly type: PortType;
  readonly default: ast.Expr | null;
  readonly span: Span;
}

export interface SignatureOutput {
  /** Null for the only output. */
  readonly name: string | null;
  readonly type: TensorPort | UnknownPort;
}

export type PortType =
  | TensorPort
  /** A tensor of any shape. */
  | UnknownPort
  | { readonly kind: 'int' | 'number' | 'boolean' | 'text' | 'layer' };

export interface UnknownPort {
  readonly kind: 'any';
}

/** What an input may be that is no tensor, by the words for it. */
export const PARAMETER_TYPES: ReadonlyMap<string, 'int' | 'number' | 'boolean' | 'text' | 'layer'> = new Map([
  ['int', 'int'],
  ['number', 'number'],
  ['float', 'number'],
  ['boolean', 'boolean'],
  ['bool', 'boolean'],
  ['text', 'text'],
  ['string', 'text'],
  ['layer', 'layer'],
]);

export function signatureOf(world: World, graph: ast.Graph): Signature {
  const known = world.signatures.get(graph);
  if (known) return known;
  const signature = readSignature(world, graph);
  world.signatures.set(graph, signature);
  return signature;
}

function readSignature(world: World, graph: ast.Graph): Signature {
  const before = world.errors;
  const names = world.resolved.namesAt(graph.span);
  const multiples = promisedMultiples(graph);
  const letters = new Set<string>();
  const scope = new Scope();
  const ctx: Context = { ...freshContext(world, 'signature', graph.name.name), scope };
  for (const type of allTypes(graph)) {
    eachReference(type.expr, (ref) => {
      const name = ref.path[0]!.name;
      if (ref.args || ref.path.length > 1 || !/^[A-Z]/.test(name) || letters.has(name)) return;
      if (names.params.has(name) || names.datasets.has(name)) return;
      if (type.expr.kind !== 'list' && ref === type.expr) return;
      letters.add(name);
      scope.set(name, { kind: 'size', size: Dim.named(name, multiples.get(name) ?? 1) });
    });
  }
  // Whole numbers of the signature can be used in its shapes: filters.
  for (const port of graph.ports) {
    if (simpleKind(port.type) === 'int') {
      const name = port.name.name;
      scope.set(name, { kind: 'size', size: Dim.named(name, multiples.get(name) ?? 1) });
    } else if (simpleKind(port.type)) scope.set(port.name.name, UNKNOWN);
  }
  const ports = graph.ports.map((port) => ({
    name: port.name.name,
    type: portType(ctx, graph, port),
    default: port.default,
    span: port.span,
  }));
  const output =
    graph.output.kind === 'type'
      ? [{ name: null, type: outputType(ctx, graph.output) }]
      : graph.output.fields.map((field) => ({ name: field.name.name, type: outputType(ctx, field.type) }));
  return { graph, ports, output, letters, multiples, sound: world.errors === before };
}

function* allTypes(graph: ast.Graph): Iterable<ast.TypeExpr> {
  for (const port of graph.ports) if (port.type) yield port.type;
  if (graph.output.kind === 'type') yield graph.output;
  else for (const field of graph.output.fields) yield field.type;
}

function simpleKind(type: ast.TypeExpr | null) {
  const expr = type?.expr;
  if (expr?.kind !== 'ref' || expr.args || expr.path.length > 1) return undefined;
  return PARAMETER_TYPES.get(expr.path[0]!.name);
}

function portType(ctx: Context, graph: ast.Graph, port: ast.Port): PortType {
  if (port.type === null) {
    if (graph.role === 'module') return port.default ? { kind: 'layer' } : { kind: 'any' };
    return latentPort(ctx, port);
  }
  const simple = simpleKind(port.type);
  if (simple) return { kind: simple };
  return tensorType(ctx, port.type) ?? { kind: 'any' };
}

/** A port of a network without a type is the latent of that name. */
function latentPort(ctx: Context, port: ast.Port): PortType {
  const { name, span } = port.name;
  const { latents, lost } = ctx.world.resolved.namesAt(span);
  const item = latents.get(name);
  if (!item) {
    if (lost.has(name)) return { kind: 'any' };
    const known = [...latents.keys()];
    mistake(ctx, unknownName, {
      at: span,
      facts: { name, kind: 'latent', suggestion: nearest(name, known), known },
    });
    return { kind: 'any' };
  }
  const latent = latentOf(ctx.world, item);
  return latent ? latentType(latent) : { kind: 'any' };
}

function outputType(ctx: Context, type: ast.TypeExpr): TensorPort | UnknownPort {
  const simple = simpleKind(type);
  if (simple) {
    mistake(ctx, argumentValue, {
      at: type.span,
      facts: {
        call: ctx.owner,
        name: 'the output',
        wanted: 'a shape, such as [1] or [H, W, 3]',
        given: `\`${simple}\``,
      },
    });
    return { kind: 'any' };
  }
  return tensorType(ctx, type) ?? { kind: 'any' };
}
