import type * as ast from '../1-parse/ast.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { unsolvedSize } from '../diagnostics/codes/unsolved-size.ts';
import { evaluateBody } from './body.ts';
import { type Context, freshContext, mistake } from './context.ts';
import type { Dim } from './dim.ts';
import { GraphBuilder } from './graph-builder.ts';
import { UNBOUNDED } from './interval.ts';
import type { Network } from './model.ts';
import { checkOutput } from './output-report.ts';
import { PathScope } from './path-scope.ts';
import { Scope } from './scope.ts';
import { type Signature, signatureOf } from './signature.ts';
import { pairs } from './signature-report.ts';
import { addNode, nodeIn, typeOf } from './tensors.ts';
import { inWords, type TensorValue, takeOneOf, type Value } from './values.ts';
import type { World } from './world.ts';

/** A network, checked; null after a mistake that leaves nothing to use. */
export function networkOf(world: World, graph: ast.Graph): Network | null {
  const known = world.networks.get(graph);
  if (known !== undefined) return known;
  world.networks.set(graph, null);
  const network = world.resolved.recursive.has(graph) ? null : readNetwork(world, graph);
  world.networks.set(graph, network);
  return network;
}

function readNetwork(world: World, graph: ast.Graph): Network | null {
  const signature = signatureOf(world, graph);
  const name = world.networkName(graph);
  const scope = new Scope();
  const builder = new GraphBuilder(false);
  const ctx: Context = {
    ...freshContext(world, 'network', name),
    scope,
    graph: builder,
    path: new PathScope(name),
    top: true,
  };
  if (!signature.sound || reportOpenPorts(signature, ctx)) return declaredOnly(signature, graph, ctx);
  const ports = signature.ports.flatMap((port) => {
    const tensor = portTensor(port, ctx);
    if (!tensor) return [];
    scope.set(port.name, tensor, port.span);
    return [{ name: port.name, type: typeOf(tensor) }];
  });
  if (ports.length < signature.ports.length) return null;
  const before = ctx.world.errors;
  const result = evaluateBody(graph.body, ctx);
  const sizes = new Map<string, Dim>();
  const outputs = pairs(signature, result, ctx).flatMap((pair) => {
    const tensor = tensorOf(pair.value, ctx, pair.expr);
    if (!tensor) return [];
    checkOutput(pair, tensor, sizes, ctx);
    return [{ name: pair.output.name, node: nodeIn(ctx, tensor), type: typeOf(tensor) }];
  });
  // What uses the network is checked against what was meant.
  if (outputs.length < signature.output.length || ctx.world.errors > before)
    return declaredOnly(signature, graph, ctx);
  reportUnsolvedOutput(signature, sizes, ctx);
  const weights = builder.nodes.flatMap((node) => (node.op.kind === 'layer' ? node.op.weights : []));
  const role = graph.role as Network['role'];
  return { name, role, ports, outputs, graph: builder.nodes, weights, span: graph.name.span };
}

function portTensor(port: Signature['ports'][number], ctx: Context): TensorValue | null {
  const { type, name } = port;
  if (type.kind === 'tensor') {
    const { shape, label } = type;
    const parts = { shape, range: type.range ?? UNBOUNDED, label, batched: true };
    return addNode(ctx, { kind: 'port', port: name }, [], parts, port.span);
  }
  if (type.kind !== 'any') {
    mistake(ctx, argumentValue, {
      at: port.span,
      facts: {
        call: ctx.owner,
        name,
        wanted: 'a shape, a field or a latent, since a network has one set of weights',
        given: `\`${type.kind}\``,
      },
    });
  }
  return null;
}

function tensorOf(value: Value, ctx: Context, expr: ast.Expr): TensorValue | null {
  if (value.kind === 'tensor') return value;
  if (value.kind !== 'unknown') {
    mistake(ctx, argumentValue, {
      at: expr.span,
      facts: {
        call: ctx.owner,
        name: 'the result',
        wanted: 'a tensor',
        given: inWords(value),
        instead: takeOneOf(value),
      },
    });
  }
  return null;
}

/** A network has one set of weights, so the sizes of its inputs must be known. */
function reportOpenPorts(signature: Signature, ctx: Context): boolean {
  let found = false;
  for (const { type, span } of signature.ports) {
    if (type.kind !== 'tensor') continue;
    const open = [...type.shape, ...(type.label ? [type.label.classes] : [])].flatMap((size) => [
      ...size.names,
    ]);
    for (const name of open) {
      found = true;
      mistake(ctx, unsolvedSize, { at: span, facts: { name, owner: ctx.owner } });
    }
  }
  return found;
}

function reportUnsolvedOutput(signature: Signature, sizes: ReadonlyMap<string, Dim>, ctx: Context): void {
  if (ctx.world.errors > 0) return;
  for (const { type } of signature.output) {
    if (type.kind !== 'tensor') continue;
    const open = type.shape.flatMap((size) => [...size.names]).find((name) => !sizes.has(name));
    if (open) mistake(ctx, unsolvedSize, { at: type.span, facts: { name: open, owner: ctx.owner } });
  }
}

/** After a mistake in the body: what the signature says, so that uses of the network can still be checked. */
function declaredOnly(signature: Signature, graph: ast.Graph, ctx: Context): Network | null {
  const types = [...signature.ports, ...signature.output].map(({ type }) => type);
  const isKnown = types.every(
    (type) => type.kind === 'tensor' && type.shape.every((size) => size.value !== null),
  );
  if (!isKnown) return null;
  const typed = (type: (typeof types)[number]) => {
    if (type.kind !== 'tensor') throw new Error('every type is that of a tensor');
    return typeOf({ shape: type.shape, range: type.range ?? UNBOUNDED, label: type.label, batched: true });
  };
  return {
    name: ctx.owner,
    role: graph.role as Network['role'],
    ports: signature.ports.map((port) => ({ name: port.name, type: typed(port.type) })),
    outputs: signature.output.map(({ name, type }) => ({ name, node: -1, type: typed(type) })),
    graph: [],
    weights: [],
    span: graph.name.span,
  };
}
