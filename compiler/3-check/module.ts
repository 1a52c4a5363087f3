import type * as ast from '../1-parse/ast.ts';
import { eachReferenceInBody } from '../2-resolve/references.ts';
import { unsolvedSize } from '../diagnostics/codes/unsolved-size.ts';
import { sizeScope } from './apply-module.ts';
import { evaluateBody } from './body.ts';
import { type Context, freshContext, mistake } from './context.ts';
import { Dim } from './dim.ts';
import { evaluate } from './expression.ts';
import { UNBOUNDED } from './interval.ts';
import { usedMultiples } from './multiples.ts';
import { type Signature, type SignaturePort, signatureOf } from './signature.ts';
import { reportDifference } from './signature-report.ts';
import { addNode } from './tensors.ts';
import { UNKNOWN, type Value } from './values.ts';
import type { World } from './world.ts';

/**
 * Checks a module once for all sizes: its inputs are as its signature says, with names for sizes. What is
 * wrong whatever the sizes is reported here, once, and not at every use.
 */
export function checkModule(world: World, graph: ast.Graph): void {
  if (world.resolved.recursive.has(graph)) return;
  const before = world.errors;
  const signature = signatureOf(world, graph);
  const multiples = usedMultiples(graph);
  const whole = signature.ports.flatMap(({ name, type }) => (type.kind === 'int' ? [name] : []));
  const sizes = new Map(
    [...signature.letters, ...whole].map(
      (name) => [name, Dim.named(name, multiples.get(name) ?? 1)] as const,
    ),
  );
  const scope = sizeScope(sizes);
  const ctx: Context = {
    ...freshContext(world, 'module', graph.name.name),
    scope,
    trace: firstUse(world, graph),
    top: true,
  };
  if (signature.sound && !reportUnsolved(signature, ctx)) {
    for (const port of signature.ports)
      if (port.type.kind !== 'int') scope.set(port.name, portValue(port, sizes, ctx), port.span);
    const result = evaluateBody(graph.body, ctx);
    reportDifference(signature, sizes, result, ctx);
  }
  if (world.errors > before) world.broken.add(graph);
}

function portValue(port: SignaturePort, sizes: ReadonlyMap<string, Dim>, ctx: Context): Value {
  const { type, name } = port;
  switch (type.kind) {
    case 'tensor': {
      const { label } = type;
      const shape = type.shape.map((size) => size.substitute(sizes) ?? size);
      const range = type.range ?? UNBOUNDED;
      return addNode(
        ctx,
        { kind: 'port', port: name },
        [],
        { shape, range, label, batched: true },
        port.span,
      );
    }
    case 'any':
      return UNKNOWN;
    default:
      // What is not known is what most uses pass: the default; without one, nothing can be said.
      return port.default ? evaluate(port.default, ctx) : UNKNOWN;
  }
}

/** A capital name in the output of a module must stand in one of its inputs. */
function reportUnsolved(signature: Signature, ctx: Context): boolean {
  const solved = new Set<string>();
  for (const { type } of signature.ports) {
    if (type.kind !== 'tensor') continue;
    for (const size of [...type.shape, ...(type.label ? [type.label.classes] : [])]) {
      for (const name of size.names) solved.add(name);
    }
  }
  let found = false;
  for (const { type } of signature.output) {
    if (type.kind !== 'tensor') continue;
    for (const size of type.shape) {
      for (const name of size.names) {
        if (!signature.letters.has(name) || solved.has(name)) continue;
        found = true;
        mistake(ctx, unsolvedSize, { at: type.span, facts: { name, owner: ctx.owner } });
      }
    }
  }
  return found;
}

/** Where a module is used first, for the reader of a mistake in it. */
function firstUse(world: World, graph: ast.Graph): Context['trace'] {
  const { names, imported, namesAt } = world.resolved;
  for (const other of new Set([...names.graphs.values(), ...imported])) {
    if (other.kind !== 'graph') continue;
    let found: Context['trace'] = [];
    eachReferenceInBody(other.body, (ref) => {
      if (found.length > 0 || namesAt(ref.span).graphs.get(ref.path[0]!.name) !== graph) return;
      found = [{ module: graph.name.name, span: ref.span }];
    });
    if (found.length > 0) return found;
  }
  return [];
}
