import type * as ast from '../1-parse/ast.ts';
import { eachReference } from '../2-resolve/references.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { unknownName } from '../diagnostics/codes/unknown-name.ts';
import { nearest } from '../diagnostics/nearest.ts';
import type { Span } from '../source/span.ts';
import { type Context, freshContext, mistake } from './context.ts';
import { fieldType } from './dataset.ts';
import { Dim } from './dim.ts';
import { evaluate } from './expression.ts';
import type { Interval } from './interval.ts';
import { readInterval } from './interval-expression.ts';
import { latentOf } from './latent.ts';
import type { Latent } from './model.ts';
import { promisedMultiples } from './multiples.ts';
import { rangeSpan } from './range-span.ts';
import { Scope } from './scope.ts';
import { readShape } from './shape-expression.ts';
import { type Label, UNKNOWN, type Value } from './values.ts';
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

export interface TensorPort {
  readonly kind: 'tensor';
  readonly shape: readonly Dim[];
  readonly label: Label | null;
  readonly range: Interval | null;
  /** What it is called where the type is that of a field: `faces.image`. */
  readonly field: string | null;
  /** Where the shape is written. */
  readonly span: Span;
  /** Where the range is written. */
  readonly rangeSpan: Span | null;
  /** Params that it was written with. */
  readonly because: readonly { readonly name: string; readonly value: number }[];
}

const SIMPLE = new Map<string, 'int' | 'number' | 'boolean' | 'text' | 'layer'>([
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
  const multiples = promisedMultiples(graph);
  const letters = new Set<string>();
  const scope = new Scope();
  const ctx: Context = { ...freshContext(world, 'signature', graph.name.name), scope };
  for (const type of allTypes(graph)) {
    eachReference(type.expr, (ref) => {
      const name = ref.path[0]!.name;
      if (ref.args || ref.path.length > 1 || !/^[A-Z]/.test(name) || letters.has(name)) return;
      if (world.resolved.params.has(name) || world.resolved.datasets.has(name)) return;
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
  return SIMPLE.get(expr.path[0]!.name);
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
  if (!ctx.world.resolved.latents.has(name)) {
    const known = [...ctx.world.resolved.latents.keys()];
    mistake(ctx, unknownName, {
      at: span,
      facts: { name, kind: 'latent', suggestion: nearest(name, known), known },
    });
    return { kind: 'any' };
  }
  const latent = latentOf(ctx.world, name);
  return latent ? latentType(latent) : { kind: 'any' };
}

function latentType(latent: Latent): TensorPort {
  return {
    kind: 'tensor',
    shape: latent.type.shape.map((size) => Dim.of(size)),
    label: null,
    range: latent.type.range,
    field: null,
    span: latent.span,
    rangeSpan: null,
    because: [],
  };
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

/** A shape, `label(10)`, or the type of a field; null after a mistake was reported. */
export function tensorType(ctx: Context, type: ast.TypeExpr): TensorPort | null {
  const { expr } = type;
  const range = type.range ? readInterval(ctx, type.range) : null;
  const written = rangeSpan(ctx.world.resolved.file.source, type);
  const base = { label: null, range, field: null, span: expr.span, rangeSpan: written, because: [] };
  if (expr.kind === 'list') {
    const shape = readShape(ctx, expr);
    return shape && { ...base, kind: 'tensor', shape, because: paramsIn(ctx, expr) };
  }
  if (expr.kind === 'ref' && expr.path.length === 1 && expr.path[0]!.name === 'label') {
    const classes = labelClasses(ctx, expr);
    return classes && { ...base, kind: 'tensor', shape: [], label: { classes, declared: expr.span } };
  }
  if (expr.kind === 'ref' && expr.args === null && expr.path.length === 2) {
    const [data, field] = expr.path;
    const found = fieldType(ctx, data!, field!);
    return found && { ...found, range: range ?? found.range, rangeSpan: written ?? found.rangeSpan };
  }
  // `noise: z`, where the input is not called like the latent.
  if (expr.kind === 'ref' && expr.args === null && ctx.world.resolved.latents.has(expr.path[0]!.name)) {
    const latent = latentOf(ctx.world, expr.path[0]!.name);
    return latent && latentType(latent);
  }
  const value = evaluate(expr, ctx);
  if (value.kind !== 'unknown') {
    mistake(ctx, argumentValue, {
      at: expr.span,
      facts: {
        call: ctx.owner,
        name: 'the type',
        wanted: 'a shape such as [64, 64, 3], label(10), or a field such as faces.image',
        given: 'something else',
      },
    });
  }
  return null;
}

function labelClasses(ctx: Context, expr: ast.Ref): Dim | null {
  const given = expr.args?.[0];
  const value: Value = given ? evaluate(given.value, ctx) : UNKNOWN;
  if (value.kind === 'size') return value.size;
  if (value.kind === 'number' && Number.isSafeInteger(value.value) && value.value >= 1) {
    return Dim.of(value.value);
  }
  if (!given || value.kind !== 'unknown') {
    mistake(ctx, argumentValue, {
      at: expr.span,
      facts: {
        call: 'label',
        name: 'classes',
        wanted: 'the number of classes, such as label(10)',
        given: given ? 'something else' : 'nothing',
      },
    });
  }
  return null;
}

/** Params that stand in an expression, with their values. */
export function paramsIn(ctx: Context, expr: ast.Expr): { name: string; value: number }[] {
  const found = new Map<string, number>();
  eachReference(expr, (ref) => {
    const name = ref.path[0]!.name;
    if (!ctx.world.resolved.params.has(name) || found.has(name)) return;
    const value = evaluate(ref, ctx);
    if (value.kind === 'number') found.set(name, value.value);
  });
  return [...found].map(([name, value]) => ({ name, value }));
}
