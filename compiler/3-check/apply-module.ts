import type * as ast from '../1-parse/ast.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import type { Span } from '../source/span.ts';
import { evaluateBody } from './body.ts';
import { type Context, freshContext, mistake } from './context.ts';
import type { Dim } from './dim.ts';
import { promiseBroken } from './division-report.ts';
import { evaluate } from './expression.ts';
import { UNBOUNDED } from './interval.ts';
import { PathScope, snakeCase } from './path-scope.ts';
import { type Match, matchPorts } from './ports.ts';
import { Scope } from './scope.ts';
import { type Signature, type SignaturePort, signatureOf } from './signature.ts';
import { reportDifference } from './signature-report.ts';
import { addNode } from './tensors.ts';
import { type Given, sizeValue, UNKNOWN, type Value } from './values.ts';

/**
 * A use of a module: its own weights, its body laid out here. While another module is checked for all sizes,
 * and when the module is broken, its signature is taken at its word instead.
 */
export function applyModule(
  graph: ast.Graph,
  first: Given | null,
  args: readonly Given[],
  span: Span,
  ctx: Context,
): Value {
  const { world } = ctx;
  const signature = signatureOf(world, graph);
  if (!signature.sound) return UNKNOWN;
  const trace = [{ module: graph.name.name, span }, ...ctx.trace];
  const defaults = (port: SignaturePort, sizes: ReadonlyMap<string, Dim>) => {
    const scope = sizeScope(sizes);
    return port.default
      ? evaluate(port.default, { ...freshContext(world, 'module', graph.name.name), scope })
      : UNKNOWN;
  };
  const match = matchPorts(signature, first ? [first, ...args] : args, span, ctx, defaults);
  if (!match || promiseBroken(signature, match, { ...ctx, trace })) return UNKNOWN;
  if (!ctx.graph || world.broken.has(graph)) return promised(signature, match, span, ctx);
  const scope = sizeScope(match.sizes);
  for (const [name, value] of match.values) scope.set(name, value);
  const within = { ...ctx, trace, owner: graph.name.name, top: false, wanted: null };
  const path = pathOf(graph, match, span, { ...ctx, trace });
  const result = evaluateBody(graph.body, { ...within, scope, path });
  const before = world.errors;
  reportDifference(signature, match.sizes, result, within);
  if (world.errors > before) return UNKNOWN;
  return result.kind === 'tensor' ? { ...result, made: span } : result;
}

/**
 * Where the weights of a use lie. A port `key`, a number or a word, is part of that: uses with the same key are the same
 * in every stage of training, whatever else comes before them.
 */
function pathOf(graph: ast.Graph, match: Match, span: Span, ctx: Context): PathScope {
  const name = snakeCase(graph.name.name);
  const key = match.values.get('key');
  if (key?.kind === 'number') return new PathScope(ctx.path.claimKeyed(name, String(key.value)));
  if (key?.kind !== 'text') return new PathScope(ctx.path.claim(name));
  if (!/^[\w-]{1,60}$/.test(key.value)) {
    mistake(ctx, argumentValue, {
      at: span,
      facts: {
        call: graph.name.name,
        name: 'key',
        wanted: 'a number, or a word of letters, digits, _ and -',
        given: JSON.stringify(key.value),
      },
    });
  }
  return new PathScope(ctx.path.claimKeyed(name, key.value));
}

/** The named sizes as names that a body can use. */
export function sizeScope(sizes: ReadonlyMap<string, Dim>): Scope {
  return new Scope([...sizes].map(([name, size]): [string, Value] => [name, sizeValue(size)]));
}

/** What the signature promises, without a look at the body. */
function promised(signature: Signature, match: Match, span: Span, ctx: Context): Value {
  const outputs = signature.output.map(({ name, type }): [string | null, Value] => {
    if (type.kind === 'any') return [name, UNKNOWN];
    const shape = type.shape.map((size) => size.substitute(match.sizes));
    if (!shape.every((size) => size !== null)) return [name, UNKNOWN];
    if (shape.some((size) => [...size.names].some((letter) => isOpen(letter, signature, match)))) {
      return [name, UNKNOWN];
    }
    const parts = { shape, range: type.range ?? UNBOUNDED, label: type.label, batched: true };
    // No node: the graph is not going to be used.
    return [name, addNode({ ...ctx, graph: null }, { kind: 'negate' }, [], parts, span)];
  });
  if (outputs.length === 1 && outputs[0]![0] === null) return outputs[0]![1];
  const fields = new Map(outputs.map(([name, value]) => [name!, value]));
  return { kind: 'record', fields, owner: signature.graph.name.name };
}

function isOpen(letter: string, signature: Signature, match: Match): boolean {
  return signature.letters.has(letter) && !match.sizes.has(letter);
}
